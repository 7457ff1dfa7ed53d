// Campaigns: from draft to done, who applies, what is put into them, and the
// bookings that both open.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readStatements } from '../bench/statements.mjs';
import { call, del, get, post, put } from './support/client.mjs';
import { row, rows, scratch, value } from './support/db.mjs';
import { onThePage } from './support/gateway.mjs';
import { mailed } from './support/mail.mjs';
import { checkLedger, moneyOf } from './support/money.mjs';
import { act, book, brand, creator, makePackage, seeBooking, theBrand, theCreator, unique } from './support/people.mjs';
import { expireUnpaid } from './support/time.mjs';
import { until } from './support/wait.mjs';

const DAY = 86400000;
const at = (days) => new Date(Date.now() + days * DAY).toISOString();
const aCampaign = (extra = {}) => ({
  title: 'Winter warmers', description: 'Hot drinks for cold mornings', budget: 2500, start_date: at(1), end_date: at(31), category: 'Food & Beverage', ...extra,
});
const anApplication = (extra = {}) => ({ proposed_price: 320, deliverables: ['One film', 'Three pictures'], message: 'For years', ...extra });

const makeCampaign = async (who, extra = {}) => (await post('/api/campaigns', aCampaign({ status: 'active', ...extra }), { as: who, status: 201 })).json.campaign;
const see = async (who, { id }) => (await get(`/api/campaigns/${id}`, { as: who, status: 200 })).json;
const change = (who, { id }, body, options) => put(`/api/campaigns/${id}`, body, { as: who, ...options });
const applyTo = (who, { id }, extra = {}, options = {}) => post(`/api/campaigns/${id}/apply`, anApplication(extra), { as: who, ...options });
const applied = async (who, campaign, extra = {}) => (await applyTo(who, campaign, extra, { status: 201 })).json.application;
const decide = (who, { campaign_id: campaign, id }, status, options = {}) =>
  call('PATCH', `/api/campaigns/${campaign}/applications/${id}`, { as: who, body: { status }, ...options });
const decided = async (who, application, status) => (await decide(who, application, status, { status: 200 })).json.application;
const seeApplication = async (who, { campaign_id: campaign, id }) => (await get(`/api/campaigns/${campaign}/applications/${id}`, { as: who, status: 200 })).json;
const add = (who, { id }, bought, options = {}) => post(`/api/campaigns/${id}/packages`, { package_id: bought.id ?? bought }, { as: who, ...options });
const remove = (who, { id }, bought, options = {}) => del(`/api/campaigns/${id}/packages/${bought.id ?? bought}`, { as: who, ...options });
const packagesOf = async (who, { id }) => (await get(`/api/campaigns/${id}/packages`, { as: who, status: 200 })).json;
const notices = async (who) => (await get('/api/notifications?per_page=100', { as: who, status: 200 })).json.notifications;
const bookingsOf = ({ id }) => rows('select * from bookings where campaign_id = $1 order by id', id);

async function refused(asked, status, code) {
  const answer = await asked;
  assert.deepEqual([answer.status, answer.json.code], [status, code], answer.text);
  return answer;
}

async function pay(who, booking) {
  const { payment } = (await post(`/api/bookings/${booking}/payments`, {}, { as: who, status: 201 })).json;
  await onThePage(payment.redirect_url, 'pay');
  await until('the booking to be paid', async () => (await seeBooking(who, booking)).state === 'accepted');
}

// ---- campaigns ----

test('a brand plans a campaign and reads it back as it was sent', async () => {
  const who = await theBrand();
  const requirements = { min_followers: 10000, verified: true, platforms: ['instagram', 'tiktok'], age: { from: 18, to: null }, pay: 12.5, note: 'Naïve “quotes”' };
  const sent = aCampaign({ objectives: 'Warmth', requirements, currency: 'ZWG' });
  const { campaign } = (await post('/api/campaigns', sent, { as: who, status: 201 })).json;
  for (const [name, there] of Object.entries(sent)) assert.deepEqual(campaign[name], there, name);
  assert.deepEqual([campaign.status, campaign.brand_id, campaign.packages_count, campaign.applicants_count], ['draft', who.profile.id, 0, 0]);
  assert.match(campaign.start_date, /T/);
  const seen = await get(`/api/campaigns/${campaign.id}`, { as: who, status: 200 });
  assert.deepEqual(seen.json, { ...campaign, packages: [] });
  assert.match(seen.text, /"budget":2500\.00,/);
  assert.ok(!seen.text.includes(who.email));
});

