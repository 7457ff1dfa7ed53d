// Pictures that people send: what is shown, what is refused, what is left.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { call, del, get, post, put, send } from './support/client.mjs';
import { rows, value } from './support/db.mjs';
import { env } from './support/env.mjs';
import { brand, creator, theBrand, theCreator } from './support/people.mjs';
import { form, png } from './support/pictures.mjs';
import { until } from './support/wait.mjs';
import { paidBooking } from './support/work.mjs';

const FOLDER = process.env.UPLOADS;
const PICTURE = '/api/creators/profile/picture';
const GALLERY = '/api/creators/profile/gallery';
const LOGO = '/api/brands/profile/logo';
const SIZES = ['s', 'm', 'l'];

// A PNG saved as another kind.
function saved(kind, bytes, options = '') {
  const out = path.join(FOLDER, '..', `sent-${process.pid}`);
  const names = [`${out}.png`, `${out}.${kind}`];
  fs.writeFileSync(names[0], bytes);
  execFileSync('vips', ['copy', names[0], names[1] + options]);
  const made = fs.readFileSync(names[1]);
  for (const name of names) fs.rmSync(name);
  return made;
}

// What a phone sends: lying on its side, and telling where it was taken.
function jpeg() {
  const plain = saved('jpg', png(300, 200));
  const entry = (tag, type, count, word) => {
    const e = Buffer.alloc(12);
    e.writeUInt16BE(tag, 0);
    e.writeUInt16BE(type, 2);
    e.writeUInt32BE(count, 4);
    e.writeUInt32BE(word, 8);
    return e;
  };
  const secret = Buffer.from('Borrowdale, Harare\0');
  const tiff = Buffer.concat([
    Buffer.from([0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 2]),
    entry(0x010e, 2, secret.length, 38), // description
    entry(0x0112, 3, 1, 6 << 16), // turned to the right
    Buffer.alloc(4), secret,
  ]);
  const exif = Buffer.concat([Buffer.from('Exif\0\0'), tiff]);
  const app1 = Buffer.alloc(4);
  app1.writeUInt16BE(0xffe1, 0);
  app1.writeUInt16BE(exif.length + 2, 2);
  return Buffer.concat([plain.subarray(0, 2), app1, exif, plain.subarray(2)]);
}

const sendForm = (who, target, bytes, options = {}) => call('POST', target, {
  as: who, body: options.raw ?? form(bytes, options), headers: { 'content-type': 'multipart/form-data; boundary=XyZ' }, ...options,
});
const putFile = (who, target, bytes, options = {}) => call('PUT', target, {
  as: who, body: bytes, headers: { 'content-type': 'image/png' }, ...options,
});

// ---- what is there ----

const file = (shown, size) => path.join(FOLDER, path.basename(shown).replace('-m.webp', `-${size}.webp`));
const header = (name, bytes) => Number(execFileSync('vipsheader', ['-f', name, bytes], { encoding: 'utf8' }));
const ownProfile = async (who) => (await get('/api/creators/profile', { as: who, status: 200 })).json;

// Files of uploads that belong to somebody.
async function filesOf(who) {
  const names = (await rows('select name::text as name from uploads where user_id = $1', who.id)).map(({ name }) => name);
  return fs.readdirSync(FOLDER).filter((entry) => names.some((name) => entry.startsWith(name)));
}

const settled = (who, kept) => until('what is not shown to be removed', async () =>
  (await value('select count(*) from uploads where user_id = $1', who.id)) === kept);

// Every file has a row, whatever the tests above did.
after(async () => {
  const known = new Set((await rows('select name::text as name from uploads')).map(({ name }) => name));
  const strange = fs.readdirSync(FOLDER).filter((entry) => entry.endsWith('.webp') && !known.has(entry.slice(0, 36)));
  assert.deepEqual(strange, []);
});

test('a form with a picture becomes three of ours, and the profile shows it', async () => {
  const who = await creator();
  const { json } = await sendForm(who, PICTURE, png(2000, 1000), { status: 200, name: '../../etc/passwd.php.png' });
  assert.equal((await ownProfile(who)).profile_picture, json.profile_picture);
  assert.deepEqual(SIZES.map((size) => header('width', file(json.profile_picture, size))), [320, 640, 1280]);
  assert.deepEqual(SIZES.map((size) => header('height', file(json.profile_picture, size))), [160, 320, 640]);
  const seen = await send('GET', env.BASE_URL + json.profile_picture);
  assert.equal(seen.status, 200);
  assert.equal(seen.headers['content-type'], 'image/webp');
  assert.equal(seen.headers['x-content-type-options'], 'nosniff');
  assert.equal((await filesOf(who)).length, 3);
});

