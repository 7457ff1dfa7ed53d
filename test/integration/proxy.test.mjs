// What nginx does on its own account: its refusals, headers, other origins,
// TLS, and what it keeps of a request in its log.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import tls from 'node:tls';
import { test } from 'node:test';
import { send, sendRaw } from './support/client.mjs';
import { problemFaults } from './support/contract.mjs';
import { env } from './support/env.mjs';
import { until } from './support/wait.mjs';

const ORIGIN = 'https://app.example'; // deploy/test.env
const long = 'a'.repeat(9000);

const refusals = [
  ['POST', '/', {}, 405],
  ['GET', '/assets/none.js', {}, 404],
  ['GET', '/api', {}, 404],
  ['GET', '/uploads/', {}, 404],
  ['GET', '/uploads/none.png', {}, 404],
  ['GET', '/problem', {}, 404],
  ['TRACE', '/api/health', {}, 405],
  ['POST', '/api/auth/login', { body: Buffer.alloc(2_000_000, 32) }, 413],
  ['GET', `/api/${long}`, {}, 414],
  ['GET', '/api/health', { headers: { 'x-long': long } }, 431],
];
for (const [method, path, options, status] of refusals) {
  test(`${method} ${path.slice(0, 40)} is refused with ${status} in the API's own shape`, async () => {
    const answer = await send(method, env.BASE_URL + path, options);
    assert.equal(answer.status, status, answer.text.slice(0, 300));
    assert.deepEqual(problemFaults(answer), []);
  });
}