test('dates are taken with and without a time, and come out as times', async () => {
  const who = await theBrand();
  const made = await makeCampaign(who, { start_date: '2027-01-31', end_date: '2027-02-28T10:00:00+02:00' });
  assert.deepEqual([made.start_date, made.end_date], ['2027-01-31T00:00:00.000Z', '2027-02-28T08:00:00.000Z']);
  const same = await makeCampaign(who, { start_date: '2027-01-31', end_date: '2027-01-31' });
  assert.equal(same.start_date, same.end_date);
});

test('bad campaigns are refused, each field by its name, and nothing is made', async () => {
  const who = await brand();
  const bad = async (extra, ...names) => {
    const { json } = await post('/api/campaigns', aCampaign(extra), { as: who, status: 422 });
    assert.deepEqual(Object.keys(json.fields).sort(), names.sort(), JSON.stringify(extra));
  };
  await bad({ title: '', budget: 0, category: undefined }, 'title', 'budget', 'category');
  await bad({ start_date: undefined, end_date: null }, 'start_date', 'end_date');
  for (const wrong of ['tomorrow', '2026-02-30', '', 7]) await bad({ start_date: wrong }, 'start_date');
  await bad({ start_date: at(5), end_date: at(4) }, 'end_date');
  await bad({ category: 'UGC' }, 'category');
  for (const wrong of [-1, '12.345', 'much', 1e12]) await bad({ budget: wrong }, 'budget');
  for (const wrong of ['paused', 'completed', 'cancelled', 'ACTIVE']) await bad({ status: wrong }, 'status');
  let deep = 'x';
  for (let n = 0; n < 5; n += 1) deep = { deep };
  for (const wrong of ['x', [], 7, { a: 'x\u0000' }, { '': 1 }, { ['k'.repeat(41)]: 1 }, { a: 'x'.repeat(2001) }, deep]) await bad({ requirements: wrong }, 'requirements');
  const huge = JSON.stringify(aCampaign({ requirements: { n: 0 } })).replace('"n":0', '"n":1e99999');
  assert.deepEqual(Object.keys((await post('/api/campaigns', huge, { as: who, status: 422 })).json.fields), ['requirements']);
  await bad({ brand_id: 1, created_at: 'x' }, 'brand_id', 'created_at');
  assert.equal((await get('/api/campaigns', { as: who, status: 200 })).json.total, 0);
});

test('a draft is its brand’s own', async () => {
  const who = await theBrand();
  const draft = await makeCampaign(who, { status: 'draft' });
  for (const other of [undefined, await brand(), await theCreator()]) {
    await get(`/api/campaigns/${draft.id}`, { as: other, status: 404 });
    await get(`/api/campaigns/${draft.id}/packages`, { as: other, status: 404 });
  }
  await refused(applyTo(await theCreator(), draft), 404, 'not_found');
  await see(who, draft);
  await change(who, draft, { status: 'active' }, { status: 200 });
  for (const other of [undefined, await brand(), await theCreator()]) await see(other, draft);
});

test('what is left out stays as it is', async () => {
  const who = await theBrand();
  const made = await makeCampaign(who, { objectives: 'Warmth' });
  const { campaign } = (await change(who, made, { title: 'Warmer', budget: '10.5', requirements: { a: 1 } }, { status: 200 })).json;
  assert.deepEqual({ ...campaign, updated_at: 0 }, { ...made, title: 'Warmer', budget: 10.5, requirements: { a: 1 }, updated_at: 0 });
  const early = await change(who, made, { end_date: at(-1) }, { status: 422 });
  assert.deepEqual(Object.keys(early.json.fields), ['end_date']);
});

