// The work on a paid booking as the first version's clients see it: pieces
// sent in, changes asked, approved, done.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { call, get, post, put } from './support/client.mjs';
import { row, rows, value } from './support/db.mjs';
import { onThePage } from './support/gateway.mjs';
import { checkLedger, moneyOf } from './support/money.mjs';
import { act, book, brand, creator, makePackage, seeBooking, theBrand, theCreator } from './support/people.mjs';
import { passBooking } from './support/time.mjs';
import { until } from './support/wait.mjs';

const at = (work, rest = '') => `/api/collaborations/${work.id}${rest}`;
const patch = (who, work, rest, body, options = {}) => call('PATCH', at(work, rest), { as: who, body, ...options });
const see = async (who, work) => (await get(at(work), { as: who, status: 200 })).json;
const piece = (title, extra = {}) => ({ title, url: `https://example.com/${encodeURIComponent(title)}`, ...extra });
const send = async (who, work, body, options = {}) =>
  (await post(at(work, '/deliverables'), body, { as: who, status: 201, ...options })).json;
const draft = async (who, work, body) => (await post(at(work, '/deliverables/draft'), body, { as: who, status: 201 })).json;
const approve = (who, work, one, options = {}) =>
  call('POST', at(work, `/deliverables/${one.id ?? one}/approve`), { as: who, status: 200, ...options });
const revise = (who, work, one, notes, options = {}) =>
  post(at(work, `/deliverables/${one.id ?? one}/request-revision`), { notes }, { as: who, status: 200, ...options });

async function refused(answer, status, code) {
  const { json, text, ...rest } = await answer;
  assert.deepEqual([rest.status, json.code], [status, code], text);
}

async function paid(buyer, seller, extra = {}, more = {}) {
  const made = await book(buyer, await makePackage(seller, extra), more);
  await onThePage(made.payment.redirect_url, 'pay');
  return until(`booking ${made.booking.id} to be paid`, async () => {
    const seen = await seeBooking(buyer, made.booking);
    return seen.state === 'accepted' && seen;
  });
}

test('it appears when it is paid, in the first version’s shape', async () => {
  const [buyer, seller] = [await brand(), await creator()];
  const { booking, payment } = await book(buyer, await makePackage(seller, { price: 120, deliverables: ['One reel', 'Two stories'] }));
  for (const who of [buyer, seller]) {
    await refused(get(at(booking), { as: who }), 404, 'not_found');
    assert.equal((await get('/api/collaborations', { as: who, status: 200 })).json.total, 0);
  }
  await refused(patch(buyer, booking, '/complete'), 404, 'not_found');
  await refused(patch(seller, booking, '/cancel', {}), 404, 'not_found');
  await refused(post(at(booking, '/deliverables'), piece('Early'), { as: seller }), 404, 'not_found');
  await onThePage(payment.redirect_url, 'pay');
  const work = await until('the collaboration', async () => {
    const { status, json } = await get(at(booking), { as: seller });
    return status === 200 && json;
  });
  assert.deepEqual([work.id, work.booking_id, work.collaboration_type, work.campaign_application_id, work.title, work.amount, work.status, work.state],
    [booking.id, booking.id, 'package', null, 'Three reels', 120, 'in_progress', 'accepted']);
  assert.deepEqual([work.progress_percentage, work.deliverables, work.submitted_deliverables, work.draft_deliverables, work.revision_requests, work.cancellation_request],
    [0, ['One reel', 'Two stories'], [], [], [], null]);
  assert.deepEqual([work.total_revisions_used, work.paid_revisions, work.notes, work.last_update, work.last_update_date, work.actual_completion_date], [0, 0, null, null, null, null]);
  assert.deepEqual([work.booking.state, work.booking.payment_status, work.brand.user.id, work.creator.user.id], ['accepted', 'paid', buyer.id, seller.id]);
  assert.ok(Math.abs(new Date(work.start_date) - Date.now()) < 600e3);
  for (const mail of [buyer.email, seller.email]) assert.ok(!JSON.stringify(work).includes(mail));
});

