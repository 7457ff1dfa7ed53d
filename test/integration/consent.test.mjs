// Once work has begun, cancelling needs the other side: asked, answered or
// met with silence, and the money parted to the cent.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { get, post, put } from './support/client.mjs';
import { row, rows, value } from './support/db.mjs';
import { onThePage } from './support/gateway.mjs';
import { mailedAs } from './support/mail.mjs';
import { balanceIn, checkLedger, entriesOf, moneyOf } from './support/money.mjs';
import { act, book, brand, creator, makePackage, seeBooking, theBrand, theCreator } from './support/people.mjs';
import { passBooking } from './support/time.mjs';
import { until } from './support/wait.mjs';

const acts = (who, booking, name, body = {}) => post(`/api/bookings/${booking.id}/acts`, { act: name, ...body }, { as: who });
const balance = async (who, account) => balanceIn((await get('/api/balances', { as: who, status: 200 })).json, account);
const inState = (who, booking, state) => until(`booking ${booking.id} to be ${state}`, async () => {
  const seen = await seeBooking(who, booking);
  return seen.state === state && seen;
});
const asked = async (who, booking) =>
  (await get(`/api/collaborations/${booking.id}`, { as: who, status: 200 })).json.cancellation_request;

async function refused(answer, status, code) {
  const { json, text, ...rest } = await answer;
  assert.deepEqual([rest.status, json.code], [status, code], text);
}

async function begun(buyer, seller, extra = {}) {
  const made = await book(buyer, await makePackage(seller, extra));
  await onThePage(made.payment.redirect_url, 'pay');
  await inState(buyer, made.booking, 'accepted');
  return (await act(seller, made.booking, 'start')).json.booking;
}

test('the brand asks, the creator agrees: his share less our fee on it, the rest on the brand’s balance', async () => {
  const [buyer, seller] = [await brand(), await creator()];
  const booking = await begun(buyer, seller, { price: 100.01 });
  const pending = (await act(buyer, booking, 'ask_cancel', { body: { note: 'The launch has moved', creator_share: 33.35 } })).json.booking;
  assert.deepEqual([pending.state, pending.status, pending.payment_status], ['cancel_asked', 'in_progress', 'paid']);
  assert.deepEqual(await moneyOf(booking.id), { gateway: -10001, held: 10001 });
  const { requested_at: at, ...request } = await asked(seller, booking);
  assert.deepEqual(request, { requested_by: 'brand', user_id: buyer.id, reason: 'The launch has moved', status: 'pending', creator_share: 33.35 });
  assert.ok(Math.abs(new Date(at) - Date.now()) < 600e3);
  await mailedAs(seller.email, `${buyer.profile.company_name} asks to cancel Three reels`);

  const over = (await act(seller, booking, 'agree')).json.booking;
  assert.deepEqual([over.state, over.status, over.payment_status, over.completion_date], ['cancelled', 'cancelled', 'refunded', null]);
  // 10 % of 33.35 is 3.335: rounded half up, once
  assert.deepEqual(await moneyOf(booking.id), { gateway: -10001, creator_payable: 3001, platform_fee: 334, brand_balance: 6666 });
  assert.deepEqual([await balance(seller, 'creator_payable'), await balance(buyer, 'brand_balance')], [3001, 6666]);
  assert.equal((await asked(buyer, booking)).status, 'approved');
  for (const who of [buyer, seller]) await mailedAs(who.email, 'Cancelled: Three reels');
  await refused(acts(seller, booking, 'agree'), 409, 'wrong_state');
  await checkLedger();
});

