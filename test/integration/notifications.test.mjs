// What people are told in the page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call, get, post, put } from './support/client.mjs';
import { contract } from './support/contract.mjs';
import { row, rows, value } from './support/db.mjs';
import { mailedAs } from './support/mail.mjs';
import { act, book, brand, creator, makePackage } from './support/people.mjs';

const list = async (who, query = '') => (await get(`/api/notifications?${query}`, { as: who, status: 200 })).json;
const readAll = (who, body, status = 200) => put('/api/notifications/mark-all-read', body, { as: who, status });
const note = async (who, count) => (await rows(`insert into notifications (user_id, type, title, message)
  select $1, 'booking', 'Title ' || n, 'Said' from generate_series(1, $2::int) n returning id`, who.id, count)).map(({ id }) => id);
const preferences = async (who) => (await get('/api/notifications/preferences', { as: who, status: 200 })).json.preferences;
const prefer = (who, type, wish, status = 200) => put('/api/notifications/preferences', { type, ...wish }, { as: who, status });
// As tell() does it, for a notice of this type with both a title and a letter.
const tell = (who, notice) => rows(`select tell($1, $2, '{"package": "Reels", "brand": "Shop", "creator": "Tari", "amount": "US$1.00"}', '/bookings/1')`, who.id, notice);
const told = (who) => row(`select (select count(*) from notifications where user_id = $1) as page,
  (select count(*) from events where user_id = $1 and type = 'notification') as events,
  (select count(*) from outbox where user_id = $1 and notice <> 'verification_code') as letters`, who.id);

test('one lists, counts and reads one’s own', async () => {
  const who = await creator();
  const other = await creator();
  const made = await rows(`insert into notifications (user_id, type, title, message, action_url)
    select $1, 'booking', 'Title ' || n, 'Said “it” & <b>more</b>', '/bookings/' || n from generate_series(1, 3) n returning id`, who.id);
  const ids = made.map(({ id }) => id);
  let seen = await list(who);
  assert.deepEqual(seen.notifications.map(({ id }) => id), [...ids].reverse());
  assert.deepEqual([seen.total, seen.unread_count, seen.notifications[0].message], [3, 3, 'Said “it” & <b>more</b>']);
  await call('PUT', `/api/notifications/${ids[0]}/read`, { as: who, status: 200 });
  await call('PUT', `/api/notifications/${ids[0]}/read`, { as: who, status: 200 });
  seen = await list(who, 'unread_only=true');
  assert.deepEqual([seen.notifications.map(({ id }) => id), seen.unread_count], [[ids[2], ids[1]], 2]);
  await call('PUT', `/api/notifications/${ids[1]}/read`, { as: other, status: 404 });
  await call('PUT', '/api/notifications/mark-all-read', { as: other, status: 200 });
  assert.equal((await list(who)).unread_count, 2);
  await call('PUT', '/api/notifications/mark-all-read', { as: who, status: 200 });
  seen = await list(who, 'per_page=2&page=2');
  assert.deepEqual([seen.notifications.map(({ id }) => id), seen.total, seen.pages, seen.unread_count], [[ids[0]], 3, 2, 0]);
  assert.deepEqual((await list(who, 'unread_only=true')).notifications, []);
  assert.equal((await list(other)).total, 0);
});

test('what is told says of what it is made', async () => {
  const who = await creator();
  await rows(`select tell($1, 'work_late', '{"package": "Reels", "due": "3 Aug 2026", "due_at": "2026-08-03T10:00:00.000Z", "late_days": 7, "fee": "US$1.00"}', '/bookings/1')`, who.id);
  await note(who, 1);
  const [old, late] = (await list(who)).notifications;
  assert.deepEqual([late.title, late.notice, late.params], ['Reels is late', 'work_late',
    { package: 'Reels', due: '3 Aug 2026', due_at: '2026-08-03T10:00:00.000Z', late_days: 7 }]);
  assert.deepEqual([old.notice, old.params], [null, null]);
});

test('the list goes back by id, and says whether there is more', async () => {
  const who = await creator();
  const ids = (await note(who, 30)).reverse();
  const seen = [];
  let page = await list(who, 'per_page=7');
  assert.deepEqual([page.total, page.has_more, page.unread_count], [30, true, 30]);
  for (;;) {
    seen.push(...page.notifications.map(({ id }) => id));
    if (!page.has_more) break;
    await note(who, 1); // what comes meanwhile shifts nothing
    page = await list(who, `per_page=7&before=${seen.at(-1)}&page=2`);
    assert.deepEqual(Object.keys(page), ['notifications', 'has_more', 'unread_count']);
  }
  assert.deepEqual(seen, ids);
  await readAll(who, { up_to_id: ids[10] });
  const unread = await list(who, `unread_only=true&before=${ids[0]}`);
  assert.deepEqual([unread.notifications.map(({ id }) => id), unread.has_more, unread.unread_count], [ids.slice(1, 10), false, 14]);
  for (const query of ['before=0', 'before=x', 'page=0']) await get(`/api/notifications?${query}`, { as: who, status: 422 });
  const other = await creator();
  assert.deepEqual((await list(other, `before=${ids[0]}`)).notifications, []);
});