test('piece by piece: sent in, delivered when whole, approved, completed', async () => {
  const [buyer, seller] = [await brand(), await creator()];
  const work = await paid(buyer, seller, { price: 80, deliverables: ['A', 'B', 'C'] });
  const first = await send(seller, work, piece('A', { description: 'The first', type: 'video' }));
  assert.equal(first.message, 'Deliverable submitted');
  const { id, submitted_at: when, ...rest } = first.deliverable;
  assert.ok(id > 0 && Math.abs(new Date(when) - Date.now()) < 600e3);
  assert.deepEqual(rest, { title: 'A', url: 'https://example.com/A', description: 'The first', type: 'video', state: 'submitted',
    status: 'pending_review', approved_at: null, revision_notes: null, revision_requested_at: null });
  assert.deepEqual([first.collaboration.state, first.collaboration.progress_percentage, first.collaboration.submitted_deliverables.length], ['in_progress', 0, 1]);
  // work has begun: no cancelling without consent
  await refused(post(`/api/bookings/${work.id}/acts`, { act: 'cancel' }, { as: buyer }), 409, 'wrong_state');
  const half = (await approve(buyer, work, id)).json.collaboration;
  assert.deepEqual([half.progress_percentage, half.submitted_deliverables[0].status, half.state], [33, 'approved', 'in_progress']);
  assert.notEqual(half.submitted_deliverables[0].approved_at, null);
  assert.equal((await approve(buyer, work, id)).json.collaboration.progress_percentage, 33); // again is no error
  await send(seller, work, piece('B'));
  const whole = await send(seller, work, piece('C', { url: '/uploads/ab/c.webp' }));
  assert.equal(whole.collaboration.state, 'delivered');
  await approve(buyer, work, whole.deliverable);
  assert.equal((await see(buyer, work)).progress_percentage, 66);
  assert.deepEqual(await moneyOf(work.id), { gateway: -8000, held: 8000 });
  const done = (await patch(buyer, work, '/complete')).json;
  assert.equal(done.message, 'Collaboration completed');
  assert.deepEqual([done.collaboration.status, done.collaboration.progress_percentage, done.collaboration.submitted_deliverables.map(({ status }) => status)],
    ['completed', 100, ['approved', 'approved', 'approved']]);
  assert.notEqual(done.collaboration.actual_completion_date, null);
  assert.deepEqual(await moneyOf(work.id), { gateway: -8000, creator_payable: 7200, platform_fee: 800 });
  await refused(patch(buyer, work, '/complete'), 409, 'wrong_state');
  await refused(post(at(work, '/deliverables'), piece('D'), { as: seller }), 409, 'wrong_state');
  await refused(patch(seller, work, '/progress', { progress_percentage: 5 }), 409, 'wrong_state');
  await refused(patch(seller, work, '/cancel', {}), 409, 'wrong_state');
  await checkLedger();
});

test('a change of one piece is counted, sent back and sent in again', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const work = await paid(buyer, seller, { deliverables: ['A', 'B'], revisions: 2 });
  const a = (await send(seller, work, piece('A'))).deliverable;
  const b = (await send(seller, work, piece('B'))).deliverable;
  const asked = (await revise(buyer, work, a, 'Brighter, please')).json;
  assert.equal(asked.message, 'Revision requested');
  const { requested_at: when, ...request } = asked.revision_request;
  assert.ok(when);
  assert.deepEqual(request, { deliverable_id: a.id, deliverable_title: 'A', notes: 'Brighter, please', is_paid: false, fee: 0 });
  const { collaboration: now } = asked;
  assert.deepEqual([now.state, now.total_revisions_used, now.revision_requests.length, now.submitted_deliverables.map(({ id }) => id)], ['revision', 1, 1, [b.id]]);
  assert.deepEqual(now.draft_deliverables.map((d) => [d.id, d.status, d.revision_notes]), [[a.id, 'revision_requested', 'Brighter, please']]);
  await refused(revise(buyer, work, a, 'Twice', { status: 409 }), 409, 'wrong_state');
  await refused(post(at(work, '/deliverables'), piece('A', { deliverable_id: b.id }), { as: seller }), 409, 'not_sent_back');
  await refused(post(at(work, '/deliverables'), piece('A', { deliverable_id: 999999999 }), { as: seller }), 404, 'deliverable_not_found');
  const again = await send(seller, work, piece('a', { url: 'https://example.com/2' })); // by its title
  assert.deepEqual([again.deliverable.id, again.deliverable.url, again.collaboration.state], [a.id, 'https://example.com/2', 'delivered']);
  await revise(buyer, work, b, 'Shorter');
  const third = await send(seller, work, piece('B, shorter', { deliverable_id: b.id })); // by its id
  assert.deepEqual([third.deliverable.id, third.collaboration.state, third.collaboration.total_revisions_used], [b.id, 'delivered', 2]);
  await refused(revise(buyer, work, a, 'Once more', { status: 409 }), 409, 'no_revisions_left');
  assert.equal(await value('select count(*) from revision_requests where booking_id = $1', work.id), 2);
  await approve(buyer, work, a);
  await refused(revise(buyer, work, a, 'After all', { status: 409 }), 409, 'wrong_state');
});

