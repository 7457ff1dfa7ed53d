// What the two sides of a booking say of each other.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call, get, post } from './support/client.mjs';
import { row, rows, scratch, value } from './support/db.mjs';
import { brand, creator, theBrand, theCreator } from './support/people.mjs';
import { until } from './support/wait.mjs';
import { completedBooking, paidBooking } from './support/work.mjs';

const review = (who, booking, body = {}, options = {}) =>
  post('/api/reviews', { collaboration_id: booking.id, rating: 4, comment: 'Good work', ...body }, { as: who, status: 201, ...options });
const ofCreator = async (who, query = '') => (await get(`/api/reviews/creator/${who.profile.id}?${query}`, { status: 200 })).json;
const ofBrand = async (who, query = '') => (await get(`/api/reviews/brand/${who.profile.id}?${query}`, { status: 200 })).json;
const rated = async (who) => row('select rating_sum, rating_count from creator_profiles where id = $1', who.profile.id);
const titles = async (who) => (await rows(`select title from notifications where user_id = $1 and type = 'review' order by id`, who.id)).map(({ title }) => title);
const tally = (answers) => answers.reduce((all, { status, json }) => {
  const word = status < 400 ? String(status) : `${status} ${json.code}`;
  return { ...all, [word]: (all[word] ?? 0) + 1 };
}, {});

test('a review waits for the other side’s, then both are out and the rating counts', async () => {
  const [buyer, seller] = [await brand(), await creator()];
  const booking = await completedBooking(buyer, seller, { title: 'Three reels' });
  const sent = { rating: 5, title: 'On time', comment: 'Two days early', communication_rating: 4, quality_rating: 5, would_recommend: false };
  const { review: one } = (await review(buyer, booking, sent)).json;
  for (const [name, said] of Object.entries(sent)) assert.equal(one[name], said, name);
  assert.deepEqual([one.side, one.collaboration_id, one.brand_id, one.creator_id, one.visible_at, one.timeliness_rating, one.creator_response],
    ['brand', booking.id, buyer.profile.id, seller.profile.id, null, null, null]);
  assert.deepEqual(one.collaboration, { id: booking.id, title: 'Three reels', collaboration_type: 'package' });

  // hidden from all but its writer
  await get(`/api/reviews/${one.id}`, { status: 404 });
  await get(`/api/reviews/${one.id}`, { as: seller, status: 404 });
  assert.deepEqual((await get(`/api/reviews/${one.id}`, { as: buyer, status: 200 })).json, one);
  assert.deepEqual((await get('/api/reviews/brand', { as: buyer, status: 200 })).json.reviews, [one]);
  assert.deepEqual(await ofCreator(seller), { reviews: [], total: 0, pages: 0, current_page: 1,
    average_ratings: { overall: null, communication: null, quality: null, professionalism: null, timeliness: null } });
  assert.deepEqual(await rated(seller), { rating_sum: 0, rating_count: 0 });
  assert.deepEqual(await titles(seller), [`${buyer.profile.company_name} reviewed you`]);

  const { review: two } = (await review(seller, booking, { rating: 3, timeliness_rating: 2 })).json;
  assert.equal(two.side, 'creator');
  assert.ok(two.visible_at);
  const out = (await get(`/api/reviews/${one.id}`, { status: 200 })).json;
  assert.ok(out.visible_at);
  const page = await ofCreator(seller);
  assert.deepEqual([page.reviews, page.total], [[out], 1]);
  assert.deepEqual(page.average_ratings, { overall: 5, communication: 4, quality: 5, professionalism: null, timeliness: null });
  const other = await ofBrand(buyer);
  assert.deepEqual([other.reviews.map(({ id }) => id), other.average_ratings.overall, other.average_ratings.timeliness], [[two.id], 3, 2]);
  assert.deepEqual(await rated(seller), { rating_sum: 5, rating_count: 1 });
  assert.deepEqual((await titles(seller)).length, 2);
  assert.deepEqual((await titles(buyer)).length, 1);
  assert.ok(!JSON.stringify([page, other]).includes('@example.com'));
});

const ring = async () => {
  await rows(`update chores set next_at = now() where name = 'reviews_reveal'`);
  await until('the chore to run', () => value(`select next_at > now() from chores where name = 'reviews_reveal'`));
};

