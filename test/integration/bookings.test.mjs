// The main job: a brand books a creator and pays; and every way that it ends.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { call, get, post, put, send } from './support/client.mjs';
import { row, rows, value } from './support/db.mjs';
import { gateway, onThePage } from './support/gateway.mjs';
import { mailedAs } from './support/mail.mjs';
import { balanceIn, checkLedger, entriesOf, moneyOf } from './support/money.mjs';
import { act, book, brand, creator, makePackage, seeBooking, theBrand, theCreator } from './support/people.mjs';
import { expireUnpaid, passBooking } from './support/time.mjs';
import { env } from './support/env.mjs';
import { until } from './support/wait.mjs';

const balances = async (who) => (await get('/api/balances', { as: who, status: 200 })).json;
const notices = async (who) => (await get('/api/notifications?per_page=100', { as: who, status: 200 })).json.notifications;
const statusOf = async (who, booking) => (await get(`/api/bookings/${booking.id}/payment-status`, { as: who, status: 200 })).json;
const acts = (who, booking, name, note) => post(`/api/bookings/${booking.id}/acts`, { act: name, note }, { as: who });
const inState = (who, booking, state) =>
  until(`booking ${booking.id} to be ${state}`, async () => {
    const seen = await seeBooking(who, booking);
    return seen.state === state && seen;
  });

async function refused(answer, status, code) {
  const { json, text, ...rest } = await answer;
  assert.equal(rest.status, status, text);
  assert.equal(json.code, code, text);
}

// A booking that is paid on the gateway's page.
async function paid(buyer, seller, extra = {}) {
  const made = await book(buyer, await makePackage(seller, extra));
  await onThePage(made.payment.redirect_url, 'pay');
  return inState(buyer, made.booking, 'accepted');
}

test('the whole way: booked, paid on the page, delivered, approved, and the money where it belongs', async () => {
  const [buyer, seller] = [await brand(), await creator()];
  const bought = await makePackage(seller, { price: 150, duration_days: 7 });
  const made = await book(buyer, bought, { notes: 'For our launch' });
  const { booking, payment } = made;

  assert.deepEqual([booking.state, booking.status, booking.payment_status], ['awaiting_payment', 'pending', 'pending']);
  assert.deepEqual([booking.amount, booking.fee, booking.payout, booking.currency], [150, 15, 135, 'USD']);
  assert.deepEqual([booking.package_id, booking.creator_id, booking.brand_id, booking.notes],
    [bought.id, seller.profile.id, buyer.profile.id, 'For our launch']);
  assert.deepEqual([payment.success, payment.method, payment.state], [true, 'paynow', 'sent']);
  assert.ok(payment.redirect_url.startsWith(env.PAYNOW_URL), payment.redirect_url);
  assert.equal(payment.poll_url, `/api/bookings/${booking.id}/payment-status`);
  const there = await gateway.transaction(payment.reference);
  assert.deepEqual([there.amount, there.status, there.currency], ['150.00', 'Created', 'USD']);
  assert.match(payment.reference, /^[A-Z0-9-]{1,32}$/);
  assert.match(there.merchanttrace, /^[0-9a-f]{32}$/);
  assert.deepEqual(await moneyOf(booking.id), {});
  assert.equal((await statusOf(buyer, booking)).paid, false);

  const back = await onThePage(payment.redirect_url, 'pay');
  const accepted = await inState(buyer, booking, 'accepted');
  assert.deepEqual([accepted.status, accepted.payment_status], ['accepted', 'paid']);
  assert.equal(accepted.payment_reference, there.number);
  const due = new Date(accepted.due_at) - new Date(accepted.booking_date);
  assert.ok(Math.abs(due - 7 * 86400e3) < 600e3, accepted.due_at);
  assert.deepEqual(await moneyOf(booking.id), { gateway: -15000, held: 15000 });
  const status = await statusOf(seller, booking);
  assert.deepEqual([status.success, status.paid, status.status, status.amount, status.state], [true, true, 'paid', 150, 'paid']);

  const page = await send('GET', back);
  assert.equal(page.status, 200);
  assert.match(page.headers['content-type'], /^text\/html/);
  await mailedAs(buyer.email, 'Payment received: US$150.00 for Three reels');
  await mailedAs(seller.email, 'Booked and paid: Three reels');
  for (const who of [buyer, seller]) {
    assert.ok((await notices(who)).some(({ type, action_url: url }) =>
      ['booking', 'payment'].includes(type) && url === `/bookings/${booking.id}`), who.kind);
  }

  await act(seller, booking, 'start');
  const delivered = (await act(seller, booking, 'deliver', { body: { note: 'The reels are up' } })).json.booking;
  assert.deepEqual([delivered.state, delivered.status], ['delivered', 'in_progress']);
  const done = (await act(buyer, booking, 'approve')).json.booking;
  assert.deepEqual([done.state, done.status, done.payment_status], ['completed', 'completed', 'paid']);
  assert.notEqual(done.completion_date, null);
  assert.deepEqual(await moneyOf(booking.id), { gateway: -15000, creator_payable: 13500, platform_fee: 1500 });
  assert.equal(balanceIn(await balances(seller), 'creator_payable'), 13500);
  const ledger = (await get('/api/ledger', { as: seller, status: 200 })).json;
  assert.deepEqual(ledger.entries.map(({ account, amount, booking_id: id }) => [account, amount, id]), [['creator_payable', 135, booking.id]]);
  await mailedAs(seller.email, 'Approved: US$135.00 is yours');
  await refused(acts(buyer, booking, 'approve'), 409, 'wrong_state');
  await refused(acts(seller, booking, 'decline'), 409, 'wrong_state');
  await checkLedger();
});

