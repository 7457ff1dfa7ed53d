// Relays are rolled and killed, PostgreSQL goes away, readers do not read: every
// message is on every screen once, in one order.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { post } from '../integration/support/client.mjs';
import { rows, value } from '../integration/support/db.mjs';
import { supervisor } from '../integration/support/processes.mjs';
import { brand, creator } from '../integration/support/people.mjs';
import { until } from '../integration/support/wait.mjs';
import { NGINX, RELAYS, Socket, connected } from '../ws/people.mjs';
import { Phone, judge } from '../ws/phone.mjs';
import { startRelay } from '../ws/support.mjs';
import { chance, killing, running, scale, signal, unlimited } from './support.mjs';

await unlimited();

const PAIRS = await Promise.all(Array.from({ length: 4 }, async () => [await brand(), await creator()]));
const relays = () => running('relay_1', 'relay_2');
// Their pids; one that was killed comes back in a moment.
const bothRelays = () => until('both relays', () => relays().length === 2 && relays().map(({ pid }) => pid));
const postmaster = () => running('postgres')[0]?.pid;
const answers = () => until('PostgreSQL', () => value('select 1'), { ms: 60000 });

// All pairs talk until change() is over and so many messages were written.
async function talk(t, { where = () => NGINX, line, least = 200, change }) {
  const dice = chance(t);
  const draw = () => dice.below(1 << 30) / 2 ** 30;
  const phones = PAIRS.map((pair) => pair.map((who) => new Phone(who, { where, line, dice: draw }).start()));
  // what was written before one's first visit is for REST to tell
  await until('all to have begun', () => phones.flat().every(({ begun }) => begun));
  const texts = phones.map(() => []);
  let going = true;
  let count = 0;
  const writers = phones.map(async (pair, k) => {
    while (going || count < least) {
      const from = dice.below(2);
      // a page shows that it waits; nobody writes on and on without an answer
      await until('an answer', () => pair[from].outbox.size < 5, { ms: 60000 });
      const text = `${t.name} ${k} ${texts[k].length}`;
      texts[k].push(text);
      count += 1;
      pair[from].send(pair[1 - from].who, text);
    }
  });
  await change?.();
  going = false;
  await Promise.all(writers);
  for (const [k, pair] of phones.entries()) {
    await until('all to be there', () => pair.every((phone) => phone.outbox.size === 0 && phone.messages.length >= texts[k].length), { ms: 60000 })
      .catch((error) => assert.fail(`${error.message}: ${texts[k].length} sent, ${JSON.stringify(pair.map((phone) => phone.state))}`));
    await Promise.all(pair.map((phone) => phone.stop()));
    judge(...pair, texts[k]);
  }
  t.diagnostic(`${count} messages, ${phones.flat().reduce((sum, phone) => sum + phone.connects, 0)} connections`);
  return phones.flat();
}

test('over a line that drops, delays and repeats', { timeout: 120000 }, async (t) => {
  await talk(t, { line: { drop: 0.02, repeat: 0.2, delay: 20 }, least: 600 });
});

test('relays rolled one after the other: they say so, and nobody misses anything', { timeout: 120000 }, async (t) => {
  const before = await bothRelays();
  const phones = await talk(t, { change: () => scale('relay', 'roll') });
  assert.ok(relays().every(({ pid }) => !before.includes(pid)));
  assert.ok(phones.some(({ waits }) => waits.length > 0), 'relays said that they go');
});

test('relays killed', { timeout: 120000 }, async (t) => {
  const { kills } = killing(t, { pick: relays, ms: 150, dice: chance(t), most: 8 });
  await talk(t, { change: () => until('the kills', () => kills.length === 8, { ms: 60000 }) });
});

test('PostgreSQL restarted, and killed', { timeout: 180000 }, async (t) => {
  const pids = await bothRelays();
  await talk(t, { change: async () => {
    for (const how of ['SIGINT', 'SIGQUIT']) {
      const old = postmaster();
      signal(old, how);
      await until('PostgreSQL to be started again', () => postmaster() && postmaster() !== old, { ms: 60000 });
      await answers();
    }
  } });
  assert.deepEqual(relays().map(({ pid }) => pid), pids, 'the relays stay');
});