test('a form sent without its script leads back to its page', async () => {
  const sent = (path) => send('POST', env.BASE_URL + path, { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'email=tari%40example.com' });
  for (const path of ['/login?next=%2Fbookings', '/register/brand', '/register/creator/', '/verify', '/forgot-password', '/reset-password/abc', '/contact']) {
    const { status, headers } = await sent(path);
    assert.deepEqual([status, headers.location], [303, path]);
    assert.match((await send('GET', env.BASE_URL + path)).headers['content-type'], /^text\/html/);
  }
  for (const path of ['//login', '//elsewhere.example/../login', '/none', '/assets/none.js']) {
    const { status, headers } = await sent(path);
    assert.deepEqual([status >= 400, headers.location], [true, undefined], path);
  }
  // as a URL it would be another one, so it is written as it is
  const turned = await sendRaw('POST /\\elsewhere.example/../login HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
  assert.deepEqual([turned.status, turned.headers.location], [405, undefined]);
  const split = await sent('/reset-password/a%0d%0aSet-Cookie:%20a=b');
  assert.deepEqual([split.headers.location, split.headers['set-cookie']], ['/reset-password/a%0d%0aSet-Cookie:%20a=b', undefined]);
});

const unreadable = [
  'GET\r\n\r\n',
  'NO SUCH THING\r\n\r\n',
  'GET / HTTP/1.1\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a b\r\n\r\n',
  'GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET /../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n',
  'POST /api/auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'POST /api/auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd',
  'POST /api/auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n',
];
for (const bytes of unreadable) {
  test(`${JSON.stringify(bytes).slice(0, 90)} is 400, in the API's own shape`, async () => {
    const answer = await sendRaw(bytes);
    assert.equal(answer.status, 400, answer.text.slice(0, 300));
    assert.match(answer.headers['content-type'], /^application\/problem\+json/);
    const problem = JSON.parse(answer.text);
    assert.equal(problem.status, 400);
    assert.equal(problem.code, 'bad_request');
    assert.equal(problem.request_id, answer.headers['x-request-id']);
  });
}

test('every answer carries the headers that keep browsers safe, and https its own', async () => {
  for (const base of [env.BASE_URL, env.HTTPS_URL]) {
    for (const path of ['/api/health', '/api/none', '/api']) {
      const { headers } = await send('GET', base + path);
      assert.match(headers['x-request-id'], /^[0-9a-f]{32}$/);
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.match(headers['content-security-policy'], /default-src 'none'.*frame-ancestors 'none'/);
      assert.equal(headers['referrer-policy'], 'no-referrer');
      assert.equal(headers['cache-control'], 'no-store');
      assert.equal(headers.server, 'nginx');
      assert.equal(headers['strict-transport-security'],
        base === env.HTTPS_URL ? 'max-age=63072000; includeSubDomains' : undefined);
    }
  }
});

test('what a script of a page asks for is not told what documents are', async () => {
  const asked = { headers: { 'sec-fetch-dest': 'empty' } };
  const { headers } = await send('GET', `${env.HTTPS_URL}/api/health`, asked);
  for (const name of ['content-security-policy', 'referrer-policy', 'strict-transport-security', 'x-robots-tag'])
    assert.equal(headers[name], undefined, name);
  assert.match(headers['x-request-id'], /^[0-9a-f]{32}$/);
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.equal(headers['cache-control'], 'no-store');
  const frame = await send('GET', `${env.HTTPS_URL}/api/health`, { headers: { 'sec-fetch-dest': 'iframe' } });
  assert.match(frame.headers['content-security-policy'], /frame-ancestors 'none'/);
});

test('an upload is served as what its name says, may be kept for a year, and never sniffed', async () => {
  const name = `proxy-${process.pid}.png`;
  fs.writeFileSync(`${env.STATE}/uploads/${name}`, 'a picture');
  const { status, headers, text } = await send('GET', `${env.BASE_URL}/uploads/${name}`);
  assert.deepEqual([status, text], [200, 'a picture']);
  assert.equal(headers['content-type'], 'image/png');
  assert.equal(headers['cache-control'], 'max-age=31536000');
  assert.equal(headers['x-content-type-options'], 'nosniff');
});

test('an origin on the list may ask, with credentials; another learns nothing', async () => {
  const ask = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' };
  const allowed = await send('OPTIONS', `${env.BASE_URL}/api/auth/login`, { headers: { origin: ORIGIN, ...ask } });
  assert.equal(allowed.status, 204);
  assert.equal(allowed.headers['access-control-allow-origin'], ORIGIN);
  assert.equal(allowed.headers['access-control-allow-credentials'], 'true');
  assert.match(allowed.headers['access-control-allow-methods'], /POST/);
  assert.match(allowed.headers['access-control-allow-headers'], /Idempotency-Key/);

  for (const origin of ['https://evil.example', 'https://app.example.evil.example', 'http://app.example', 'null']) {
    const refused = await send('OPTIONS', `${env.BASE_URL}/api/auth/login`, { headers: { origin, ...ask } });
    assert.notEqual(refused.status, 204);
    for (const name of Object.keys(refused.headers)) assert.doesNotMatch(name, /^access-control-/);
  }

  const refusal = await send('GET', `${env.BASE_URL}/api/auth/me`, { headers: { origin: ORIGIN } });
  assert.equal(refusal.status, 401);
  assert.equal(refusal.headers['access-control-allow-origin'], ORIGIN);
  assert.match(refusal.headers.vary, /Origin/);
  const without = await send('GET', `${env.BASE_URL}/api/health`);
  assert.match(without.headers.vary, /Origin/);
  assert.equal(without.headers['access-control-allow-origin'], undefined);
});

test('front-end developers may ask from their own machines, and no worker hears of what browsers ask before', async () => {
  const origins = ['run', 'staging'].flatMap((name) =>
    /^ALLOWED_ORIGINS=(.+)$/m.exec(fs.readFileSync(new URL(`../../deploy/${name}.env`, import.meta.url), 'utf8'))[1].split(','));
  assert.ok(origins.includes('http://localhost:5173'));
  for (const origin of origins) {
    for (const [method, path] of [['POST', '/api/auth/login'], ['GET', '/api/packages'], ['PUT', '/api/creators/profile/picture'], ['DELETE', '/api/packages/1']]) {
      const { status, headers, text } = await send('OPTIONS', env.BASE_URL + path, { headers: { origin, 'access-control-request-method': method } });
      assert.deepEqual([status, headers['access-control-allow-origin'], text], [204, origin, ''], path);
      assert.ok(headers['access-control-allow-methods'].split(', ').includes(method));
      assert.equal(headers['x-statements'], undefined); // a worker tells them
      const line = await logged(headers['x-request-id']);
      assert.deepEqual([line.method, line.pool, line.upstream], ['OPTIONS', '-', ''], path);
    }
    const answer = await send('GET', `${env.BASE_URL}/api/packages`, { headers: { origin } });
    assert.deepEqual([answer.status, answer.headers['access-control-allow-origin']], [200, origin]);
    assert.equal((await logged(answer.headers['x-request-id'])).pool, 'api'); // so the log tells them apart
  }
});

function handshake(options) {
  const { hostname, port } = new URL(env.HTTPS_URL);
  return new Promise((resolve) => {
    const socket = tls.connect({ host: '127.0.0.1', servername: hostname, port, ca: fs.readFileSync(env.CA_FILE), ...options });
    socket.on('secureConnect', () => {
      resolve([socket.getProtocol(), socket.alpnProtocol]);
      socket.destroy();
    });
    socket.on('error', (error) => resolve([error.code]));
  });
}

test('TLS 1.2 and 1.3 with forward secrecy only, and HTTP/2', async () => {
  assert.deepEqual(await handshake({ ALPNProtocols: ['h2'] }), ['TLSv1.3', 'h2']);
  assert.deepEqual(await handshake({ maxVersion: 'TLSv1.2', ALPNProtocols: ['http/1.1'] }), ['TLSv1.2', 'http/1.1']);
  const old = await handshake({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' });
  assert.equal(old.length, 1, `spoke ${old}`);
  const weak = await handshake({ maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA:AES256-GCM-SHA384' });
  assert.equal(weak.length, 1, `spoke ${weak}`);
});

test("a client cannot say who it is, nor give the request's id", async () => {
  const id = 'f'.repeat(32);
  const { headers } = await send('GET', `${env.BASE_URL}/api/health`, {
    headers: { 'x-forwarded-for': '203.0.113.9', 'cf-connecting-ip': '203.0.113.9', 'x-request-id': id },
  });
  assert.notEqual(headers['x-request-id'], id);
  const line = await logged(headers['x-request-id']);
  assert.equal(line.address, '127.0.0.1');
});

function logged(id) {
  return until(`the log's line of ${id}`, () => {
    const line = fs.readFileSync(`${env.STATE}/log/access.log`, 'utf8').split('\n').find((one) => one.includes(id));
    return line && JSON.parse(line);
  });
}

test('the log has a line of JSON a request, without query and without what a link is worth', async () => {
  const kept = await send('GET', `${env.BASE_URL}/api/packages/?search=secretword`);
  const line = await logged(kept.headers['x-request-id']);
  assert.deepEqual([line.method, line.path, line.status, line.pool], ['GET', '/api/packages/', 200, 'api']);
  for (const path of ['/payment/return', '/api/payment/return', '/reset-password']) {
    const back = await send('GET', `${env.BASE_URL}${path}/secrettoken?x=1`);
    assert.equal((await logged(back.headers['x-request-id'])).path, `${path}/-`);
  }
  const refused = await send('POST', `${env.BASE_URL}/api/auth/login`, { body: Buffer.alloc(2_000_000, 32) });
  const large = await logged(refused.headers['x-request-id']);
  assert.deepEqual([large.method, large.path, large.status, large.pool], ['POST', '/api/auth/login', 413, '-']);
  assert.doesNotMatch(fs.readFileSync(`${env.STATE}/log/access.log`, 'utf8'), /secretword|secrettoken/);
});
