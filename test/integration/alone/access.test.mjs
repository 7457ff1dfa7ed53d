// Every operation x every caller: nobody, a creator, a brand and an admin who
// have nothing to do with it, the owner of the rows, another of the owner's kind,
// who has rows too, and the other side of a booking, a message or a review.  What
// is refused changes no row of any table and no file; so this runs beside no other
// test.  No answer tells anybody another's address or phone, nor does a page that
// is filled for everybody.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { serialize, signPairs } from '../../paynow/wire.mjs';
import { call, post, put, send } from '../support/client.mjs';
import { operations } from '../support/contract.mjs';
import { row, rows, value } from '../support/db.mjs';
import { env } from '../support/env.mjs';
import { gateway, onThePage } from '../support/gateway.mjs';
import { codeFor } from '../support/mail.mjs';
import { PASSWORD, act, address, book, brand, creator, login, makePackage, register, seeBooking } from '../support/people.mjs';
import { assertUnchanged, settled } from '../support/snapshot.mjs';
import { read } from '../support/tokens.mjs';
import { until } from '../support/wait.mjs';

const own = {}; // a creator and a brand, whose rows these are
const other = {}; // another creator and another brand, with rows of their own
const stranger = {}; // a creator, a brand and an admin without any

// The smallest picture.
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

// ---- rows ----

// Admins are made by hand; no call makes one.
async function admin(like) {
  const person = { email: address('admin'), password: PASSWORD };
  await rows(`insert into users (email, password_hash, user_type)
    select $1, password_hash, 'admin' from users where id = $2`, person.email, like.id);
  await login(person);
  assert.equal(person.profile, null);
  return person;
}

// Money to book with, so that no test waits for the gateway.
async function fund({ creator: seller, brand: buyer }) {
  const { booking, payment } = await book(buyer, await makePackage(seller, { price: 5000 }));
  await onThePage(payment.redirect_url, 'pay');
  await until('the booking to be paid', async () => (await seeBooking(buyer, booking)).state === 'accepted');
  await act(seller, booking, 'decline');
}

// Paid by a phone's wallet, once: it is only looked at.
let wallet;
const paidByPhone = () => (wallet ??= (async () => {
  const { booking } = await book(own.brand, await ware(), { payment_method: 'ecocash', phone: '0771234567' });
  await gateway.advance(6);
  await until('the booking to be paid', async () => (await seeBooking(own.brand, booking)).state === 'accepted');
  return booking;
})());

const ware = (extra = {}, side = own) => makePackage(side.creator, { price: 10, ...extra });

const paid = async (side = own) =>
  (await book(side.brand, await ware({}, side), { payment_method: 'balance' })).booking;

const requested = async () => (await book(own.brand, await ware({ instant: false }))).booking;

async function unpaid() {
  const booking = await requested();
  await act(own.creator, booking, 'accept');
  return booking;
}

async function delivered() {
  const booking = await paid();
  await act(own.creator, booking, 'deliver');
  return booking;
}

async function completed() {
  const booking = await delivered();
  await act(own.brand, booking, 'approve');
  return booking;
}

async function piece() {
  const { id } = await paid();
  const sent = await post(`/api/collaborations/${id}/deliverables`, { title: 'Reel', url: 'https://example.com/reel' }, { as: own.creator, status: 201 });
  return { id, deliverable_id: sent.json.deliverable.id };
}

async function campaign(status = 'active', side = own) {
  const plan = { title: 'Winter', description: 'Warm drinks', budget: 1000, start_date: '2027-05-01', end_date: '2027-06-01', category: 'Other', status };
  return (await post('/api/campaigns', plan, { as: side.brand, status: 201 })).json.campaign;
}

async function application() {
  const { id } = await campaign();
  const sent = await post(`/api/campaigns/${id}/apply`, { proposed_price: 10, deliverables: ['One film'] }, { as: own.creator, status: 201 });
  return { id, application_id: sent.json.application.id };
}

async function included() {
  const [{ id }, { id: package_id }] = await Promise.all([campaign(), ware()]);
  await post(`/api/campaigns/${id}/packages`, { package_id }, { as: own.brand, status: 200 });
  return { id, package_id };
}

