// What people write to each other.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { call, get, post } from './support/client.mjs';
import { row, rows, value } from './support/db.mjs';
import { book, brand, change, creator, makePackage, theBrand, theCreator, unique } from './support/people.mjs';

const write = (from, to, content, more = {}, options = {}) =>
  post('/api/messages', { receiver_id: to.id ?? to, content, ...more }, { as: from, status: 201, ...options });
const list = async (who, query = '') => (await get(`/api/messages?${query}`, { as: who, status: 200 })).json;
const conversations = async (who, query = '') => (await get(`/api/messages/conversations?${query}`, { as: who, status: 200 })).json;
const deliver = (who, id, status = 200) => call('PUT', `/api/messages/${id}/delivered`, { as: who, status });
const marksOf = (who) => rows(`select type, payload from events where user_id = $1 and type like 'message.%' order by id`, who.id);
const marksSeen = async (who, other) => (await list(who, `user_id=${other.id}`)).messages.map((m) => `${m.is_delivered ? 'd' : '-'}${m.is_read ? 'r' : '-'}`);
const read = (who, id, status = 200) => call('PUT', `/api/messages/${id}/read`, { as: who, status });
const noticesOf = (who) => rows(`select title, message, is_read, action_url from notifications where user_id = $1 and type = 'message' order by id`, who.id);

test('two write, both see it, and reading counts down', async () => {
  const [buyer, seller] = [await brand(), await creator()];
  const username = unique('talk');
  await change(seller, 'creator', { username, profile_picture: '/uploads/ab/face.webp' });
  const first = (await write(buyer, seller, 'Good morning “Tari” & co <b>')).json.data;
  const second = (await write(buyer, seller, 'Are you there?')).json.data;
  const answer = (await write(seller, buyer, 'Yes')).json.data;
  assert.deepEqual([first.sender_id, first.receiver_id, first.content, first.is_read, first.booking_id], [buyer.id, seller.id, 'Good morning “Tari” & co <b>', false, null]);

  const all = [first, second, answer];
  for (const [who, other] of [[buyer, seller], [seller, buyer]]) {
    assert.deepEqual((await list(who)).messages, all);
    assert.deepEqual((await list(who, `user_id=${other.id}`)).messages, all);
  }
  let mine = await conversations(seller);
  assert.deepEqual([mine.total, mine.conversations[0].id, mine.conversations[0].unread_count], [1, buyer.id, 2]);
  assert.deepEqual(mine.conversations[0].last_message, answer);
  assert.deepEqual([mine.conversations[0].user.display_name, mine.conversations[0].user.user_type], [buyer.profile.company_name, 'brand']);
  const theirs = (await conversations(buyer)).conversations[0];
  assert.deepEqual([theirs.user.display_name, theirs.user.picture, theirs.unread_count], [username, '/uploads/ab/face.webp', 1]);
  assert.ok(!JSON.stringify([mine, theirs]).includes('@example.com'));

  // one unread notification a sender, which goes with the last unread message
  assert.deepEqual(await noticesOf(seller), [{ title: `${buyer.profile.company_name} wrote to you`, message: 'Good morning “Tari” & co <b>', is_read: false, action_url: `/messages?user_id=${buyer.id}` }]);
  await read(seller, first.id);
  await read(seller, first.id);
  assert.equal((await conversations(seller)).conversations[0].unread_count, 1);
  assert.equal((await noticesOf(seller))[0].is_read, false);
  await read(seller, second.id);
  mine = await conversations(seller);
  assert.equal(mine.conversations[0].unread_count, 0);
  assert.equal((await noticesOf(seller))[0].is_read, true);
  assert.deepEqual((await list(buyer)).messages.map(({ is_read: seen }) => seen), [true, true, false]);
  await write(buyer, seller, 'Once more');
  assert.deepEqual((await noticesOf(seller)).map(({ is_read: seen }) => seen), [true, false]);
});

test('each message is an event for both sides, made with it', async () => {
  const [one, two] = [await theBrand(), await theCreator()];
  const { data } = (await write(one, two, 'For the relay', { client_id: randomUUID() })).json;
  const events = await rows(`select user_id, payload from events where type = 'message' and (payload ->> 'id')::bigint = $1 order by user_id`, data.id);
  assert.deepEqual(events.map((event) => event.user_id), [one.id, two.id].sort((a, b) => a - b));
  for (const { payload } of events) assert.deepEqual(payload, data);
});

