// The first version's clients, unchanged: their calls in their order, each path
// with and without a slash at its end, and every field that they were promised.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call, send } from './support/client.mjs';
import { rows } from './support/db.mjs';
import { env } from './support/env.mjs';
import { onThePage } from './support/gateway.mjs';
import { codeFor, mailed } from './support/mail.mjs';
import { PASSWORD, address, unique } from './support/people.mjs';
import { form, png } from './support/pictures.mjs';
import { until } from './support/wait.mjs';

// ---- shapes: each field with its type; `?` may be null ----

const MICRO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;
const kinds = {
  int: Number.isInteger,
  num: (v) => typeof v === 'number' && Number.isFinite(v),
  str: (v) => typeof v === 'string',
  bool: (v) => typeof v === 'boolean',
  time: (v) => typeof v === 'string' && MICRO.test(v),
  path: (v) => typeof v === 'string' && v.startsWith('/uploads/'),
  texts: (v) => Array.isArray(v) && v.every((one) => typeof one === 'string'),
  list: Array.isArray,
  object: (v) => v !== null && typeof v === 'object' && !Array.isArray(v),
};

// Fields that a value lacks, or has of another type.  A field's type is a word,
// another shape, or a list of one.
function lacks(shape, value, where = 'answer') {
  if (typeof shape === 'string') {
    const kind = shape.replace('?', '');
    return (value === null && kind !== shape) || kinds[kind](value) ? [] : [`${where} is ${JSON.stringify(value)}, no ${shape}`];
  }
  if (Array.isArray(shape)) {
    if (!Array.isArray(value)) return [`${where} is no list`];
    return value.flatMap((one, n) => lacks(shape[0], one, `${where}[${n}]`));
  }
  if (!kinds.object(value)) return [`${where} is ${JSON.stringify(value)}, no object`];
  return Object.entries(shape).flatMap(([name, field]) => lacks(field, value[name], `${where}.${name}`));
}

const fields = (text) => Object.fromEntries(text.trim().split(/\s+/).map((one) => one.split(':')));
const stamps = 'created_at:time updated_at:time';
const page = (plural, shape) => ({ [plural]: [shape], ...fields('total:int pages:int current_page:int') });

// One's own; of others neither address nor what they did last.
const user = fields(`id:int email:str user_type:str is_verified:bool is_active:bool last_login:time? ${stamps}`);
const other = fields('id:int user_type:str is_verified:bool created_at:time');
const creatorProfile = fields(`id:int user_id:int bio:str? profile_picture:str? portfolio_url:str? location:str? categories:texts
  languages:texts social_links:object follower_count:int engagement_rate:num availability_status:str success_stories:str?
  free_revisions:int revision_fee:num username:str? gallery:texts ${stamps}`);
const creator = { ...creatorProfile, user: other };
const brandProfile = fields(`id:int user_id:int company_name:str logo:str? website:str? description:str? industry:str? location:str?
  company_size:str? social_links:object verified_status:bool ${stamps}`);
const brand = { ...brandProfile, user: other };
const ware = fields(`id:int creator_id:int title:str description:str price:num duration_days:int deliverables:texts category:str is_active:bool ${stamps}`);
const wareOf = { ...ware, creator };
const campaign = fields(`id:int brand_id:int title:str description:str objectives:str? budget:num start_date:time end_date:time status:str
  requirements:object category:str packages_count:int applicants_count:int ${stamps}`);
const campaignOf = { ...campaign, brand };
const application = { ...fields(`id:int campaign_id:int creator_id:int status:str application_message:str? proposed_price:num deliverables:texts
  applied_at:time updated_at:time`), campaign: campaignOf, creator };
const booking = { ...fields(`id:int package_id:int creator_id:int brand_id:int campaign_id:int? status:str booking_date:time completion_date:time?
  amount:num payment_status:str payment_reference:str? notes:str? ${stamps}`), package: ware, creator, brand };
const deliverable = fields(`id:int title:str url:str description:str? submitted_at:time type:str? status:str approved_at:time? revision_notes:str?
  revision_requested_at:time?`);