async function review() {
  const { id } = await completed();
  return (await post('/api/reviews', { collaboration_id: id, rating: 5, comment: 'Fine work' }, { as: own.brand, status: 201 })).json.review;
}

async function shownReview() {
  const { id } = await review();
  await rows('select review_show(array[booking_id]) from reviews where id = $1', id);
  return { id };
}

const received = async () =>
  (await post('/api/messages', { receiver_id: own.creator.id, content: 'Between us' }, { as: own.brand, status: 201 })).json.data;

async function attachment() {
  const kept = await call('PUT', '/api/uploads', { as: own.creator, body: PICTURE, headers: { 'content-type': 'image/png' }, status: 201 });
  return { name: path.basename(kept.json.path) };
}

// Another session of somebody's, whose address may have changed.
async function again(person) {
  const copy = { ...person, email: await value('select email from users where id = $1', person.id) };
  await login(copy);
  return copy;
}

async function resetLink() {
  const token = randomBytes(32).toString('hex');
  await rows(`insert into password_resets (digest, user_id, expires_at)
    select $1, id, now() + interval '1 h' from users where email = $2`,
  createHash('sha256').update(token).digest('hex'), stranger.lodger.email);
  return { token };
}

async function newCode() {
  const email = address('new');
  await put('/api/users/profile', { email, current_password: PASSWORD }, { as: own.creator, status: 200 });
  return { body: { code: await codeFor(email) } };
}

async function registered() {
  const { email } = await register('creator');
  return { body: { email, code: await codeFor(email) } };
}

// What the gateway would say of a payment, signed.
async function notice() {
  const payment = await row('select reference, paynow_reference from payments where paynow_reference is not null order by id limit 1');
  const pairs = [['reference', payment.reference], ['paynowreference', payment.paynow_reference], ['amount', '5000.00'],
    ['status', 'Paid'], ['pollurl', 'https://example.com/poll']];
  return { form: serialize(signPairs(pairs, process.env.PAYNOW_USD_KEY)) };
}

// ---- the table ----

const everybody = (code, why) => ({ nobody: code, creator: code, brand: code, admin: code, other: code, owner: code, why });
const hidden = (why) => ({ ...everybody(404, why), owner: undefined });

/*
 * Where an operation has more to say than its roles and its path:
 * made   the rows that it needs: values of its path, and a `body` or `form`
 * each   they are made for each call, which uses them up or needs none
 * owner  of the two sides the one that owns them; else its first role
 * as     who calls in place of a column's person
 * across what the other side gets where its role may call it
 * codes  where the answer is none of what the rules below say, and why
 */