test('a status changes along its way and no other', async () => {
  const who = await theBrand();
  const ways = { draft: ['active'], active: ['paused', 'completed', 'cancelled'], paused: ['active', 'completed', 'cancelled'], completed: [], cancelled: [] };
  for (const from of Object.keys(ways)) {
    for (const to of Object.keys(ways)) {
      const made = await makeCampaign(who, { status: from === 'draft' ? 'draft' : 'active' });
      if (!['draft', 'active'].includes(from)) await change(who, made, { status: from }, { status: 200 });
      const good = from === to || ways[from].includes(to);
      const answer = await change(who, made, { status: to, title: 'Changed' });
      assert.deepEqual([answer.status, answer.json.code], good ? [200, undefined] : [409, 'wrong_state'], `${from} to ${to}: ${answer.text}`);
      const seen = await see(who, made);
      assert.deepEqual([seen.status, seen.title], good ? [to, 'Changed'] : [from, made.title]);
    }
  }
});

test('one’s own campaigns are listed newest first, by status and page', async () => {
  const who = await brand();
  const made = [];
  for (let n = 0; n < 5; n += 1) made.unshift((await makeCampaign(who, { status: n % 2 ? 'draft' : 'active' })).id);
  const list = async (query) => (await get(`/api/campaigns?${query}`, { as: who, status: 200 })).json;
  assert.deepEqual((await list('')).campaigns.map(({ id }) => id), made);
  assert.equal((await list('status=active')).total, 3);
  assert.deepEqual((await list('status=draft')).campaigns.map(({ id }) => id), [made[1], made[3]]);
  assert.equal((await list('status=sleeping')).total, 0);
  const page = await list('per_page=2&page=3');
  assert.deepEqual([page.campaigns.map(({ id }) => id), page.total, page.pages, page.current_page], [[made[4]], 5, 3, 3]);
  assert.deepEqual([(await list('page=9')).campaigns, (await list('page=9')).total], [[], 5]);
  assert.equal((await list('per_page=10000')).campaigns.length, 5);
  await del(`/api/campaigns/${made[0]}`, { as: who, status: 200 });
  assert.deepEqual((await list('')).campaigns.map(({ id }) => id), made.slice(1));
});

test('creators browse active campaigns, and see where they have applied', async () => {
  const [who, seeker] = [await theBrand(), await creator()];
  const open = await makeCampaign(who, { category: 'Gaming' });
  const other = await makeCampaign(who, { category: 'Gaming' });
  const draft = await makeCampaign(who, { category: 'Gaming', status: 'draft' });
  await applied(seeker, open);
  const browse = async (query, as = seeker) => (await get(`/api/campaigns/browse?${query}`, { as, status: 200 })).json;
  const found = await browse('category=Gaming&per_page=100');
  assert.deepEqual(found.campaigns.slice(0, 2).map(({ id, has_applied: has }) => [id, has]), [[other.id, false], [open.id, true]]);
  assert.ok(!found.campaigns.some(({ id }) => id === draft.id));
  assert.ok(found.campaigns.every(({ category, status }) => category === 'Gaming' && status === 'active'));
  assert.equal((await browse('category=Gaming&per_page=100', await creator())).campaigns.find(({ id }) => id === open.id).has_applied, false);
  assert.deepEqual((await browse('category=nothing')).campaigns, []);
  assert.deepEqual((await browse('category=Gaming&per_page=1&page=2')).campaigns.map(({ id }) => id), [open.id]);
  await change(who, other, { status: 'paused' }, { status: 200 });
  assert.ok(!(await browse('per_page=100')).campaigns.some(({ id }) => id === other.id));
});

test('a key makes one campaign, however often it is sent', async () => {
  const who = await brand();
  const headers = { 'idempotency-key': unique('k') };
  const body = aCampaign();
  const first = await post('/api/campaigns', body, { as: who, headers, status: 201 });
  assert.equal((await post('/api/campaigns', body, { as: who, headers, status: 201 })).text, first.text);
  assert.equal((await get('/api/campaigns', { as: who, status: 200 })).json.total, 1);
});

// ---- applications ----