test('EcoCash inside the page: no redirect, instructions, then paid', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const { booking, payment } = await book(buyer, await makePackage(seller), { payment_method: 'ecocash', phone: '+263 77 111 1111' });
  assert.deepEqual([payment.success, payment.method, payment.redirect_url], [true, 'ecocash', null]);
  assert.match(payment.instructions, /0771111111/);
  assert.equal((await statusOf(buyer, booking)).instructions, payment.instructions);
  await gateway.advance(6);
  await inState(buyer, booking, 'accepted');
  assert.deepEqual(await moneyOf(booking.id), { gateway: -15000, held: 15000 });
});

test('OneMoney and InnBucks inside the page', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const one = await book(buyer, await makePackage(seller), { payment_method: 'onemoney', phone: '0771111111' });
  assert.equal(one.payment.redirect_url, null);
  const inn = await book(buyer, await makePackage(seller), { payment_method: 'innbucks', phone: '0771111111' });
  assert.match(inn.payment.authorization_code, /^[0-9]+$/);
  await gateway.advance(6);
  await inState(buyer, one.booking, 'accepted');
  await inState(buyer, inn.booking, 'accepted');
});

test('a wallet without money: the booking stands, and another way pays it', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const { booking, payment } = await book(buyer, await makePackage(seller), { payment_method: 'ecocash', phone: '0774444444' });
  assert.equal(payment.success, false);
  assert.ok(payment.error);
  assert.equal((await seeBooking(buyer, booking)).state, 'awaiting_payment');
  const again = await post(`/api/bookings/${booking.id}/payments`, { payment_method: 'paynow' }, { as: buyer, status: 201 });
  assert.notEqual(again.json.payment.reference, payment.reference);
  await onThePage(again.json.payment.redirect_url, 'pay');
  await inState(buyer, booking, 'accepted');
});

test('a payer who cancels may try again', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const { booking, payment } = await book(buyer, await makePackage(seller));
  await onThePage(payment.redirect_url, 'cancel');
  await until('the payment to be cancelled', async () => (await statusOf(buyer, booking)).state === 'cancelled');
  const seen = await seeBooking(buyer, booking);
  assert.equal(seen.state, 'awaiting_payment');
  const { json } = await post(`/api/bookings/${booking.id}/payments`, { payment_method: 'ecocash', phone: '0771111111' }, { as: buyer, status: 201 });
  assert.equal(json.payment.success, true);
  await gateway.advance(6);
  await inState(buyer, booking, 'accepted');
});

test('declined after payment: the money is the brand’s balance, and pays the next booking', async () => {
  const [buyer, seller] = [await brand(), await theCreator()];
  const booking = await paid(buyer, seller, { price: 100 });
  const declined = (await act(seller, booking, 'decline')).json.booking;
  assert.deepEqual([declined.state, declined.status, declined.payment_status], ['rejected', 'rejected', 'refunded']);
  assert.deepEqual(await moneyOf(booking.id), { gateway: -10000, brand_balance: 10000 });
  assert.equal(balanceIn(await balances(buyer), 'brand_balance'), 10000);
  await mailedAs(buyer.email, `Creator ${seller.profile.id} declined: US$100.00 is on your balance`);

  const next = await book(buyer, await makePackage(seller, { price: 60 }), { payment_method: 'balance' });
  assert.deepEqual([next.booking.state, next.booking.payment_status, next.payment.success], ['accepted', 'paid', true]);
  assert.equal(balanceIn(await balances(buyer), 'brand_balance'), 4000);

  const dear = await makePackage(seller, { price: 40.01 });
  await refused(post('/api/bookings', { package_id: dear.id, payment_method: 'balance' }, { as: buyer }), 409, 'insufficient_balance');
  assert.equal(await value('select count(*) from bookings where package_id = $1', dear.id), 0);
  assert.equal(balanceIn(await balances(buyer), 'brand_balance'), 4000);
  await checkLedger();
});

