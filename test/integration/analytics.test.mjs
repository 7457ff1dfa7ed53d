// What was seen, earned and spent.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { get, post } from './support/client.mjs';
import { rows, scratch, value } from './support/db.mjs';
import { act, book, brand, creator, makePackage, theBrand, theCreator } from './support/people.mjs';
import { until } from './support/wait.mjs';
import { completedBooking, paidBooking } from './support/work.mjs';

const dashboard = async (who, query = '') => (await get(`/api/analytics/dashboard?${query}`, { as: who, status: 200 })).json;
const days = async (who, what, query = '') => (await get(`/api/analytics/${what}?${query}`, { as: who, status: 200 })).json;
const today = async () => value(`select to_char(now() at time zone 'Africa/Harare', 'YYYY-MM-DD')`);
const view = (type, id, { as, agent = 'test', ...options } = {}) =>
  post('/api/analytics/views', { entity_type: type, entity_id: id }, { as, headers: { 'user-agent': agent }, status: 202, ...options });
const viewsOf = async (who) => (await days(who, 'views', 'days=1')).views[0];

test('nothing yet is zero, in every field', async () => {
  const [one, two] = [await creator(), await brand()];
  assert.deepEqual(await dashboard(one), {
    currency: 'USD', days: 30, total_bookings: 0, total_earnings: 0, active_bookings: 0, completed_bookings: 0, total_packages: 0,
    profile_views: 0, package_views: 0, saves: 0, conversion_rate: null, response_time_s: null, average_rating: 0, total_reviews: 0,
  });
  assert.deepEqual(await dashboard(two), {
    currency: 'USD', days: 30, total_campaigns: 0, total_spending: 0, total_bookings: 0, active_bookings: 0, completed_bookings: 0,
    campaign_views: 0, saved_creators: 0,
  });
  const { earnings, total, currency } = await days(one, 'earnings');
  assert.deepEqual([earnings.length, total, currency, earnings.at(-1)], [30, 30, 'USD', { date: await today(), amount: 0 }]);
});

test('what was earned and spent is what the ledger says', async () => {
  const [buyer, seller] = [await brand(), await creator()];
  await completedBooking(buyer, seller, { price: 200 });
  const cancelled = await paidBooking(buyer, seller, { price: 70 });
  await act(seller, cancelled, 'decline');
  await paidBooking(buyer, seller, { price: 30.5 });
  await book(buyer, await makePackage(seller, { price: 999 }));
  const day = await today();

  const made = await dashboard(seller);
  assert.deepEqual([made.total_bookings, made.total_earnings, made.active_bookings, made.completed_bookings, made.total_packages], [4, 180, 1, 1, 4]);
  const spent = await dashboard(buyer);
  assert.deepEqual([spent.total_bookings, spent.total_spending, spent.active_bookings, spent.completed_bookings], [4, 230.5, 1, 1]);
  assert.deepEqual((await days(seller, 'earnings', 'days=7')).earnings.at(-1), { date: day, amount: 180 });
  assert.deepEqual((await days(buyer, 'spending', 'days=1')).spending, [{ date: day, amount: 230.5 }]);

  // money of the other currency is not added to it
  await completedBooking(buyer, seller, { price: 1000, currency: 'ZWG' });
  assert.deepEqual([(await dashboard(seller)).total_earnings, (await dashboard(seller, 'currency=ZWG')).total_earnings], [180, 900]);
  assert.deepEqual((await days(buyer, 'spending', 'days=1&currency=ZWG')).spending[0].amount, 1000);
  // booking with what came back is spending again
  const again = await makePackage(seller, { price: 70 });
  await post('/api/bookings', { package_id: again.id, payment_method: 'balance' }, { as: buyer, status: 201 });
  assert.equal((await dashboard(buyer)).total_spending, 300.5);
});

test('a view counts once a visitor and day, and never for the owner', async () => {
  const [seller, one, two] = [await creator(), await brand(), await theBrand()];
  const sold = await makePackage(seller);
  const profile = seller.profile.id;
  for (const as of [one, one, two, seller]) await view('profile', profile, { as });
  for (const agent of ['a', 'a', 'b', 'b']) await view('profile', profile, { agent });
  await view('package', sold.id, { as: one });
  const seen = await viewsOf(seller);
  assert.deepEqual(seen, { date: await today(), profile: 4, package: 1, campaign: 0 });
  const { profile_views: profiles, package_views: packages, conversion_rate: rate } = await dashboard(seller);
  assert.deepEqual([profiles, packages, rate], [4, 1, 0]);
  await Promise.all(Array.from({ length: 20 }, () => view('package', sold.id, { as: two })));
  assert.equal((await viewsOf(seller)).package, 2);
  await Promise.all(Array.from({ length: 20 }, (_, n) => view('package', sold.id, { agent: `many ${n}` })));
  assert.equal((await viewsOf(seller)).package, 22);
});