test('while PostgreSQL is away sockets stay open, sends are refused, and who comes waits', { timeout: 120000 }, async (t) => {
  const [one, two] = PAIRS[0];
  const [page, other] = [await connected(one), await connected(two)];
  t.after(() => supervisor('start', 'postgres:*'));
  await supervisor('stop', 'postgres:*');
  const id = '6f1c1f0e-2f4b-4c52-8a58-1f6f7a6f0c11';
  const say = () => page.say({ type: 'message.send', client_id: id, receiver_id: two.id, content: 'Are you there?' });
  say();
  assert.deepEqual([(await page.until('error')).code], ['unavailable']);
  const late = await new Socket(RELAYS[0]).open();
  late.say({ type: 'auth', token: two.access, last_event_id: other.lastEventId });
  late.say({ type: 'typing', user_id: one.id });
  assert.equal((await late.until('error')).code, 'not_ready');
  await supervisor('start', 'postgres:*');
  await answers();
  await late.until('live');
  say();
  await until('the message to be kept', async () => {
    say();
    return (await value('select count(*) from messages where client_id = $1', id)) === 1;
  });
  for (const to of [other, late]) await to.until('message', ({ data }) => data.client_id === id);
  await page.until('message.sent');
  for (const of of [page, other, late]) of.destroy();
});

test('a reader that does not read is cut; it comes back to all of it, and others wait for nothing', { timeout: 120000 }, async (t) => {
  const { where } = await startRelay(t, { RELAY_BACKLOG_MAX: '65536', RELAY_STALL_MS: '300' });
  const [one, two] = PAIRS[0];
  const slow = await connected(two, { where });
  const other = await connected(one, { where });
  const last = slow.lastEventId;
  slow.stopReading();
  const write = (who, from, to) => rows(`insert into events (user_id, type, payload)
    select $1, 'notification', jsonb_build_object('id', n, 'type', 'account', 'title', 'x', 'message', repeat('x', 2000), 'action_url', null, 'notice', null, 'params', null)
      from generate_series($2::int, $3::int) n`, who.id, from, to);
  await write(two, 1, 2000);
  await write(one, 1, 1);
  await other.until('notification');
  slow.sayAnything({ type: 'nonsense' });
  await until('it to be cut', () => {
    slow.write('\0'.repeat(2));
    return slow.refused;
  });
  const back = await connected(two, { where, last_event_id: last });
  assert.deepEqual(back.events.map(({ data }) => data.id), Array.from({ length: 2000 }, (_, n) => n + 1));
  for (const of of [back, other]) of.destroy();
});

test('a burst longer than a backlog reaches who reads', { timeout: 120000 }, async (t) => {
  const { where } = await startRelay(t, { RELAY_BACKLOG_MAX: '65536' });
  const [one] = PAIRS[0];
  const page = await connected(one, { where });
  await rows(`insert into events (user_id, type, payload)
    select $1, 'notification', jsonb_build_object('id', n, 'type', 'account', 'title', 'x', 'message', repeat('x', 20000), 'action_url', null, 'notice', null, 'params', null)
      from generate_series(1, 300) n`, one.id);
  await page.until('notification', ({ data }) => data.id === 300);
  assert.deepEqual(page.events.filter(({ type }) => type === 'notification').map(({ data }) => data.id), Array.from({ length: 300 }, (_, n) => n + 1));
  page.destroy();
});

test('a worker that writes while a relay is away loses nothing', { timeout: 120000 }, async () => {
  const [one, two] = PAIRS[0];
  const page = await connected(two, { where: RELAYS[0] });
  const last = page.lastEventId;
  for (const { pid } of relays()) signal(pid);
  await page.until('closed').catch(() => {});
  const { data } = (await post('/api/messages', { receiver_id: two.id, content: 'Meanwhile' }, { as: one, status: 201 })).json;
  const back = await until('a relay', () => connected(two, { where: RELAYS[0], last_event_id: last }));
  assert.deepEqual(back.events.filter(({ type }) => type === 'message').map((event) => event.data), [data]);
  back.destroy();
});