const CASES = {
  registerCreator: { each: true, made: () => ({ body: { email: address('creator'), password: PASSWORD } }) },
  registerBrand: { each: true, made: () => ({ body: { email: address('brand'), password: PASSWORD, company_name: 'Mazoe Foods' } }) },
  verifyCode: { each: true, made: registered },
  resendCode: { each: true, made: () => ({ body: { email: address('nobody') } }) },
  login: { made: () => ({ body: { email: own.brand.email, password: PASSWORD } }) },
  refresh: {
    as: (column, person) => (column === 'owner' ? person.refresh : person),
    codes: { ...everybody(401, 'a refresh token it takes, and no access token'), owner: undefined },
  },
  logout: { as: (column, person) => person && again(person) },
  forgotPassword: { each: true, made: () => ({ body: { email: address('nobody') } }) },
  resetPassword: { each: true, made: resetLink },
  verifyLink: { made: () => ({ token: 'x' }), codes: everybody(400, 'no letter has such a link') },
  changePassword: { made: () => ({ body: { current_password: PASSWORD, password: PASSWORD } }) },
  confirmEmail: { made: newCode, codes: { creator: 400, brand: 400, admin: 400, other: 400, why: 'the code is for one account' } },
  endSession: { made: async () => ({ session: read((await again(own.creator)).access).claims.sid }) },
  updateOwnProfile: { each: true, made: () => ({ body: { email: address('new'), current_password: PASSWORD } }) },
  getPerson: {
    made: () => ({ id: own.brand.id }),
    codes: { creator: 200, brand: 200, admin: 200, other: 200, why: 'whoever is logged in may write to it' },
  },

  getCreator: { made: () => ({ id: own.creator.profile.id }) },
  getBrand: { made: () => ({ id: own.brand.profile.id }) },
  removeGalleryPicture: {
    async made() {
      await rows(`update creator_profiles set gallery = array_fill('/uploads/a-m.webp'::text, array[16]) where id = $1`, own.creator.profile.id);
      return { index: 15 };
    },
    codes: { creator: 400, other: 400, why: 'the place is one in the caller’s own gallery' },
  },
  getAttachment: { made: attachment },
  saveCreator: {
    async made() {
      await rows('delete from saved_creators where creator_id = $1', own.creator.profile.id);
      return { id: own.creator.profile.id };
    },
    codes: { brand: 201, other: 201, owner: 201, why: 'every brand may save any creator; 200 is for one saved before' },
  },
  unsaveCreator: {
    async made() {
      const { id } = other.creator.profile;
      await rows('insert into saved_creators (brand_id, creator_id) values ($1, $2)', own.brand.profile.id, id);
      return { id };
    },
  },

  getPackage: {
    owner: 'creator',
    made: () => makePackage(own.creator, { is_active: false }),
    codes: hidden('it is not on sale'),
  },
  getQuote: { made: () => ware() },
  updatePackage: { made: () => ware() },
  deletePackage: { made: () => ware() },

  getCampaign: { owner: 'brand', made: () => campaign('draft'), codes: hidden('it is a draft') },
  listCampaignPackages: { owner: 'brand', made: () => campaign('draft'), codes: hidden('it is a draft') },
  updateCampaign: { made: async () => ({ id: (await campaign()).id, body: { title: 'Spring' } }) },
  deleteCampaign: { made: () => campaign() },
  addCampaignPackage: { made: async () => ({ id: (await campaign()).id, body: { package_id: (await ware()).id } }) },
  removeCampaignPackage: { made: included },
  applyToCampaign: { made: () => campaign(), codes: { creator: 201, other: 201, why: 'it is open to every creator' } },
  listApplications: { made: application },
  getApplication: { made: application },
  decideApplication: { made: application },

  createBooking: {
    made: async () => ({ body: { package_id: (await ware()).id, payment_method: 'balance' } }),
    codes: { brand: 409, why: 'it may book, but has nothing to pay with' },
  },
  getBooking: { made: paidByPhone, across: 200 },
  getBookingTimeline: { made: paidByPhone, across: 200 },
  setBookingStatus: { made: requested, across: 409 },
  actOnBooking: { made: () => paid(), across: 409 },
  payBooking: { made: async () => ({ id: (await unpaid()).id, body: { payment_method: 'balance' } }) },
  getPaymentStatus: { made: paidByPhone, across: 200 },

  getCollaboration: { made: paidByPhone, across: 200 },
  setCollaborationProgress: { made: () => paid() },
  addDeliverable: { made: () => paid() },
  addDeliverableDraft: { made: () => paid() },
  approveDeliverable: { made: piece },
  reviseDeliverable: { made: piece },
  completeCollaboration: { made: delivered },
  cancelCollaboration: { owner: 'brand', made: () => paid(), across: 200 },
  requestCancellation: { made: async () => ({ id: (await piece()).id, body: { reason: 'The launch has moved' } }), across: 200 },

  receivePaymentOld: { made: notice },
  receivePayment: { made: notice },
  getPaymentReturn: { made: async () => ({ token: await value('select return_token from payments order by id limit 1') }) },

  createReview: {
    made: async () => ({ body: { collaboration_id: (await completed()).id, rating: 4, comment: 'A good brief' } }),
    codes: { creator: 404, brand: 404, other: 404, why: 'the body names the work, which is not theirs' },
  },
  getReview: { owner: 'brand', made: review, codes: hidden('the other side’s is waited for'), across: 404 },
  listCreatorReviews: { made: () => ({ id: own.creator.profile.id }) },
  listBrandReviews: { made: () => ({ id: own.brand.profile.id }) },
  respondToReview: { made: shownReview },

  createMessage: {
    made: async () => ({ body: { receiver_id: own.brand.id, content: 'When may I send it?', booking_id: (await paid()).id } }),
    codes: { creator: 404, brand: 404, admin: 404, other: 404, why: 'the body names a booking, which is not theirs' },
  },
  deliverMessage: { made: received, across: 404 },
  readMessage: { made: received, across: 404 },
  readNotification: {
    made: () => row('select id from notifications where user_id = $1 and not is_read order by id desc limit 1', own.creator.id),
  },
  countView: { each: true, made: async () => ({ body: { entity_type: 'package', entity_id: (await ware()).id } }) },
};

