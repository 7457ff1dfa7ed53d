// Who may open a socket, who it is, and until when.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import { test } from 'node:test';
import { WebSocket } from 'ws';
import { post } from '../integration/support/client.mjs';
import { scratch, value } from '../integration/support/db.mjs';
import { env } from '../integration/support/env.mjs';
import { brand, creator } from '../integration/support/people.mjs';
import { read, sign } from '../integration/support/tokens.mjs';
import { until } from '../integration/support/wait.mjs';
import { NGINX, ORIGIN, Socket, connected, socket } from './people.mjs';
import { BINARY, Raw, frame, head, metrics, startRelay } from './support.mjs';

const soon = (token, seconds) => {
  const { header, claims } = read(token);
  const now = Math.floor(Date.now() / 1000);
  return sign(header, { ...claims, iat: now - 60, exp: now + seconds });
};

test('through nginx: the first frame says who it is', async () => {
  const one = await creator();
  const page = await connected(one);
  assert.equal(page.ready.user_id, one.id);
  assert.equal(page.ready.expires_s, read(one.access).claims.exp);
  page.destroy();
});

test('over TLS, by another client than ours', async () => {
  const one = await creator();
  const page = new WebSocket(`${env.HTTPS_URL.replace('https:', 'wss:')}/ws`, { origin: ORIGIN, ca: fs.readFileSync(env.CA_FILE), perMessageDeflate: true });
  await once(page, 'open');
  page.send(JSON.stringify({ type: 'auth', token: one.access }));
  const types = [];
  await new Promise((resolve) => {
    page.on('message', (bytes) => {
      types.push(JSON.parse(bytes).type);
      if (types.at(-1) === 'live') resolve();
    });
  });
  assert.deepEqual(types, ['ready', 'presence', 'live']);
  page.close(1000);
  assert.equal((await once(page, 'close'))[0], 1000);
});

test('nginx opens no socket for HTTP/1.0, and refuses what asks for none', async () => {
  const old = new Raw(NGINX);
  old.write(head({}, 'GET /ws HTTP/1.0'));
  assert.equal((await old.answer()).status, 426);
  old.destroy();
  const plain = await fetch(`${env.BASE_URL}/ws`);
  assert.equal(plain.status, 426);
});

test('a page of a stranger is refused, ours and none are not', async () => {
  for (const [origin, status] of [['https://evil.example', 403], [`${ORIGIN}.evil.example`, 403], ['null', 403], ['', 403],
    [ORIGIN, 101], ['https://app.example', 101], [undefined, 101]]) {
    const raw = new Raw(NGINX);
    raw.write(head({ Origin: origin }));
    assert.equal((await raw.answer()).status, status, origin);
    raw.destroy();
  }
});

test('what is no access token of ours closes with 4401', async () => {
  const one = await creator();
  for (const token of [undefined, 7, '', 'x', one.refresh, `${one.access}x`, sign({ alg: 'none' }, read(one.access).claims)]) {
    const page = await socket();
    page.sayAnything({ type: 'auth', token });
    assert.deepEqual(await page.hear(), { closed: 4401, reason: 'token_invalid' });
    await page.over();
  }
});

test('an expired token closes with 4402, at once or when its time comes', async () => {
  const one = await creator();
  const late = await socket();
  late.say({ type: 'auth', token: soon(one.access, -1) });
  assert.deepEqual(await late.hear(), { closed: 4402, reason: 'token_expired' });
  const page = await connected(soon(one.access, 2));
  assert.deepEqual(await page.until('closed'), { closed: 4402, reason: 'token_expired' });
});

test('a token renewed on the open socket keeps it open', async () => {
  const one = await creator();
  const page = await connected(soon(one.access, 2));
  page.say({ type: 'auth.refresh', token: one.access });
  assert.equal((await page.until('auth.refreshed')).expires_s, read(one.access).claims.exp);
  page.say({ type: 'auth.refresh', token: (await brand()).access });
  assert.deepEqual(await page.until('closed'), { closed: 4401, reason: 'token_invalid' });
});

test('anything else before it closes with 1008', async () => {
  for (const first of [{ type: 'typing', user_id: 1 }, { type: 'auth.refresh', token: 'x' }, {}]) {
    const page = await socket();
    page.sayAnything(first);
    assert.deepEqual(await page.hear(), { closed: 1008, reason: 'auth_first' });
  }
});