test('all that was seen is read, and what came since is not', async () => {
  const [who, other] = [await creator(), await creator()];
  const ids = await note(who, 3);
  await readAll(other, { up_to_id: ids[2] });
  assert.equal((await list(who)).unread_count, 3);
  await readAll(who, { up_to_id: ids[1] });
  assert.deepEqual((await list(who)).notifications.map(({ is_read: seen }) => seen), [false, true, true]);
  for (const bad of [{ up_to_id: 0 }, { up_to_id: 'x' }, { up_to: 1 }]) await readAll(who, bad, 422);
  assert.equal((await list(who)).unread_count, 1);
});

test('twenty read all and one at once', async () => {
  const who = await creator();
  const ids = await note(who, 50);
  await Promise.all(Array.from({ length: 20 }, (_, n) => [
    () => readAll(who), () => readAll(who, { up_to_id: ids[49 - n] }),
    () => call('PUT', `/api/notifications/${ids[n]}/read`, { as: who, status: 200 }),
  ][n % 3]()));
  assert.equal((await list(who)).unread_count, 0);
});

test('everything is told until one chooses otherwise, and each for oneself', async () => {
  const [who, other] = [await creator(), await creator()];
  const all = await preferences(who);
  assert.deepEqual(all.map(({ type, in_page: page, by_mail: mail, is_fixed: fixed }) => [type, page, mail, fixed]),
    ['account', 'booking', 'campaign', 'collaboration', 'message', 'payment', 'review'].map((type) => [type, true, true, type === 'account']));
  assert.deepEqual(all.map(({ type }) => type), contract.components.schemas.Preference.properties.type.enum);
  await prefer(who, 'booking', { by_mail: false });
  await prefer(who, 'booking', { in_page: false });
  await prefer(who, 'review', { in_page: false, by_mail: null });
  await prefer(who, 'payment', {});
  const now = Object.fromEntries((await preferences(who)).map((one) => [one.type, [one.in_page, one.by_mail]]));
  assert.deepEqual([now.booking, now.review, now.payment, now.message], [[false, false], [false, true], [true, true], [true, true]]);
  await prefer(who, 'booking', { in_page: true });
  assert.deepEqual((await preferences(who)).filter(({ in_page: page, by_mail: mail }) => !(page && mail)).map(({ type }) => type), ['booking', 'review']);
  assert.deepEqual(await preferences(other), all);
  for (const [type, wish, field] of [['account', { by_mail: false }, 'type'], ['whatever', {}, 'type'], ['', {}, 'type'], ['review', { by_mail: 'no' }, 'by_mail'], ['review', { mail: false }, 'mail']]) {
    assert.deepEqual(Object.keys((await prefer(who, type, wish, 422)).json.fields), [field]);
  }
  await get('/api/notifications/preferences', { status: 401 });
});

test('twenty choose at once: one row, and the last word of each holds', async () => {
  const who = await creator();
  await Promise.all(Array.from({ length: 20 }, (_, n) => prefer(who, 'review', n % 2 ? { in_page: false } : { by_mail: false })));
  assert.deepEqual(await rows('select type, in_page, by_mail from notification_preferences where user_id = $1', who.id), [{ type: 'review', in_page: false, by_mail: false }]);
});

test('what is told keeps to it', async () => {
  const who = await creator();
  const wishes = [[{}, 1, 1], [{ by_mail: false }, 1, 0], [{ in_page: false }, 0, 0], [{ by_mail: true }, 0, 1]];
  let [page, letters] = [0, 0];
  for (const [wish, shown, mailed] of wishes) {
    await prefer(who, 'booking', wish);
    await tell(who, 'request_accepted');
    page += shown;
    letters += mailed;
    assert.deepEqual(await told(who), { page, events: page, letters });
  }
  await prefer(who, 'payment', { by_mail: false });
  await tell(who, 'request_accepted');
  await tell(who, 'work_approved');
  assert.deepEqual(await told(who), { page: page + 1, events: page + 1, letters: letters + 1 });
});

test('a booking, a message and a new password: the first two may be silent, the last never', async () => {
  const [buyer, seller] = [await brand(), await creator()];
  for (const type of ['booking', 'payment', 'message', 'collaboration', 'campaign', 'review']) await prefer(seller, type, { in_page: false, by_mail: false });
  const { booking } = await book(buyer, await makePackage(seller, { instant: false }));
  await post('/api/messages', { receiver_id: seller.id, content: 'Hello' }, { as: buyer, status: 201 });
  assert.deepEqual(await told(seller), { page: 0, events: 0, letters: 0 });
  assert.equal(await value(`select count(*) from events where user_id = $1 and type = 'message'`, seller.id), 1);
  assert.equal((await get('/api/messages/conversations', { as: seller, status: 200 })).json.conversations[0].unread_count, 1);
  await act(seller, booking, 'accept');
  await mailedAs(buyer.email, `${(await value('select display_name($1)', seller.id))} accepted your request`);
  await post('/api/auth/change-password', { current_password: seller.password, password: 'another long enough one' }, { as: seller, status: 200 });
  await mailedAs(seller.email, 'Your BantuBuzz password was changed');
});