test('shares at both ends, and beyond them', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const parted = async (body) => {
    const booking = await begun(buyer, seller, { price: 20 });
    await act(seller, booking, 'ask_cancel', { body: { note: 'I am ill', ...body } });
    const over = (await act(buyer, booking, 'agree')).json.booking;
    return [over.payment_status, await moneyOf(booking.id)];
  };
  assert.deepEqual(await parted({}), ['refunded', { gateway: -2000, brand_balance: 2000 }]);
  assert.deepEqual(await parted({ creator_share: 0 }), ['refunded', { gateway: -2000, brand_balance: 2000 }]);
  assert.deepEqual(await parted({ creator_share: '20.00' }), ['paid', { gateway: -2000, creator_payable: 1800, platform_fee: 200 }]);
  assert.deepEqual(await parted({ creator_share: 0.05 }), ['refunded', { gateway: -2000, creator_payable: 4, platform_fee: 1, brand_balance: 1995 }]);

  const booking = await begun(buyer, seller, { price: 20 });
  for (const share of [20.01, 20.001, -1, 'half', 1000001]) {
    const answer = await acts(buyer, booking, 'ask_cancel', { note: 'No', creator_share: share });
    assert.deepEqual([answer.status, Object.keys(answer.json.fields)], [422, ['creator_share']], answer.text);
  }
  const mute = await acts(buyer, booking, 'ask_cancel');
  assert.deepEqual([mute.status, Object.keys(mute.json.fields)], [422, ['note']]);
  const stray = await acts(seller, booking, 'deliver', { creator_share: 1 });
  assert.deepEqual([stray.status, Object.keys(stray.json.fields)], [422, ['creator_share']]);
  assert.equal((await seeBooking(buyer, booking)).state, 'in_progress');
  assert.equal(await value('select count(*) from cancel_requests where booking_id = $1', booking.id), 0);
  await checkLedger();
});

test('only the other side answers, only the asker takes back, and nothing else moves meanwhile', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const booking = await begun(buyer, seller);
  await act(seller, booking, 'ask_cancel', { body: { note: 'I am ill' } });
  await refused(acts(seller, booking, 'agree'), 409, 'others_answer');
  await refused(acts(seller, booking, 'refuse'), 409, 'others_answer');
  await refused(acts(buyer, booking, 'revoke'), 409, 'others_request');
  for (const name of ['deliver', 'start', 'ask_cancel', 'decline']) await refused(acts(seller, booking, name, name === 'ask_cancel' ? { note: 'x' } : {}), 409, 'wrong_state');
  for (const name of ['approve', 'cancel', 'cancel_late']) await refused(acts(buyer, booking, name), 409, 'wrong_state');
  await refused(post(`/api/collaborations/${booking.id}/deliverables`, { title: 'Reel', url: 'https://example.com/r' }, { as: seller }), 409, 'wrong_state');
  assert.equal(await value('select count(*) from deliverables where booking_id = $1', booking.id), 0);
  assert.equal((await act(buyer, booking, 'refuse')).json.booking.state, 'in_progress');
  assert.equal((await asked(seller, booking)).status, 'rejected');
  await act(seller, booking, 'deliver');
  await act(buyer, booking, 'ask_cancel', { body: { note: 'Not what we wanted' } });
  assert.equal((await act(buyer, booking, 'revoke')).json.booking.state, 'delivered');
  assert.equal((await asked(seller, booking)).status, 'rejected', 'what was taken back is not shown');
  await act(buyer, booking, 'ask_revision', { body: { note: 'Brighter' } });
  await act(buyer, booking, 'ask_cancel', { body: { note: 'Again' } });
  assert.equal((await act(seller, booking, 'refuse')).json.booking.state, 'revision');
  assert.deepEqual(await moneyOf(booking.id), { gateway: -15000, held: 15000 });
});

test('72 hours of silence agree; before that the asker may still revoke', async () => {
  const [buyer, seller] = [await brand(), await creator()];
  const booking = await begun(buyer, seller, { price: 50 });
  await act(seller, booking, 'ask_cancel', { body: { note: 'I am ill', creator_share: 10 } });
  await passBooking(booking.id, '71 h 59 min');
  assert.equal((await seeBooking(buyer, booking)).state, 'cancel_asked');
  await passBooking(booking.id, '1 min');
  await inState(buyer, booking, 'cancelled');
  assert.deepEqual(await moneyOf(booking.id), { gateway: -5000, creator_payable: 900, platform_fee: 100, brand_balance: 4000 });
  assert.equal((await row('select answer from cancel_requests where booking_id = $1', booking.id)).answer, 'silence');
  assert.equal((await asked(buyer, booking)).status, 'approved');
  await checkLedger();
});