test('a PUT of the bytes does the same, and a small picture stays small', async () => {
  const who = await creator();
  const { json } = await putFile(who, `${PICTURE}/`, png(50, 40), { status: 200 });
  assert.deepEqual(SIZES.map((size) => header('width', file(json.profile_picture, size))), [50, 50, 50]);
});

test('it stands upright, and tells nothing of where it was taken', async () => {
  const who = await creator();
  const sent = jpeg();
  assert.ok(sent.includes('Borrowdale'));
  const { json } = await sendForm(who, PICTURE, sent, { status: 200, type: 'image/jpeg' });
  assert.deepEqual(['width', 'height'].map((name) => header(name, file(json.profile_picture, 'l'))), [200, 300]);
  for (const size of SIZES) {
    const kept = fs.readFileSync(file(json.profile_picture, size));
    assert.ok(!kept.includes('Borrowdale'));
  }
});

test('the one before goes, with its files', async () => {
  const who = await creator();
  const first = (await sendForm(who, PICTURE, png(40, 40), { status: 200 })).json.profile_picture;
  const second = (await sendForm(who, PICTURE, png(60, 40), { status: 200 })).json.profile_picture;
  assert.notEqual(first, second);
  await settled(who, 1);
  assert.ok(!fs.existsSync(file(first, 'm')) && fs.existsSync(file(second, 'm')));
  // and so it does where the profile is changed by hand
  await put('/api/creators/profile', { profile_picture: 'https://example.com/me.png' }, { as: who, status: 200 });
  await settled(who, 0);
  assert.deepEqual(await filesOf(who), []);
});

test('a brand shows a logo', async () => {
  const who = await brand();
  const { json } = await sendForm(who, LOGO, png(80, 80), { status: 200 });
  assert.equal((await get('/api/brands/profile', { as: who, status: 200 })).json.logo, json.logo);
  await putFile(who, LOGO, png(70, 70), { status: 200 });
  await settled(who, 1);
});

test('a gallery grows at its end, loses by place, and is full one day', async () => {
  const who = await creator();
  const paths = [];
  for (let i = 0; i < 3; i += 1) {
    const { json } = await sendForm(who, GALLERY, png(30 + i, 30), { status: 200 });
    paths.push(json.image_path);
    assert.deepEqual(json.gallery, paths);
  }
  for (const wrong of ['3', '999', '1000', '-1', 'x', '1.0', '%31%30x']) {
    await del(`${GALLERY}/${wrong}`, { as: who, status: 400 });
  }
  const meant = (path, at = 1) => `${GALLERY}/${at}?path=${encodeURIComponent(path)}`;
  await del(meant('x'.repeat(201)), { as: who, status: 422 });
  const { json } = await del(meant(paths[1]), { as: who, status: 200 });
  assert.deepEqual(json.gallery, [paths[0], paths[2]]);
  // once more, as after an answer that was lost: another one stands there now
  assert.equal((await del(meant(paths[1]), { as: who, status: 409 })).json.code, 'gallery_changed');
  // or none, where it was the last
  assert.equal((await del(meant(paths[2], 2), { as: who, status: 409 })).json.code, 'gallery_changed');
  assert.deepEqual((await ownProfile(who)).gallery, json.gallery);
  await settled(who, 2);
  await rows(`update creator_profiles set gallery = array_fill('/uploads/x.webp'::text, array[19]) where user_id = $1`, who.id);
  const answers = await Promise.all(Array.from({ length: 4 }, () => putFile(who, GALLERY, png(20, 20))));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409, 409]);
  assert.equal((await ownProfile(who)).gallery.length, 20);
  await settled(who, 1);
});

// ---- what is refused, and leaves all as it was ----

// Somebody for each place that takes pictures, with one there already.
const PLACES = [[PICTURE, theCreator], [GALLERY, theCreator], [LOGO, theBrand], ['/api/uploads', theCreator]];
let furnished;
const furnish = () => (furnished ??= (async () => {
  for (const [target, who] of PLACES) await sendForm(await who(), target, png(33, 33));
  await until('what was there before to be gone', async () =>
    !(await everything()).uploads.some(({ state }) => state !== 'kept'));
})());