test('a creator applies once, and the brand hears of it', async () => {
  const [who, seeker] = [await brand(), await creator()];
  const campaign = await makeCampaign(who);
  const answer = await applyTo(seeker, campaign, {}, { status: 201 });
  const { application } = answer.json;
  assert.deepEqual([application.status, application.proposed_price, application.currency, application.deliverables, application.application_message, application.booking_id],
    ['pending', 320, 'USD', ['One film', 'Three pictures'], 'For years', null]);
  assert.deepEqual([application.campaign.id, application.campaign.brand.id, application.creator.id, application.creator.user.id], [campaign.id, who.profile.id, seeker.profile.id, seeker.id]);
  assert.equal(application.campaign.applicants_count, 1);
  assert.match(answer.text, /"proposed_price":320\.00,/);
  assert.ok(!answer.text.includes(who.email) && !answer.text.includes(seeker.email));
  await refused(applyTo(seeker, campaign), 409, 'already_applied');
  assert.ok((await notices(who)).some(({ type, action_url: url }) => type === 'campaign' && url === `/brand/campaigns/${campaign.id}`));
  assert.deepEqual(await seeApplication(who, application), application);
  const { json } = await get(`/api/campaigns/${campaign.id}/applications`, { as: who, status: 200 });
  assert.deepEqual([json.applications, json.count, json.total], [[application], 1, 1]);
});

test('applications are listed newest first, by status and page', async () => {
  const who = await theBrand();
  const campaign = await makeCampaign(who);
  const made = [];
  for (const one of [await creator(), await creator(), await theCreator()]) made.unshift(await applied(one, campaign));
  const list = async (query) => (await get(`/api/campaigns/${campaign.id}/applications?${query}`, { as: who, status: 200 })).json;
  const ids = made.map(({ id }) => id);
  assert.deepEqual((await list('')).applications.map(({ id }) => id), ids);
  await decided(who, made[1], 'rejected');
  assert.deepEqual((await list('status=pending')).applications.map(({ id }) => id), [ids[0], ids[2]]);
  assert.deepEqual([(await list('status=rejected')).count, (await list('status=accepted')).count, (await list('status=no')).count], [1, 0, 0]);
  const page = await list('per_page=2&page=2');
  assert.deepEqual([page.applications.map(({ id }) => id), page.count, page.pages], [[ids[2]], 3, 2]);
  assert.deepEqual((await list('page=7')).applications, []);
  const empty = await makeCampaign(who);
  assert.deepEqual((await get(`/api/campaigns/${empty.id}/applications`, { as: who, status: 200 })).json, { applications: [], total: 0, pages: 0, current_page: 1, count: 0 });
  await get('/api/campaigns/999999999/applications', { as: who, status: 404 });
});

test('a page of many applications counts its campaign’s once, not with each', async () => {
  const who = await brand();
  const campaign = await makeCampaign(who);
  const [many, page] = [400, 40];
  await scratch(async (query) => {
    await query(`with u as (insert into users (email, password_hash, user_type)
        select 'applicant' || i || '@example.com', repeat('-', 60), 'creator' from generate_series(1, $2::int) i returning id),
      c as (insert into creator_profiles (user_id) select id from u returning id)
      insert into campaign_applications (campaign_id, creator_id, proposed_price_cents, currency, deliverables)
        select $1, id, 1000, 'USD', '{One film}' from c`, campaign.id, many);
    await query(`prepare listed (bigint, bigint, text, bigint, bigint) as ${readStatements().application_list.text}`);
    const [{ 'QUERY PLAN': [{ Plan }] }] = await query(`explain (analyze, timing off, format json) execute listed (${who.id}, ${campaign.id}, null, ${page}, 0)`);
    assert.equal(Plan['Actual Rows'], page);
    let read = 0;
    (function add({ 'Relation Name': table, 'Actual Rows': found, 'Actual Loops': times, 'Rows Removed by Filter': left = 0, Plans = [] }) {
      if (table === 'campaign_applications') read += (found + left) * times;
      Plans.forEach(add);
    })(Plan);
    // the campaign's count, the list's total, and the page
    assert.ok(read < 4 * many, `${read} rows were read of ${many}`);
  });
});