const revision = fields('deliverable_id:int deliverable_title:str notes:str requested_at:time is_paid:bool fee:num');
const collaboration = { ...fields(`id:int collaboration_type:str campaign_application_id:int? booking_id:int? brand_id:int creator_id:int title:str
  description:str? amount:num status:str progress_percentage:int deliverables:texts total_revisions_used:int paid_revisions:int
  start_date:time expected_completion_date:time? actual_completion_date:time? last_update_date:time? notes:str? last_update:str? ${stamps}`),
submitted_deliverables: [deliverable], draft_deliverables: [deliverable], revision_requests: [revision], brand, creator };
const review = { ...fields(`id:int brand_id:int creator_id:int collaboration_id:int rating:int title:str? comment:str communication_rating:int?
  quality_rating:int? professionalism_rating:int? timeliness_rating:int? would_recommend:bool creator_response:str? creator_response_date:time?
  ${stamps}`), brand, creator, collaboration: fields('id:int title:str collaboration_type:str') };
const message = fields('id:int sender_id:int receiver_id:int booking_id:int? content:str is_read:bool attachment_url:str? created_at:time');
const notification = fields('id:int user_id:int type:str title:str message:str is_read:bool action_url:str? created_at:time');
const said = fields('message:str');

// ---- a client ----

// Of every other call the path ends in a slash; what is read is read both ways,
// and is the same unless others change it meanwhile.
let calls = 0;
async function api(method, path, { body, as, status = 200, shape = said, shared = false, ...options } = {}) {
  const [plain, query] = path.split('?');
  const ask = async (slash) => {
    const { json } = await call(method, `/api${plain}${slash ? '/' : ''}${query ? `?${query}` : ''}`, { body, as, status, ...options });
    assert.deepEqual(lacks(shape, json), [], `${method} ${path}`);
    return json;
  };
  calls += 1;
  const json = await ask(calls % 2 === 0);
  if (method === 'GET') {
    const again = await ask(calls % 2 === 1);
    if (!shared && status === 200) assert.deepEqual(again, json);
  }
  return json;
}

// What is refused says so in `error`, which the client shows as it is.
async function refused(method, path, status, options = {}) {
  const { error } = await api(method, path, { status, shape: fields('error:str'), ...options });
  assert.ok(error.length > 0);
}

async function signUp(kind, profile, more = {}) {
  const email = address(kind);
  const registered = await api('POST', `/auth/register/${kind}`, { body: { email, password: PASSWORD, ...more }, status: 201,
    shape: { ...said, user, requires_verification: 'bool' } });
  assert.deepEqual([registered.user.email, registered.requires_verification], [email, true]);
  const code = await codeFor(email);
  const verified = await api('POST', '/auth/verify-otp', { body: { email, code }, shape: { ...said, user } });
  assert.equal(verified.user.is_verified, true);
  const opened = await api('POST', '/auth/login', { body: { email, password: PASSWORD },
    shape: { access_token: 'str', refresh_token: 'str', user, profile } });
  return { email, ...opened.user, profile: opened.profile, access: opened.access_token, refresh: opened.refresh_token };
}

const sendFile = (path, as, shape) => api('POST', path, { as, body: form(png(64, 64)), headers: { 'content-type': 'multipart/form-data; boundary=XyZ' }, shape });

const people = {};
const things = {};

// ---- the story, in the order of the client's pages; each test needs those before ----