test('seven days after the first it is out alone; the other side may still speak', async () => {
  const [buyer, seller] = [await brand(), await creator()];
  const booking = await completedBooking(buyer, seller);
  const { review: one } = (await review(buyer, booking, { rating: 2 })).json;
  await rows(`update reviews set created_at = now() - interval '6 days 23 hours' where id = $1`, one.id);
  await ring();
  assert.equal(await value('select visible_at from reviews where id = $1', one.id), null);
  await rows(`update reviews set created_at = now() - interval '7 days' where id = $1`, one.id);
  await ring();
  assert.equal((await ofCreator(seller)).total, 1);
  assert.deepEqual(await rated(seller), { rating_sum: 2, rating_count: 1 });
  await ring();
  assert.deepEqual(await rated(seller), { rating_sum: 2, rating_count: 1 });
  const { review: two } = (await review(seller, booking)).json;
  assert.ok(two.visible_at);
  assert.deepEqual(await rated(seller), { rating_sum: 2, rating_count: 1 });
  assert.equal(await value(`select count(*) from alerts where kind = 'timer_failed' and detail like 'reviews_reveal%'`), 0);
});

test('what is due is left to who reviews the same work in that moment', async () => {
  const [buyer, seller] = [await brand(), await creator()];
  const booking = await completedBooking(buyer, seller);
  const { review: one } = (await review(buyer, booking)).json;
  await rows(`update reviews set created_at = now() - interval '7 days' where id = $1`, one.id);
  const out = () => value('select visible_at is not null from reviews where id = $1', one.id);
  await scratch(async (query) => {
    await query('select from bookings where id = $1 for no key update', booking.id);
    await ring();
    assert.equal(await out(), false);
  });
  await ring();
  assert.equal(await out(), true);
});

test('only completed work is reviewed, within its days, by its two sides', async () => {
  const [buyer, seller, stranger] = [await brand(), await creator(), await theCreator()];
  const going = await paidBooking(buyer, seller);
  for (const who of [buyer, seller]) assert.equal((await review(who, going, {}, { status: 409 })).json.code, 'not_completed');
  const done = await completedBooking(buyer, seller);
  for (const who of [stranger, await theBrand()]) await review(who, done, {}, { status: 404 });
  await review(buyer, { id: 999999999 }, {}, { status: 404 });
  await review(undefined, done, {}, { status: 401 });
  await rows(`update bookings set completion_date = now() - interval '14 days 1 minute' where id = $1`, done.id);
  assert.equal((await review(buyer, done, {}, { status: 409 })).json.code, 'review_too_late');
  await rows(`update bookings set completion_date = now() - interval '13 days 23 hours' where id = $1`, done.id);
  await review(buyer, done);
  assert.equal(await value('select count(*) from reviews where brand_id = $1', buyer.profile.id), 1);
});

test('a bad review is refused with each field named', async () => {
  const who = await theBrand();
  const bad = { collaboration_id: 0, rating: 6, comment: '', title: 'x'.repeat(201), quality_rating: 0, timeliness_rating: 2.5, would_recommend: 'yes', is_public: true };
  const answer = await review(who, {}, bad, { status: 422 });
  assert.deepEqual(Object.keys(answer.json.fields).sort(), Object.keys(bad).sort());
  const none = await post('/api/reviews', {}, { as: who, status: 422 });
  assert.deepEqual(Object.keys(none.json.fields).sort(), ['collaboration_id', 'comment', 'rating']);
  for (const query of ['page=0', 'per_page=x']) await get(`/api/reviews/brand?${query}`, { as: who, status: 422 });
});

test('twenty of one side at once: one review; both sides at once: both are out, and counted once', async () => {
  const [buyer, seller] = [await brand(), await creator()];
  for (let round = 1; round <= 2; round += 1) {
    const booking = await completedBooking(buyer, seller);
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => review(n % 2 ? buyer : seller, booking, {}, { status: undefined })));
    assert.deepEqual(tally(answers), { 201: 2, '409 already_reviewed': 18 });
    assert.deepEqual(await row('select count(*), count(visible_at) as visible from reviews where booking_id = $1', booking.id), { count: 2, visible: 2 });
    assert.deepEqual(await rated(seller), { rating_sum: 4 * round, rating_count: round });
  }
});

test('the creator answers, and not before it is out', async () => {
  const [buyer, seller] = [await brand(), await creator()];
  const booking = await completedBooking(buyer, seller);
  const { review: one } = (await review(buyer, booking)).json;
  const respond = (who, id, status, response = 'Thank you') => call('PATCH', `/api/reviews/${id}/response`, { as: who, body: { response }, status });
  await respond(seller, one.id, 404);
  const { review: two } = (await review(seller, booking)).json;
  await respond(seller, two.id, 404);
  await respond(seller, one.id, 422, ' ');
  const { json } = await respond(seller, one.id, 200);
  assert.equal(json.review.creator_response, 'Thank you');
  assert.ok(json.review.creator_response_date);
  await respond(seller, one.id, 200, 'Thank you both');
  assert.equal((await ofCreator(seller)).reviews[0].creator_response, 'Thank you both');
  assert.equal((await titles(buyer)).filter((title) => title.endsWith('answered your review')).length, 1);
});

