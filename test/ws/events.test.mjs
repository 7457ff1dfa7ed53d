// Events, messages, typing and presence over two relays behind one nginx.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { get, post, put } from '../integration/support/client.mjs';
import { rows, rowsAsWorker, scratch, value } from '../integration/support/db.mjs';
import { onThePage } from '../integration/support/gateway.mjs';
import { PASSWORD, act, book, brand, creator, login, makePackage } from '../integration/support/people.mjs';
import { until } from '../integration/support/wait.mjs';
import { NGINX, RELAYS, connected, heardTypes, said, seen, sentTypes, socket } from './people.mjs';
import { closeFrame, startRelay } from './support.mjs';

const send = (page, to, content, extra = {}) => {
  const frame = { type: 'message.send', client_id: randomUUID(), receiver_id: to.id, content, ...extra };
  page.say(frame);
  return frame.client_id;
};

const pair = async () => [await brand(), await creator()];
// Two who have written to each other once.
async function acquainted() {
  const [one, two] = await pair();
  await post('/api/messages', { receiver_id: two.id, content: 'Hello' }, { as: one, status: 201 });
  return [one, two];
}

const leave = (...pages) => pages.forEach((page) => page.destroy());

test('a message is on every screen of both, at either relay, as GET has it', async () => {
  const [one, two] = await pair();
  const pages = await Promise.all([[one, RELAYS[0]], [one, RELAYS[1]], [two, RELAYS[0]], [two, NGINX]].map(([who, where]) => connected(who, { where })));
  const id = send(pages[0], two, 'Sadza three ways');
  const ack = await pages[0].until('message.sent');
  assert.equal(ack.client_id, id);
  const events = await Promise.all(pages.map((page) => page.until('message')));
  const { messages } = (await get(`/api/messages?user_id=${two.id}`, { as: one, status: 200 })).json;
  assert.deepEqual(messages, [ack.data]);
  for (const event of events) {
    assert.deepEqual(event.data, ack.data);
  }
  // one event for each side
  assert.equal(new Set(events.map(({ event_id: at }) => at)).size, 2);
  const told = await pages[2].until('notification');
  assert.equal(told.data.type, 'message');
  leave(...pages);
});

test('a retry sends once: over the socket, by POST, and between the two', async () => {
  const [one, two] = await pair();
  const page = await connected(one);
  const other = await connected(two);
  const first = send(page, two, 'Once');
  const { data } = await page.until('message.sent');
  send(page, two, 'Once', { client_id: first });
  assert.deepEqual((await page.until('message.sent')).data, data);
  const again = await post('/api/messages', { receiver_id: two.id, content: 'Once', client_id: first }, { as: one, status: 201 });
  assert.deepEqual(again.json.data, data);
  const second = randomUUID();
  const posted = (await post('/api/messages', { receiver_id: two.id, content: 'Twice?', client_id: second }, { as: one, status: 201 })).json.data;
  send(page, two, 'Twice?', { client_id: second });
  assert.deepEqual((await page.until('message.sent')).data, posted);
  send(page, two, 'Another', { client_id: second });
  const refused = await page.until('error');
  assert.deepEqual([refused.code, refused.about, refused.client_id, refused.problem.status], ['client_id_used', 'message.send', second, 409]);
  send(page, two, 'The last');
  for (const of of [page, other]) await of.until('message', ({ data: { content } }) => content === 'The last');
  for (const of of [page, other]) assert.deepEqual(of.events.filter(({ type }) => type === 'message').map(({ data: { content } }) => content), ['Once', 'Twice?', 'The last']);
  leave(page, other);
});

test('what POST refuses, the socket refuses alike', async () => {
  const [one] = await pair();
  const page = await connected(one);
  for (const [body, code] of [[{ receiver_id: one.id, content: 'x' }, 'receiver_self'], [{ receiver_id: 999999999, content: 'x' }, 'receiver_not_found'],
    [{ receiver_id: 1, content: '' }, 'fields_invalid'], [{ receiver_id: 1, content: 'x'.repeat(5001) }, 'fields_invalid'], [{ receiver_id: 'x', content: 'x' }, 'fields_invalid']]) {
    const posted = await post('/api/messages', body, { as: one });
    const id = randomUUID();
    page.sayAnything({ type: 'message.send', client_id: id, ...body });
    const { problem, ...refused } = await page.until('error');
    const { request_id: here, ...mine } = problem;
    const { request_id: there, ...theirs } = posted.json;
    assert.deepEqual([refused.code, refused.client_id, mine], [code, id, theirs]);
  }
  leave(page);
});