test('a creator signs up, logs in and fills the profile', async () => {
  const who = await signUp('creator', creatorProfile);
  people.creator = who;
  const { access_token: renewed } = await api('POST', '/auth/refresh', { as: who.refresh, shape: { access_token: 'str' } });
  await api('GET', '/auth/me', { as: renewed, shape: { user, profile: creatorProfile } });
  const seen = await api('GET', '/creators/profile', { as: who, shape: creator });
  // what the edit form sends: all of its fields, the untouched ones as they came
  const sent = { ...Object.fromEntries(['bio', 'profile_picture', 'portfolio_url', 'location', 'availability_status', 'success_stories'].map((name) => [name, seen[name] ?? ''])),
    bio: 'Food from Bulawayo', location: 'Bulawayo', categories: ['Food & Cooking', 'Travel'], languages: ['English', 'Ndebele'], follower_count: 18400, engagement_rate: 4.2,
    social_links: { instagram: unique('tari'), tiktok: '', youtube: '', twitter: '' } };
  const { creator: changed } = await api('PUT', '/creators/profile', { as: who, body: sent, shape: { ...said, creator } });
  for (const name of ['bio', 'location', 'categories', 'languages', 'follower_count', 'engagement_rate']) assert.deepEqual(changed[name], sent[name], name);
  assert.equal(changed.social_links.instagram, sent.social_links.instagram);
  const { profile_picture: picture } = await sendFile('/creators/profile/picture', who, { ...said, profile_picture: 'path' });
  assert.equal((await send('GET', env.BASE_URL + picture)).status, 200);
  await sendFile('/creators/profile/gallery', who, { ...said, image_path: 'path', gallery: ['path'] });
  assert.deepEqual((await api('DELETE', '/creators/profile/gallery/0', { as: who, shape: { ...said, gallery: 'texts' } })).gallery, []);
  const { user: mine } = await api('GET', '/users/profile', { as: who, shape: { user, profile: creatorProfile } });
  await api('PUT', '/users/profile', { as: who, body: { email: mine.email, bio: 'Food and travel' }, shape: { ...said, user, profile: creatorProfile } });
});

test('the creator sells a package, which anybody finds', async () => {
  const { creator: who } = people;
  const body = { title: 'Three reels', description: 'About your product', price: 150, duration_days: 7, category: 'Content Creation', deliverables: ['Three reels', 'One story'] };
  const { package: made } = await api('POST', '/packages', { as: who, body, status: 201, shape: { ...said, package: ware } });
  things.package = made;
  const own = await api('GET', '/packages?my_packages=true', { as: who, shape: { packages: [ware], total: 'int' } });
  assert.deepEqual([own.total, own.packages.map(({ id }) => id)], [1, [made.id]]);
  for (const active of [false, true]) {
    const { package: changed } = await api('PUT', `/packages/${made.id}`, { as: who, body: { is_active: active }, shape: { ...said, package: ware } });
    assert.equal(changed.is_active, active);
  }
  const bare = await api('GET', `/packages/${made.id}`, { shape: wareOf });
  assert.deepEqual([bare.price, bare.creator.user.id], [150, who.id]);
  await api('PUT', `/packages/${made.id}`, { as: who, body: { ...body, price: 160 }, shape: { ...said, package: ware } });
  await api('PUT', `/packages/${made.id}`, { as: who, body, shape: { ...said, package: ware } });
  const spare = await api('POST', '/packages', { as: who, body, status: 201, shape: { ...said, package: ware } });
  await api('DELETE', `/packages/${spare.package.id}`, { as: who });

  for (const query of ['per_page=20', 'category=Travel&location=awayo&min_followers=1000&page=1&per_page=12', 'search=travel', 'platform=instagram']) {
    await api('GET', `/creators?${query}`, { shared: true, shape: page('creators', { ...creator, review_stats: fields('average_rating:num total_reviews:int'), cheapest_package_price: 'num?' }) });
  }
  await api('GET', `/creators/${who.profile.id}`, { shape: creator });
  for (const query of [`creator_id=${who.profile.id}`, 'category=Content%20Creation&min_price=100&max_price=200&page=1&per_page=12', 'per_page=100', 'search=reels']) {
    const found = await api('GET', `/packages?${query}`, { shared: true, shape: page('packages', wareOf) });
    assert.ok(found.packages.every(({ is_active: active }) => active));
  }
  const none = await api('GET', `/packages?creator_id=${who.profile.id}&page=9`, { shape: page('packages', wareOf) });
  assert.deepEqual([none.packages, none.total, none.pages, none.current_page], [[], 1, 1, 9]);
});