test('two spends of one balance at once do not overdraw it', async () => {
  const [buyer, seller] = [await brand(), await theCreator()];
  const booking = await paid(buyer, seller, { price: 100 });
  await act(seller, booking, 'decline');
  const wares = await Promise.all(Array.from({ length: 8 }, () => makePackage(seller, { price: 60 })));
  const answers = await Promise.all(wares.map(({ id }) => post('/api/bookings', { package_id: id, payment_method: 'balance' }, { as: buyer })));
  const through = answers.filter(({ status, json }) => status === 201 && json.booking.state === 'accepted');
  assert.equal(through.length, 1);
  assert.equal(balanceIn(await balances(buyer), 'brand_balance'), 4000);
  await checkLedger();
});

test('72 hours of silence approve, after reminders at 24, 48 and 66', async () => {
  const [buyer, seller] = [await brand(), await theCreator()];
  const booking = await paid(buyer, seller);
  await act(seller, booking, 'deliver');
  const reminders = async () => (await rows(`select act from booking_log where booking_id = $1 and act = 'remind'`, booking.id)).length;
  for (const [hours, count] of [[24, 1], [24, 2], [18, 3]]) {
    await passBooking(booking.id, `${hours} h`);
    await until(`reminder ${count}`, async () => (await reminders()) === count);
    assert.equal((await seeBooking(buyer, booking)).state, 'delivered');
  }
  await passBooking(booking.id, '6 h');
  await inState(buyer, booking, 'completed');
  assert.deepEqual(await moneyOf(booking.id), { gateway: -15000, creator_payable: 13500, platform_fee: 1500 });
  for (const subject of ['Three reels is approved', 'Reminder: please review Three reels']) await mailedAs(buyer.email, subject);
  await mailedAs(seller.email, 'Approved: US$135.00 is yours');
  await checkLedger();
});

test('revisions are counted against the package’s number', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const booking = await paid(buyer, seller, { revisions: 1 });
  await act(seller, booking, 'deliver');
  const mute = await acts(buyer, booking, 'ask_revision');
  assert.deepEqual([mute.status, Object.keys(mute.json.fields)], [422, ['note']]);
  const asked = (await act(buyer, booking, 'ask_revision', { body: { note: 'Brighter, please' } })).json.booking;
  assert.deepEqual([asked.state, asked.status, asked.revisions_used, asked.revisions_allowed], ['revision', 'in_progress', 1, 1]);
  await act(seller, booking, 'deliver');
  await refused(acts(buyer, booking, 'ask_revision', 'Louder, please'), 409, 'no_revisions_left');
  await act(buyer, booking, 'approve');
});

test('nobody pays in 48 hours: expired, and what is paid after that is the brand’s balance', async () => {
  const [buyer, seller] = [await brand(), await theCreator()];
  const { booking, payment } = await book(buyer, await makePackage(seller, { price: 80 }));
  await expireUnpaid(booking.id);
  const gone = await inState(buyer, booking, 'expired');
  assert.equal(gone.status, 'cancelled');
  await refused(post(`/api/bookings/${booking.id}/payments`, { payment_method: 'paynow' }, { as: buyer }), 409, 'wrong_state');

  await onThePage(payment.redirect_url, 'pay');
  await until('the late money', async () => balanceIn(await balances(buyer), 'brand_balance') === 8000);
  assert.equal((await seeBooking(buyer, booking)).state, 'expired');
  assert.deepEqual(await moneyOf(booking.id), { gateway: -8000, brand_balance: 8000 });
  assert.ok((await notices(buyer)).some(({ type, message }) => type === 'payment' && /balance/i.test(message)));
  await mailedAs(buyer.email, 'US$80.00 is on your balance');
  await checkLedger();
});

test('a payment that came in before the 48 hours ended is found by the last poll', async () => {
  const [buyer, seller] = [await brand(), await theCreator()];
  const { booking, payment } = await book(buyer, await makePackage(seller));
  await gateway.fault({ kind: 'callback', reference: payment.reference, lost: true, times: 0 });
  await rows(`update payments set next_poll_at = now() + interval '1 hour' where booking_id = $1`, booking.id);
  await gateway.outcome(payment.reference, 'paid');
  await passBooking(booking.id, '48 h');
  await inState(buyer, booking, 'accepted');
});