test('acts on the whole carry its pieces along', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const work = await paid(buyer, seller, { deliverables: ['A', 'B'] });
  await draft(seller, work, piece('A'));
  await act(seller, work, 'deliver');
  assert.deepEqual((await see(buyer, work)).submitted_deliverables.map(({ state }) => state), ['submitted']);
  await act(buyer, work, 'ask_revision', { body: { note: 'All of it' } });
  const back = await see(seller, work);
  assert.deepEqual([back.draft_deliverables[0].revision_notes, back.revision_requests.length, back.total_revisions_used], ['All of it', 1, 1]);
  await act(seller, work, 'deliver');
  await passBooking(work.id, '72 h');
  await until('silence to approve', async () => (await see(buyer, work)).status === 'completed');
  assert.deepEqual((await see(buyer, work)).submitted_deliverables.map(({ status }) => status), ['approved']);
});

test('drafts are shown early, approved or handed in', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const work = await paid(buyer, seller, { deliverables: ['A', 'B'] });
  const a = await draft(seller, work, piece('A'));
  assert.deepEqual([a.deliverable.state, a.deliverable.status, a.collaboration.draft_deliverables.length, a.collaboration.state], ['draft', 'pending_review', 1, 'in_progress']);
  const b = await draft(seller, work, piece('B'));
  assert.equal(b.collaboration.state, 'in_progress', 'drafts are not yet sent in');
  const seen = (await revise(buyer, work, b.deliverable, 'Another angle')).json.collaboration;
  assert.deepEqual([seen.state, seen.total_revisions_used], ['in_progress', 1]);
  assert.equal((await draft(seller, work, piece('B'))).deliverable.id, b.deliverable.id);
  const half = (await approve(buyer, work, a.deliverable)).json.collaboration;
  assert.deepEqual([half.progress_percentage, half.state], [50, 'in_progress']);
  const in_ = await send(seller, work, piece('B'));
  assert.deepEqual([in_.deliverable.id, in_.deliverable.state, in_.collaboration.state], [b.deliverable.id, 'submitted', 'delivered']);
  // the approval of the last draft delivers too
  const other = await paid(buyer, seller, { deliverables: [] });
  const only = await draft(seller, other, piece('Only'));
  assert.deepEqual([(await approve(buyer, other, only.deliverable)).json.collaboration].map((c) => [c.state, c.progress_percentage]), [['delivered', 100]]);
});

test('progress is said by the creator; what is approved counts beside it', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const work = await paid(buyer, seller, { deliverables: ['A', 'B'] });
  const said = (await patch(seller, work, '/progress', { progress_percentage: 40, update: 'First cut', notes: 'Two locations' })).json;
  assert.equal(said.message, 'Progress updated');
  assert.deepEqual([said.collaboration.progress_percentage, said.collaboration.last_update, said.collaboration.notes, said.collaboration.state], [40, 'First cut', 'Two locations', 'in_progress']);
  assert.notEqual(said.collaboration.last_update_date, null);
  const one = await send(seller, work, piece('A'));
  assert.equal((await approve(buyer, work, one.deliverable)).json.collaboration.progress_percentage, 50);
  assert.equal((await patch(seller, work, '/progress', { progress_percentage: 90 })).json.collaboration.progress_percentage, 90);
  const kept = (await patch(seller, work, '/progress', { update: 'Nearly' })).json.collaboration;
  assert.deepEqual([kept.progress_percentage, kept.last_update, kept.notes], [90, 'Nearly', 'Two locations']);
  for (const [body, field] of [[{ progress_percentage: 101 }, 'progress_percentage'], [{ progress_percentage: -1 }, 'progress_percentage'], [{ progress_percentage: 1.5 }, 'progress_percentage'],
    [{}, 'progress_percentage'], [{ progress_percentage: 1, update: 7 }, 'update'], [{ progress_percentage: 1, notes: 'x'.repeat(5001) }, 'notes'], [{ progress_percentage: 1, status: 'completed' }, 'status']]) {
    const answer = await patch(seller, work, '/progress', body, { status: 422 });
    assert.deepEqual(Object.keys(answer.json.fields), [field], answer.text);
  }
});