test('only the two of a conversation hear of it', async () => {
  const [one, two] = await pair();
  const stranger = await creator();
  const pages = await Promise.all([one, two, stranger].map((who) => connected(who)));
  send(pages[0], two, 'For you alone');
  await pages[1].until('message');
  // an event of the stranger's own comes after it
  send(pages[2], two, 'And I?');
  await pages[2].until('message');
  assert.deepEqual(pages[2].events.map(({ type, data }) => [type, data.content]), [['message', 'And I?']]);
  for (const type of ['message.read', 'message.delivered']) {
    pages[2].say({ type, id: pages[1].events[0].data.id });
    assert.deepEqual([(await pages[2].until('error')).code], ['not_found']);
  }
  leave(...pages);
});

test('delivered and read marks reach who wrote, and one\'s other pages', async () => {
  const [one, two] = await acquainted();
  const [writer, reader, second] = [await connected(one), await connected(two), await connected(two)];
  const id = await value('select max(id) from messages where receiver_id = $1', two.id);
  reader.say({ type: 'message.delivered', id });
  const marks = { user_id: two.id, other_id: one.id, up_to_id: id };
  assert.deepEqual((await writer.until('message.delivered')).data, marks);
  reader.say({ type: 'message.read', id });
  for (const page of [writer, reader, second]) assert.deepEqual((await page.until('message.read')).data, marks);
  // its notification is read with it
  for (const page of [reader, second]) assert.equal((await page.until('notification.read')).data.ids.length, 1);
  leave(writer, reader, second);
});

test('REST tells the socket: marks by PUT, all notifications read, a booking made', async () => {
  const [one, two] = await acquainted();
  const [writer, reader] = [await connected(one), await connected(two)];
  const id = await value('select max(id) from messages where receiver_id = $1', two.id);
  await put(`/api/messages/${id}/read`, undefined, { as: two, status: 200 });
  await writer.until('message.read');
  await reader.until('notification.read');
  const booked = (await book(one, await makePackage(two))).booking;
  for (const page of [writer, reader]) {
    const { data } = await page.until('booking');
    const { state, status, payment_status } = booked;
    assert.deepEqual(data, { id: booked.id, state, status, payment_status });
  }
  const told = await reader.until('notification');
  const { notifications } = (await get('/api/notifications', { as: two, status: 200 })).json;
  const { is_read, created_at, user_id, ...shown } = notifications[0];
  assert.deepEqual(told.data, shown);
  await put('/api/notifications/mark-all-read', undefined, { as: two, status: 200 });
  assert.deepEqual((await reader.until('notification.read')).data.ids, [told.data.id]);
  await rows(`insert into notifications (user_id, type, title, message) select $1, 'account', 'x', 'x' from generate_series(1, 101)`, two.id);
  await put('/api/notifications/mark-all-read', undefined, { as: two, status: 200 });
  assert.equal((await reader.until('notification.read')).data.ids, null);
  leave(writer, reader);
});

test('a payment that arrives, and what is made of it, is on every page of both', async () => {
  const [one, two] = await pair();
  const [buyer, seller] = [await connected(one, { where: RELAYS[0] }), await connected(two, { where: RELAYS[1] })];
  const { booking, payment } = await book(one, await makePackage(two));
  const state = (wanted) => ({ data }) => data.id === booking.id && data.state === wanted;
  await onThePage(payment.redirect_url, 'pay');
  for (const page of [buyer, seller]) assert.equal((await page.until('booking', state('accepted'))).data.payment_status, 'paid');
  await act(two, booking, 'deliver', { note: 'https://example.com/reel' });
  for (const page of [buyer, seller]) await page.until('booking', state('delivered'));
  await act(one, booking, 'approve');
  for (const page of [buyer, seller]) await page.until('booking', state('completed'));
  leave(buyer, seller);
});

test('typing reaches the other, at the other relay, and no stranger', async () => {
  const [one, two] = await acquainted();
  const stranger = await creator();
  const [mine, theirs] = [await connected(one, { where: RELAYS[0] }), await connected(two, { where: RELAYS[1] })];
  mine.say({ type: 'typing', user_id: two.id });
  assert.deepEqual(await theirs.until('typing'), { type: 'typing', user_id: one.id, typing: true });
  mine.say({ type: 'typing', user_id: two.id, typing: false });
  assert.deepEqual(await theirs.until('typing'), { type: 'typing', user_id: one.id, typing: false });
  mine.say({ type: 'typing', user_id: stranger.id });
  assert.equal((await mine.until('error')).code, 'not_found');
  leave(mine, theirs);
});