test('a brand signs up, fills its profile and saves the creator', async () => {
  const who = await signUp('brand', brandProfile, { company_name: 'Mazoe Foods' });
  people.brand = who;
  await api('GET', '/brands/profile', { as: who, shape: brand });
  const sent = { company_name: 'Mazoe Foods', description: 'Drinks and jams', website: 'https://example.com', industry: 'Food', company_size: '11-50', location: 'Harare',
    social_links: { facebook: 'mazoe', twitter: '', linkedin: '', instagram: '' } };
  const { brand: changed } = await api('PUT', '/brands/profile', { as: who, body: sent, shape: { ...said, brand } });
  for (const name of ['company_name', 'description', 'website', 'industry', 'company_size', 'location']) assert.equal(changed[name], sent[name], name);
  const { logo } = await sendFile('/brands/profile/logo', who, { ...said, logo: 'path' });
  assert.equal((await api('GET', `/brands/${who.profile.id}`, { shape: brand })).logo, logo);

  const { id } = people.creator.profile;
  const saved = () => api('GET', '/brands/saved-creators', { as: who, shape: { creators: [creator] } });
  assert.deepEqual((await saved()).creators, []);
  for (const status of [201, 200]) await api('POST', `/brands/saved-creators/${id}`, { as: who, status });
  assert.deepEqual((await saved()).creators.map((one) => one.id), [id]);
  await api('DELETE', `/brands/saved-creators/${id}`, { as: who });
  await refused('DELETE', `/brands/saved-creators/${id}`, 404, { as: who });
});

test('the brand plans a campaign, the creator applies', async () => {
  const { brand: buyer, creator: seller } = people;
  const body = { title: 'Winter', description: 'Warm drinks', objectives: 'To be seen', budget: 2500, start_date: '2027-06-01T00:00:00.000Z', end_date: '2027-07-31T00:00:00.000Z',
    category: 'Food & Beverage', requirements: { platforms: ['instagram'] }, status: 'draft' };
  const one = { ...said, campaign };
  const { campaign: made } = await api('POST', '/campaigns', { as: buyer, body, status: 201, shape: one });
  assert.deepEqual([made.start_date, made.end_date].map((at) => new Date(at).toISOString()), [body.start_date, body.end_date]);
  const changed = await api('PUT', `/campaigns/${made.id}`, { as: buyer, body: { ...body, status: 'active' }, shape: one });
  assert.equal(changed.campaign.status, 'active');
  for (const query of ['', '?status=active&page=1&per_page=10']) await api('GET', `/campaigns${query}`, { as: buyer, shape: page('campaigns', campaign) });
  const browsed = () => api('GET', '/campaigns/browse?category=Food%20%26%20Beverage&page=1&per_page=100', { as: seller, shared: true, shape: page('campaigns', { ...campaignOf, has_applied: 'bool' }) });
  const isApplied = async () => (await browsed()).campaigns.find(({ id }) => id === made.id).has_applied;
  assert.equal(await isApplied(), false);
  await api('GET', `/campaigns/${made.id}`, { as: seller, shape: { ...campaignOf, packages: 'list' } });

  const applying = { proposed_price: 320, deliverables: ['One film'], message: 'With pleasure' };
  const { application: sent } = await api('POST', `/campaigns/${made.id}/apply`, { as: seller, body: applying, status: 201, shape: { ...said, application } });
  assert.deepEqual([sent.status, sent.application_message, sent.proposed_price], ['pending', 'With pleasure', 320]);
  assert.equal(await isApplied(), true);
  const { count, applications } = await api('GET', `/campaigns/${made.id}/applications`, { as: buyer, shape: { applications: [application], count: 'int' } });
  assert.deepEqual([count, applications[0].id], [1, sent.id]);
  await api('GET', `/campaigns/${made.id}/applications/${sent.id}`, { as: buyer, shape: application });
  await api('PATCH', `/campaigns/${made.id}/applications/${sent.id}`, { as: buyer, body: { status: 'rejected' } });

  const { package: put } = await api('POST', `/campaigns/${made.id}/packages`, { as: buyer, body: { package_id: things.package.id }, shape: { ...said, package: ware } });
  assert.equal(put.id, things.package.id);
  const within = await api('GET', `/campaigns/${made.id}/packages`, { as: buyer, shape: { packages: [ware], count: 'int' } });
  assert.deepEqual([within.count, within.packages[0].id], [1, put.id]);
  assert.equal((await api('GET', `/campaigns/${made.id}`, { shape: { ...campaignOf, packages: [ware] } })).packages_count, 1);
  await api('DELETE', `/campaigns/${made.id}/packages/${put.id}`, { as: buyer });
  await api('DELETE', `/campaigns/${made.id}`, { as: buyer });
});