async function everything() {
  const [one, two] = [await theCreator(), await theBrand()];
  return {
    profile: await ownProfile(one),
    logo: (await get('/api/brands/profile', { as: two, status: 200 })).json.logo,
    uploads: await rows('select * from uploads where user_id in ($1, $2) order by id', one.id, two.id),
    files: [await filesOf(one), await filesOf(two)],
  };
}

// What nginx holds of bodies; it takes their names away at once.
function spooled() {
  const quietly = (fn) => { try { return fn(); } catch { return []; } }; // processes end meanwhile
  return fs.readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name)).flatMap((pid) =>
    quietly(() => fs.readdirSync(`/proc/${pid}/fd`)).flatMap((fd) => quietly(() => [fs.readlinkSync(`/proc/${pid}/fd/${fd}`)])))
    .filter((name) => name.startsWith(`${env.STATE}/nginx/body/`));
}

async function leavesNothing(fn) {
  await furnish();
  const earlier = await everything();
  await fn();
  await until('nothing to be left', async () => {
    assert.deepEqual(await everything(), earlier);
    return spooled().length === 0;
  });
}

const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==', 'base64');
const withTail = (picture, tail) => Buffer.concat([picture, Buffer.from(tail, 'latin1')]);

const bomb = () => png(16000, 16000, { claimed: [16000, 16000] }); // 768 MB unpacked
const REFUSED = {
  'no picture at all': [415, () => Buffer.from('just words')],
  'an SVG': [415, () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
  'an HTML page with a picture’s name': [415, () => Buffer.from('<!doctype html><script>alert(1)</script>'), { name: 'me.png' }],
  'a PDF': [415, () => Buffer.from('%PDF-1.7\n%%EOF\n')],
  'a PNG that is a page too': [415, () => withTail(png(60, 40), '<HTML><body onload=alert(1)>')],
  'a JPEG that is an archive too': [415, () => withTail(jpeg(), `PK\x05\x06${'\0'.repeat(18)}`)],
  'a GIF that is a script too': [415, () => withTail(GIF, '<script>alert(1)</script>')],
  'a GIF that is a program too': [415, () => withTail(GIF, '<?php system($_GET[0]); ?>')],
  'a WebP that is a PDF too': [415, () => withTail(saved('webp', png(60, 40)), '\n%PDF-1.7\n%%EOF\n')],
  'a script that begins like a GIF': [422, () => Buffer.from('GIF89a/*\0\0*/=1;alert(1)//;'.padEnd(400, ' '))],
  'words that begin like a PNG': [422, () => Buffer.concat([png(4, 4).subarray(0, 8), Buffer.from('and then something else')])],
  'a JPEG that is none': [422, () => Buffer.from([0xff, 0xd8, 0xff, 0xe0, ...Buffer.from('JFIF and then nothing')])],
  'a picture cut off in the middle': [422, () => { const whole = png(300, 300); return whole.subarray(0, whole.length >> 1); }],
  'a header of 64k by 64k': [422, () => png(4, 4, { claimed: [65535, 65535] })],
  'more pixels than there may be': [422, bomb],
  'an empty file': [422, () => Buffer.alloc(0)],
};

for (const [what, [status, make, options]] of Object.entries(REFUSED)) {
  test(`${what} is ${status} wherever pictures are taken, and leaves all as it was`, () => leavesNothing(async () => {
    const bytes = make();
    for (const [target, who] of PLACES) {
      const answers = [
        await sendForm(await who(), target, bytes, { status, ...options }),
        await putFile(await who(), target, bytes, { status }),
      ];
      if (bytes.length === 0) for (const answer of answers) assert.ok(answer.json.fields.file);
    }
  }));
}

test('what a phone puts behind a photo is no reason to refuse it, and goes to nobody', async () => {
  const who = await creator();
  const film = `\0\0\0\x18ftypmp42${'Borrowdale, the film '.repeat(50)}`;
  for (const picture of [png(60, 40), jpeg(), GIF, saved('webp', png(60, 40))]) {
    const { json } = await putFile(who, PICTURE, withTail(picture, film), { status: 200 });
    for (const size of SIZES) {
      const kept = fs.readFileSync(file(json.profile_picture, size));
      assert.equal(kept.readUInt32LE(4) + 8, kept.length, 'a WebP, and nothing behind it');
      assert.ok(!kept.includes('Borrowdale') && !kept.includes('ftyp'));
    }
  }
});

// The program itself, with room and time that a test can use up.
function makePictures(bytes, { memory = 1 << 30, seconds = 20 }) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'pictures-'));
  fs.writeFileSync(path.join(folder, 'sent'), bytes);
  const sent = fs.openSync(path.join(folder, 'sent'));
  const program = new URL('../../build/debug/picture', import.meta.url).pathname;
  const { status, signal } = spawnSync(program, [folder, 'made', '1000000000', '320', '640', '1280', memory, seconds],
    { stdio: [sent, 'ignore', 'ignore'] });
  fs.closeSync(sent);
  const made = fs.readdirSync(folder).filter((name) => name !== 'sent');
  fs.rmSync(folder, { recursive: true });
  return { status, signal, made };
}