test('presence crosses relays, counts every page, and reaches those who know each other', async () => {
  const [one, two] = await acquainted();
  const stranger = await creator();
  const [watcher, nobody] = [await connected(one, { where: RELAYS[0] }), await connected(stranger, { where: RELAYS[0] })];
  assert.deepEqual(watcher.heard.find(({ type }) => type === 'presence').users, []);
  const pages = [await connected(two, { where: RELAYS[1] }), await connected(two, { where: RELAYS[0] })];
  const of = (online) => ({ type: 'presence', users: [{ user_id: two.id, online }] });
  assert.deepEqual(await watcher.until('presence'), of(true));
  // who comes later is told who is there
  const late = await connected(one, { where: RELAYS[1] });
  assert.deepEqual(late.heard.find(({ type }) => type === 'presence'), of(true));
  leave(pages[0]);
  // still there, at the other relay; then not
  leave(pages[1]);
  const gone = await watcher.until('presence', ({ users }) => !users[0].online);
  assert.deepEqual(gone, of(false));
  assert.deepEqual(nobody.heard.filter(({ type }) => type === 'presence').flatMap(({ users }) => users), []);
  await until('the other relay to have heard it', async () => {
    const again = await connected(one, { where: RELAYS[1] });
    leave(again);
    return again.heard.find(({ type }) => type === 'presence').users.length === 0;
  });
  leave(watcher, nobody, late);
});

test('two who write to each other for the first time see at once that both are there, at either relay', async () => {
  for (const how of ['over the socket', 'by POST']) {
    const [one, two] = await pair();
    const [mine, other, theirs] = [await connected(one, { where: RELAYS[0] }), await connected(one, { where: RELAYS[1] }), await connected(two, { where: RELAYS[1] })];
    const sides = [[mine, two], [other, two], [theirs, one]];
    const write = (content) => (how === 'by POST' ? post('/api/messages', { receiver_id: two.id, content }, { as: one, status: 201 }) : send(mine, two, content));
    await write('Hello');
    for (const [page, { id }] of sides) await page.until('presence', ({ users }) => users[0]?.user_id === id && users[0].online);
    // nothing of it with those that follow
    for (let n = 1; n <= 9; n += 1) await write(`${n}`);
    for (const [page, { id }] of sides) {
      await page.until('message', ({ data: { content } }) => content === '9');
      const told = page.heard.filter(({ type, users }) => type === 'presence' && users.length > 0);
      assert.ok(told.length < 9, how);
      for (const { users } of told) assert.deepEqual(users, [{ user_id: id, online: true }], how);
    }
    leave(theirs);
    for (const page of [mine, other]) await page.until('presence', ({ users }) => users[0]?.online === false);
    leave(mine, other);
  }
});

test('who comes while the other writes for the first time is told of them too', async () => {
  const [one, two] = await pair();
  const third = await creator();
  const [watcher, writer] = [await connected(third, { where: RELAYS[0] }), await connected(two, { where: RELAYS[0] })];
  const waiting = async () => (await rowsAsWorker(`select from pg_stat_activity where wait_event_type = 'Lock' and query like '%event_horizon h%'`)).length > 0;
  await scratch(async (write, writing) => {
    // older than what holds the relay up, so that its events do not wait for that
    await write(`insert into messages (sender_id, receiver_id, content) values ($1, $2, 'Hello'), ($1, $3, 'Hello')`, two.id, one.id, third.id);
    await scratch(async (hold) => {
      await hold('lock table settings in access exclusive mode');
      const page = await socket(RELAYS[0]);
      page.say({ type: 'auth', token: one.access });
      await until('its question to wait, and to know nobody', waiting);
      await writing.query('commit');
      await watcher.until('presence', ({ users }) => users.length > 0);
      await hold('commit');
      await page.until('live');
      assert.deepEqual(page.heard.map(({ type, users }) => users ?? type), ['ready', [{ user_id: two.id, online: true }], 'live']);
      leave(page);
    });
  });
  leave(watcher, writer);
});