test('the brand books the package and pays on the gateway’s page', async () => {
  const { brand: buyer, creator: seller } = people;
  const made = await api('POST', '/bookings', { as: buyer, body: { package_id: things.package.id, message: 'For our launch' }, status: 201,
    shape: { ...said, booking, payment: fields('success:bool redirect_url:str poll_url:str instructions:str?') } });
  const { id } = things.booking = made.booking;
  assert.deepEqual([made.booking.status, made.booking.payment_status, made.booking.amount, made.booking.notes, made.payment.success], ['pending', 'pending', 150, 'For our launch', true]);
  const status = (as) => api('GET', `/bookings/${id}/payment-status`, { as, shape: fields('success:bool paid:bool status:str reference:str? amount:num') });
  assert.equal((await status(buyer)).paid, false);
  await onThePage(made.payment.redirect_url, 'pay');
  await until('the booking to be paid', async () => (await call('GET', `/api/bookings/${id}/payment-status`, { as: buyer, status: 200 })).json.paid);
  assert.deepEqual([(await status(seller)).success, (await status(seller)).status], [true, 'paid']);
  for (const as of [buyer, seller]) {
    const bare = await api('GET', `/bookings/${id}`, { as, shape: booking });
    assert.deepEqual([bare.status, bare.payment_status, typeof bare.payment_reference], ['accepted', 'paid', 'string']);
    const listed = await api('GET', '/bookings?page=1&per_page=10', { as, shape: page('bookings', { ...booking, package_id: 'int?', package: 'object?' }) });
    assert.ok(listed.bookings.some((one) => one.id === id));
  }
  const { booking: again } = await api('PUT', `/bookings/${id}/status`, { as: seller, body: { status: 'accepted' }, shape: { ...said, booking } });
  assert.equal(again.status, 'accepted');
});

test('the creator works and delivers, the brand asks for a change and approves', async () => {
  const { brand: buyer, creator: seller } = people;
  for (const query of ['', '?status=in_progress&type=package&page=1&per_page=10']) {
    const listed = await api('GET', `/collaborations${query}`, { as: seller, shape: page('collaborations', collaboration) });
    things.work = listed.collaborations.find((one) => one.booking_id === things.booking.id);
    assert.equal(things.work.status, 'in_progress');
  }
  const { id } = things.work;
  const one = { ...said, collaboration };
  for (const as of [buyer, seller]) await api('GET', `/collaborations/${id}`, { as, shape: collaboration });
  const told = await api('PATCH', `/collaborations/${id}/progress`, { as: seller, body: { progress_percentage: 40, update: 'First cut', notes: 'By Friday' }, shape: one });
  assert.deepEqual([told.collaboration.progress_percentage, told.collaboration.last_update, told.collaboration.notes], [40, 'First cut', 'By Friday']);

  const sent = { ...one, deliverable };
  const draft = await api('POST', `/collaborations/${id}/deliverables/draft`, { as: seller, body: { title: 'Three reels', url: 'https://example.com/cut', description: '', type: 'video' }, status: 201, shape: sent });
  assert.equal(draft.collaboration.draft_deliverables.length, 1);
  const asked = await api('POST', `/collaborations/${id}/deliverables/${draft.deliverable.id}/request-revision`, { as: buyer, body: { notes: 'Brighter' }, shape: { ...one, revision_request: revision } });
  assert.deepEqual([asked.revision_request.notes, asked.collaboration.total_revisions_used], ['Brighter', 1]);
  const first = await api('POST', `/collaborations/${id}/deliverables`, { as: seller, body: { title: 'Three reels', url: 'https://example.com/reels', description: 'All three', type: 'video' }, status: 201, shape: sent });
  const approved = await api('POST', `/collaborations/${id}/deliverables/${first.deliverable.id}/approve`, { as: buyer, shape: one });
  assert.equal(approved.collaboration.progress_percentage, 50);
  const second = await api('POST', `/collaborations/${id}/deliverables`, { as: seller, body: { title: 'One story', url: 'https://example.com/story', description: '', type: '' }, status: 201, shape: sent });
  assert.equal(second.collaboration.submitted_deliverables.length, 2);
  const done = await api('PATCH', `/collaborations/${id}/complete`, { as: buyer, shape: one });
  assert.deepEqual([done.collaboration.status, done.collaboration.progress_percentage], ['completed', 100]);
  assert.ok(kinds.time(done.collaboration.actual_completion_date));
  const paid = await api('GET', `/bookings/${things.booking.id}`, { as: buyer, shape: booking });
  assert.deepEqual([paid.status, kinds.time(paid.completion_date)], ['completed', true]);
});