test('bad pieces are named, and change nothing', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const work = await paid(buyer, seller);
  for (const path of ['/deliverables', '/deliverables/draft']) {
    for (const [body, fields] of [[{}, ['title', 'url']], [{ title: 'x' }, ['url']], [{ title: 'x', url: '' }, ['url']], [piece(''), ['title']], [piece('x', { url: 'javascript:alert(1)' }), ['url']],
      [piece('x', { url: 'https://user@example.com/' }), ['url']], [piece('x', { url: `https://e.x/${'y'.repeat(500)}` }), ['url']], [piece('t'.repeat(201)), ['title']],
      [piece('x', { type: 't'.repeat(51) }), ['type']], [piece('x', { description: 7 }), ['description']], [piece('x', { deliverable_id: 0 }), ['deliverable_id']], [piece('x', { state: 'approved' }), ['state']]]) {
      const answer = await post(at(work, path), body, { as: seller, status: 422 });
      assert.deepEqual(Object.keys(answer.json.fields).sort(), fields, answer.text);
    }
  }
  const one = (await send(seller, work, piece('A'))).deliverable;
  const mute = await post(at(work, `/deliverables/${one.id}/request-revision`), {}, { as: buyer, status: 422 });
  assert.deepEqual(Object.keys(mute.json.fields), ['notes']);
  const silent = await post(at(work, '/cancel-request'), {}, { as: buyer, status: 422 });
  assert.deepEqual(Object.keys(silent.json.fields), ['reason']);
  assert.deepEqual(await row('select count(*) as pieces, min(state) as state from deliverables where booking_id = $1', work.id), { pieces: 1, state: 'submitted' });
});

test('another booking’s piece is not there', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const [otherBuyer, otherSeller] = [await brand(), await creator()];
  const [mine, theirs] = [await paid(buyer, seller), await paid(otherBuyer, otherSeller)];
  await send(seller, mine, piece('A'));
  const other = (await send(otherSeller, theirs, piece('A'))).deliverable;
  const before = await rows('select b, d from bookings b left join deliverables d on d.booking_id = b.id where b.id = $1', mine.id);
  await refused(approve(buyer, mine, other, { status: 404 }), 404, 'not_found');
  await refused(revise(buyer, mine, other, 'No', { status: 404 }), 404, 'not_found');
  await refused(post(at(mine, '/deliverables'), piece('A', { deliverable_id: other.id }), { as: seller }), 404, 'deliverable_not_found');
  assert.deepEqual(await rows('select b, d from bookings b left join deliverables d on d.booking_id = b.id where b.id = $1', mine.id), before);
  assert.equal((await get('/api/collaborations', { as: otherBuyer, status: 200 })).json.total, 1);
});