test('who says nothing is let go', async (t) => {
  const { where } = await startRelay(t, { RELAY_AUTH_MS: '50' });
  const page = await new Socket(where).open();
  assert.deepEqual(await page.hear(), { closed: 1008, reason: 'auth_timeout' });
  await page.over();
});

test('a request that does not end is answered 408', async (t) => {
  const { where } = await startRelay(t, { RELAY_HEAD_MS: '50' });
  const raw = new Raw(where);
  raw.write('GET /ws HTTP/1.1\r\n');
  assert.equal((await raw.answer()).status, 408);
  await raw.over();
});

test('what is no frame of ours is answered by an error with its code', async () => {
  const page = await connected(await creator());
  const refusal = async () => (await page.until('error')).code;
  page.sayAnything({ type: 'nonsense' });
  assert.equal(await refusal(), 'type_unknown');
  page.sayAnything([1]);
  assert.equal(await refusal(), 'body_malformed');
  page.write(frame(1, '{"type":"typing","type":"typing"}'));
  assert.equal(await refusal(), 'body_malformed');
  for (const [bad, fields] of [[{ type: 'typing' }, ['user_id']], [{ type: 'message.read', id: 'x', odd: 1 }, ['id', 'odd']],
    [{ type: 'message.send', receiver_id: 1 }, ['content', 'client_id']]]) {
    page.sayAnything(bad);
    const { code, about, problem } = await page.until('error');
    assert.deepEqual([code, about, Object.keys(problem.fields)], ['fields_invalid', bad.type, fields]);
  }
  page.write(frame(BINARY, '{}'));
  assert.deepEqual(await page.hear(), { closed: 1003, reason: 'text_only' });
});

test('an address, and a user, has so many sockets and no more', async (t) => {
  const { where } = await startRelay(t, { RELAY_ADDRESS_MAX: '3', RELAY_USER_MAX: '2' });
  const one = await creator();
  const from = (address) => ({ where, lines: { 'X-Real-IP': address } });
  const pages = [await connected(one, from('192.0.2.1')), await connected(one, from('192.0.2.1')), await socket(where, { 'X-Real-IP': '192.0.2.1' })];
  const fourth = new Raw(where);
  fourth.write(head({ 'X-Real-IP': '192.0.2.1' }));
  assert.equal((await fourth.answer()).status, 429);
  pages[2].say({ type: 'auth', token: one.access });
  assert.deepEqual(await pages[2].hear(), { closed: 4429, reason: 'too_many_sockets' });
  await pages[2].over();
  pages[0].end();
  await pages[0].over();
  const again = await connected(one, from('192.0.2.1'));
  const elsewhere = await socket(where, { 'X-Real-IP': '192.0.2.2' });
  for (const page of [pages[1], again, elsewhere]) page.destroy();
  // of IPv6 a network of 64 bits is one; IPv4 is the same in its garb
  const tries = [];
  for (const [address, status] of [['2001:db8::1', 101], ['2001:db8:0:0:ffff::2', 101], ['2001:DB8::3', 101], ['2001:db8::4', 429], ['2001:db8:0:1::1', 101],
    ['192.0.2.3', 101], ['::ffff:192.0.2.3', 101], ['192.0.2.3', 101], ['::ffff:192.0.2.3', 429], ['::ffff:192.0.2.4', 101]]) {
    const raw = new Raw(where);
    raw.write(head({ 'X-Real-IP': address }));
    assert.equal((await raw.answer()).status, status, address);
    tries.push(raw);
  }
  for (const raw of tries) raw.destroy();
});

test('who sends too many frames a second is closed with 1008', async (t) => {
  const { where } = await startRelay(t, { RELAY_RATE: '5' });
  const page = await connected(await creator(), { where });
  page.write(...Array.from({ length: 20 }, () => frame(9, 'ping')));
  assert.equal((await page.until('closed')).closed, 1008);
});