test('a booking is paid for twice: once held, once on the balance', async () => {
  const [buyer, seller] = [await brand(), await theCreator()];
  const { booking, payment } = await book(buyer, await makePackage(seller, { price: 50 }));
  const second = (await post(`/api/bookings/${booking.id}/payments`, { payment_method: 'paynow' }, { as: buyer, status: 201 })).json.payment;
  await onThePage(payment.redirect_url, 'pay');
  await inState(buyer, booking, 'accepted');
  await onThePage(second.redirect_url, 'pay');
  await until('the surplus', async () => balanceIn(await balances(buyer), 'brand_balance') === 5000);
  assert.deepEqual(await moneyOf(booking.id), { gateway: -10000, held: 5000, brand_balance: 5000 });
  assert.equal((await entriesOf(booking.id)).length, 2);
  // Whoever comes back from paying is told which of the two it was.
  for (const [{ reference }, onBalance] of [[payment, false], [second, true]]) {
    const { pathname } = new URL((await gateway.transaction(reference)).returnurl);
    const { state, paid, on_balance: told } = (await get(`/api${pathname}`, { status: 200 })).json;
    assert.deepEqual([state, paid, told], ['paid', true, onBalance]);
  }
  await checkLedger();
});

test('a package that is not instant waits for its creator, then for the money', async () => {
  const [buyer, seller] = [await theBrand(), await creator()];
  const { booking, payment } = await book(buyer, await makePackage(seller, { instant: false }));
  assert.deepEqual([booking.state, booking.status, payment.success], ['requested', 'pending', false]);
  await mailedAs(seller.email, 'New request: Three reels');
  await refused(post(`/api/bookings/${booking.id}/payments`, { payment_method: 'paynow' }, { as: buyer }), 409, 'wrong_state');
  await refused(acts(buyer, booking, 'accept'), 409, 'wrong_state');
  const accepted = (await act(seller, booking, 'accept')).json.booking;
  assert.deepEqual([accepted.state, accepted.status], ['awaiting_payment', 'pending']);
  const { json } = await post(`/api/bookings/${booking.id}/payments`, { payment_method: 'paynow' }, { as: buyer, status: 201 });
  await onThePage(json.payment.redirect_url, 'pay');
  await inState(buyer, booking, 'accepted');
});

test('a request is declined, withdrawn, or unanswered for 72 hours', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const request = async () => (await book(buyer, await makePackage(seller, { instant: false }))).booking;
  assert.equal((await act(seller, await request(), 'decline')).json.booking.status, 'rejected');
  assert.equal((await act(buyer, await request(), 'withdraw')).json.booking.status, 'cancelled');
  const silent = await request();
  await passBooking(silent.id, '71 h 59 min');
  assert.equal((await seeBooking(buyer, silent)).state, 'requested');
  await passBooking(silent.id, '1 min');
  await inState(buyer, silent, 'expired');
});

test('unpaid bookings are withdrawn or declined; paid ones cancelled before work starts', async () => {
  const [buyer, seller] = [await brand(), await theCreator()];
  const unpaid = async () => (await book(buyer, await makePackage(seller))).booking;
  const gone = (await act(buyer, await unpaid(), 'withdraw')).json.booking;
  assert.deepEqual([gone.state, gone.payment_status], ['cancelled', 'pending']);
  assert.equal((await act(seller, await unpaid(), 'decline')).json.booking.state, 'rejected');
  const held = await paid(buyer, seller, { price: 30 });
  await act(buyer, held, 'cancel');
  assert.equal(balanceIn(await balances(buyer), 'brand_balance'), 3000);
  const begun = await paid(buyer, seller);
  await act(seller, begun, 'start');
  await refused(acts(buyer, begun, 'cancel'), 409, 'wrong_state');
  await refused(acts(buyer, begun, 'cancel_late'), 409, 'not_late_enough');
  await passBooking(begun.id, '7 days');
  await until('the late notice', async () => (await rows(`select 1 from booking_log where booking_id = $1 and act = 'late'`, begun.id)).length === 1);
  await passBooking(begun.id, '8 days');
  assert.equal((await act(buyer, begun, 'cancel_late')).json.booking.state, 'cancelled');
  assert.equal(balanceIn(await balances(buyer), 'brand_balance'), 18000);
  await checkLedger();
});

test('the first version’s words move a booking', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const wish = (who, booking, status, expected = 200) => put(`/api/bookings/${booking.id}/status`, { status }, { as: who, status: expected });
  const booking = await paid(buyer, seller);
  assert.equal((await wish(seller, booking, 'accepted')).json.booking.state, 'accepted');
  assert.equal((await wish(seller, booking, 'in_progress')).json.booking.state, 'in_progress');
  assert.equal((await wish(seller, booking, 'completed')).json.booking.state, 'delivered');
  await wish(seller, booking, 'completed', 409);
  assert.equal((await wish(buyer, booking, 'completed')).json.booking.state, 'completed');
  await wish(buyer, booking, 'cancelled', 409);
  const request = async () => (await book(buyer, await makePackage(seller, { instant: false }))).booking;
  assert.equal((await wish(seller, await request(), 'declined')).json.booking.state, 'rejected');
  assert.equal((await wish(seller, await request(), 'rejected')).json.booking.state, 'rejected');
  assert.equal((await wish(seller, await request(), 'accepted')).json.booking.state, 'awaiting_payment');
  assert.equal((await wish(buyer, await request(), 'cancelled')).json.booking.state, 'cancelled');
  const held = await paid(buyer, seller);
  assert.equal((await wish(buyer, held, 'cancelled')).json.booking.state, 'cancelled');
});