test('reviews come in pages, newest first', async () => {
  const [buyer, seller] = [await brand(), await creator()];
  const booking = await completedBooking(buyer, seller);
  // eleven other bookings of the same, as though they had been lived through
  await rows(`with b as (
      insert into bookings (package_id, creator_id, brand_id, state, amount_cents, fee_bp, fee_cents, currency, payment_status, duration_days,
        revisions_allowed, completion_date)
      select b.package_id, b.creator_id, b.brand_id, b.state, b.amount_cents, b.fee_bp, b.fee_cents, b.currency, b.payment_status, b.duration_days,
             b.revisions_allowed, b.completion_date from bookings b, generate_series(1, 11) where b.id = $1 returning id, brand_id, creator_id),
    r as (insert into reviews (booking_id, side, brand_id, creator_id, rating, comment)
          select id, 'brand', brand_id, creator_id, 3, 'Fine' from b returning booking_id)
    select count(*) from r`, booking.id);
  await rows('select review_show(array(select booking_id from reviews where creator_id = $1))', seller.profile.id);
  let page = await ofCreator(seller);
  assert.deepEqual([page.reviews.length, page.total, page.pages, page.average_ratings.overall], [10, 11, 2, 3]);
  const ids = page.reviews.map(({ id }) => id);
  assert.deepEqual(ids, [...ids].sort((a, b) => b - a));
  page = await ofCreator(seller, 'page=2');
  assert.deepEqual([page.reviews.length, page.reviews[0].id < ids.at(-1)], [1, true]);
  page = await ofCreator(seller, 'page=3&per_page=10000');
  assert.deepEqual([page.reviews, page.total, page.average_ratings.overall], [[], 11, 3]);
  assert.equal((await get('/api/reviews/brand?per_page=10000', { as: buyer, status: 200 })).json.reviews.length, 11);
  await get('/api/reviews/creator/999999999', { status: 404 });
  await get('/api/reviews/brand/999999999', { status: 404 });
  await get('/api/reviews/999999999', { status: 404 });
});

test('a package is rated by its own reviews once they are out, which changes nothing of what its creator wrote', async () => {
  const [buyer, seller] = [await brand(), await creator()];
  const [one, other] = [await completedBooking(buyer, seller), await completedBooking(buyer, seller)];
  const sold = async ({ package_id: id }) => {
    const { creator: _, ...ware } = (await get(`/api/packages/${id}`, { status: 200 })).json;
    return ware;
  };
  const before = await sold(one);
  await review(buyer, one, { rating: 3 });
  assert.deepEqual(await sold(one), before, 'the other side’s is waited for');
  await review(seller, one, { rating: 1 });
  assert.deepEqual(await sold(one), { ...before, review_stats: { average_rating: 3, total_reviews: 1 } });
  assert.deepEqual((await sold(other)).review_stats, { average_rating: 0, total_reviews: 0 });
});

test('the rating kept is what the reviews that are out say', async () => {
  assert.deepEqual(await rows(`select c.id from creator_profiles c left join reviews r
      on r.creator_id = c.id and r.side = 'brand' and r.visible_at is not null
    where c.id in (select creator_id from reviews) group by c.id
    having (c.rating_sum, c.rating_count) is distinct from (coalesce(sum(r.rating), 0), count(r.id)::int)`), []);
  assert.deepEqual(await rows(`select p.id from packages p left join (bookings b join reviews r
      on r.booking_id = b.id and r.side = 'brand' and r.visible_at is not null) on b.package_id = p.id
    group by p.id
    having (p.rating_sum, p.rating_count) is distinct from (coalesce(sum(r.rating), 0), count(r.id)::int)`), []);
  assert.deepEqual(await rows(`select * from (
      select r.creator_id, sum(r.quality_rating) as sum, count(*)::int as count from reviews r
       where r.side = 'brand' and r.visible_at is not null and r.quality_rating is not null group by r.creator_id) said
    full join (select profile_id as creator_id, sum, count from rating_sums where side = 'brand' and part = 'quality') kept using (creator_id, sum, count)
    where said.creator_id is null or kept.creator_id is null`), []);
});