test('a picture that takes more time or memory than it may have is not made, and nothing of it', () => {
  const within = makePictures(png(3000, 3000), {});
  assert.deepEqual([within.status, within.made.length], [0, 3]);
  assert.deepEqual(makePictures(bomb(), { seconds: 1 }), { status: null, signal: 'SIGKILL', made: [] });
  const whole = saved('jpg', png(6000, 6000), '[interlace]') /* decoded as a whole */;
  assert.equal(makePictures(whole, {}).status, 0);
  const cramped = makePictures(whole, { memory: 300 << 20 });
  assert.ok(cramped.status === 2 || cramped.signal, JSON.stringify(cramped));
  assert.deepEqual(cramped.made, []);
});

test('a form that is not whole, or names no file, or two, says so', async () => {
  const who = await theCreator();
  const whole = form(png(10, 10));
  for (const raw of [
    form(png(10, 10), { field: 'picture' }), form(png(10, 10), { twice: true }), whole.subarray(0, whole.length - 9),
    Buffer.from('--XyZ--\r\n'), Buffer.from('no form'), whole.subarray(1),
  ]) {
    const { json } = await sendForm(who, PICTURE, undefined, { raw, status: 422 });
    assert.ok(json.fields.file, JSON.stringify(json));
  }
  await call('POST', PICTURE, { as: who, body: whole, headers: { 'content-type': 'multipart/form-data' }, status: 422 });
});

// ---- lines that bring too much, or break ----

const WAYS = {
  'a PUT': ['PUT', 'image/png', (bytes) => bytes],
  'a form': ['POST', 'multipart/form-data; boundary=XyZ', (bytes) => form(bytes)],
};
const MB_30 = 31457280;

// A line with the head of a request on it.
function dial(method, type, target, who, length) {
  const { hostname, port } = new URL(env.BASE_URL);
  const socket = net.connect(Number(port), hostname);
  socket.on('error', () => {}); // nginx may close it while we are still sending
  socket.write(`${method} ${target} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${who.access}\r\nContent-Type: ${type}\r\n${length}\r\n\r\n`);
  return socket;
}

const firstLine = (socket) => new Promise((resolve, reject) => {
  socket.once('data', (data) => { resolve(String(data).split('\r\n')[0]); socket.destroy(); });
  socket.once('close', () => reject(new Error('closed without an answer')));
});

for (const [what, [method, type, wrap]] of Object.entries(WAYS)) {
  test(`30 MB in ${what} are 413, announced or not, and leave all as it was`, () => leavesNothing(async () => {
    for (const [target, who] of PLACES) {
      const announced = dial(method, type, target, await who(), `Content-Length: ${MB_30}`);
      assert.match(await firstLine(announced), / 413 /);
    }
    const body = wrap(withTail(png(60, 40), 'x'.repeat(MB_30)));
    const socket = dial(method, type, PICTURE, await theCreator(), 'Transfer-Encoding: chunked');
    const answer = firstLine(socket);
    socket.write(`${body.length.toString(16)}\r\n`);
    socket.write(body);
    assert.match(await answer, / 413 /);
  }));

  test(`a line that is cut in the middle of ${what} leaves all as it was`, () => leavesNothing(async () => {
    const bytes = wrap(withTail(png(60, 40), 'x'.repeat(400000)));
    for (const [target, who] of PLACES) {
      const socket = dial(method, type, target, await who(), `Content-Length: ${bytes.length}`);
      socket.write(bytes.subarray(0, 200000));
      await until('what came to be spooled', () => spooled().length > 0);
      socket.resetAndDestroy();
      await until('it to be thrown away', () => spooled().length === 0);
    }
  }));
}