test('cancelled before work by either, asked for after it', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  for (const who of [buyer, seller]) {
    const fresh = await paid(buyer, seller, { price: 30 });
    const { json } = await patch(who, fresh, '/cancel', undefined);
    assert.deepEqual([json.message, json.collaboration.status, json.collaboration.booking.payment_status], ['Collaboration cancelled', 'cancelled', 'refunded']);
    assert.deepEqual(await moneyOf(fresh.id), { gateway: -3000, brand_balance: 3000 });

    const work = await paid(buyer, seller, { price: 30 });
    await act(seller, work, 'start');
    const asked = (await post(at(work, '/cancel-request'), { reason: 'It rains', creator_share: 10 }, { as: who, status: 200 })).json;
    assert.deepEqual([asked.message, asked.collaboration.status, asked.collaboration.state], ['The other side is asked to agree', 'in_progress', 'cancel_asked']);
    const { requested_by: by, reason, status, creator_share: share } = asked.collaboration.cancellation_request;
    assert.deepEqual([by, reason, status, share], [who.kind, 'It rains', 'pending', 10]);
    await refused(post(at(work, '/cancel-request'), { reason: 'Again' }, { as: who }), 409, 'wrong_state');
    await act(who === buyer ? seller : buyer, work, 'agree');
    assert.equal((await see(who, work)).status, 'cancelled');
    assert.deepEqual(await moneyOf(work.id), { gateway: -3000, creator_payable: 900, platform_fee: 100, brand_balance: 2000 });
  }
  await checkLedger();
});

test('each side lists its own, by status, type and page', async () => {
  const [buyer, seller] = [await brand(), await creator()];
  const { id: campaign } = await row(`insert into campaigns (brand_id, title, description, budget_cents, start_date, end_date, category)
    values ($1, 'Winter', 'Warm drinks', 100000, now(), now() + interval '30 d', 'Other') returning id`, buyer.profile.id);
  const made = [];
  for (const more of [{}, { campaign_id: campaign }, {}, {}]) made.unshift((await paid(buyer, seller, { price: 20 }, more)).id);
  await book(buyer, await makePackage(seller)); // unpaid: not there
  await patch(buyer, { id: made[0] }, '/complete');
  await act(seller, made[1], 'decline');
  for (const who of [buyer, seller]) {
    const list = async (query) => {
      const { json } = await get(`/api/collaborations?${query}`, { as: who, status: 200 });
      return [json.collaborations.map(({ id }) => id), json.total, json.pages, json.current_page];
    };
    assert.deepEqual(await list(''), [made, 4, 1, 1]);
    assert.deepEqual(await list('status=in_progress'), [made.slice(2), 2, 1, 1]);
    assert.deepEqual(await list('status=completed'), [[made[0]], 1, 1, 1]);
    assert.deepEqual(await list('status=cancelled'), [[made[1]], 1, 1, 1]);
    assert.deepEqual(await list('type=campaign'), [[made[2]], 1, 1, 1]);
    assert.deepEqual(await list('type=package'), [[made[0], made[1], made[3]], 3, 1, 1]);
    assert.deepEqual(await list('type=campaign&status=in_progress'), [[made[2]], 1, 1, 1]);
    assert.deepEqual(await list('type=campaign&status=completed'), [[], 0, 0, 1]);
    assert.deepEqual(await list('status=asleep'), [[], 0, 0, 1]);
    assert.deepEqual(await list('type=other'), [[], 0, 0, 1]);
    assert.deepEqual(await list('per_page=3&page=2'), [[made[3]], 4, 2, 2]);
    assert.deepEqual(await list('per_page=10000'), [made, 4, 1, 1]);
    assert.deepEqual(await list('page=9'), [[], 4, 1, 9]);
    for (const bad of ['page=0', 'page=x', 'per_page=-1']) await get(`/api/collaborations?${bad}`, { as: who, status: 422 });
  }
  assert.equal((await get('/api/collaborations', { as: await brand(), status: 200 })).json.total, 0);
});