// ---- the rules ----

const COLUMNS = ['nobody', 'creator', 'brand', 'admin', 'other', 'owner'];

const caseOf = ({ operationId }) => CASES[operationId] ?? {};
const isOpen = ({ 'x-roles': roles }) => roles.includes('any') || roles.includes('guest');
const ownerOf = (operation) => caseOf(operation).owner ?? (operation['x-roles'][0] === 'brand' ? 'brand' : 'creator');
const acrossOf = (operation) => (ownerOf(operation) === 'brand' ? 'creator' : 'brand');
const isShared = ({ path: pattern }) => /^\/(bookings|collaborations)\/\{id\}/.test(pattern);

function person(operation, column) {
  if (column === 'owner') return own[ownerOf(operation)];
  if (column === 'across') return own[acrossOf(operation)];
  return column === 'other' ? other[ownerOf(operation)] : stranger[column];
}

function expected(operation, column) {
  const { codes = {} } = caseOf(operation);
  const roles = operation['x-roles'];
  const done = Number(Object.keys(operation.responses).find((code) => code < '300'));
  if (column === 'across') {
    if (!isOpen(operation) && !roles.includes(acrossOf(operation))) return 403;
    return caseOf(operation).across ?? assert.fail(`${operation.operationId}: what does the other side get?`);
  }
  const role = ['other', 'owner'].includes(column) ? ownerOf(operation) : column;
  if (codes[column]) return codes[column];
  if (isOpen(operation)) return done;
  if (column === 'nobody') return 401;
  if (!roles.includes(role)) return 403;
  return column === 'owner' || !operation.path.includes('{') ? done : 404;
}

const make = async (operation) => (await caseOf(operation).made?.()) ?? {};

/*
 * Addresses and phones of others that stand in the answer.  What the caller
 * wrote itself may come back: who logs in, or gives a code, has no token yet.
 */
async function othersIn(text, who, sent) {
  const known = await rows(`
    select u.id, u.email::text as told from users u
    union
    select c.user_id, right(p.phone, 9) from payments p
      join bookings b on b.id = p.booking_id
      join brand_profiles c on c.id = b.brand_id
     where p.phone is not null`);
  return known.filter(({ id, told }) => id !== who?.id && text.includes(told) && !sent.includes(told)).map(({ told }) => told);
}

async function ask(operation, column, made, { slash = '' } = {}) {
  const { operationId, method, whole, requestBody } = operation;
  const { as = (_, who) => who } = caseOf(operation);
  const target = whole.replaceAll(/\{([a-z_]+)\}/g, (_, name) => made[name] ?? assert.fail(`${operationId} needs a row that gives {${name}}`));
  const content = requestBody?.content ?? {};
  const sent = {};
  if (made.form) sent.form = made.form;
  else if (content['image/*']) Object.assign(sent, { body: PICTURE, headers: { 'content-type': 'image/png' } });
  else if (content['application/json']) sent.body = made.body ?? content['application/json'].example;
  const answer = await call(method, target + slash, { as: await as(column, person(operation, column)), ...sent });
  assert.equal(answer.status, expected(operation, column), `${operationId} by ${column}: ${answer.text}`);
  assert.deepEqual(await othersIn(answer.text, person(operation, column), JSON.stringify(sent)), [], `${operationId} tells ${column} of others`);
  return answer;
}

before(async () => {
  // what is tidied up once a minute would look like a change
  await rows(`update chores set next_at = now() + interval '1 h'`);
  [own.creator, own.brand, other.creator, other.brand, stranger.creator, stranger.brand, stranger.lodger] =
    await Promise.all([creator(), brand(), creator(), brand(), creator(), brand(), creator()]);
  stranger.admin = await admin(stranger.creator);
  await Promise.all([fund(own), fund(other)]);
  [other.campaigns, other.collaborations] = await Promise.all([campaign('active', other), paid(other)]);
});

after(() => rows('update chores set next_at = now()'));