test('what nobody can see is not counted', async () => {
  const [seller, one] = [await creator(), await theBrand()];
  const hidden = await makePackage(seller, { is_active: false });
  for (const [type, id] of [['profile', 999999999], ['package', 999999999], ['package', hidden.id], ['campaign', 999999999]]) {
    await view(type, id, { as: one, status: 404 });
  }
  const bad = await view('page', 0, { status: 422 });
  assert.deepEqual(Object.keys(bad.json.fields), ['entity_type', 'entity_id']);
  assert.equal(await value('select count(*) from analytics where user_id = $1', seller.id), 0);
});

test('of a visitor only a salted mark is kept, and both go with the day', async () => {
  const seller = await creator();
  await view('profile', seller.profile.id, { agent: 'Very Special Browser' });
  const kept = await rows('select v::text as said from view_marks v union all select a::text from analytics a where user_id = $1', seller.id);
  for (const { said } of kept) assert.ok(!/Special|127\.0\.0\.1/.test(said), said);
  await rows(`insert into view_salts values ('2026-01-01', sha256('old')) on conflict do nothing`);
  await rows(`insert into view_marks values ('2026-01-01', substring(sha256('old') for 16)) on conflict do nothing`);
  await rows(`update chores set next_at = now() where name = 'views_forget'`);
  await until('yesterday to be forgotten', async () => (await value(`select (select count(*) from view_salts where day = '2026-01-01')
    + (select count(*) from view_marks where day = '2026-01-01')`)) === 0);
  assert.ok(await value('select count(*) from view_marks'));
});

test('conversion, saves and the time to answer', async () => {
  const [seller, buyer] = [await creator(), await brand()];
  const sold = await makePackage(seller, { instant: false });
  for (let n = 0; n < 4; n += 1) await view('package', sold.id, { agent: `visitor ${n}` });
  await post(`/api/brands/saved-creators/${seller.profile.id}`, undefined, { as: buyer, status: 201 });
  const { booking } = await book(buyer, sold);
  await rows(`update bookings set created_at = created_at - interval '90 minutes' where id = $1`, booking.id);
  await act(seller, booking, 'accept');
  let told = await dashboard(seller);
  assert.deepEqual([told.saves, told.conversion_rate, Math.round(told.response_time_s / 60)], [1, 0, 90]);
  await paidBooking(buyer, seller);
  told = await dashboard(seller);
  assert.equal(told.conversion_rate, 25);
  assert.equal((await dashboard(buyer)).saved_creators, 1);
});

test('bad questions are refused', async () => {
  const one = await theCreator();
  for (const what of ['dashboard', 'earnings', 'views']) {
    for (const query of ['days=0', 'days=366', 'days=x']) await get(`/api/analytics/${what}?${query}`, { as: one, status: 422 });
  }
  const answer = await get('/api/analytics/dashboard?currency=EUR', { as: one, status: 422 });
  assert.deepEqual(Object.keys(answer.json.fields), ['currency']);
  assert.equal((await days(one, 'earnings', 'days=365')).earnings.length, 365);
});

test('one address reports so many views and no more', async () => {
  const one = await theCreator();
  await view('profile', one.profile.id);
  await rows(`update rate_counts set tries = (select value from settings where name = 'view_address_tries') where scope = 'view_address'`);
  const answer = await view('profile', one.profile.id, { status: 429 });
  assert.ok(Number(answer.headers['retry-after']) > 0);
  await rows(`delete from rate_counts where scope = 'view_address'`);
});

test('days that differ from the ledger are told of', async () => {
  const [buyer, seller] = [await brand(), await creator()];
  await completedBooking(buyer, seller, { price: 40 });
  await scratch(async (query) => {
    const told = async () => {
      await query('select money_days_check()');
      return query(`select subject_id, detail from alerts where kind = 'money_differs' and subject_id in ($1, $2) order by 1`, buyer.id, seller.id);
    };
    assert.deepEqual(await told(), []);
    await query(`update money_days set cents = cents + 1 where user_id = $1`, seller.id);
    await query(`delete from money_days where user_id = $1`, buyer.id);
    const day = await today();
    assert.deepEqual(new Map((await told()).map((one) => [one.subject_id, one.detail])), new Map([
      [buyer.id, `spent USD ${day}: 4000 by the ledger, 0 by the day`],
      [seller.id, `earned USD ${day}: 3600 by the ledger, 3601 by the day`],
    ]));
  });
});