test('the brand reviews, the creator answers', async () => {
  const { brand: buyer, creator: seller } = people;
  const body = { collaboration_id: things.work.id, rating: 5, title: 'On time', comment: 'Two days early', communication_rating: 4, quality_rating: 5, professionalism_rating: 5,
    timeliness_rating: 5, would_recommend: true };
  const one = { ...said, review };
  const { review: made } = await api('POST', '/reviews', { as: buyer, body, status: 201, shape: one });
  await api('GET', '/reviews/brand?page=1&per_page=10', { as: buyer, shape: page('reviews', review) });
  await rows('select review_show(array[$1::bigint])', things.work.id); // seven days on
  await api('GET', `/reviews/${made.id}`, { shape: review });
  const averages = fields('overall:num communication:num? quality:num? professionalism:num? timeliness:num?');
  const listed = await api('GET', `/reviews/creator/${seller.profile.id}?page=1&per_page=10`, { shape: { ...page('reviews', review), average_ratings: averages } });
  assert.deepEqual([listed.total, listed.average_ratings], [1, { overall: 5, communication: 4, quality: 5, professionalism: 5, timeliness: 5 }]);
  const { review: answered } = await api('PATCH', `/reviews/${made.id}/response`, { as: seller, body: { response: 'A pleasure' }, shape: one });
  assert.deepEqual([answered.creator_response, kinds.time(answered.creator_response_date)], ['A pleasure', true]);
});

test('they write to each other, and hear of all that happened', async () => {
  const { brand: buyer, creator: seller } = people;
  const { data } = await api('POST', '/messages', { as: buyer, body: { receiver_id: seller.id, content: 'Thank you', booking_id: things.booking.id }, status: 201, shape: { ...said, data: message } });
  await api('POST', '/messages', { as: seller, body: { receiver_id: buyer.id, content: 'My pleasure' }, status: 201, shape: { ...said, data: message } });
  for (const query of ['', `?user_id=${buyer.id}`, `?booking_id=${things.booking.id}`]) {
    const { messages } = await api('GET', `/messages${query}`, { as: seller, shape: { messages: [message] } });
    assert.equal(messages[0].id, data.id, 'oldest first');
  }
  await api('PUT', `/messages/${data.id}/read`, { as: seller });
  const { conversations } = await api('GET', '/messages/conversations', { as: buyer, shape: { conversations: [{ user: other, last_message: message, unread_count: 'int' }] } });
  assert.deepEqual([conversations.length, conversations[0].user.id, conversations[0].unread_count], [1, seller.id, 1]);

  const told = (query) => api('GET', `/notifications?${query}`, { as: seller, shape: { ...page('notifications', notification), unread_count: 'int' } });
  const all = await told('page=1&per_page=20');
  for (const type of ['payment', 'message', 'review', 'collaboration']) assert.ok(all.notifications.some((one) => one.type === type), type);
  const unread = await told('unread_only=true');
  assert.equal(unread.total, unread.unread_count);
  await api('PUT', `/notifications/${unread.notifications[0].id}/read`, { as: seller });
  await api('PUT', '/notifications/mark-all-read', { as: seller });
  assert.equal((await told('unread_only=true')).unread_count, 0);
});