test('the table names operations that there are', () => {
  const known = operations.map(({ operationId }) => operationId);
  assert.deepEqual(Object.keys(CASES).filter((name) => !known.includes(name)), []);
  for (const [name, { codes }] of Object.entries(CASES)) assert.ok(!codes || codes.why, `${name} says no reason`);
});

for (const operation of operations) {
  const { operationId, path: pattern } = operation;
  const { each = false } = caseOf(operation);
  const refused = COLUMNS.filter((column) => expected(operation, column) >= 400);
  const taken = COLUMNS.filter((column) => !refused.includes(column));
  const says = COLUMNS.map((column) => `${column} ${expected(operation, column)}`).join(', ');

  test(`${operationId}: ${says}`, async () => {
    const made = await make(operation);
    if (refused.length > 0) {
      const earlier = await settled();
      for (const column of refused) {
        await ask(operation, column, made);
        await assertUnchanged(earlier, `${operationId} by ${column}`);
      }
      // a row of one's own does not open another's below it
      if (/\{id\}.*\{/.test(pattern)) {
        await ask(operation, 'other', { ...made, id: other[pattern.split('/')[1]].id });
        await assertUnchanged(earlier, `${operationId} by other, below a row of its own`);
      }
    }
    for (const column of taken) await ask(operation, column, each ? await make(operation) : made);
  });

  if (isShared(operation) || caseOf(operation).across) {
    test(`${operationId} by the other side: ${expected(operation, 'across')}`, async () => {
      const made = await make(operation);
      const earlier = expected(operation, 'across') >= 400 && await settled();
      await ask(operation, 'across', made);
      if (earlier) await assertUnchanged(earlier, `${operationId} by the other side`);
    });
  }

  // nothing else is written meanwhile: what is read must be the same
  test(`${operationId} takes a slash at its end`, async () => {
    const made = await make(operation);
    for (const column of ['nobody', 'other', 'owner']) {
      const given = each ? await make(operation) : made;
      const answer = await ask(operation, column, given, { slash: '/' });
      if (answer.status >= 400) assert.equal(answer.json.code, (await ask(operation, column, given)).json.code);
      else if (operation.method === 'GET') assert.deepEqual(answer.json, (await ask(operation, column, given)).json);
    }
  });
}

// ---- pages that the worker fills, and what leads search engines to them ----

const PAGES = {
  'a creator’s page': () => [[`/creators/${own.creator.profile.id}`], 200],
  'a package’s page': async () => [[`/packages/${(await ware()).id}`], 200],
  'the page of a package that is not on sale': async () => [[`/packages/${(await ware({ is_active: false })).id}`], 404],
  'robots.txt': () => [['/robots.txt'], 200],
  async 'sitemap.xml and all its files'() {
    const { text } = await send('GET', `${env.BASE_URL}/sitemap.xml`);
    return [['/sitemap.xml', ...[...text.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, at]) => at.slice(env.HTTPS_URL.length))], 200];
  },
};

for (const [about, made] of Object.entries(PAGES)) {
  test(`${about} is the same for everybody, with nobody’s address or phone`, async () => {
    const [paths, status] = await made();
    await paidByPhone(); // there are phones to be told
    const callers = [undefined, stranger.creator, stranger.brand, stranger.admin, other.creator, other.brand, own.creator, own.brand];
    const earlier = await settled();
    for (const path of paths) {
      const answers = await Promise.all(callers.map((who) => send('GET', env.BASE_URL + path, { headers: who ? { authorization: `Bearer ${who.access}` } : {} })));
      for (const answer of answers) assert.deepEqual([answer.status, answer.text], [status, answers[0].text], path);
      assert.deepEqual(await othersIn(answers[0].text, undefined, ''), [], path);
    }
    await assertUnchanged(earlier, about);
  });
}

test('an address or a phone in an answer would have been found', async () => {
  const email = await value('select email::text from users where id = $1', own.brand.id);
  await paidByPhone();
  const answer = JSON.stringify({ email, instructions: 'Dial for 0771234567' });
  assert.deepEqual((await othersIn(answer, own.creator, '')).toSorted(), ['771234567', email].toSorted());
  assert.deepEqual((await othersIn(answer, undefined, '')).toSorted(), ['771234567', email].toSorted());
  assert.deepEqual(await othersIn(answer, own.brand, ''), []);
});