test('a creator sees where he applied, newest first, and nobody else’s', async () => {
  const [who, seeker, other] = [await theBrand(), await creator(), await creator()];
  const campaigns = [await makeCampaign(who), await makeCampaign(who), await makeCampaign(who)];
  const made = [];
  for (const campaign of campaigns) made.unshift(await applied(seeker, campaign));
  await applied(other, campaigns[0]);
  const list = async (query = '', as = seeker) => (await get(`/api/campaigns/applications?${query}`, { as, status: 200 })).json;
  assert.deepEqual((await list()).applications.map(({ id }) => id), made.map(({ id }) => id));
  assert.equal((await list('', other)).total, 1);
  assert.deepEqual((await list(`campaign_id=${campaigns[1].id}`)).applications.map(({ id }) => id), [made[1].id]);
  assert.deepEqual((await list('per_page=2&page=2')).applications.map(({ id }) => id), [made[2].id]);
  await decided(who, made[0], 'rejected');
  assert.deepEqual((await list('status=rejected')).applications.map(({ id }) => id), [made[0].id]);
  assert.equal((await list('status=no')).total, 0);
  await get('/api/campaigns/applications?campaign_id=x', { as: seeker, status: 422 });
  await get('/api/campaigns/applications', { as: who, status: 403 });
  await get('/api/campaigns/applications', { status: 401 });
  await del(`/api/campaigns/${campaigns[2].id}`, { as: who, status: 200 });
  assert.deepEqual((await list()).applications.map(({ id }) => id), [made[1].id, made[2].id]);
});

test('bad applications are refused by the field, and those to campaigns that take none', async () => {
  const [who, seeker] = [await theBrand(), await theCreator()];
  const campaign = await makeCampaign(who);
  for (const [extra, name] of [[{ proposed_price: 0 }, 'proposed_price'], [{ proposed_price: undefined }, 'proposed_price'], [{ deliverables: [] }, 'deliverables'],
    [{ deliverables: undefined }, 'deliverables'], [{ deliverables: [''] }, 'deliverables'], [{ deliverables: 'film' }, 'deliverables'],
    [{ duration_days: 0 }, 'duration_days'], [{ message: 7 }, 'message'], [{ status: 'accepted' }, 'status'], [{ creator_id: 1 }, 'creator_id']]) {
    const { json } = await applyTo(seeker, campaign, extra, { status: 422 });
    assert.deepEqual(Object.keys(json.fields), [name]);
  }
  for (const status of ['paused', 'completed', 'cancelled']) {
    const one = await makeCampaign(who);
    await change(who, one, { status }, { status: 200 });
    await refused(applyTo(seeker, one), 409, 'campaign_not_active');
  }
  await refused(applyTo(seeker, { id: 999999999 }), 404, 'not_found');
  assert.equal((await see(who, campaign)).applicants_count, 0);
});

test('an accepted application is a booking that waits for payment, and goes its way to the end', async () => {
  const [who, seeker] = [await brand(), await creator()];
  const campaign = await makeCampaign(who);
  const application = await applied(seeker, campaign, { proposed_price: 200.05, duration_days: 9 });
  const accepted = await decided(who, application, 'accepted');
  assert.equal(accepted.status, 'accepted');
  const booking = await seeBooking(who, accepted.booking_id);
  assert.deepEqual([booking.state, booking.amount, booking.fee, booking.package_id, booking.package, booking.campaign_id, booking.creator_id, booking.revisions_allowed],
    ['awaiting_payment', 200.05, 20.01, null, null, campaign.id, seeker.profile.id, seeker.profile.free_revisions]);
  const kept = await row('select title, expected_deliverables, duration_days, timer_at from bookings where id = $1', booking.id);
  assert.deepEqual([kept.title, kept.expected_deliverables, kept.duration_days], [campaign.title, application.deliverables, 9]);
  assert.ok(kept.timer_at);
  assert.deepEqual(await rows('select act, actor, user_id, to_state from booking_log where booking_id = $1', booking.id), [{ act: 'book', actor: 'brand', user_id: who.id, to_state: 'awaiting_payment' }]);
  await mailed(seeker.email, /accepted your application/);
  assert.ok((await notices(seeker)).some(({ action_url: url }) => url === `/bookings/${booking.id}`));

  await pay(who, booking.id);
  await refused(decide(who, application, 'rejected'), 409, 'wrong_state');
  await act(seeker, booking.id, 'deliver', { body: { note: 'https://example.com/film' } });
  await act(who, booking.id, 'approve');
  assert.deepEqual(await moneyOf(booking.id), { gateway: -20005, creator_payable: 18004, platform_fee: 2001 });
  await refused(decide(who, application, 'rejected'), 409, 'wrong_state');
  await decided(who, application, 'accepted');
  assert.equal((await bookingsOf(campaign)).length, 1);
  await checkLedger();
});