test('nobody reads what others write', async () => {
  const [one, two, third] = [await brand(), await creator(), await creator()];
  const { data } = (await write(one, two, 'Between us')).json;
  assert.deepEqual((await list(third)).messages, []);
  assert.deepEqual((await list(third, `user_id=${one.id}`)).messages, []);
  assert.deepEqual((await conversations(third)).conversations, []);
  for (const mark of [read, deliver]) {
    await mark(third, data.id, 404);
    await mark(one, data.id, 404);
    await mark(two, 999999999, 404);
  }
  assert.deepEqual(await marksSeen(one, two), ['--']);
  assert.deepEqual([await marksOf(one), await marksOf(two)], [[], []]);
  assert.deepEqual((await list(third, `user_id=${one.id}&after=0`)).messages, []);
  await get('/api/messages', { status: 401 });
});

test('a booking between the two may be named, and asked for', async () => {
  const [buyer, seller, third] = [await brand(), await creator(), await theCreator()];
  const { booking } = await book(buyer, await makePackage(seller));
  const { data } = (await write(seller, buyer, 'About the parcel', { booking_id: booking.id })).json;
  await write(seller, buyer, 'About something else');
  assert.equal(data.booking_id, booking.id);
  assert.deepEqual((await list(buyer, `booking_id=${booking.id}`)).messages, [data]);
  assert.deepEqual((await list(buyer, `booking_id=${booking.id}&user_id=${third.id}`)).messages, []);
  assert.deepEqual((await list(third, `booking_id=${booking.id}`)).messages, []);
  for (const [from, to, id] of [[third, buyer, booking.id], [buyer, third, booking.id], [buyer, seller, 999999999]]) {
    const refused = await write(from, to, 'x', { booking_id: id }, { status: 404 });
    assert.equal(refused.json.code, 'booking_not_found');
  }
});

test('one does not write to oneself, to nobody, or to who left', async () => {
  const [who, gone] = [await theBrand(), await creator()];
  const before = await value('select count(*) from messages where sender_id = $1', who.id);
  const self = await write(who, who, 'Dear diary', {}, { status: 422 });
  assert.deepEqual([self.json.code, Object.keys(self.json.fields)], ['receiver_self', ['receiver_id']]);
  assert.equal((await write(who, 999999999, 'x', {}, { status: 404 })).json.code, 'receiver_not_found');
  await rows('update users set is_active = false where id = $1', gone.id);
  await write(who, gone, 'x', {}, { status: 404 });
  const bad = await write(who, gone, ' ', { booking_id: 0, attachment_url: 'javascript:alert(1)', client_id: 'x', extra: 1 }, { status: 422 });
  assert.deepEqual(Object.keys(bad.json.fields).sort(), ['attachment_url', 'booking_id', 'client_id', 'content', 'extra']);
  assert.equal(await value('select count(*) from messages where sender_id = $1', who.id), before);
});

test('twenty of one client_id at once are one message', async () => {
  const [one, two] = [await brand(), await creator()];
  const client = randomUUID();
  const more = { client_id: client, attachment_url: '/uploads/ab/brief.webp' };
  const answers = await Promise.all(Array.from({ length: 20 }, () => write(one, two, 'Once', more)));
  assert.equal(new Set(answers.map(({ text }) => text)).size, 1);
  assert.deepEqual(await row(`select (select count(*) from messages where sender_id = $1) as messages,
    (select count(*) from events where user_id = $2 and type = 'message') as events,
    (select count(*) from notifications where user_id = $2 and type = 'message') as notifications`, one.id, two.id),
  { messages: 1, events: 1, notifications: 1 });
  for (const other of [{ content: 'Twice' }, { attachment_url: null }, { receiver_id: (await theCreator()).id }]) {
    const answer = await post('/api/messages', { receiver_id: two.id, content: 'Once', ...more, ...other }, { as: one, status: 409 });
    assert.equal(answer.json.code, 'client_id_used');
  }
  await write(two, one, 'Another’s client_id is another', { client_id: client });
});

test('forty cross each other: none is lost, and each side has one notification', async () => {
  const [one, two] = [await brand(), await creator()];
  await Promise.all(Array.from({ length: 40 }, (_, n) => (n % 2 ? write(one, two, `to ${n}`) : write(two, one, `fro ${n}`))));
  const { messages, total } = await list(one, `user_id=${two.id}`);
  assert.deepEqual([messages.length, total], [40, 40]);
  assert.deepEqual(messages.map(({ id }) => id), messages.map(({ id }) => id).sort((a, b) => a - b));
  const last = messages.at(-1).id;
  for (const who of [one, two]) {
    assert.equal((await noticesOf(who)).length, 1);
    const [only, ...none] = (await conversations(who)).conversations;
    assert.deepEqual([none, only.last_message.id, only.unread_count], [[], last, 20]);
  }
});