test('a page that comes back soon was never away', async () => {
  const [one, two] = await acquainted();
  const watcher = await connected(one);
  const page = await connected(two);
  await watcher.until('presence', ({ users }) => users.length > 0);
  page.write(closeFrame(1000));
  await page.until('closed');
  const back = await connected(two);
  back.say({ type: 'typing', user_id: one.id });
  await watcher.until('typing');
  assert.ok(watcher.heard.every(({ type, users }) => type !== 'presence' || users.every(({ online }) => online)));
  leave(watcher, back);
});

test('a relay that is killed takes its people with it', async (t) => {
  const [one, two] = await acquainted();
  const relay = await startRelay(t);
  const watcher = await connected(one, { where: RELAYS[0] });
  const page = await connected(two, { where: relay.where });
  await watcher.until('presence', ({ users }) => users.length > 0);
  relay.child.kill('SIGKILL');
  await watcher.until('presence', ({ users }) => users[0]?.online === false);
  page.destroy();
  leave(watcher);
});

test('a relay that stood still, and goes on, has its people back', async (t) => {
  const [one, two] = await acquainted();
  const relay = await startRelay(t);
  t.after(() => relay.child.kill('SIGCONT'));
  const watcher = await connected(one, { where: RELAYS[0] });
  const page = await connected(two, { where: relay.where });
  const told = (online) => watcher.until('presence', ({ users }) => users[0]?.online === online);
  await told(true);
  relay.child.kill('SIGSTOP');
  await told(false);
  relay.child.kill('SIGCONT');
  await told(true);
  const late = await connected(one, { where: RELAYS[0] });
  assert.deepEqual(late.heard.find(({ type }) => type === 'presence').users, [{ user_id: two.id, online: true }]);
  leave(watcher, page, late);
});

test('what was missed is told again, once and in order', async () => {
  const [one, two] = await pair();
  const writer = await connected(one);
  const before = await connected(two, { where: RELAYS[0] });
  const ids = [];
  const say = async (count) => {
    for (let n = 0; n < count; n += 1) {
      send(writer, two, `${ids.length}`);
      ids.push((await writer.until('message.sent')).data.id);
    }
  };
  await say(3);
  const message = ({ type }) => type === 'message';
  while (before.events.filter(message).length < 2) await before.hear();
  const last = before.events.filter(message)[1].event_id;
  leave(before);
  await say(7);
  const back = await connected(two, { where: RELAYS[1], last_event_id: last });
  await say(1);
  await back.until('message', ({ data: { id } }) => id === ids.at(-1));
  assert.deepEqual(back.events.filter(message).map(({ data: { id } }) => id), ids.slice(2));
  assert.ok(back.heard.findIndex(({ type }) => type === 'live') > 0);
  leave(back, writer);
});

test('more than a part of it, and while more is written, is told whole', async (t) => {
  const { where } = await startRelay(t, { RELAY_REPLAY: '3' });
  const two = await creator();
  const start = await connected(two, { where });
  const last = start.lastEventId;
  leave(start);
  const write = (from, to) => rows(`insert into events (user_id, type, payload) select $1, 'notification.read', jsonb_build_object('ids', jsonb_build_array(n))
    from generate_series($2::int, $3::int) n`, two.id, from, to);
  await write(1, 25);
  const back = await socket(where);
  back.say({ type: 'auth', token: two.access, last_event_id: last });
  await back.until('notification.read', ({ data: { ids } }) => ids[0] === 4);
  await write(26, 50);
  await back.until('notification.read', ({ data: { ids } }) => ids[0] === 50);
  assert.deepEqual(back.events.map(({ data: { ids } }) => ids[0]), Array.from({ length: 50 }, (_, n) => n + 1));
  leave(back);
});

test('events whose transactions end out of order are told in one order, and none is skipped', async () => {
  const two = await creator();
  const page = await connected(two, { where: RELAYS[0] });
  const tell = (query, n) => query(`insert into events (user_id, type, payload) values ($1, 'notification.read', jsonb_build_object('ids', jsonb_build_array($2::int)))`, two.id, n);
  let commit;
  const may = new Promise((resolve) => {
    commit = resolve;
  });
  const slow = scratch(async (query, client) => {
    await tell(query, 1); // the first id
    await may;
    await client.query('commit');
  });
  await until('the slow transaction to be open', () => value(`select count(*) from pg_stat_activity where state = 'idle in transaction' and query like 'insert into events%'`));
  await tell(rows, 2); // is over before the first
  await tell(rows, 3);
  // neither can be told: something may yet come before
  const other = await connected(two, { where: RELAYS[1] });
  assert.deepEqual([...page.events, ...other.events], []);
  commit();
  await slow;
  for (const one of [page, other]) await one.until('notification.read', ({ data: { ids } }) => ids[0] === 3);
  assert.deepEqual(page.events.map(({ data: { ids } }) => ids[0]), [1, 2, 3]);
  assert.deepEqual(other.events.map(({ data: { ids } }) => ids[0]), [1, 2, 3]);
  // from the one in the middle on
  const back = await connected(two, { last_event_id: page.events[1].event_id });
  assert.deepEqual(back.events.map(({ data: { ids } }) => ids[0]), [3]);
  leave(page, other, back);
});