test('work without a said length is due when the campaign ends', async () => {
  const who = await theBrand();
  for (const [end, days] of [[at(10.5), 11], [at(0.1), 1], [at(2000), 365]]) {
    const one = await makeCampaign(who, { start_date: at(-1), end_date: end });
    const { booking_id: id } = await decided(who, await applied(await theCreator(), one), 'accepted');
    assert.equal(await value('select duration_days from bookings where id = $1', id), days);
  }
});

test('rejecting is final; rejecting what was accepted takes the booking back while nobody has paid', async () => {
  const [who, seeker] = [await theBrand(), await creator()];
  const campaign = await makeCampaign(who);
  const first = await applied(seeker, campaign);
  await decided(who, first, 'rejected');
  await decided(who, first, 'rejected');
  await refused(decide(who, first, 'accepted'), 409, 'wrong_state');
  assert.ok((await notices(seeker)).some(({ type, action_url: url }) => type === 'campaign' && url === `/creator/campaigns/${campaign.id}`));
  assert.deepEqual(await bookingsOf(campaign), []);

  const second = await applied(await creator(), campaign);
  const { booking_id: id } = await decided(who, second, 'accepted');
  assert.equal((await decided(who, second, 'rejected')).status, 'rejected');
  assert.equal((await seeBooking(who, id)).state, 'cancelled');
  await refused(decide(who, second, 'accepted'), 409, 'wrong_state');
  for (const wrong of ['pending', '', 'Accepted', 7, null]) {
    const { json } = await decide(who, second, wrong, { status: 422 });
    assert.deepEqual(Object.keys(json.fields), ['status']);
  }
});

test('an accepted application whose booking ends unpaid may be accepted again, unless its creator declined', async () => {
  const who = await theBrand();
  const campaign = await makeCampaign(who);
  const seeker = await creator();
  const application = await applied(seeker, campaign);
  const accept = async () => (await decided(who, application, 'accepted')).booking_id;
  const status = async () => (await seeApplication(who, application)).status;
  await act(who, await accept(), 'withdraw');
  assert.equal(await status(), 'pending');
  await expireUnpaid(await accept());
  assert.equal(await status(), 'pending');
  await act(seeker, await accept(), 'decline');
  assert.equal(await status(), 'rejected');
  await refused(decide(who, application, 'accepted'), 409, 'wrong_state');
  assert.deepEqual((await bookingsOf(campaign)).map(({ state }) => state), ['cancelled', 'expired', 'rejected']);
});

test('applications are decided while the campaign is open or paused, and not after', async () => {
  const who = await theBrand();
  for (const [status, good] of [['paused', true], ['completed', false], ['cancelled', false]]) {
    const campaign = await makeCampaign(who);
    const application = await applied(await theCreator(), campaign);
    await change(who, campaign, { status }, { status: 200 });
    const answer = await decide(who, application, 'accepted');
    assert.deepEqual([answer.status, answer.json.code], good ? [200, undefined] : [409, 'campaign_not_active']);
    assert.equal((await bookingsOf(campaign)).length, good ? 1 : 0);
    assert.equal((await seeApplication(who, application)).status, good ? 'accepted' : 'pending');
    if (!good) await decided(who, application, 'rejected');
  }
});

// ---- packages ----

