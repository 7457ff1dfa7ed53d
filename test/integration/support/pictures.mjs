// Pictures, made here, and forms that carry them.
import { deflateSync } from 'node:zlib';

const CRC = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
const crc = (bytes) => (bytes.reduce((c, b) => CRC[(c ^ b) & 255] ^ (c >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc(body), body.length + 4);
  return out;
}

function whole(lines, claimed, extra = []) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(claimed[0], 0);
  head.writeUInt32BE(claimed[1], 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head), ...extra,
    chunk('IDAT', deflateSync(Buffer.concat(lines))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

// A PNG whose left half is red; the header may lie about its size.
export function png(width, height, { claimed = [width, height], extra = [] } = {}) {
  const line = Buffer.alloc(1 + 3 * width);
  for (let x = 0; x < width; x += 1) line.set(x < width / 2 ? [200, 30, 30] : [30, 90, 200], 1 + 3 * x);
  return whole(Array(height).fill(line), claimed, extra);
}

// One that packs about as badly as a photograph: soft shapes, edges, grain.
export function photo(seed, size = 600) {
  const lines = Array.from({ length: size }, (_, y) => {
    const line = Buffer.alloc(1 + 3 * size);
    for (let x = 0; x < size; x += 1) {
      const soft = Math.sin((x + seed * 31) / 47) + Math.cos((y - seed * 17) / 61) + Math.sin((x + y) / (13 + seed));
      const edge = Math.hypot(x - size / 2, y - size / 2.5) < size / 4 ? 70 : 0;
      const grain = ((Math.imul(x, 7919) ^ Math.imul(y, 104729)) >>> 5) % 9 - 4;
      for (let c = 0; c < 3; c += 1) line[1 + 3 * x + c] = Math.max(0, Math.min(255, 110 + 32 * soft + edge * (c === 0) + grain + 20 * c));
    }
    return line;
  });
  return whole(lines, [size, size]);
}

export function form(bytes, { field = 'file', name = 'me.png', type = 'image/png', twice = false, boundary = 'XyZ' } = {}) {
  const part = Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`),
    bytes, Buffer.from('\r\n'),
  ]);
  return Buffer.concat([part, ...(twice ? [part] : []), Buffer.from(`--${boundary}--\r\n`)]);
}
