// One letter of what stays unread.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call, post, put } from './support/client.mjs';
import { rows, rowsAsWorker, value } from './support/db.mjs';
import { mailed } from './support/mail.mjs';
import { brand, change, creator, unique } from './support/people.mjs';
import { until } from './support/wait.mjs';

const write = async (from, to, content) => (await post('/api/messages', { receiver_id: to.id, content }, { as: from, status: 201 })).json.data;
const note = (who, title) => rows(`insert into notifications (user_id, type, title, message) values ($1, 'booking', $2, E'More\\nof it')`, who.id, title);
const prefer = (who, type, by_mail) => put('/api/notifications/preferences', { type, by_mail }, { as: who, status: 200 });
const digests = (who) => value(`select count(*) from outbox where user_id = $1 and notice = 'digest'`, who.id);
const tables = ['messages', 'notifications'];
const owner = { messages: 'receiver_id', notifications: 'user_id' };

// An hour goes by for what one has not read; for all of it at one moment.
const hour = (...people) => rows(`with m as (
    update messages set created_at = created_at - interval '1 h' where receiver_id = any ($1))
  update notifications set created_at = created_at - interval '1 h' where user_id = any ($1)`, people.map(({ id }) => id));
// Nothing of theirs is old enough and unread and unheard of any more.
const passed = (...people) => until('the digest to pass', async () => {
  for (const table of tables) {
    if (await value(`select count(*) from ${table} where ${owner[table]} = any ($1) and not is_read and mailed_at is null
      and created_at <= now() - interval '1 h'`, people.map(({ id }) => id)) > 0) return false;
  }
  return true;
});

test('what stays unread for an hour comes in one letter, once', async () => {
  const [one, two, seller] = [await brand(), await brand(), await creator()];
  await change(two, 'brand', { company_name: '-> Prize: https://evil.example' });
  await write(one, seller, 'First, a secret');
  await write(one, seller, 'Second');
  await write(two, seller, 'Third');
  await note(seller, unique('New booking '));
  await passed(seller);
  assert.equal(await digests(seller), 0);
  await hour(seller);
  await note(seller, 'Younger');
  const [letter] = await mailed(seller.email, /Unread on BantuBuzz/);
  assert.match(letter.subject, /^Unread on BantuBuzz: [45]$/);
  assert.ok(letter.text.includes(`${one.profile.company_name}: 2 messages\n`), letter.text);
  assert.ok(letter.text.includes('. -> Prize: https://evil.example: one message\n'), letter.text);
  assert.match(letter.text, /\nNew booking [0-9a-z]+: More of it\n/);
  assert.match(letter.text, /https?:\/\/[^ ]+\/settings/);
  assert.ok(!letter.text.includes('secret'));
  assert.ok(!letter.html.includes('href="https://evil.example'));
  assert.match(letter.headers['list-unsubscribe'], /^<https?:\/\/[^ ]+\/settings>$/);

  // "Younger" came before the letter or after it; either way once
  await hour(seller);
  await passed(seller);
  const younger = (await value(`select count(*) from outbox where user_id = $1 and notice = 'digest'`, seller.id)) - 1;
  const all = await mailed(seller.email, /Unread on BantuBuzz/, { count: 1 + younger });
  assert.equal(all.map(({ text }) => text).join('').split('Younger').length, 2);
  assert.equal(all.map(({ text }) => text).join('').split('2 messages').length, 2);

  const before = await digests(seller);
  await write(one, seller, 'Fourth');
  await hour(seller);
  const again = (await mailed(seller.email, /Unread on BantuBuzz/, { count: before + 1 })).at(-1);
  assert.ok(again.text.includes(`${one.profile.company_name}: one message\n`), again.text);
});

test('what was read before is not mailed, nor what had a letter, nor what is young', async () => {
  const [one, seller, other] = [await brand(), await creator(), await creator()];
  const { id } = await write(one, seller, 'Seen');
  await call('PUT', `/api/messages/${id}/read`, { as: seller, status: 200 });
  await note(seller, 'Seen too');
  await put('/api/notifications/mark-all-read', undefined, { as: seller, status: 200 });
  await rows(`select tell($1, 'request_accepted', '{"package": "Reels", "creator": "Tari", "amount": "US$1.00"}', '/bookings/1')`, seller.id);
  await write(one, other, 'Young');
  await hour(seller);
  await passed(seller, other);
  assert.deepEqual([await digests(seller), await digests(other)], [0, 0]);
  assert.equal(await value('select count(*) from messages where receiver_id = $1 and mailed_at is null', other.id), 1);
});

test('who does not want it by mail, or has left, gets none, also not later', async () => {
  const [one, seller, half, gone] = [await brand(), await creator(), await creator(), await creator()];
  for (const type of ['message', 'booking']) await prefer(seller, type, false);
  await prefer(half, 'message', false);
  for (const who of [seller, half, gone]) {
    await write(one, who, 'Hello');
    await note(who, 'Booked');
  }
  await rows('update users set is_active = false where id = $1', gone.id);
  await hour(seller, half, gone);
  await passed(seller, half, gone);
  assert.deepEqual([await digests(seller), await digests(half), await digests(gone)], [0, 1, 0]);
  const [letter] = await mailed(half.email, /Unread on BantuBuzz: 1/);
  assert.ok(letter.text.includes('Booked') && !letter.text.includes('message'), letter.text);
  await prefer(seller, 'message', true);
  await passed(seller);
  assert.equal(await digests(seller), 0);
  // those who guard an account are not to be had less of
  const [code] = await mailed(half.email, /code/);
  assert.equal(code.headers['list-unsubscribe'], undefined);
});

test('a long letter is cut, and says by how much', async () => {
  const who = await creator();
  const most = await value(`select value from settings where name = 'digest_lines'`);
  for (let n = 0; n < most + 3; n += 1) await note(who, `Note ${n}.`);
  // all at once, for each may be the first that the jobs see
  await rows(`update notifications set created_at = created_at - interval '1 h' where user_id = $1`, who.id);
  const [letter] = await mailed(who.email, /Unread on BantuBuzz/);
  assert.equal(letter.subject, `Unread on BantuBuzz: ${most + 3}`);
  assert.equal(letter.text.match(/Note /g).length, most);
  assert.ok(letter.text.includes(`Note ${most + 2}.: More of it\n`) && letter.text.includes('and 3 more\n'), letter.text);
});

test('many write it at once while messages are read and come in: one letter, and none of a message twice', async () => {
  const [one, two] = [await brand(), await brand()];
  const people = await Promise.all(Array.from({ length: 6 }, () => creator()));
  const sent = [];
  for (const who of people) for (const from of [one, two]) sent.push([who, await write(from, who, 'Hello')]);
  const digest = () => rowsAsWorker('select digest_write() as id');
  await rows(`update messages set created_at = created_at - interval '1 h' where receiver_id = any ($1)`, people.map(({ id }) => id));
  await Promise.all([
    ...Array.from({ length: 40 }, digest),
    ...sent.slice(0, 4).map(([who, { id }]) => call('PUT', `/api/messages/${id}/read`, { as: who, status: 200 })),
    ...people.map((who) => write(one, who, 'Meanwhile')),
  ]);
  await passed(...people);
  for (const who of people.slice(2)) {
    assert.equal(await digests(who), 1);
    const [letter] = await mailed(who.email, /Unread on BantuBuzz/);
    assert.match(letter.subject, /: [23]$/);
  }
  for (const who of people.slice(0, 2)) assert.ok((await digests(who)) <= 1);
});