test('the work’s clock stands while the answer is awaited, so asking gains nobody time', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const booking = await begun(buyer, seller);
  await act(seller, booking, 'deliver');
  await passBooking(booking.id, '50 h');
  await until('two reminders', async () => (await rows(`select 1 from booking_log where booking_id = $1 and act = 'remind'`, booking.id)).length === 2);
  const left = async () => row('select timer_step, timer_at - now() as due, due_at - now() as work from bookings where id = $1', booking.id);
  const before = await left();
  await act(buyer, booking, 'ask_cancel', { body: { note: 'Hm' } });
  await rows(`update cancel_requests set asked_at = asked_at - interval '40 h', from_entered_at = from_entered_at - interval '40 h' where booking_id = $1`, booking.id);
  await passBooking(booking.id, '40 h');
  await act(buyer, booking, 'revoke');
  const after = await left();
  assert.equal(after.timer_step, before.timer_step);
  assert.deepEqual([after.due.hours, after.work.days], [before.due.hours, before.work.days]);
  // and three times is enough
  for (let n = 0; n < 2; n += 1) {
    await act(buyer, booking, 'ask_cancel', { body: { note: 'Hm' } });
    await act(seller, booking, 'refuse');
  }
  await refused(acts(buyer, booking, 'ask_cancel', { note: 'Hm' }), 409, 'too_many_cancel_requests');
  await passBooking(booking.id, '22 h');
  await inState(buyer, booking, 'completed');
});

test('the first version’s word cancelled asks once work has begun', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  for (const who of [buyer, seller]) {
    const booking = await begun(buyer, seller);
    const { json } = await put(`/api/bookings/${booking.id}/status`, { status: 'cancelled' }, { as: who, status: 200 });
    assert.deepEqual([json.booking.state, json.booking.status], ['cancel_asked', 'in_progress']);
    await put(`/api/bookings/${booking.id}/status`, { status: 'cancelled' }, { as: who, status: 409 });
    await act(who === buyer ? seller : buyer, booking, 'agree');
    assert.deepEqual(await moneyOf(booking.id), { gateway: -15000, brand_balance: 15000 });
  }
  // late work needs no consent
  const late = await begun(buyer, seller);
  await passBooking(late.id, '15 days');
  assert.equal((await put(`/api/bookings/${late.id}/status`, { status: 'cancelled' }, { as: buyer, status: 200 })).json.booking.state, 'cancelled');
  await checkLedger();
});

test('a booking that the gateway takes back closes the question', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const booking = await begun(buyer, seller, { price: 70 });
  await act(seller, booking, 'ask_cancel', { body: { note: 'I am ill', creator_share: 10 } });
  await rows(`select booking_move($1, 'disputed', 'gateway', null, null, p) from payments p where p.booking_id = $1`, booking.id);
  await refused(acts(buyer, booking, 'agree'), 409, 'wrong_state');
  await rows(`select booking_move($1, 'dispute_lifted', 'gateway', null, null, p) from payments p where p.booking_id = $1`, booking.id);
  assert.equal((await seeBooking(buyer, booking)).state, 'cancel_asked');
  await rows(`select booking_move($1, 'refunded', 'gateway', null, null, p) from payments p where p.booking_id = $1`, booking.id);
  assert.equal((await seeBooking(buyer, booking)).state, 'cancelled');
  assert.equal((await row('select answer from cancel_requests where booking_id = $1', booking.id)).answer, 'void');
  assert.equal(await asked(buyer, booking), null);
  assert.deepEqual(await moneyOf(booking.id), {});
  await checkLedger();
});

test('twenty answers at once: one wins, and the money moves once', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const booking = await begun(buyer, seller, { price: 90 });
  const tally = (answers) => answers.reduce((all, { status, json }) => {
    const word = status === 200 ? 200 : `${status} ${json.code}`;
    return { ...all, [word]: (all[word] ?? 0) + 1 };
  }, {});
  const many = (fn) => Promise.all(Array.from({ length: 20 }, (_, i) => fn(i)));
  assert.deepEqual(tally(await many(() => acts(buyer, booking, 'ask_cancel', { note: 'At once', creator_share: 45 }))), { 200: 1, '409 wrong_state': 19 });
  assert.deepEqual(tally(await many((i) => acts(seller, booking, i % 2 ? 'agree' : 'refuse'))), { 200: 1, '409 wrong_state': 19 });
  const { state } = await seeBooking(buyer, booking);
  assert.equal((await entriesOf(booking.id)).length, state === 'cancelled' ? 2 : 1);
  assert.deepEqual(await moneyOf(booking.id), state === 'cancelled'
    ? { gateway: -9000, creator_payable: 4050, platform_fee: 450, brand_balance: 4500 } : { gateway: -9000, held: 9000 });
  await checkLedger();
});