test('a mark holds for what was written before, and is told once', async () => {
  const [one, two] = [await brand(), await creator()];
  const sent = [];
  for (const word of ['a', 'b', 'c']) sent.push((await write(one, two, word)).json.data.id);
  const back = (await write(two, one, 'back')).json.data.id;
  const event = (type, up) => ({ type, payload: { user_id: two.id, other_id: one.id, up_to_id: up } });
  await deliver(two, sent[1]);
  assert.deepEqual(await marksSeen(one, two), ['d-', 'd-', '--', '--']);
  await deliver(two, sent[0]);
  await read(two, sent[1]);
  await read(two, sent[0]);
  assert.deepEqual(await marksSeen(two, one), ['dr', 'dr', '--', '--']);
  await read(two, sent[2]);
  await deliver(two, sent[2]);
  assert.deepEqual(await marksSeen(one, two), ['dr', 'dr', 'dr', '--']);
  assert.deepEqual(await marksOf(one), [event('message.delivered', sent[1]), event('message.read', sent[1]), event('message.read', sent[2])]);
  assert.deepEqual(await marksOf(two), [event('message.read', sent[1]), event('message.read', sent[2])]);
  assert.deepEqual([(await conversations(one)).conversations[0].last_message.id, (await conversations(one)).conversations[0].last_message.is_delivered], [back, false]);
});

test('twenty mark the same at once while more is written: one mark, and nothing unseen is read', async () => {
  const [one, two] = [await brand(), await creator()];
  const sent = [];
  for (let n = 0; n < 5; n += 1) sent.push((await write(one, two, `n${n}`)).json.data.id);
  await Promise.all(Array.from({ length: 40 }, (_, n) => [() => deliver(two, sent[4]), () => read(two, sent[4])][n % 2]())
    .concat(Array.from({ length: 5 }, (_, n) => write(one, two, `late ${n}`))));
  assert.equal((await conversations(two)).conversations[0].unread_count, 5);
  assert.deepEqual(await marksSeen(one, two), [...Array(5).fill('dr'), ...Array(5).fill('--')]);
  const told = (await marksOf(one)).map(({ type }) => type);
  assert.equal(told.filter((type) => type === 'message.read').length, 1);
  assert.ok(told.filter((type) => type === 'message.delivered').length <= 1);
  // who wrote meanwhile is told of: the one notification is unread
  assert.equal((await noticesOf(two)).filter(({ is_read: seen }) => !seen).length, 1);
  await Promise.all((await list(two)).messages.map(({ id }) => read(two, id)));
  assert.equal((await conversations(two)).conversations[0].unread_count, 0);
  assert.equal((await noticesOf(two)).filter(({ is_read: seen }) => !seen).length, 0);
});

test('a retry gets the first answer, also when it would be refused by now', async () => {
  const [one, two] = [await brand(), await creator()];
  const more = { client_id: randomUUID() };
  const first = await write(one, two, 'Once', more);
  const most = await value(`select value from settings where name = 'message_user_tries'`);
  await rows('update users set is_active = false where id = $1', two.id);
  await rows('update rate_counts set tries = $2 where scope = $3 and counted = $1', String(one.id), most, 'message_user');
  assert.equal((await write(one, two, 'Once', more)).text, first.text);
  await write(one, two, 'Another', {}, { status: 429 });
});

test('an Idempotency-Key sends once', async () => {
  const [one, two] = [await brand(), await creator()];
  const headers = { 'idempotency-key': randomUUID() };
  const first = await write(one, two, 'Once', {}, { headers });
  assert.equal((await write(one, two, 'Once', {}, { headers })).text, first.text);
  await write(one, two, 'Twice', {}, { headers, status: 422 });
  assert.equal(await value('select count(*) from messages where sender_id = $1', one.id), 1);
});

test('who reads on from the newest seen misses nothing while both write', async () => {
  const [one, two] = [await brand(), await creator()];
  const seen = [];
  let writing = true;
  const writes = Promise.all(Array.from({ length: 8 }, async (_, client) => {
    for (let n = 0; n < 8; n += 1) await write(...(client % 2 ? [one, two] : [two, one]), `${client} ${n}`);
  })).finally(() => { writing = false; });
  const readOn = async () => {
    const page = await list(two, `user_id=${one.id}&after=${seen.at(-1) ?? 0}&per_page=5`);
    seen.push(...page.messages.map(({ id }) => id));
    return page.has_more;
  };
  while (writing) await readOn();
  await writes;
  while (await readOn());
  assert.deepEqual(seen, (await list(one)).messages.map(({ id }) => id));
  assert.equal(seen.length, 64);
});