test('a package put into a campaign is booked; taken back before payment, nothing of it is left', async () => {
  const [who, seller] = [await brand(), await creator()];
  const campaign = await makeCampaign(who, { status: 'draft' });
  const bought = await makePackage(seller, { price: 80 });
  const { json } = await add(who, campaign, bought, { status: 200 });
  assert.deepEqual([json.package.id, json.package.creator.id, json.collaboration], [bought.id, seller.profile.id, null]);
  const booking = await seeBooking(who, json.booking_id);
  assert.deepEqual([booking.state, booking.amount, booking.package_id, booking.campaign_id], ['awaiting_payment', 80, bought.id, campaign.id]);
  assert.equal(await value('select title from bookings where id = $1', booking.id), bought.title);
  assert.deepEqual((await packagesOf(who, campaign)).packages.map(({ id }) => id), [bought.id]);
  const seen = await see(who, campaign);
  assert.deepEqual([seen.packages_count, seen.packages.map(({ id }) => id)], [1, [bought.id]]);
  assert.equal(seen.packages[0].booking_id, booking.id);
  await refused(add(who, campaign, bought), 409, 'already_in_campaign');

  await remove(who, campaign, bought, { status: 200 });
  assert.equal((await seeBooking(who, booking.id)).state, 'cancelled');
  assert.deepEqual(await packagesOf(who, campaign), { packages: [], total: 0, pages: 0, current_page: 1, count: 0 });
  await remove(who, campaign, bought, { status: 404 });
  const again = (await add(who, campaign, bought, { status: 200 })).json.booking_id;
  // by the booking's own ways it leaves the campaign too
  await act(seller, again, 'decline');
  assert.equal((await see(who, campaign)).packages_count, 0);
});

test('a paid package stays in its campaign, and its booking goes to the end', async () => {
  const [who, seller] = [await brand(), await theCreator()];
  const campaign = await makeCampaign(who);
  const bought = await makePackage(seller);
  const { booking_id: id } = (await add(who, campaign, bought, { status: 200 })).json;
  await pay(who, id);
  await refused(remove(who, campaign, bought), 409, 'wrong_state');
  await act(seller, id, 'deliver');
  await act(who, id, 'approve');
  await refused(remove(who, campaign, bought), 409, 'wrong_state');
  assert.deepEqual((await packagesOf(undefined, campaign)).packages.map(({ id: one }) => one), [bought.id]);
  // whose booking it is, its two sides alone are told
  for (const [as, told] of [[who, id], [seller, id], [undefined, null], [await brand(), null], [await creator(), null]]) {
    assert.deepEqual((await packagesOf(as, campaign)).packages.map((one) => one.booking_id), [told]);
  }

  const cancelled = await makePackage(seller);
  const { booking_id: other } = (await add(who, campaign, cancelled, { status: 200 })).json;
  await pay(who, other);
  await act(who, other, 'cancel');
  await remove(who, campaign, cancelled, { status: 200 });
  assert.equal((await packagesOf(who, campaign)).count, 1);
  await checkLedger();
});

test('a creator who wants to be asked first is asked', async () => {
  const [who, seller] = [await theBrand(), await theCreator()];
  const campaign = await makeCampaign(who);
  const bought = await makePackage(seller, { instant: false });
  const { booking_id: id } = (await add(who, campaign, bought, { status: 200 })).json;
  assert.equal((await seeBooking(who, id)).state, 'requested');
  await act(seller, id, 'accept');
  assert.equal((await seeBooking(who, id)).state, 'awaiting_payment');
  await remove(who, campaign, bought, { status: 200 });
  assert.equal((await seeBooking(who, id)).state, 'cancelled');
});

test('what cannot be booked cannot be put into a campaign', async () => {
  const [who, seller] = [await theBrand(), await creator()];
  const campaign = await makeCampaign(who);
  await refused(add(who, campaign, 999999999), 404, 'package_not_found');
  await refused(add(who, campaign, await makePackage(seller, { is_active: false })), 404, 'package_not_found');
  const bought = await makePackage(seller);
  for (const wrong of [undefined, 'x', 0, -1, 1.5, null]) {
    const { json } = await post(`/api/campaigns/${campaign.id}/packages`, { package_id: wrong }, { as: who, status: 422 });
    assert.deepEqual(Object.keys(json.fields), ['package_id']);
  }
  await book(who, bought);
  await refused(add(who, campaign, bought), 409, 'already_booked');
  await put('/api/creators/profile', { availability_status: 'unavailable' }, { as: seller, status: 200 });
  await refused(add(who, campaign, await makePackage(seller)), 409, 'creator_unavailable');
  for (const status of ['completed', 'cancelled']) {
    const over = await makeCampaign(who);
    await change(who, over, { status }, { status: 200 });
    await refused(add(who, over, await makePackage(await theCreator())), 409, 'campaign_not_active');
  }
  assert.deepEqual((await packagesOf(who, campaign)).packages, []);
  assert.deepEqual(await bookingsOf(campaign), []);
});