test('an open booking of a package is not doubled by a second tap', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const bought = await makePackage(seller);
  const answers = await Promise.all(Array.from({ length: 6 }, () => post('/api/bookings', { package_id: bought.id }, { as: buyer })));
  assert.deepEqual(answers.map(({ status, json }) => json.code ?? status).sort(), [201, ...Array(5).fill('already_booked')]);
  assert.equal(await value('select count(*) from bookings where package_id = $1', bought.id), 1);
  assert.equal(await value('select count(*) from payments p join bookings b on b.id = p.booking_id where b.package_id = $1', bought.id), 1);
});

test('what is not for sale cannot be booked', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const off = await makePackage(seller, { is_active: false });
  for (const id of [off.id, 999999999]) {
    await refused(post('/api/bookings', { package_id: id }, { as: buyer }), 404, 'package_not_found');
  }
  assert.equal(await value('select count(*) from bookings where package_id = $1', off.id), 0);
});

test('price, fee and currency are locked when a package is booked', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const bought = await makePackage(seller, { price: 1.05 });
  const { booking } = await book(buyer, bought);
  // 10.5 cents are rounded up, once, off the creator's side
  assert.deepEqual([booking.amount, booking.fee, booking.payout], [1.05, 0.11, 0.94]);
  await put(`/api/packages/${bought.id}`, { price: 999, title: 'Dearer' }, { as: seller, status: 200 });
  const seen = await seeBooking(buyer, booking);
  assert.deepEqual([seen.amount, seen.fee, seen.package.price], [1.05, 0.11, 999]);
});

test('a price that changed since it was seen books nothing and moves no money', async () => {
  const [buyer, seller] = [await brand(), await theCreator()];
  await act(seller, await paid(buyer, seller, { price: 500 }), 'decline');
  const bought = await makePackage(seller, { price: 120 });
  const body = { package_id: bought.id, amount: 120, currency: 'USD', payment_method: 'balance' };
  await put(`/api/packages/${bought.id}`, { price: 400 }, { as: seller, status: 200 });
  const before = await balances(buyer);
  await refused(post('/api/bookings', body, { as: buyer }), 409, 'price_changed');
  await refused(post('/api/bookings', { ...body, amount: 400, currency: 'ZWG' }, { as: buyer }), 409, 'price_changed');
  await refused(post('/api/bookings', { ...body, amount: 'much' }, { as: buyer }), 422, 'fields_invalid');
  assert.equal(await value('select count(*) from bookings where package_id = $1', bought.id), 0);
  assert.deepEqual(await balances(buyer), before);
  const { json } = await post('/api/bookings', { ...body, amount: '400.00' }, { as: buyer, status: 201 });
  assert.deepEqual([json.booking.amount, json.booking.state], [400, 'accepted']);
});

test('each side lists its own bookings, newest first, by status and page', async () => {
  const [buyer, seller] = [await brand(), await creator()];
  const made = [];
  for (let n = 0; n < 3; n += 1) made.unshift((await book(buyer, await makePackage(seller))).booking.id);
  await act(buyer, made[0], 'withdraw');
  for (const who of [buyer, seller]) {
    const list = async (query) => (await get(`/api/bookings?${query}`, { as: who, status: 200 })).json;
    assert.deepEqual((await list('')).bookings.map(({ id }) => id), made);
    assert.deepEqual((await list('status=cancelled')).bookings.map(({ id }) => id), [made[0]]);
    assert.deepEqual((await list('status=pending')).total, 2);
    const page = await list('per_page=2&page=2');
    assert.deepEqual([page.bookings.map(({ id }) => id), page.total, page.pages, page.current_page], [[made[2]], 3, 2, 2]);
    assert.deepEqual((await list('page=9')).bookings, []);
    assert.equal((await list('status=sleeping')).total, 0);
    assert.equal((await list('status=awaiting_payment')).total, 2);
  }
  assert.equal((await get('/api/bookings', { as: await brand(), status: 200 })).json.total, 0);
});

test('a booking may belong to a campaign of the brand’s own', async () => {
  const [buyer, other, seller] = [await brand(), await theBrand(), await theCreator()];
  const campaign = async (who) => (await row(`insert into campaigns (brand_id, title, description, budget_cents, start_date, end_date, category)
    values ($1, 'Winter', 'Warm drinks', 100000, now(), now() + interval '30 d', 'Other') returning id`, who.profile.id)).id;
  const { booking } = await book(buyer, await makePackage(seller), { campaign_id: await campaign(buyer) });
  assert.equal(booking.campaign.title, 'Winter');
  const bought = await makePackage(seller);
  await refused(post('/api/bookings', { package_id: bought.id, campaign_id: await campaign(other) }, { as: buyer }), 404, 'campaign_not_found');
  assert.equal(await value('select count(*) from bookings where package_id = $1', bought.id), 0);
});