test('both see what came of it', async () => {
  const { brand: buyer, creator: seller } = people;
  const earned = await api('GET', '/analytics/dashboard', { as: seller, shape: fields('total_bookings:int total_earnings:num active_bookings:int total_packages:int') });
  assert.deepEqual([earned.total_earnings, earned.active_bookings, earned.total_packages], [135, 0, 1]);
  const spent = await api('GET', '/analytics/dashboard', { as: buyer, shape: fields('total_campaigns:int total_spending:num active_bookings:int completed_bookings:int') });
  assert.deepEqual([spent.total_spending, spent.completed_bookings], [150, 1]);
  const { earnings } = await api('GET', '/analytics/earnings?days=30', { as: seller, shape: { earnings: [fields('date:str amount:num')] } });
  assert.ok(earnings.every(({ date }) => /^\d{4}-\d{2}-\d{2}$/.test(date)));
  assert.equal(earnings.at(-1).amount, 135);
});

test('work is cancelled as the clients ask for it', async () => {
  const { brand: buyer, creator: seller } = people;
  for (const [as, method, end, body] of [[buyer, 'PATCH', 'cancel', { reason: 'Moved' }], [seller, 'POST', 'cancel-request', { reason: 'Ill' }]]) {
    const made = await api('POST', '/bookings', { as: buyer, body: { package_id: things.package.id }, status: 201, shape: { ...said, booking, payment: 'object' } });
    await onThePage(made.payment.redirect_url, 'pay');
    await until('the booking to be paid', async () => (await call('GET', `/api/bookings/${made.booking.id}`, { as: buyer, status: 200 })).json.payment_status === 'paid');
    await api(method, `/collaborations/${made.booking.id}/${end}`, { as, body, shape: { ...said, collaboration } });
  }
});

test('a new password by letter, and out', async () => {
  const { creator: who } = people;
  await api('POST', '/auth/resend-otp', { body: { email: address('nobody') } });
  for (const email of [who.email, address('nobody')]) await api('POST', '/auth/forgot-password', { body: { email } });
  const [letter] = await mailed(who.email, /reset-password/);
  const [, token] = /reset-password\/([0-9A-Za-z_-]+)/.exec(letter.text);
  await api('POST', `/auth/reset-password/${token}`, { body: { password: 'another good password' } });
  const { access_token: access } = await api('POST', '/auth/login', { body: { email: who.email, password: 'another good password' },
    shape: { access_token: 'str', refresh_token: 'str', user, profile: creatorProfile } });
  await api('POST', '/auth/logout', { as: access });
  await api('GET', '/health', { shape: fields('status:str message:str') });
});

test('what is refused is refused by the codes that the clients know', async () => {
  const { brand: buyer } = people;
  const stranger = await signUp('brand', brandProfile, { company_name: 'Another' });
  await refused('GET', '/auth/me', 401);
  await refused('POST', '/auth/login', 401, { body: { email: buyer.email, password: 'not this one' } });
  await refused('POST', '/auth/verify-otp', 400, { body: { email: buyer.email, code: '000000' } });
  await refused('GET', '/auth/verify/old-token', 400);
  await refused('POST', '/packages', 403, { as: buyer, body: {} });
  await refused('GET', '/creators/999999999', 404);
  await refused('GET', `/bookings/${things.booking.id}`, 404, { as: stranger });
  await refused('GET', `/collaborations/${things.work.id}`, 404, { as: stranger });
  await refused('POST', '/reviews', 409, { as: buyer, body: { collaboration_id: things.work.id, rating: 5, comment: 'Again' } });
  await refused('POST', '/nothing', 404, { body: {}, undocumented: true });
});