test('a campaign taken away takes its unpaid bookings along, and paid ones go on', async () => {
  const [who, seller] = [await brand(), await theCreator()];
  const campaign = await makeCampaign(who);
  const kept = (await add(who, campaign, await makePackage(seller), { status: 200 })).json.booking_id;
  await pay(who, kept);
  const dropped = (await add(who, campaign, await makePackage(seller), { status: 200 })).json.booking_id;
  const application = await decided(who, await applied(seller, campaign), 'accepted');
  await del(`/api/campaigns/${campaign.id}`, { as: who, status: 200 });
  await del(`/api/campaigns/${campaign.id}`, { as: who, status: 404 });
  for (const path of ['', '/packages', '/applications', `/applications/${application.id}`]) await get(`/api/campaigns/${campaign.id}${path}`, { as: who, status: 404 });
  await change(who, campaign, { title: 'Back' }, { status: 404 });
  await refused(applyTo(await creator(), campaign), 404, 'not_found');
  const states = await Promise.all([kept, dropped, application.booking_id].map(async (id) => (await seeBooking(who, id)).state));
  assert.deepEqual(states, ['accepted', 'cancelled', 'cancelled']);
  assert.equal((await seeBooking(who, kept)).campaign.title, campaign.title);
  await refused(post('/api/bookings', { package_id: (await makePackage(seller)).id, campaign_id: campaign.id }, { as: who }), 404, 'campaign_not_found');
  await act(seller, kept, 'deliver');
  await act(who, kept, 'approve');
  await checkLedger();
});

// ---- many at once ----

const many = (ask) => Promise.all(Array.from({ length: 20 }, (_, n) => ask(n)));
const said = (answers) => answers.map(({ status, json }) => json.code ?? status).sort();

test('of twenty applications at once one is made', async () => {
  const [who, seeker] = [await theBrand(), await creator()];
  const campaign = await makeCampaign(who);
  const answers = await many(() => applyTo(seeker, campaign));
  assert.deepEqual(said(answers), [201, ...Array(19).fill('already_applied')]);
  assert.equal((await see(who, campaign)).applicants_count, 1);
});

test('accepted twenty times at once, an application opens one booking', async () => {
  const who = await theBrand();
  const campaign = await makeCampaign(who);
  const application = await applied(await theCreator(), campaign);
  const answers = await many(() => decide(who, application, 'accepted'));
  assert.deepEqual(said(answers), Array(20).fill(200));
  assert.equal(new Set(answers.map(({ json }) => json.application.booking_id)).size, 1);
  assert.equal((await bookingsOf(campaign)).length, 1);
});

test('accepted, rejected and withdrawn at once, application and booking agree in the end', async () => {
  const who = await theBrand();
  const campaign = await makeCampaign(who);
  const application = await applied(await theCreator(), campaign);
  const { booking_id: id } = await decided(who, application, 'accepted');
  const answers = await many((n) => (n % 4 === 0 ? post(`/api/bookings/${id}/acts`, { act: 'withdraw' }, { as: who })
    : decide(who, application, n % 2 ? 'accepted' : 'rejected')));
  for (const { status, text } of answers) assert.ok([200, 409].includes(status), text);
  const { status } = await seeApplication(who, application);
  const live = (await bookingsOf(campaign)).filter(({ state }) => state === 'awaiting_payment');
  assert.equal(live.length, status === 'accepted' ? 1 : 0);
});

test('a package put in and taken out twenty times at once is in it once or not at all', async () => {
  const who = await theBrand();
  const campaign = await makeCampaign(who);
  const bought = await makePackage(await theCreator());
  const first = await many(() => add(who, campaign, bought));
  assert.deepEqual(said(first), [200, ...Array(19).fill('already_in_campaign')]);
  const mixed = await many((n) => (n % 2 ? add(who, campaign, bought) : remove(who, campaign, bought)));
  for (const { status, text } of mixed) assert.ok([200, 404, 409].includes(status), text);
  const { count } = await packagesOf(who, campaign);
  const open = (await bookingsOf(campaign)).filter(({ state }) => state === 'awaiting_payment');
  assert.equal(open.length, count);
});