test('message means notes, which goes before it', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  assert.equal((await book(buyer, await makePackage(seller), { message: 'Hello' })).booking.notes, 'Hello');
  assert.equal((await book(buyer, await makePackage(seller), { message: 'a', notes: 'b' })).booking.notes, 'b');
});

test('a wallet needs a phone of its network’s form', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const bought = await makePackage(seller);
  for (const phone of [undefined, '', '123', '07711111111', 'abc', '+27821234567']) {
    const answer = await post('/api/bookings', { package_id: bought.id, payment_method: 'ecocash', phone }, { as: buyer, status: 422 });
    assert.ok(answer.json.fields.phone, answer.text);
  }
  assert.equal(await value('select count(*) from bookings where package_id = $1', bought.id), 0);
});

test('the payer’s return tells the state, never fulfils, and knows only its own token', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const { booking, payment } = await book(buyer, await makePackage(seller));
  const { returnurl } = await gateway.transaction(payment.reference);
  assert.ok(!returnurl.includes(payment.reference));
  // A page of ours has that address, and asks with what it ends in.
  const path = new URL(returnurl).pathname;
  assert.match(path, /^\/payment\/return\/[0-9a-f-]{36}$/);
  const told = async () => (await get(`/api${path}`, { status: 200 })).json;
  const known = { booking_id: booking.id, title: booking.package.title, amount: booking.amount, currency: 'USD', method: 'paynow', on_balance: false };
  assert.deepEqual(await told(), { ...known, state: 'sent', paid: false });
  assert.equal((await seeBooking(buyer, booking)).state, 'awaiting_payment');
  await get(`/api${path}?status=Paid&reference=${payment.reference}`, { status: 200 });
  assert.equal((await seeBooking(buyer, booking)).state, 'awaiting_payment');
  await onThePage(payment.redirect_url, 'pay');
  await inState(buyer, booking, 'accepted');
  assert.deepEqual(await told(), { ...known, state: 'paid', paid: true });
  for (const token of ['00000000-0000-4000-8000-000000000000', 'a'.repeat(36), '-'.repeat(36), 'x'.repeat(16), path.split('/').at(-1).toUpperCase()]) {
    await refused(get(`/api/payment/return/${token}`), 404, 'not_found');
  }
});

test('the gateway’s own addresses never reach the browser, nor are they asked for', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const { booking, payment } = await book(buyer, await makePackage(seller));
  const { guid } = await gateway.transaction(payment.reference);
  for (const target of [`/api/bookings/${booking.id}`, `/api/bookings/${booking.id}/payment-status`, '/api/bookings', '/api/notifications']) {
    assert.ok(!(await get(target, { as: buyer, status: 200 })).text.includes(guid), target);
  }
  for (const name of ['poll_url', 'paynow_poll_url', 'amount', 'status', 'payment_status', 'creator_id']) {
    const answer = await post('/api/bookings', { package_id: booking.package_id, [name]: 'Paid' }, { as: buyer, status: 422 });
    assert.ok(answer.json.fields[name], name);
  }
});

test('how to pay is the payer’s to know: the creator sees that it is not paid, and no more', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const mine = ['redirect_url', 'instructions', 'authorization_code', 'authorization_expires'];
  for (const [way, shown] of [
    [{ payment_method: 'paynow' }, ['redirect_url']],
    [{ payment_method: 'ecocash', phone: ownPhone() }, ['instructions']],
    [{ payment_method: 'innbucks', phone: ownPhone() }, ['authorization_code', 'authorization_expires']],
  ]) {
    const { booking, payment } = await book(buyer, await makePackage(seller), way);
    const [payers, creators] = [await statusOf(buyer, booking), await statusOf(seller, booking)];
    for (const name of mine) {
      assert.equal(payers[name], payment[name], name);
      if (shown.includes(name)) assert.ok(payers[name], name);
      assert.equal(creators[name], null, `${name} as the creator sees it`);
    }
    assert.deepEqual({ ...creators, ...Object.fromEntries(mine.map((name) => [name, payers[name]])) }, payers);
    await act(buyer, booking, 'withdraw');
  }
});

