// pictures.mjs OUTDIR: the pictures of the demo, below OUTDIR/demo, drawn here.
//
// Portraits of the creators, marks of the brands, and gallery pictures of the
// creators 1 to 24 (three for odd ones, two for even ones, as 1_creators.sql
// names them).  The same number always makes the same picture.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';

const SCALE = 3; // drawn this much larger, then averaged: smooth edges
const COLOURS_MAX = 256;

// ---- PNG ----

const CRC_TABLE = Int32Array.from({ length: 256 }, (_, n) => {
	let c = n;
	for (let bit = 0; bit < 8; bit++)
		c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
	return c;
});

// zlib's own came with Node 20.15 only.
function crc32(bytes) {
	let c = -1;
	for (const byte of bytes)
		c = CRC_TABLE[(c ^ byte) & 0xff] ^ (c >>> 8);
	return ~c >>> 0;
}

function chunk(type, data) {
	const out = Buffer.alloc(12 + data.length);
	out.writeUInt32BE(data.length, 0);
	out.write(type, 4, 'latin1');
	data.copy(out, 8);
	out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length);
	return out;
}

// One byte a pixel and a palette: a fraction of the size of full colour.
function png(width, height, pixels, palette) {
	const header = Buffer.alloc(13);
	header.writeUInt32BE(width, 0);
	header.writeUInt32BE(height, 4);
	header.set([8, 3, 0, 0, 0], 8);
	const rows = Buffer.alloc((width + 1) * height);
	for (let y = 0; y < height; y++)
		rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
	return Buffer.concat([
		Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
		chunk('IHDR', header),
		chunk('PLTE', Buffer.from(palette.flatMap((c) => [c >> 16, (c >> 8) & 255, c & 255]))),
		chunk('IDAT', deflateSync(rows)),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

// ---- drawing ----

// Shapes in flat colours on a field of width x height; colours are 0xrrggbb.
class Canvas {
	constructor(width, height, ground) {
		this.width = width;
		this.height = height;
		this.w = width * SCALE;
		this.h = height * SCALE;
		this.field = new Int32Array(this.w * this.h).fill(ground);
		this.clips = null;
	}

	span(y, from, to, colour) {
		const start = Math.max(0, Math.ceil(from - 0.5));
		const end = Math.min(this.w, Math.ceil(to - 0.5));
		if (start >= end)
			return;
		const row = y * this.w;
		if (!this.clips) {
			this.field.fill(colour, row + start, row + end);
			return;
		}
		for (let x = start; x < end; x++)
			if (this.clips[row + x])
				this.field[row + x] = colour;
	}

	polygon(points, colour) {
		const scaled = points.map(([x, y]) => [x * SCALE, y * SCALE]);
		const ys = scaled.map((p) => p[1]);
		const top = Math.max(0, Math.floor(Math.min(...ys)));
		const foot = Math.min(this.h, Math.ceil(Math.max(...ys)));
		for (let y = top; y < foot; y++) {
			const at = y + 0.5;
			const cuts = [];
			for (let i = 0; i < scaled.length; i++) {
				const [x0, y0] = scaled[i];
				const [x1, y1] = scaled[(i + 1) % scaled.length];
				if (y0 <= at !== y1 <= at)
					cuts.push(x0 + ((at - y0) / (y1 - y0)) * (x1 - x0));
			}
			cuts.sort((a, b) => a - b);
			for (let i = 0; i + 1 < cuts.length; i += 2)
				this.span(y, cuts[i], cuts[i + 1], colour);
		}
	}

	ellipse(cx, cy, rx, ry, colour) {
		const top = Math.max(0, Math.floor((cy - ry) * SCALE));
		const foot = Math.min(this.h, Math.ceil((cy + ry) * SCALE));
		for (let y = top; y < foot; y++) {
			const t = ((y + 0.5) / SCALE - cy) / ry;
			if (Math.abs(t) >= 1)
				continue;
			const half = rx * Math.sqrt(1 - t * t);
			this.span(y, (cx - half) * SCALE, (cx + half) * SCALE, colour);
		}
	}

	circle(cx, cy, r, colour) {
		this.ellipse(cx, cy, r, r, colour);
	}

	rect(x, y, w, h, colour) {
		this.polygon([[x, y], [x + w, y], [x + w, y + h], [x, y + h]], colour);
	}

	// A stroke from one point to the next, with round joints.
	line(points, thick, colour) {
		for (let i = 0; i < points.length; i++) {
			const [x, y] = points[i];
			this.circle(x, y, thick / 2, colour);
			if (i === 0)
				continue;
			const [px, py] = points[i - 1];
			const length = Math.hypot(x - px, y - py) || 1;
			const ox = ((y - py) / length) * (thick / 2);
			const oy = ((px - x) / length) * (thick / 2);
			this.polygon([[px + ox, py + oy], [x + ox, y + oy],
				[x - ox, y - oy], [px - ox, py - oy]], colour);
		}
	}

	// What paint draws shows only where shape drew; shape draws in colour 1.
	within(shape, paint) {
		const outer = this.clips;
		const kept = this.field;
		const mask = new Uint8Array(kept.length);
		this.field = mask;
		shape(this);
		this.field = kept;
		this.clips = mask;
		paint(this);
		this.clips = outer;
	}

	// Of the SCALE x SCALE points from this one on.
	average(from) {
		const { field, w } = this;
		const first = field[from];
		let r = 0;
		let g = 0;
		let b = 0;
		let plain = true;
		for (let dy = 0; dy < SCALE; dy++)
			for (let dx = 0; dx < SCALE; dx++) {
				const c = field[from + dy * w + dx];
				plain = plain && c === first;
				r += c >> 16;
				g += (c >> 8) & 255;
				b += c & 255;
			}
		if (plain)
			return first;
		const count = SCALE * SCALE;
		return (Math.round(r / count) << 16) | (Math.round(g / count) << 8) |
			Math.round(b / count);
	}

	encode() {
		const { width, height, w } = this;
		const full = new Int32Array(width * height);
		for (let y = 0; y < height; y++)
			for (let x = 0; x < width; x++)
				full[y * width + x] = this.average(y * SCALE * w + x * SCALE);
		return png(width, height, ...indexed(full));
	}
}

// The commonest colours are kept; the rest, all of them edges, go to the
// nearest kept one.
function indexed(full) {
	const counts = new Map();
	runs(full, (c, from, to) => counts.set(c, (counts.get(c) ?? 0) + to - from));
	const palette = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])
		.slice(0, COLOURS_MAX).map(([c]) => c);
	const places = new Map(palette.map((c, i) => [c, i]));
	for (const c of counts.keys())
		if (!places.has(c))
			places.set(c, nearest(palette, c));
	const pixels = new Uint8Array(full.length);
	runs(full, (c, from, to) => pixels.fill(places.get(c), from, to));
	return [pixels, palette];
}

function runs(full, tell) {
	for (let from = 0, to; from < full.length; from = to) {
		for (to = from + 1; to < full.length && full[to] === full[from];)
			to++;
		tell(full[from], from, to);
	}
}

function nearest(palette, c) {
	let best = 0;
	let least = Infinity;
	palette.forEach((p, i) => {
		const away = ((p >> 16) - (c >> 16)) ** 2 +
			(((p >> 8) & 255) - ((c >> 8) & 255)) ** 2 + ((p & 255) - (c & 255)) ** 2;
		if (away < least) {
			least = away;
			best = i;
		}
	});
	return best;
}

// Numbers that look like chance and are the same each time (mulberry32).
function chance(seed) {
	let state = (seed * 2654435761) >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
	const between = (from, to) => from + next() * (to - from);
	const pick = (list) => list[Math.floor(next() * list.length)];
	return { between, pick };
}

// ---- colours ----

const PLUM = 0x4b2142;
const MARIGOLD = 0xf4b63f;
const CLAY = 0xa63a1b;
const SAND = 0xfbf5ea;
const STRAW = 0xe9d3a6;
const LEAF = 0x1b6b4a;
const RIVER = 0x1d5c8f;
const INK = 0x221813;
const ROSE = 0xd9776a;
const SAGE = 0x9fb48a;
const SKY = 0xa9cbd6;
const LILAC = 0x9b7fb5;
const COPPER = 0xd98a3d;
const STONE = 0x8c7a6c;

// Ground, pattern on it, garment, pattern on that, a bright thing.
const SETS = [
	[MARIGOLD, 0xe8a52c, PLUM, ROSE, SAND],
	[ROSE, 0xcc685c, LEAF, MARIGOLD, SAND],
	[SAGE, 0x8fa57a, CLAY, SAND, MARIGOLD],
	[SKY, 0x97bcc9, COPPER, PLUM, SAND],
	[STRAW, 0xdcc28e, RIVER, MARIGOLD, CLAY],
	[COPPER, 0xc97b30, INK, MARIGOLD, SAND],
	[LILAC, 0x8c70a8, MARIGOLD, PLUM, SAND],
	[LEAF, 0x175e41, MARIGOLD, CLAY, SAND],
	[CLAY, 0x97330f, SAND, LEAF, MARIGOLD],
	[PLUM, 0x5a2b50, COPPER, SAND, MARIGOLD],
];
const SKINS = [0x8a5a3c, 0x6f452d, 0x5c3725, 0x7b4e33, 0x4a2c1e, 0x946446];
const HAIR = 0x1d1512;

// ---- patterns, over the whole of a canvas or what is left by within() ----

const PATTERNS = [
	// The chevrons on the wall of Great Zimbabwe.
	function chevrons(c, colour, size) {
		for (let y = -size; y < c.height + size; y += size * 1.5) {
			const points = [];
			for (let x = -size, up = 0; x <= c.width + size; x += size, up ^= 1)
				points.push([x, y + up * size * 0.8]);
			c.polygon([...points, ...points.map(([px, py]) =>
				[px, py + size * 0.6]).reverse()], colour);
		}
	},
	function triangles(c, colour, size) {
		for (let y = 0, row = 0; y < c.height; y += size, row++)
			for (let x = (row % 2 ? -size / 2 : 0); x < c.width; x += size)
				c.polygon([[x, y + size], [x + size / 2, y + size * 0.15],
					[x + size, y + size]], colour);
	},
	function diamonds(c, colour, size) {
		for (let y = 0, row = 0; y < c.height + size; y += size / 2, row++)
			for (let x = (row % 2 ? size / 2 : 0); x < c.width + size; x += size)
				c.polygon([[x, y - size * 0.33], [x + size * 0.33, y],
					[x, y + size * 0.33], [x - size * 0.33, y]], colour);
	},
	function suns(c, colour, size) {
		for (let y = size / 2, row = 0; y < c.height + size; y += size, row++)
			for (let x = (row % 2 ? 0 : size / 2); x < c.width + size; x += size) {
				c.circle(x, y, size * 0.2, colour);
				for (let i = 0; i < 8; i++) {
					const a = (i * Math.PI) / 4;
					c.line([[x + Math.cos(a) * size * 0.3, y + Math.sin(a) * size * 0.3],
						[x + Math.cos(a) * size * 0.4, y + Math.sin(a) * size * 0.4]],
					size * 0.07, colour);
				}
			}
	},
	// Steps, as on painted Ndebele walls.
	function steps(c, colour, size) {
		const s = size / 4;
		for (let y = 0; y < c.height; y += size)
			for (let x = 0; x < c.width; x += size)
				for (let i = 0; i < 4; i++)
					c.rect(x + (Math.abs(1.5 - i) - 0.5) * s, y + i * s,
						size - 2 * (Math.abs(1.5 - i) - 0.5) * s - s, s * 0.72, colour);
	},
	function baskets(c, colour, size) {
		for (let y = 0, row = 0; y < c.height; y += size / 2, row++)
			for (let x = (row % 2 ? -size / 2 : 0); x < c.width; x += size)
				c.ellipse(x + size / 4, y + size / 4, size * 0.24, size * 0.11, colour);
	},
];

// ---- portraits ----

// w and m, a letter a creator in the order of 1_creators.sql.
const WHO = 'wwmwwmwmwmwmwmwwmwmwmwmwmwwmwmwmwmwwmwwm';

// Behind the head and over it: a woman's heads, then a man's.
const HEADS = {
	w: ['wrap', 'afro', 'puffs', 'braids', 'bun', 'wrap', 'short', 'locs'],
	m: ['short', 'flat', 'locs', 'bald', 'hat', 'short', 'cap'],
};

function hairBehind(c, head, colours) {
	if (head === 'afro')
		c.circle(160, 122, 84, HAIR);
	if (head === 'puffs') {
		c.circle(98, 92, 42, HAIR);
		c.circle(222, 92, 42, HAIR);
	}
	if (head === 'bun') {
		c.circle(160, 52, 36, HAIR);
		c.rect(143, 78, 34, 10, colours[4]);
	}
	if (head === 'braids' || head === 'locs') {
		const long = head === 'braids' ? 250 : 206;
		for (let i = 0; i < 7; i++) {
			const x = 102 + i * 19.3;
			c.line([[x, 110], [x + (x - 160) * 0.18, long - Math.abs(i - 3) * 4]],
				head === 'braids' ? 13 : 17, HAIR);
			if (head === 'braids')
				c.circle(x + (x - 160) * 0.17, long - 14 - Math.abs(i - 3) * 4, 7, colours[4]);
		}
	}
	if (head === 'wrap') {
		c.ellipse(206, 66, 40, 28, colours[2]);
		c.ellipse(222, 98, 26, 34, colours[2]);
	}
}

function hairAbove(c, head, colours, pattern) {
	const cap = (low, colour) => c.within((m) => m.ellipse(160, 134, 59, 71, 1),
		(m) => m.polygon([[90, 40], [230, 40], [230, low], [160, low - 16], [90, low]], colour));
	if (head === 'afro' || head === 'puffs' || head === 'bun')
		cap(106, HAIR);
	if (head === 'braids' || head === 'locs')
		cap(110, HAIR);
	if (head === 'short')
		cap(104, HAIR);
	if (head === 'flat') {
		c.polygon([[102, 112], [98, 48], [222, 48], [218, 112], [204, 92], [116, 92]], HAIR);
	}
	if (head === 'wrap')
		c.within((m) => m.polygon([[96, 124], [92, 84], [116, 46], [164, 34], [208, 50],
			[228, 88], [224, 124], [196, 98], [160, 90], [124, 98]], 1), (m) => {
			m.rect(0, 0, 320, 320, colours[2]);
			pattern(m, colours[3], 30);
			m.line([[92, 122], [124, 97], [160, 89], [196, 97], [228, 122]], 7, colours[4]);
		});
	if (head === 'hat') {
		c.polygon([[104, 96], [114, 44], [160, 54], [206, 44], [216, 96]], 0x7a4a2a);
		c.rect(104, 76, 112, 15, colours[4]);
		c.ellipse(160, 97, 96, 17, 0x7a4a2a);
	}
	if (head === 'cap') {
		c.within((m) => m.ellipse(160, 106, 64, 56, 1), (m) =>
			m.rect(80, 40, 160, 62, colours[3]));
		c.ellipse(178, 102, 72, 10, colours[2]);
	}
}

function portrait(n) {
	const luck = chance(n * 77 + 5);
	const who = WHO[n - 1];
	const same = [...WHO.slice(0, n - 1)].filter((x) => x === who).length;
	const head = HEADS[who][same % HEADS[who].length];
	const colours = SETS[(n * 3) % SETS.length];
	const skin = SKINS[(n * 5 + same) % SKINS.length];
	const ground = PATTERNS[(n + 1) % PATTERNS.length];
	const cloth = PATTERNS[(n * 2 + same) % PATTERNS.length];
	const c = new Canvas(320, 320, colours[0]);

	ground(c, colours[1], luck.pick([48, 64, 80]));
	hairBehind(c, head, colours);
	// Shoulders, in cloth.
	c.within((m) => {
		m.ellipse(160, 334, 122, 104, 1);
		m.rect(38, 330, 244, 20, 1);
	}, (m) => {
		m.rect(0, 0, 320, 320, colours[2]);
		cloth(m, colours[3], luck.pick([26, 34, 42]));
	});
	c.ellipse(160, 238, 44, 30, colours[4]);
	c.polygon([[134, 180], [186, 180], [190, 236], [160, 252], [130, 236]], shade(skin));
	c.ellipse(160, 236, 32, 18, shade(skin));
	// The face: ears, head, a plain look.
	c.circle(102, 142, 12, shade(skin));
	c.circle(218, 142, 12, shade(skin));
	c.ellipse(160, 136, 57, 70, skin);
	hairAbove(c, head, colours, cloth);
	face(c, luck, skin, who, colours, n);
	return c.encode();
}

function face(c, luck, skin, who, colours, n) {
	const dark = shade(shade(skin));
	for (const side of [-1, 1]) {
		const x = 160 + side * 24;
		c.line([[x - 10, 122], [x, 118], [x + 10, 122]], 4.5, HAIR);
		c.ellipse(x, 138, 5.5, 6.5, INK);
		c.circle(x + 2, 136, 1.8, SAND);
		if (who === 'w')
			c.circle(160 + side * 59, 166, 8, colours[4]);
	}
	c.line([[160, 140], [155, 158], [164, 160]], 4, dark);
	if (luck.between(0, 1) < 0.45) {
		c.within((m) => m.ellipse(160, 174, 19, 15, 1), (m) => m.rect(138, 173, 44, 20, SAND));
		c.line([[140, 173], [180, 173]], 3, dark);
	} else {
		c.line([[143, 176], [151, 181], [160, 183], [169, 181], [177, 176]], 5,
			who === 'w' ? CLAY : dark);
	}
	if (who === 'm' && n % 3 === 0)
		c.within((m) => m.ellipse(160, 136, 57, 70, 1), (m) => {
			m.polygon([[100, 150], [114, 176], [136, 192], [184, 192], [206, 176],
				[220, 150], [220, 220], [100, 220]], HAIR);
		});
	if (n % 4 === 1)
		for (const side of [-1, 1]) {
			const x = 160 + side * 25;
			const ring = Array.from({ length: 25 }, (_, i) =>
				[x + 18 * Math.cos((i * Math.PI) / 12), 138 + 17 * Math.sin((i * Math.PI) / 12)]);
			c.line(ring, 4, INK);
			c.line([[160, 134], [160 + side * 7, 134]], 4, INK);
		}
}

function shade(colour) {
	const dim = (v) => Math.round(v * 0.82);
	return (dim(colour >> 16) << 16) | (dim((colour >> 8) & 255) << 8) | dim(colour & 255);
}

// ---- marks of the brands, in the order of 3_brands.sql ----

function turn(points, cx, cy, angle) {
	const cos = Math.cos(angle);
	const sin = Math.sin(angle);
	return points.map(([x, y]) => [cx + (x - cx) * cos - (y - cy) * sin,
		cy + (x - cx) * sin + (y - cy) * cos]);
}

const MARKS = [
	[PLUM, (c) => { // a leaf on a thread
		c.within((m) => m.circle(78, 114, 86, 1), (m) =>
			m.within((k) => k.circle(178, 114, 86, 1), (k) => {
				k.rect(0, 0, 128, 256, MARIGOLD);
				k.rect(128, 0, 128, 256, COPPER);
			}));
		c.line([[128, 74], ...Array.from({ length: 22 }, (_, i) =>
			[170 - 42 * Math.cos(i * 0.13), 186 + 30 * Math.sin(i * 0.13)])], 6, SAND);
	}],
	[CLAY, (c) => { // a pot with steam
		c.within((m) => m.ellipse(128, 132, 78, 76, 1), (m) => m.rect(0, 124, 256, 132, SAND));
		c.rect(40, 112, 176, 16, SAND);
		for (const x of [92, 128, 164])
			c.line([[x, 96], [x + 9, 82], [x - 4, 68], [x + 5, 52]], 9, MARIGOLD);
		c.line([[84, 160], [106, 178], [128, 160], [150, 178], [172, 160]], 8, CLAY);
	}],
	[LEAF, (c) => { // balancing rocks as a tent's sky
		c.polygon([[24, 204], [98, 92], [172, 204]], SAND);
		c.polygon([[98, 92], [98, 204], [80, 204]], LEAF);
		c.ellipse(178, 178, 40, 30, STRAW);
		c.ellipse(186, 128, 26, 26, STONE);
		c.ellipse(176, 90, 32, 16, STRAW);
		c.rect(24, 204, 208, 8, MARIGOLD);
	}],
	[RIVER, (c) => { // the sun over three waves
		c.within((m) => m.circle(128, 126, 62, 1), (m) => m.rect(0, 0, 256, 128, MARIGOLD));
		for (let i = 0; i < 3; i++) {
			const points = Array.from({ length: 33 }, (_, k) =>
				[40 + k * 5.5, 148 + i * 26 + Math.sin(k * 0.62 + i) * 6]);
			c.line(points, 11, i === 1 ? SKY : SAND);
		}
	}],
	[MARIGOLD, (c) => { // two pockets
		c.polygon([[44, 66], [142, 66], [142, 150], [93, 178], [44, 150]], PLUM);
		c.polygon([[114, 96], [212, 96], [212, 180], [163, 208], [114, 180]], CLAY);
		c.rect(114, 96, 98, 15, SAND);
		c.rect(44, 66, 98, 15, SAND);
	}],
	[SAGE, (c) => { // a baobab
		c.polygon([[100, 214], [106, 128], [82, 92], [92, 88], [116, 112], [122, 74],
			[134, 74], [138, 112], [164, 86], [173, 92], [150, 128], [158, 214]], CLAY);
		for (const [x, y, r] of [[70, 86, 26], [112, 62, 28], [154, 64, 27], [186, 88, 24]])
			c.circle(x, y, r, LEAF);
		c.rect(52, 210, 152, 9, PLUM);
	}],
	[INK, (c) => { // holes of a tsoro board
		for (let row = 0; row < 4; row++)
			for (let col = 0; col < 4; col++) {
				const x = 62 + col * 44;
				const y = 62 + row * 44;
				c.circle(x, y, 17, 0x4a372d);
				if ((row * 3 + col * 5) % 4 !== 1)
					c.circle(x, y, 10, [MARIGOLD, ROSE, SAGE, SKY][(row + col) % 4]);
			}
	}],
	[SKY, (c) => { // sunrise over a panel
		for (let i = 0; i < 9; i++) {
			const ray = turn([[121, 40], [135, 40], [131, 72], [125, 72]], 128, 136,
				((i - 4) * Math.PI) / 9);
			c.polygon(ray, COPPER);
		}
		c.within((m) => m.circle(128, 136, 52, 1), (m) => m.rect(0, 0, 256, 140, MARIGOLD));
		c.polygon([[66, 140], [190, 140], [220, 208], [36, 208]], RIVER);
		for (const t of [0.25, 0.5, 0.75])
			c.line([[66 + 124 * t, 140], [36 + 184 * t, 208]], 4, SAND);
		c.line([[53, 172], [203, 172]], 4, SAND);
	}],
	[STRAW, (c) => { // an ear of millet
		c.line([[128, 224], [128, 118]], 9, LEAF);
		for (let row = 0; row < 8; row++)
			for (const side of [-1.5, -0.5, 0.5, 1.5])
				c.circle(128 + side * 17 * Math.sin(((row + 1.4) * Math.PI) / 10.5),
					44 + row * 15 + (Math.abs(side) > 1 ? 4 : 0), 10,
					(row + side * 2) % 2 === 0 ? CLAY : COPPER);
		c.polygon([[128, 206], [66, 168], [58, 146], [108, 172]], LEAF);
		c.polygon([[128, 206], [190, 168], [198, 146], [148, 172]], LEAF);
	}],
	[ROSE, (c) => { // steps going up
		for (let i = 0; i < 4; i++)
			c.rect(44 + i * 43, 176 - i * 38, 37, 36 + i * 38, i === 3 ? MARIGOLD : PLUM);
		c.circle(104, 76, 17, SAND);
	}],
	[LILAC, (c) => { // a book like a roof
		c.polygon([[128, 84], [44, 62], [44, 182], [128, 204]], SAND);
		c.polygon([[128, 84], [212, 62], [212, 182], [128, 204]], STRAW);
		for (let i = 0; i < 3; i++) {
			c.line([[62, 96 + i * 26], [110, 109 + i * 26]], 7, PLUM);
			c.line([[146, 109 + i * 26], [194, 96 + i * 26]], 7, CLAY);
		}
	}],
	[COPPER, (c) => { // a row of houses
		[PLUM, SAND, LEAF].forEach((wall, i) => {
			const x = 36 + i * 64;
			c.polygon([[x, 120], [x + 29, 78 - (i === 1 ? 14 : 0)], [x + 58, 120],
				[x + 58, 198], [x, 198]], wall);
			c.rect(x + 20, 150, 18, 48, i === 1 ? CLAY : MARIGOLD);
		});
		for (const [x, y] of [[52, 60], [92, 46], [140, 40], [186, 52], [212, 70]])
			c.circle(x, y, 9, LILAC);
	}],
];

function mark(n) {
	const [ground, draw] = MARKS[n - 1];
	const c = new Canvas(256, 256, ground);
	draw(c);
	return c.encode();
}

// ---- gallery ----

const SKIES = [
	[0xf9d98c, 0xf6b95b, 0xee8b4a, 0xd9593a],
	[0xf7d9c0, 0xf0ab8c, 0xd9776a, 0xa04c5c],
	[0xcfe3e2, 0xf3dfb2, 0xf4b63f, 0xd98a3d],
	[0x6d3a63, 0x9c4a62, 0xd96a55, 0xf2a650],
];

// Bands of a sky, and a low sun.
function dusk(c, luck, sunX, sunY, r) {
	const sky = luck.pick(SKIES);
	sky.forEach((colour, i) => c.rect(0, (i * c.height) / 5, c.width, c.height, colour));
	c.circle(sunX, sunY, r, SAND);
	c.circle(sunX, sunY, r * 0.82, MARIGOLD);
}

function tree(c, x, y, tall, colour) {
	const s = tall / 140;
	const at = (points) => points.map(([px, py]) => [x + px * s, y + py * s]);
	c.polygon(at([[-36, 0], [-27, -56], [-66, -104], [-59, -109], [-22, -78], [-28, -128],
		[-20, -130], [-5, -84], [8, -138], [17, -136], [14, -82], [52, -118], [59, -112],
		[30, -58], [38, 0]]), colour);
	for (const [px, py, r] of [[-72, -112, 22], [-34, -136, 20], [12, -146, 23], [60, -124, 22]])
		c.ellipse(x + px * s, y + py * s, r * s * 1.25, r * s * 0.72, colour);
}

const SCENES = [
	function rocks(c, luck) {
		dusk(c, luck, luck.between(100, 400), 170, 62);
		c.polygon([[0, 270], [120, 246], [300, 262], [480, 240], [480, 360], [0, 360]], CLAY);
		const x = luck.between(180, 300);
		const dark = 0x3a211b;
		c.ellipse(x, 262, 92, 46, dark);
		c.ellipse(x + 14, 196, 50, 34, 0x54322a);
		c.ellipse(x - 12, 136, 66, 38, dark);
		c.ellipse(x + 8, 88, 30, 17, 0x54322a);
		c.ellipse(x - 150, 276, 62, 38, 0x54322a);
		c.ellipse(x - 142, 226, 34, 22, dark);
		c.polygon([[0, 300], [180, 286], [480, 306], [480, 360], [0, 360]], INK);
	},
	function baobab(c, luck) {
		const x = luck.between(150, 330);
		dusk(c, luck, x > 240 ? x - 130 : x + 130, 214, 70);
		c.rect(0, 276, 480, 84, 0x3a211b);
		tree(c, x, 290, 220, INK);
		tree(c, x > 240 ? 70 : 410, 282, 78, 0x3a211b);
		for (let i = 0; i < 26; i++) {
			const gx = i * 19 + luck.between(-5, 5);
			c.polygon([[gx, 318], [gx + 3, 292 + luck.between(0, 14)], [gx + 7, 318]], INK);
		}
		c.rect(0, 314, 480, 46, INK);
	},
	function wall(c, luck) {
		const tones = [0xb08a5e, 0xa17b52, 0xbe9a6d, 0x946f49];
		c.rect(0, 0, 480, 120, luck.pick([SKY, 0xf0c98a]));
		c.polygon([[300, 120], [322, 22], [372, 14], [394, 120]], 0x7d5c3c);
		for (let y = 92, row = 0; y < 360; y += 18, row++) {
			if (row === 2 || row === 3)
				continue;
			for (let x = -20; x < 480;) {
				const w = luck.between(26, 52);
				c.rect(x, y, w - 2, 16, luck.pick(tones));
				x += w;
			}
		}
		c.rect(0, 126, 480, 38, 0x6b4a30);
		for (let x = -10; x < 480; x += 32) {
			c.polygon([[x, 162], [x + 16, 130], [x + 16, 143], [x + 8, 162]], 0xd8b684);
			c.polygon([[x + 32, 162], [x + 16, 130], [x + 16, 143], [x + 24, 162]], 0xc49d69);
		}
		c.polygon([[0, 336], [480, 322], [480, 360], [0, 360]], 0x7f8a4c);
	},
	function falls(c, luck) {
		c.rect(0, 0, 480, 130, luck.pick([0xf3dfb2, SKY, 0xf0ab8c]));
		c.circle(luck.between(90, 390), 66, 32, MARIGOLD);
		c.rect(0, 112, 480, 30, RIVER);
		c.rect(0, 140, 480, 220, 0x3d2b23);
		for (let x = 14; x < 470; x += 54) {
			const w = luck.between(30, 48);
			c.rect(x, 136, w, 150, SAND);
			c.rect(x + w * 0.2, 136, w * 0.2, 130, SKY);
			c.rect(x + w * 0.65, 136, w * 0.14, 140, SKY);
		}
		for (let i = 0; i < 13; i++)
			c.circle(i * 42 - 10, 300 + luck.between(-10, 10), 38, i % 2 ? SAND : 0xe4eff0);
		c.line(Array.from({ length: 40 }, (_, i) => [i * 13 - 16,
			300 - Math.sin((i / 39) * Math.PI) * 120]), 6, ROSE);
		c.line(Array.from({ length: 40 }, (_, i) => [i * 13 - 16,
			307 - Math.sin((i / 39) * Math.PI) * 120]), 6, MARIGOLD);
		c.polygon([[0, 340], [140, 318], [330, 344], [480, 322], [480, 360], [0, 360]], LEAF);
	},
	function table(c, luck) {
		c.rect(0, 0, 480, 360, luck.pick([CLAY, LEAF, PLUM, RIVER]));
		PATTERNS[Math.floor(luck.between(0, 6))](c, luck.pick([COPPER, ROSE, 0x5c2b22]), 60);
		c.circle(240, 184, 152, SAND);
		c.circle(240, 184, 126, STRAW);
		c.circle(186, 172, 58, 0xfffdf6);
		c.circle(194, 164, 42, SAND);
		c.within((m) => m.circle(240, 184, 118, 1), (m) => {
			for (let i = 0; i < 26; i++)
				m.circle(290 + luck.between(-44, 44), 136 + luck.between(-38, 34),
					luck.between(8, 17), luck.pick([LEAF, 0x2f8a5c, 0x175238]));
			for (let i = 0; i < 6; i++)
				m.ellipse(272 + (i % 3) * 30, 224 + Math.floor(i / 3) * 26, 20, 15,
					i % 2 ? 0x7a3b20 : 0x8f4a2a);
			m.circle(206, 254, 21, 0xd94f34);
			m.circle(206, 254, 14, 0xe86f4e);
		});
	},
	function field(c, luck) {
		dusk(c, luck, luck.between(120, 360), 130, 46);
		c.rect(0, 226, 480, 134, 0x7a4a2a);
		c.ellipse(90, 236, 190, 70, 0x8a9a5b);
		c.ellipse(380, 244, 220, 76, 0x6f8450);
		for (let i = 0; i < 9; i++)
			c.polygon([[240 + (i - 4.5) * 26, 220], [240 + (i - 4) * 26, 220],
				[240 + (i - 4) * 150, 360], [240 + (i - 4.5) * 150, 360]],
			i % 2 ? LEAF : 0x2f8a5c);
		const hx = luck.between(60, 150);
		c.rect(hx, 178, 62, 50, STRAW);
		c.polygon([[hx - 18, 184], [hx + 31, 128], [hx + 80, 184]], 0x7a4a2a);
		c.rect(hx + 24, 196, 15, 32, 0x54322a);
	},
	function mbira(c, luck) {
		c.rect(0, 0, 480, 360, luck.pick([MARIGOLD, ROSE, SAGE]));
		PATTERNS[1](c, luck.pick([COPPER, STRAW]), 70);
		c.polygon([[110, 70], [370, 70], [388, 320], [92, 320]], 0x5c3725);
		c.polygon([[126, 86], [354, 86], [370, 304], [110, 304]], 0x7b4e33);
		c.circle(318, 262, 20, 0x3a211b);
		for (let i = 0; i < 15; i++) {
			const x = 138 + i * 14.6;
			c.line([[x, 104], [x, 180 + Math.abs(i - 7) * 9]], 8.5, i % 2 ? 0xc9c3b8 : 0xe4dfd4);
		}
		c.rect(124, 124, 232, 10, STONE);
	},
	function jacarandas(c, luck) {
		c.rect(0, 0, 480, 360, luck.pick([SKY, 0xf3dfb2]));
		c.polygon([[206, 176], [274, 176], [430, 360], [50, 360]], STONE);
		c.polygon([[0, 200], [206, 176], [50, 360], [0, 360]], SAGE);
		c.polygon([[480, 200], [274, 176], [430, 360], [480, 360]], SAGE);
		for (let i = 4; i >= 0; i--)
			for (const side of [-1, 1]) {
				const x = 240 + side * (74 + (4 - i) * 42);
				const s = 0.5 + (4 - i) * 0.2;
				c.rect(x - 5 * s, 170, 10 * s, 46 + (4 - i) * 24, 0x54322a);
				for (let k = 0; k < 5; k++)
					c.circle(x + luck.between(-34, 34) * s, 140 - (4 - i) * 14
						+ luck.between(-24, 24) * s, 32 * s, luck.pick([LILAC, 0x8467a3, 0xb096c6]));
			}
		for (let i = 0; i < 60; i++)
			c.ellipse(luck.between(70, 410), luck.between(240, 356), 4, 2, LILAC);
	},
	function pots(c, luck) {
		const back = luck.pick([STRAW, SAGE, ROSE]);
		c.rect(0, 0, 480, 360, back);
		PATTERNS[2](c, shade(back), 96);
		c.rect(0, 270, 480, 90, 0x54322a);
		[[104, 62], [240, 82], [384, 56]].forEach(([x, r], i) => {
			const clay = [CLAY, 0x7a3b20, COPPER][i];
			const y = 284 - r;
			c.rect(x - r * 0.36, y - r * 1.3, r * 0.72, r * 0.5, clay);
			c.ellipse(x, y - r * 1.3, r * 0.48, r * 0.12, shade(clay));
			c.within((m) => m.ellipse(x, y, r, r * 0.98, 1), (m) => {
				m.rect(x - r, y - r, r * 2, r * 2, clay);
				m.rect(x - r, y - r * 0.32, r * 2, r * 0.5, SAND);
				for (let k = -4; k < 5; k++)
					m.polygon([[x + k * r * 0.3, y + r * 0.14], [x + (k + 0.5) * r * 0.3, y - r * 0.28],
						[x + (k + 1) * r * 0.3, y + r * 0.14]], PLUM);
			});
		});
	},
	function town(c, luck) {
		dusk(c, luck, 250, 190, 74);
		for (let layer = 0; layer < 2; layer++)
			for (let x = -10; x < 480;) {
				const w = luck.between(34, 66);
				const h = luck.between(70, 210) - layer * 50;
				const colour = layer ? INK : 0x5c2f4f;
				c.rect(x, 330 - h, w - 4, h, colour);
				if (layer)
					for (let wy = 342 - h; wy < 316; wy += 18)
						for (let wx = x + 7; wx < x + w - 14; wx += 13)
							if (luck.between(0, 1) < 0.6)
								c.rect(wx, wy, 7, 9, MARIGOLD);
				x += w;
			}
		c.rect(0, 326, 480, 34, 0x3a211b);
	},
	function cloth(c, luck) {
		const colours = luck.pick(SETS);
		c.rect(0, 0, 480, 360, colours[0]);
		for (let i = 0; i < 4; i++)
			c.within((m) => m.rect(0, i * 90, 480, 90, 1), (m) => {
				m.rect(0, i * 90, 480, 90, colours[i % 2 ? 2 : 0]);
				PATTERNS[Math.floor(luck.between(0, 6))](m, colours[i % 2 ? 3 : 4], 45);
				m.rect(0, i * 90, 480, 8, INK);
			});
	},
	function boat(c, luck) {
		dusk(c, luck, luck.between(140, 340), 176, 58);
		c.polygon([[0, 190], [90, 158], [200, 186], [330, 150], [480, 188], [480, 210], [0, 210]],
			0x5c2f4f);
		c.rect(0, 204, 480, 156, RIVER);
		for (let i = 0; i < 20; i++) {
			const x = luck.between(0, 440);
			const y = luck.between(216, 350);
			c.rect(x, y, luck.between(24, 80), 4, i % 3 ? 0x2b73a8 : MARIGOLD);
		}
		const x = luck.between(150, 260);
		c.polygon([[x - 70, 248], [x + 110, 248], [x + 88, 284], [x - 52, 284]], INK);
		c.rect(x - 36, 204, 100, 46, SAND);
		for (let i = 0; i < 4; i++)
			c.rect(x - 28 + i * 24, 214, 15, 16, CLAY);
		c.line([[x + 78, 248], [x + 84, 150]], 5, INK);
		c.line([[x + 84, 152], [x + 150, 232]], 3, INK);
	},
];

// Which scenes suit which of the creators 1 to 24, by their places above.
const rocks = 0, baobab = 1, wall = 2, falls = 3, table = 4, field = 5, mbira = 6,
	jacarandas = 7, pots = 8, town = 9, cloth = 10, boat = 11;
const GALLERIES = [
	[cloth, jacarandas, town], [table, town], [town, jacarandas, rocks], [falls, boat],
	[table, pots, field], [jacarandas, rocks], [cloth, pots, wall], [town, field],
	[rocks, cloth, baobab], [town, table], [baobab, field, pots], [wall, rocks],
	[jacarandas, town, cloth], [town, cloth], [mbira, town, cloth], [baobab, cloth],
	[rocks, field, town], [field, pots], [baobab, falls, rocks], [table, field],
	[wall, field, rocks], [town, cloth], [town, jacarandas, baobab], [pots, table],
];

function gallery(n, which) {
	const c = new Canvas(480, 360, SAND);
	SCENES[GALLERIES[n - 1][which - 1]](c, chance(n * 10 + which));
	return c.encode();
}

// ----

const folder = join(process.argv[2] ?? '.', 'demo');
mkdirSync(folder, { recursive: true });

function save(name, data) {
	writeFileSync(join(folder, `${name}.png`), data);
}

const two = (n) => String(n).padStart(2, '0');
for (let n = 1; n <= WHO.length; n++)
	save(`creator-${two(n)}`, portrait(n));
for (let n = 1; n <= MARKS.length; n++)
	save(`brand-${two(n)}`, mark(n));
for (let n = 1; n <= GALLERIES.length; n++)
	for (let which = 1; which <= GALLERIES[n - 1].length; which++)
		save(`gallery-${two(n)}-${which}`, gallery(n, which));
