// A callback is only a reason to ask; but then it is asked, until the gateway
// has answered: whatever the payment looks like, whatever fails in between.
// Here nothing forces a poll: time passes, and the schedule does the rest.
import assert from 'node:assert/strict';
import { afterEach, before, test } from 'node:test';
import { get, post } from './support/client.mjs';
import { row, rows, value } from './support/db.mjs';
import { gateway } from './support/gateway.mjs';
import { balanceIn, checkLedger, entriesOf, moneyOf } from './support/money.mjs';
import { act, book, brand, creator, makePackage, seeBooking } from './support/people.mjs';
import { expireUnpaid, passPayment, pollBySchedule } from './support/time.mjs';
import { until } from './support/wait.mjs';

const CURRENCY = 'ZWG';
const HELD = { gateway: -1050, held: 1050 };

let buyer;
let seller;
before(async () => {
  [buyer, seller] = await Promise.all([brand(), creator()]);
});
afterEach(checkLedger);

const paymentRow = (id) => row('select * from payments where id = $1', id);
const stateOf = async (booking) => (await seeBooking(buyer, booking)).state;
const inState = (booking, state) => until(`the booking to be ${state}`, async () => (await stateOf(booking)) === state);
const paymentIn = (id, state) => until(`the payment to be ${state}`, async () => {
  const found = await paymentRow(id);
  return found.state === state && found;
});
const alertsOf = async (id) => (await rows('select kind from alerts where subject_id = $1 order by id', id)).map(({ kind }) => kind);

async function begin() {
  const made = await book(buyer, await makePackage(seller, { price: 10.5, currency: CURRENCY }));
  const { reference } = made.payment;
  return { booking: made.booking, reference, id: await value('select id from payments where reference = $1', reference) };
}

// One that looks cancelled to us, while nothing more is planned for it.
async function cancelled() {
  const begun = await begin();
  await gateway.status(begun.reference, 'Cancelled', { callback: false });
  await rows('update payments set next_poll_at = now() where id = $1', begun.id);
  assert.equal((await paymentIn(begun.id, 'cancelled')).next_poll_at, null);
  return begun;
}

// The gateway calls once, by hand: with its retries a lost poll would not show.
async function calls(reference, set) {
  const [reply] = await gateway.callback({ reference, ...(set && { set }) });
  assert.equal(reply.status, 200);
}

// The next poll goes wrong; gives when it did.
async function spoilPoll(reference, fault) {
  const id = await gateway.fault({ kind: 'poll', reference, ...fault });
  return async (payment, failures = 0) => {
    await until('the poll that fails', async () => (await paymentRow(payment)).failures > failures);
    await gateway.clear(id);
  };
}

// The next poll's answer is held back until the function that this gives is called.
async function holdPoll(reference, payment, fault) {
  const id = await gateway.fault({ kind: 'poll', reference, hang: true, ...fault });
  const asked = async () => (await gateway.journal({ kind: 'poll', reference, direction: 'in', type: 'request' })).length;
  const before = await asked();
  await rows('update payments set next_poll_at = now() where id = $1', payment);
  await until('the poll to be there', async () => (await asked()) > before);
  return () => gateway.clear(id);
}

async function fulfilledOnce(booking) {
  await inState(booking, 'accepted');
  assert.deepEqual(await moneyOf(booking.id), HELD);
  assert.equal((await entriesOf(booking.id)).length, 1);
}

const faults = {
  'a 500': { http: 500, body: 'oops' },
  'no answer': { hang: true },
  'an answer of somebody else’s': { set: { status: 'Paid' }, hash: 'bad' },
};
for (const [name, fault] of Object.entries(faults)) {
  test(`Paid called back for a payment that looks cancelled, and the one poll after it gets ${name}: asked again, and paid`, async () => {
    const { booking, reference, id } = await cancelled();
    const failed = await spoilPoll(reference, fault);
    await gateway.outcome(reference, 'paid', { callback: false });
    await calls(reference);
    await failed(id);
    assert.equal((await paymentRow(id)).state, 'cancelled');
    await pollBySchedule(id, '10 s');
    await fulfilledOnce(booking);
    assert.equal((await paymentRow(id)).next_poll_at, null);
  });
}