test('paid from the balance after a checkout that was left: no way to pay is shown any more', async () => {
  const [buyer, seller] = [await brand(), await theCreator()];
  await act(seller, await paid(buyer, seller, { price: 70 }), 'decline');
  const { booking, payment } = await book(buyer, await makePackage(seller, { price: 70 }));
  await onThePage(payment.redirect_url, 'abandon');
  const { json } = await post(`/api/bookings/${booking.id}/payments`, { payment_method: 'balance' }, { as: buyer, status: 201 });
  const none = { redirect_url: null, instructions: null, authorization_code: null, authorization_expires: null, reference: null };
  assert.deepEqual(json.payment, { success: true, method: 'balance', state: 'paid', poll_url: payment.poll_url, ...none });
  assert.deepEqual([json.booking.state, json.booking.payment_status], ['accepted', 'paid']);
  const { paid_at, ...status } = await statusOf(buyer, booking);
  assert.deepEqual(status,
    { success: true, paid: true, status: 'paid', state: 'paid', method: 'balance', amount: 70, currency: 'USD', started_at: null, ...none });
  assert.ok(Math.abs(Date.parse(paid_at) - Date.now()) < 60000);
  // what is paid there after all is the brand's
  await onThePage(payment.redirect_url, 'pay');
  await until('the surplus', async () => balanceIn(await balances(buyer), 'brand_balance') === 7000);
  await checkLedger();
});

// ---- how often a payment is started ----

// A phone that nobody else's test asks.
const ownPhone = () => `0771${String(randomInt(1e6)).padStart(6, '0')}`;

// As though all of a window's tries but `left` were used.
const useUp = (scope, counted, left) => rows(`insert into rate_counts (scope, counted, since, tries)
  select $1, $2, now(), s.value - $3 from settings s where s.name = $1 || '_tries'
  on conflict (scope, counted) do update set since = excluded.since, tries = excluded.tries`, scope, String(counted), left);

const asked = async (phone) => (await gateway.journal({ kind: 'remote', direction: 'in', type: 'request' })).filter(({ text }) => text.includes(phone)).length;

async function tooMany(answer) {
  const { status, headers, json, text } = await answer;
  assert.deepEqual([status, json.code], [429, 'too_many_tries'], text);
  const wait = Number(headers['retry-after']);
  assert.ok(wait > 60 && wait <= 900, `Retry-After: ${headers['retry-after']}`);
}

test('a phone is asked for its PIN so often in a window, whoever asks and however it is written', async () => {
  const [buyer, other, seller] = [await brand(), await brand(), await theCreator()];
  const phone = ownPhone();
  const way = { payment_method: 'ecocash', phone };
  await useUp('prompt_phone', phone, 1);
  const { booking } = await book(buyer, await makePackage(seller), way);
  assert.equal(await asked(phone), 1);

  await tooMany(post(`/api/bookings/${booking.id}/payments`, way, { as: buyer }));
  const bought = await makePackage(seller);
  await tooMany(post('/api/bookings', { package_id: bought.id, ...way }, { as: buyer }));
  await tooMany(post('/api/bookings', { package_id: bought.id, ...way, phone: `+263 ${phone.slice(1)}` }, { as: other }));
  await tooMany(post('/api/bookings', { package_id: bought.id, ...way, payment_method: 'onemoney' }, { as: other }));
  assert.equal(await value('select count(*) from bookings where package_id = $1', bought.id), 0);
  assert.equal(await value('select count(*) from payments where booking_id = $1', booking.id), 1);
  assert.equal(await asked(phone), 1, 'nothing was started');

  // another way, another phone and another window are free
  await book(buyer, bought);
  await book(other, bought, { ...way, phone: ownPhone() });
  await rows(`update rate_counts set since = now() - interval '901 s' where scope = 'prompt_phone' and counted = $1`, phone);
  await book(buyer, await makePackage(seller), way);
  assert.equal(await asked(phone), 2);
});

test('a brand starts so many bookings and payments in a window', async () => {
  const [buyer, seller] = [await brand(), await theCreator()];
  await useUp('book_user', buyer.id, 2);
  const { booking } = await book(buyer, await makePackage(seller));
  await post(`/api/bookings/${booking.id}/payments`, { payment_method: 'paynow' }, { as: buyer, status: 201 });

  const bought = await makePackage(seller);
  await tooMany(post('/api/bookings', { package_id: bought.id }, { as: buyer }));
  for (const way of ['paynow', 'balance']) {
    await tooMany(post(`/api/bookings/${booking.id}/payments`, { payment_method: way }, { as: buyer }));
  }
  assert.equal(await value('select count(*) from bookings where package_id = $1', bought.id), 0);
  assert.equal(await value('select count(*) from payments where booking_id = $1', booking.id), 2);
  // acts are not starts, and another brand has its own count
  await act(buyer, booking, 'withdraw');
  await book(await theBrand(), bought);
});