test('other calls keep their own, smaller limit', async () => {
  await put('/api/creators/profile', 'x'.repeat(1100000), { as: await theCreator(), status: 413, headers: { 'content-type': 'image/png' } });
});

test('an upload that was never finished goes, with what there is of it', async () => {
  const who = await creator();
  const name = randomUUID();
  fs.writeFileSync(path.join(FOLDER, `${name}-s.webp`), 'half');
  await rows(`insert into uploads (user_id, kind, name, created_at)
    values ($1, 'avatar', $2, now() - interval '1 hour')`, who.id, name); // and it may go at once
  await settled(who, 0);
  assert.ok(!fs.existsSync(path.join(FOLDER, `${name}-s.webp`)));
});

// ---- attachments ----

const keep = async (who) => (await sendForm(who, '/api/uploads', png(90, 60), { status: 201 })).json.path;
const privateFile = (shown, size) => path.join(FOLDER, 'private', `${path.basename(shown)}-${size}.webp`);

test('an attachment is for its owner and whom it was sent to, and for nobody else', async () => {
  const [one, two, other] = [await creator(), await brand(), await theBrand()];
  const shown = await keep(one);
  await get(shown, { as: one, status: 200 });
  await get(shown, { as: two, status: 404 });
  await post('/api/messages', { receiver_id: two.id, content: 'Look', attachment_url: shown }, { as: one, status: 201 });
  for (const size of SIZES) {
    const seen = await get(`${shown}?size=${size}`, { as: two, status: 200 });
    assert.equal(seen.headers['content-type'], 'image/webp');
    assert.equal(seen.headers['cache-control'], 'no-store');
    assert.equal(seen.headers['x-accel-redirect'], undefined);
    assert.equal(Number(seen.headers['content-length']), fs.statSync(privateFile(shown, size)).size);
  }
  await get(shown, { as: other, status: 404 });
  await get(shown, { status: 401 });
  await get(`${shown}?size=xl`, { as: two, status: 422 });
  await get('/api/uploads/..%2fenv', { as: two, status: 404 });
  // the file itself is at no address
  for (const address of [`/uploads/private/${path.basename(shown)}-l.webp`, `/private-uploads/${path.basename(shown)}-l.webp`,
    `/uploads/x/../private/${path.basename(shown)}-l.webp`]) {
    assert.equal((await send('GET', env.BASE_URL + address)).status, 404, address);
  }
});

test('nobody attaches what is another’s, or nothing, and nothing is sent then', async () => {
  const [one, two] = [await creator(), await brand()];
  const shown = await keep(one);
  for (const wrong of [shown, '/api/uploads/00000000-0000-4000-8000-000000000000', '/api/uploads/me']) {
    const { json } = await post('/api/messages', { receiver_id: one.id, content: 'Mine', attachment_url: wrong }, { as: two, status: 422 });
    assert.ok(json.fields.attachment_url, JSON.stringify(json));
  }
  assert.equal(await value('select count(*) from messages where sender_id = $1', two.id), 0);
  await get(shown, { as: two, status: 404 });
});

test('a piece of work may be an attachment', async () => {
  const [seller, buyer] = [await creator(), await brand()];
  const booking = await paidBooking(buyer, seller, { deliverables: ['One picture'] });
  const shown = await keep(seller);
  await post(`/api/collaborations/${booking.id}/deliverables`, { title: 'The picture', url: shown }, { as: seller, status: 201 });
  await get(shown, { as: buyer, status: 200 });
  await get(shown, { as: await theBrand(), status: 404 });
  const { json } = await post(`/api/collaborations/${booking.id}/deliverables`, { title: 'Another', url: '/api/uploads/x' }, { as: seller });
  assert.equal(json.status, 422, JSON.stringify(json));
  assert.ok(json.fields.url);
});

test('an attachment that nothing uses goes after a day, one that was sent stays', async () => {
  const [one, two] = [await creator(), await brand()];
  const [used, unused] = [await keep(one), await keep(one)];
  await post('/api/messages', { receiver_id: two.id, content: 'Look', attachment_url: used }, { as: one, status: 201 });
  await rows(`update uploads set created_at = created_at - interval '1 day' where user_id = $1`, one.id);
  await settled(one, 1);
  assert.ok(!fs.existsSync(privateFile(unused, 'l')) && fs.existsSync(privateFile(used, 'l')));
  await get(used, { as: two, status: 200 });
});
