// The pages as nginx serves them: status, policy, packing, how long they keep.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import { test } from 'node:test';
import { send } from './support/client.mjs';
import { env } from './support/env.mjs';

const get = (path, headers = {}) => send('GET', env.BASE_URL + path, { headers });
const hash = (text) => `'sha256-${crypto.createHash('sha256').update(text).digest('base64')}'`;

for (const path of ['/', '/login', '/nothing'])
  test(`${path} can be read without a script, and may run only what the build put there`, async () => {
    const { status, headers, text } = await get(path);
    assert.equal(status, path === '/nothing' ? 404 : 200);
    assert.equal(headers['content-type'], 'text/html; charset=utf-8');
    assert.equal(headers['cache-control'], 'no-cache');
    assert.match(text, /<title>[^<]+<\/title>/);
    assert.match(text, /<h1/);

    const policy = headers['content-security-policy'];
    assert.doesNotMatch(policy, /unsafe|http|\*/);
    for (const [, script] of text.matchAll(/<script>([\s\S]*?)<\/script>/g)) assert.ok(policy.includes(hash(script)));
    for (const [, style] of text.matchAll(/<style>([\s\S]*?)<\/style>/g)) assert.ok(policy.includes(hash(style)));
    assert.doesNotMatch(text, /\sstyle="|\son[a-z]+="/);
    for (const [, address] of text.matchAll(/(?:src|href)="([^"]*)"/g)) assert.match(address, /^[/#]/, address);
  });

test('a link to a page of ours has a picture beside it', async () => {
  for (const path of ['/', '/creators', '/pricing', '/register/brand']) {
    const [, picture] = /<meta property="og:image" content="([^"]+)">/.exec((await get(path)).text);
    const { origin, pathname } = new URL(picture);
    assert.match(origin, /^https:/);
    const { status, headers } = await get(pathname);
    assert.deepEqual([status, headers['content-type']], [200, 'image/png']);
    assert.ok(Number(headers['content-length']) <= 60 * 1024);
  }
});

test('phones that take no SVG have icons of the sizes that are promised them', async () => {
  const { icons } = JSON.parse((await get('/manifest.webmanifest')).text);
  const [, apple] = /<link rel="apple-touch-icon" href="([^"]+)">/.exec((await get('/')).text);
  const pngs = icons.filter(({ type }) => type === 'image/png');
  assert.deepEqual(pngs.map(({ sizes, purpose = 'any' }) => `${sizes} ${purpose}`), ['192x192 any', '512x512 any', '512x512 maskable']);
  for (const { src, sizes } of [...pngs, { src: apple, sizes: '180x180' }]) {
    const answer = await fetch(env.BASE_URL + src);
    const bytes = Buffer.from(await answer.arrayBuffer());
    assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'image/png'], src);
    assert.equal(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, sizes);
    assert.ok(bytes.length < 12 * 1024, `${src} has ${bytes.length} bytes`);
  }
});

test('an address that is no page is told so to machines too', async () => {
  for (const path of ['/login/further', '/apifoo', '/api/../etc/passwd', '/uploads/../env', '/uploads/%2e%2e/env', '/assets/../../policy.conf', '/.htaccess']) {
    const { status, text } = await get(path);
    assert.equal(status, 404, path);
    assert.match(text, /There is no page here/);
  }
  assert.match((await get('/nothing')).text, /<meta name="robots" content="noindex">/);
});

test('whoever saves data and looks for something gets the empty page; all others what the build wrote', async () => {
  const saving = { 'save-data': 'on' };
  assert.doesNotMatch((await get('/creators?search=x', saving)).text, /<h1/);
  for (const [path, headers] of [['/creators', saving], ['/creators?search=x', {}]])
    assert.match((await get(path, headers)).text, /<h1/);
});

test('scripts keep for ever and come packed', async () => {
  const { text } = await get('/');
  const script = /href="(\/assets\/app-[^"]+\.js)"/.exec(text)[1];
  const plain = await get(script);
  assert.equal(plain.headers['cache-control'], 'max-age=31536000, immutable');
  assert.equal(plain.headers['content-type'], 'text/javascript; charset=utf-8');
  for (const coding of ['br', 'gzip']) {
    const packed = await get(script, { 'accept-encoding': coding });
    assert.equal(packed.headers['content-encoding'], coding);
    assert.match(packed.headers.vary, /Accept-Encoding/);
    assert.ok(Number(packed.headers['content-length']) < plain.text.length / 2);
  }
});