test('pages go back from the newest, by number and by id', async () => {
  const [one, two] = [await brand(), await creator()];
  await rows(`insert into messages (sender_id, receiver_id, content) select $1, $2, 'n' || n from generate_series(1, 120) n`, one.id, two.id);
  const said = ({ messages }) => messages.map(({ content }) => Number(content.slice(1)));
  const span = (from, to) => Array.from({ length: to - from + 1 }, (_, n) => from + n);
  let page = await list(two);
  assert.deepEqual([said(page), page.total, page.pages, page.current_page], [span(21, 120), 120, 2, 1]);
  assert.equal(page.has_more, true);
  const oldest = await list(two, `before=${page.messages[0].id}&per_page=10000&page=3`);
  assert.deepEqual([said(oldest), oldest.has_more, Object.keys(oldest)], [span(1, 20), false, ['messages', 'has_more']]);
  const ids = [...oldest.messages, ...page.messages].map(({ id }) => id);
  for (const [query, from, to, more] of [
    [`after=0&per_page=7`, 1, 7, true], [`after=${ids[6]}&per_page=7`, 8, 14, true], [`after=${ids[112]}&per_page=7`, 114, 120, false],
    [`after=${ids[119]}`, 1, 0, false], [`before=${ids[7]}&per_page=7`, 1, 7, false], [`before=${ids[8]}&per_page=7`, 2, 8, true],
    [`before=${ids[0]}`, 1, 0, false], [`after=${ids[9]}&before=${ids[15]}&per_page=4`, 11, 14, true],
  ]) {
    const some = await list(two, `user_id=${one.id}&${query}`);
    assert.deepEqual([said(some), some.has_more], [span(from, to), more], query);
  }
  page = await list(two, 'page=2');
  assert.deepEqual([said(page), page.has_more], [span(1, 20), false]);
  page = await list(two, `user_id=${one.id}&per_page=7&page=2`);
  assert.deepEqual([said(page), page.pages], [span(107, 113), 18]);
  assert.deepEqual(said(await list(two, 'page=99')), []);
  for (const query of ['page=0', 'per_page=0', 'user_id=0', 'user_id=x', 'booking_id=-1', 'before=x', 'before=0',
    `user_id=${one.id}&after=x`, `user_id=${one.id}&after=-1`, 'after=1', 'booking_id=1&after=1']) await get(`/api/messages?${query}`, { as: two, status: 422 });
  await get('/api/messages/conversations?page=0', { as: two, status: 422 });
});

test('conversations come by their last message, in pages', async () => {
  const who = await brand();
  const others = [await creator(), await creator(), await creator()];
  for (const other of others) await write(other, who, 'Hello');
  await write(who, others[0], 'Hello back');
  const ids = [others[0].id, others[2].id, others[1].id];
  assert.deepEqual((await conversations(who)).conversations.map(({ id }) => id), ids);
  const page = await conversations(who, 'per_page=2&page=2');
  assert.deepEqual([page.conversations.map(({ id }) => id), page.total, page.pages], [ids.slice(2), 3, 2]);
  assert.deepEqual((await conversations(who, 'page=9')).conversations, []);
});

test('who writes too much waits', async () => {
  const [one, two] = [await brand(), await creator()];
  const most = await value(`select value from settings where name = 'message_user_tries'`);
  await rows(`insert into rate_counts (scope, counted, since, tries) values ('message_user', $1, now(), $2)`, String(one.id), most - 1);
  await write(one, two, 'The last');
  const answer = await write(one, two, 'One too many', {}, { status: 429 });
  assert.ok(Number(answer.headers['retry-after']) > 0);
  assert.equal(await value('select count(*) from messages where sender_id = $1', one.id), 1);
});

test('a first letter has a name to go to, and nobody else has one', async () => {
  const [buyer, seller] = [await brand(), await creator()];
  const username = unique('first');
  await change(seller, 'creator', { username });
  const person = (id, status) => get(`/api/users/${id}`, { as: buyer, status });
  const { json, text } = await person(seller.id, 200);
  assert.deepEqual([json.id, json.user_type, json.display_name, json.picture], [seller.id, 'creator', username, null]);
  assert.ok(!text.includes('@'));
  await person(buyer.id, 404);
  await person(999999999, 404);
  // whoever is gone cannot be written to, but was written with
  const gone = await creator();
  await write(buyer, seller, 'Hello');
  await rows('update users set is_active = false where id = any($1)', [seller.id, gone.id]);
  await person(gone.id, 404);
  await person(seller.id, 200);
});