test('a session that ended moves nothing, though the worker has not heard of its end', async () => {
  const [buyer, seller] = [await brand(), await creator()];
  const booking = await paid(buyer, seller);
  const unpaid = (await book(buyer, await makePackage(seller))).booking;
  const bought = await makePackage(seller);
  // without session_end(), so that no notice goes to the workers
  await rows(`update sessions set ended_at = now(), end_reason = 'by_user' where user_id in ($1, $2)`, buyer.id, seller.id);
  for (const [who, method, target, body] of [
    [buyer, 'POST', '/api/bookings', { package_id: bought.id }],
    [buyer, 'POST', `/api/bookings/${unpaid.id}/payments`, { payment_method: 'paynow' }],
    [buyer, 'POST', `/api/bookings/${unpaid.id}/payments`, { payment_method: 'balance' }],
    [buyer, 'POST', `/api/bookings/${booking.id}/acts`, { act: 'cancel' }],
    [buyer, 'PUT', `/api/bookings/${booking.id}/status`, { status: 'cancelled' }],
    [seller, 'POST', `/api/bookings/${booking.id}/acts`, { act: 'decline' }],
    [seller, 'PUT', `/api/bookings/${booking.id}/status`, { status: 'in_progress' }],
  ]) {
    await refused(call(method, target, { as: who, body }), 401, 'session_ended');
  }
  assert.equal(await value('select count(*) from bookings where package_id = $1', bought.id), 0);
  assert.equal(await value('select state from bookings where id = $1', booking.id), 'accepted');
  assert.equal(await value('select count(*) from payments where booking_id = $1', unpaid.id), 1);
});

test('a quote is what the booking then locks', async () => {
  const [buyer, seller] = [await brand(), await creator()];
  const bought = await makePackage(seller, { price: 33.35, instant: false });
  const quote = (await get(`/api/packages/${bought.id}/quote`, { status: 200 })).json;
  assert.deepEqual(quote, { price: 33.35, fee: 3.34, payout: 30.01, total: 33.35, currency: 'USD', instant: false });
  const { booking } = await book(buyer, bought);
  assert.deepEqual([booking.amount, booking.fee, booking.payout], [quote.total, quote.fee, quote.payout]);
  await put(`/api/packages/${bought.id}`, { is_active: false }, { as: seller, status: 200 });
  await refused(get(`/api/packages/${bought.id}/quote`), 404, 'not_found');
});

test('the timeline tells what is waited for, until when, and what was done', async () => {
  const [buyer, seller] = [await brand(), await creator()];
  const timeline = async (who, booking) => (await get(`/api/bookings/${booking.id}/timeline`, { as: who, status: 200 })).json;
  const setting = async (name) => Number(await value('select setting($1)', name)) * 1000;
  const after = (from, until) => new Date(until) - new Date(from);

  const { booking } = await book(buyer, await makePackage(seller, { instant: false }));
  const asked = await timeline(seller, booking);
  assert.deepEqual([asked.state, asked.clock.act, after(asked.entered_at, asked.clock.at)],
    ['requested', 'expire', await setting('request_s')]);
  assert.deepEqual([asked.cancel_late_at, asked.review_until, asked.reviewed], [null, null, false]);
  assert.deepEqual(asked.entries.map(({ act: name, actor, state, note }) => [name, actor, state, note]),
    [['book', 'brand', 'requested', null]]);

  const work = await paid(buyer, seller);
  const begun = await timeline(buyer, work);
  assert.deepEqual([begun.clock.act, begun.clock.at, after(work.due_at, begun.cancel_late_at)],
    ['late', work.due_at, await setting('cancel_late_s')]);

  await act(seller, work, 'deliver', { body: { note: 'All three are up' } });
  const sent = await timeline(buyer, work);
  assert.deepEqual([sent.clock.act, after(sent.entered_at, sent.clock.at)], ['approve', await setting('silence_s')]);
  assert.equal(sent.cancel_late_at, null);
  const last = sent.entries.at(-1);
  assert.deepEqual([last.act, last.actor, last.state, last.note], ['deliver', 'creator', 'delivered', 'All three are up']);

  await act(buyer, work, 'approve');
  await post('/api/reviews', { collaboration_id: work.id, rating: 5, comment: 'Fine work' }, { as: buyer, status: 201 });
  const [mine, theirs] = [await timeline(buyer, work), await timeline(seller, work)];
  assert.deepEqual([mine.clock, mine.reviewed, theirs.reviewed], [null, true, false]);
  assert.deepEqual([mine.review_ids.length, theirs.review_ids], [1, []]);
  assert.equal(after((await seeBooking(buyer, work)).completion_date, mine.review_until), await setting('review_s'));
  assert.deepEqual(mine.entries.map(({ act: name }) => name), ['book', 'paid', 'deliver', 'approve']);

  await post('/api/reviews', { collaboration_id: work.id, rating: 4, comment: 'Clear brief' }, { as: seller, status: 201 });
  const both = await timeline(buyer, work);
  assert.equal(both.review_ids.length, 2);
  assert.equal(both.review_ids[0], mine.review_ids[0]);
  assert.deepEqual((await timeline(seller, work)).review_ids, both.review_ids);

  await refused(get(`/api/bookings/${work.id}/timeline`, { as: await brand() }), 404, 'not_found');
});