test('an accepted application, once paid, is work with its own deliverables', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const { campaign } = (await post('/api/campaigns', { title: 'Winter', description: 'Warm drinks', budget: 900, start_date: '2027-01-01',
    end_date: '2027-02-01', category: 'Other', status: 'active' }, { as: buyer, status: 201 })).json;
  const { application } = (await post(`/api/campaigns/${campaign.id}/apply`, { proposed_price: 60, deliverables: ['One reel', 'Two photos'] }, { as: seller, status: 201 })).json;
  const { booking_id: id } = (await call('PATCH', `/api/campaigns/${campaign.id}/applications/${application.id}`,
    { as: buyer, body: { status: 'accepted' }, status: 200 })).json.application;
  await refused(get(at({ id }), { as: buyer }), 404, 'not_found');
  const { payment } = (await post(`/api/bookings/${id}/payments`, {}, { as: buyer, status: 201 })).json;
  await onThePage(payment.redirect_url, 'pay');
  await until('the collaboration', async () => (await get(at({ id }), { as: buyer })).status === 200);
  const work = await see(seller, { id });
  assert.deepEqual([work.collaboration_type, work.campaign_application_id, work.title, work.description, work.amount, work.deliverables, work.booking.package_id],
    ['campaign', application.id, 'Winter', 'Warm drinks', 60, ['One reel', 'Two photos'], null]);
  assert.deepEqual([work.campaign_application.id, work.campaign_application.status, work.campaign_application.proposed_price], [application.id, 'accepted', 60]);
  await send(seller, work, piece('One reel'));
  assert.equal((await send(seller, work, piece('Two photos'))).collaboration.state, 'delivered');
  await patch(buyer, work, '/complete', undefined, { status: 200 });
  assert.deepEqual(await moneyOf(id), { gateway: -6000, creator_payable: 5400, platform_fee: 600 });
});

test('twelve deliverables sent at once are twelve rows', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const work = await paid(buyer, seller, { deliverables: ['A', 'B', 'C'] });
  const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => send(seller, work, piece(`Reel ${n}`))));
  assert.equal(new Set(answers.map(({ deliverable }) => deliverable.id)).size, 12);
  const seen = await see(buyer, work);
  assert.deepEqual(seen.submitted_deliverables.map(({ title }) => title).sort(), Array.from({ length: 12 }, (_, n) => `Reel ${n}`).sort());
  assert.equal(seen.state, 'delivered');
  assert.equal(await value(`select count(*) from booking_log where booking_id = $1 and act = 'deliver'`, work.id), 1);

  // twenty approve one, and twenty ask a change of another
  const [one, other] = seen.submitted_deliverables;
  const approved = await Promise.all(Array.from({ length: 20 }, () => approve(buyer, work, one)));
  assert.ok(approved.every(({ json }) => json.collaboration.progress_percentage === 33));
  assert.equal(await value(`select count(*) from booking_log where booking_id = $1 and act = 'approve_piece'`, work.id), 1);
  const revised = await Promise.all(Array.from({ length: 20 }, () => revise(buyer, work, other, 'At once', { status: undefined })));
  assert.deepEqual(revised.map(({ status, json }) => json.code ?? status).sort(), [200, ...Array(19).fill('wrong_state')]);
  assert.equal((await see(buyer, work)).total_revisions_used, 1);

  const done = await Promise.all(Array.from({ length: 20 }, () => patch(buyer, work, '/complete')));
  assert.deepEqual(done.map(({ status, json }) => json.code ?? status).sort(), [200, ...Array(19).fill('wrong_state')]);
  assert.deepEqual(await moneyOf(work.id), { gateway: -15000, creator_payable: 13500, platform_fee: 1500 });
  await checkLedger();
});

test('the same key sends a piece in once', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const work = await paid(buyer, seller);
  const headers = { 'idempotency-key': randomUUID() };
  const first = await send(seller, work, piece('A'), { headers });
  const again = await send(seller, work, piece('A'), { headers });
  assert.deepEqual(again, first);
  assert.equal(await value('select count(*) from deliverables where booking_id = $1', work.id), 1);
  await post(at(work, '/deliverables'), piece('B'), { as: seller, headers, status: 422 });
});

test('a booking has so many deliverables and no more', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const work = await paid(buyer, seller);
  await rows(`insert into deliverables (booking_id, title, url, state) select $1, 'Reel ' || n, 'https://example.com/' || n, 'submitted' from generate_series(1, 50) n`, work.id);
  await refused(post(at(work, '/deliverables'), piece('One more'), { as: seller }), 409, 'too_many_deliverables');
  assert.equal(await value('select count(*) from deliverables where booking_id = $1', work.id), 50);
  const page = await get('/api/collaborations?per_page=100', { as: seller, status: 200 });
  assert.ok(page.json.collaborations.some(({ submitted_deliverables: all }) => all.length === 50));
  await put(`/api/bookings/${work.id}/status`, { status: 'completed' }, { as: buyer, status: 200 });
});