test('an event that nobody tells of is found by the sweep', async () => {
  const two = await creator();
  const page = await connected(two);
  await rows(`insert into events (user_id, type, payload) values ($1, 'notification.read', '{"ids": [7]}')`, two.id);
  assert.deepEqual((await page.until('notification.read')).data, { ids: [7] });
  leave(page);
});

test('worker, jobs and the other relays wake a relay that does not sweep', async (t) => {
  const [one, two] = await acquainted();
  const { where } = await startRelay(t, { RELAY_SWEEP_MS: '60000' });
  const page = await connected(two, { where });
  const text = (wanted) => ({ data: { content } }) => content === wanted;
  await post('/api/messages', { receiver_id: two.id, content: 'from a worker' }, { as: one, status: 201 });
  await page.until('message', text('from a worker'));
  // many times: told before the commit, it would read too early now and then
  const writer = await connected(one, { where: (await startRelay(t, { RELAY_RATE: '1000' })).where });
  for (let n = 0; n < 60; n += 1) {
    send(writer, two, `from a relay ${n}`);
    await page.until('message', text(`from a relay ${n}`));
  }
  const { booking } = await book(one, await makePackage(two, { instant: false }));
  await page.until('booking');
  await rows(`update bookings set timer_at = now() where id = $1`, booking.id);
  assert.equal((await page.until('booking')).data.state, 'expired');
  leave(writer, page);
});

test('who was away too long is told to read anew', async () => {
  const two = await creator();
  const pages = await Promise.all(RELAYS.map((where) => connected(two, { where })));
  const last = pages[0].lastEventId;
  await rows(`insert into events (user_id, type, payload, created_at) values ($1, 'notification.read', '{"ids": [1]}', now() - interval '8 days')`, two.id);
  for (const page of pages) await page.until('notification.read');
  leave(...pages);
  await rows('select events_forget()');
  assert.equal(await value('select count(*) from events where user_id = $1 and created_at < now() - interval \'7 days\'', two.id), 0);
  for (const lost of [last, 'ffffffffffff-1', 'nonsense', '-1-1']) {
    const page = await connected(two, { last_event_id: lost });
    assert.deepEqual(page.heard.map(({ type }) => type), ['ready', 'presence', 'resync', 'live']);
    leave(page);
  }
  const page = await connected(two);
  const good = await connected(two, { last_event_id: page.lastEventId });
  assert.deepEqual(good.heard.map(({ type }) => type), ['ready', 'presence', 'live']);
  leave(page, good);
});

test('an ended session closes its sockets and no others', async () => {
  const one = await creator();
  const other = { ...one, password: PASSWORD };
  await login(other);
  const [page, second, stays] = [await connected(one, { where: RELAYS[0] }), await connected(one, { where: RELAYS[1] }), await connected(other)];
  await post('/api/auth/logout', undefined, { as: one, status: 200 });
  for (const closed of [page, second]) assert.deepEqual(await closed.until('closed'), { closed: 4403, reason: 'session_ended' });
  stays.sayAnything({ type: 'nonsense' });
  await stays.until('error');
  // nor does it open one
  const late = await socket();
  late.say({ type: 'auth', token: one.access });
  assert.deepEqual(await late.hear(), { closed: 4403, reason: 'session_ended' });
  leave(stays);
});

test('every type that has a schema was seen here', () => {
  const elsewhere = ['auth.refresh', 'auth.refreshed', 'going_away'];
  assert.deepEqual(Object.keys(sentTypes).filter((type) => !said.has(type) && !elsewhere.includes(type)), []);
  assert.deepEqual(Object.keys(heardTypes).filter((type) => !seen.has(type) && !elsewhere.includes(type)), []);
});