test('a relay that has no descriptor left waits for one, and does not spin', async (t) => {
  const { where, pid } = await startRelay(t, { RELAY_HEAD_MS: '60000' }, { descriptors: 64 });
  const raws = Array.from({ length: 100 }, () => new Raw(where));
  const fds = () => fs.readdirSync(`/proc/${pid}/fd`).filter((n) => n < 64).length; // what is inherited may lie above
  await until('all to be in use', () => fds() === 64);
  // each time that it waits it gives its processor away
  const waits = () => Number(/^voluntary_ctxt_switches:\s*([0-9]+)$/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
  const before = waits();
  await until('it to have waited', () => waits() > before + 5);
  assert.equal(fds(), 64);
  for (const raw of raws.slice(0, 90)) raw.destroy();
  for (const raw of raws.slice(90)) {
    raw.write(head());
    assert.equal((await raw.answer()).status, 101);
    raw.destroy();
  }
});

test('who asks more than is answered is told to wait, and the rest is done', async (t) => {
  const { where } = await startRelay(t, { RELAY_ASKED_MAX: '3' });
  const page = await connected(await creator(), { where });
  const codes = async (count) => {
    const found = [];
    while (found.length < count) found.push((await page.until('error')).code);
    return found;
  };
  const ask = (count) => page.write(...Array.from({ length: count }, () => frame(1, '{"type":"message.read","id":9007199254740991}')));
  ask(5);
  assert.deepEqual(await codes(5), ['rate_limited', 'rate_limited', 'not_found', 'not_found', 'not_found']);
  // the refused one is named, for its page to send again
  const id = randomUUID();
  page.write(...[1, 2, 3].map(() => frame(1, '{"type":"message.read","id":9007199254740991}')),
    frame(1, JSON.stringify({ type: 'message.send', client_id: id, receiver_id: 1, content: 'x' })));
  assert.equal((await page.until('error')).client_id, id);
  assert.deepEqual(await codes(3), ['not_found', 'not_found', 'not_found']);
  ask(3);
  assert.deepEqual(await codes(3), ['not_found', 'not_found', 'not_found']);
});

test('who asks, goes and comes again has no more asked than by one socket, and is let in when it is answered', async (t) => {
  const { where } = await startRelay(t, { RELAY_ASKED_MAX: '3' });
  const [one, other] = [await creator(), await brand()];
  const asked = async () => (await metrics(where)).asked;
  const { data: { id } } = (await post('/api/messages', { receiver_id: one.id, content: 'Hello' }, { as: other, status: 201 })).json;
  const pages = await Promise.all(Array.from({ length: 10 }, () => connected(one, { where })));
  const late = [];
  await scratch(async (hold) => {
    await hold('select from conversations where user_id = $1 for update', one.id);
    for (const [n, page] of pages.entries()) {
      page.write(...Array.from({ length: 3 }, () => frame(1, JSON.stringify({ type: 'message.read', id }))));
      if (n > 0) for (let k = 0; k < 3; k += 1) assert.equal((await page.until('error')).code, 'rate_limited');
    }
    for (const page of pages) page.destroy();
    await until('them to be gone', async () => (await metrics(where)).known === 0);
    for (let n = 0; n < 5; n += 1) {
      const page = await socket(where);
      page.say({ type: 'auth', token: one.access });
      page.say({ type: 'message.read', id });
      assert.equal((await page.until('error')).code, 'not_ready');
      if (n === 0) late.push(page);
      else page.destroy();
    }
    assert.equal(await asked(), 3);
  });
  await late[0].until('live');
  await until('all to be answered', async () => (await asked()) === 0);
  // what those who have gone had asked was done
  assert.equal(await value('select is_read from messages where id = $1', id), true);
  late[0].destroy();
});

test('a silent socket is pinged, and cut when it stays silent', async (t) => {
  const { where } = await startRelay(t, { RELAY_IDLE_MS: '100' });
  const page = await connected(await creator(), { where });
  let got = await page.next();
  while (got.opcode !== 9) got = await page.next();
  page.write(frame(10));
  got = await page.next();
  while (got.opcode !== 9) got = await page.next();
  await page.over();
});

test('a relay that goes says so, and when to come back', async (t) => {
  const relay = await startRelay(t, { RELAY_SPREAD_MS: '400' });
  const one = await creator();
  const pages = await Promise.all(Array.from({ length: 20 }, () => connected(one, { where: relay.where })));
  const late = new Raw(relay.where);
  late.write('GET /ws HTTP/1.1\r\n');
  await until('it to be asking', async () => (await metrics(relay.where)).connections > 21);
  relay.child.kill('SIGTERM');
  const waits = await Promise.all(pages.map(async (page) => {
    const { reconnect_ms: ms } = await page.until('going_away');
    assert.deepEqual(await page.hear(), { closed: 1001, reason: 'going_away' });
    return ms;
  }));
  late.write(head().slice('GET /ws HTTP/1.1\r\n'.length));
  assert.equal((await late.answer()).status, 503);
  assert.ok(waits.every((ms) => ms >= 0 && ms <= 400));
  assert.ok(new Set(waits).size > 1, 'not all at once');
});