test('the same when the booking is over by then: the money is the brand’s balance', async () => {
  const balance = async () => balanceIn((await get('/api/balances', { as: buyer, status: 200 })).json, 'brand_balance', CURRENCY);
  const had = await balance();
  const over = await cancelled();
  await act(buyer, over.booking, 'withdraw');
  const twice = await cancelled();
  const second = (await post(`/api/bookings/${twice.booking.id}/payments`, { payment_method: 'paynow' }, { as: buyer, status: 201 })).json.payment;
  await gateway.outcome(second.reference, 'paid');
  await inState(twice.booking, 'accepted');
  for (const [{ booking, reference, id }, state, held] of [[over, 'cancelled', 0], [twice, 'accepted', 1050]]) {
    const failed = await spoilPoll(reference, { http: 502 });
    await gateway.outcome(reference, 'paid', { callback: false });
    await calls(reference);
    await failed(id);
    await pollBySchedule(id, '10 s');
    await paymentIn(id, 'paid');
    assert.equal(await stateOf(booking), state);
    assert.deepEqual(await moneyOf(booking.id), { gateway: -1050 - held, brand_balance: 1050, ...(held && { held }) });
  }
  assert.equal(await balance(), had + 2100);
});

test('Paid called back while a poll is in flight that answers Cancelled: asked again', async () => {
  const { booking, reference, id } = await begin();
  const answer = await holdPoll(reference, id, { set: { status: 'Cancelled' } });
  await gateway.outcome(reference, 'paid', { callback: false });
  await calls(reference);
  await answer();
  await fulfilledOnce(booking); // nothing was passed: at once
  assert.deepEqual((await rows(`select substring(convert_from(raw, 'UTF8') from 'status=([A-Za-z]+)') as word from payment_messages
    where payment_id = $1 and kind = 'poll' order by id`, id)).map(({ word }) => word).slice(-2), ['Cancelled', 'Paid']);
});

test('Paid called back while a poll is in flight that then fails: asked again', async () => {
  const { booking, reference, id } = await cancelled();
  const answer = await holdPoll(reference, id, { http: 503 });
  await gateway.outcome(reference, 'paid', { callback: false });
  await calls(reference);
  await answer();
  await fulfilledOnce(booking);
});

test('callback Paid, while every poll says Cancelled: asked for two days, told after ten minutes', async () => {
  const { booking, reference, id } = await cancelled();
  await calls(reference, { status: 'Paid' });
  await until('the poll that the callback woke', async () => {
    const { polled_at: polled, callback_at: called } = await paymentRow(id);
    return polled >= called;
  });
  for (const [span, told] of [['5 s', []], ['1 min', []], ['7 min', []], ['2 min', ['payment_disagrees']], ['20 min', ['payment_disagrees']],
    ['90 min', ['payment_disagrees']], ['12 h', ['payment_disagrees']], ['33 h', ['payment_disagrees']]]) {
    const polled = await pollBySchedule(id, span);
    assert.equal(polled.state, 'cancelled', span);
    assert.deepEqual(await alertsOf(id), told, span);
    assert.notEqual(polled.next_poll_at, null, span);
  }
  assert.equal((await pollBySchedule(id, '1 h')).next_poll_at, null, 'then never again');
  assert.equal(await stateOf(booking), 'awaiting_payment');
  assert.deepEqual(await moneyOf(booking.id), {});
});

test('callback Paid, poll Cancelled, and days after it Paid called back again: paid', async () => {
  const { booking, reference, id } = await cancelled();
  await calls(reference, { status: 'Paid' });
  await until('the poll that the callback woke', async () => (await paymentRow(id)).polls > 1);
  await expireUnpaid(booking.id);
  await passPayment(id, '3 days');
  await until('the polls to end', async () => (await paymentRow(id)).next_poll_at === null);
  await gateway.outcome(reference, 'paid', { callback: false });
  await calls(reference);
  await paymentIn(id, 'paid');
  assert.equal(await stateOf(booking), 'expired');
  assert.deepEqual(await moneyOf(booking.id), { gateway: -1050, brand_balance: 1050 });
});

for (const [name, fault] of Object.entries({ 'a 500': { http: 500 }, 'no answer': { hang: true } })) {
  test(`Refunded called back 8 days after the payment, and the one poll after it gets ${name}: heard`, async () => {
    const { booking, reference, id } = await begin();
    await gateway.outcome(reference, 'paid');
    await inState(booking, 'accepted');
    await gateway.idle();
    await until('the polls to end', async () => (await paymentRow(id)).next_poll_at === null);
    await passPayment(id, '8 days');
    await rows(`update payments set paid_at = paid_at - interval '8 days' where id = $1`, id);

    await gateway.status(reference, 'Refunded', { callback: false });
    const failed = await spoilPoll(reference, fault);
    await calls(reference);
    await failed(id);
    assert.equal(await stateOf(booking), 'accepted');
    await pollBySchedule(id, '10 s');
    await inState(booking, 'cancelled');
    assert.equal((await paymentRow(id)).state, 'refunded');
    assert.deepEqual(await moneyOf(booking.id), {});
    assert.deepEqual(await alertsOf(id), ['payment_refunded']);
  });
}
