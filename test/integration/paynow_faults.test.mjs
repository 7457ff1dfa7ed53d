// What the gateway may do wrong, and what a merchant must show then: each row
// of the table of faults, by its name.  Payments are in ZWG here, so that a
// fault that waits for the next start spoils no other file's.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import http from 'node:http';
import { afterEach, before, describe, test } from 'node:test';
import { call, get, post, send } from './support/client.mjs';
import { row, rows, value } from './support/db.mjs';
import { env } from './support/env.mjs';
import { INTEGRATION, gateway as simulator, onThePage, transactionOf } from './support/gateway.mjs';
import { balanceIn, checkLedger, entriesOf, moneyOf } from './support/money.mjs';
import { act, book, brand, creator, makePackage, seeBooking } from './support/people.mjs';
import { expireUnpaid, passPayment, pollBySchedule, pollNow } from './support/time.mjs';
import { until } from './support/wait.mjs';

const CURRENCY = 'ZWG';
const integration = INTEGRATION[CURRENCY];
const HELD = { gateway: -1050, held: 1050 };

let buyer;
let seller;
before(async () => {
  [buyer, seller] = await Promise.all([brand(), creator()]);
});
// Only faults of this file's are lifted: others run beside it.
const faults = new Set();
const gateway = {
  ...simulator,
  async fault(fault) {
    const id = await simulator.fault(fault);
    faults.add(id);
    return id;
  },
  async lift(id) {
    faults.delete(id);
    await simulator.release(id);
    await simulator.clear(id);
  },
  async liftAll() {
    for (const id of faults) await gateway.lift(id);
  },
};
afterEach(async () => {
  await gateway.liftAll();
  await checkLedger();
});

const payments = (booking) => rows('select * from payments where booking_id = $1 order by id', booking.id);
const paymentOf = async (booking) => (await payments(booking)).at(-1);
const stateOf = async (booking) => (await seeBooking(buyer, booking)).state;
const alertsOf = async (payment) => (await rows('select kind from alerts where subject_id = $1 order by id', payment.id)).map(({ kind }) => kind);
const inState = (booking, state) => until(`the booking to be ${state}`, async () => (await stateOf(booking)) === state);
const paymentIn = (booking, state) => until(`the payment to be ${state}`, async () => {
  const found = await paymentOf(booking);
  return found?.state === state && found;
});
// The payer's browser opens our page, and that asks how the payment stands.
async function comesBack(returnurl) {
  const { pathname } = new URL(returnurl);
  const page = await send('GET', env.BASE_URL + pathname);
  assert.deepEqual([page.status, page.headers['content-type']], [200, 'text/html; charset=utf-8']);
  return get(`/api${pathname}`, { status: 200 });
}

const webhook = (form, options) => call('POST', '/api/payment/webhook', { form, ...options });
const starts = (trace) => gateway.journal({ kind: 'initiate', direction: 'in', type: 'request' })
  .then((entries) => entries.filter(({ text }) => !trace || text.includes(trace)));

// A booking whose payment was started in good order.
async function begin(extra = {}) {
  const made = await book(buyer, await makePackage(seller, { price: 10.5, currency: CURRENCY }), extra);
  assert.equal(made.payment.success, true, JSON.stringify(made.payment));
  return { ...made, reference: made.payment.reference, id: (await paymentOf(made.booking)).id };
}

// One whose start goes wrong.
async function beginBadly(fault) {
  await gateway.fault({ kind: 'initiate', integration, ...fault });
  // what came is kept raw, as far as our cap on replies
  const made = await book(buyer, await makePackage(seller, { price: 10.5, currency: CURRENCY }), {}, { arena: 524288 });
  assert.equal(made.payment.success, false, JSON.stringify(made.payment));
  assert.equal(made.payment.redirect_url, undefined);
  return { ...made, row: await paymentOf(made.booking) };
}

// The bytes of a status update as the gateway signs it, without its being sent to us.
async function signed(reference, fault = {}) {
  const sink = await listener();
  await gateway.callback({ reference, url: `${sink.url}/`, ...fault });
  await sink.close();
  return sink.bodies[0];
}

// A host that is not the gateway's: who connects here was led astray.
async function listener() {
  const bodies = [];
  let connections = 0;
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += part));
    request.on('end', () => {
      bodies.push(body);
      response.end('status=Paid');
    });
  });
  server.on('connection', () => (connections += 1));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    port: server.address().port,
    bodies,
    connections: () => connections,
    close: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}

// The protocol's digest, by somebody who reads neither side's code.
function sign(pairs, key) {
  const hash = createHash('sha512').update(pairs.map(([, text]) => text).join('') + key.toLowerCase()).digest('hex').toUpperCase();
  return new URLSearchParams([...pairs, ['hash', hash]]).toString();
}

// After a message that must not pay: nothing moved, not even by the poll.
async function notPaid({ booking, id }) {
  const polled = await pollNow(id);
  assert.ok(!['paid'].includes(polled.state), polled.state);
  assert.equal(await stateOf(booking), 'awaiting_payment');
  assert.deepEqual(await moneyOf(booking.id), {});
}

async function fulfilledOnce(booking) {
  await inState(booking, 'accepted');
  assert.deepEqual(await moneyOf(booking.id), HELD);
  assert.equal((await entriesOf(booking.id)).length, 1);
  assert.equal(await value(`select count(*) from booking_log where booking_id = $1 and act = 'paid'`, booking.id), 1);
}

test('no fault at all: booked, paid, delivered and approved, through the integration of ZWG', async () => {
  const { booking, payment, reference } = await begin();
  assert.equal(booking.currency, CURRENCY);
  assert.equal((await gateway.transaction(reference)).currency, CURRENCY);
  await onThePage(payment.redirect_url, 'pay');
  await fulfilledOnce(booking);
  const payable = async (currency) => balanceIn((await get('/api/balances', { as: seller, status: 200 })).json, 'creator_payable', currency);
  const was = await payable(CURRENCY);
  await act(seller, booking, 'deliver');
  await act(buyer, booking, 'approve');
  assert.equal((await payable(CURRENCY)) - was, 945); // 10.50 less 1.05
  assert.equal(await payable('USD'), 0);
});

describe('callback delayed, missing, or lost for ten tries: paid through polling within the schedule', () => {
  test('a callback that is lost every time', async () => {
    const { booking, reference } = await begin();
    await gateway.fault({ kind: 'callback', reference, lost: true, times: 0 });
    await gateway.outcome(reference, 'paid');
    await fulfilledOnce(booking); // by the schedule alone: nothing wakes the jobs here
    assert.equal(await value(`select count(*) from payment_messages m join payments p on p.id = m.payment_id
      where p.reference = $1 and m.kind = 'callback'`, reference), 0);
  });

  test('a callback that is never sent', async () => {
    const { booking, reference, id } = await begin();
    await gateway.outcome(reference, 'paid', { callback: false });
    await pollNow(id);
    await fulfilledOnce(booking);
  });

  test('a callback that comes long after the poll', async () => {
    const { booking, reference, id } = await begin();
    const fault = await gateway.fault({ kind: 'callback', reference, hang: true });
    await gateway.outcome(reference, 'paid');
    await pollNow(id);
    await inState(booking, 'accepted');
    await gateway.release(fault);
    await gateway.idle();
    await until('the late callback', async () => value(`select count(*) from payment_messages where payment_id = $1 and kind = 'callback'`, id));
    await pollNow(id);
    await fulfilledOnce(booking);
  });

  test('the schedule: every 5 s for 2 minutes, 15 s to 10, then 1, 5, 30 minutes, hourly to 48 hours, then never', async () => {
    const { id } = await begin();
    const ages = [['0 s', 5], ['119 s', 5], ['121 s', 15], ['599 s', 15], ['601 s', 60], ['31 min', 300], ['3 h', 1800], ['7 h', 3600], ['47 h', 3600]];
    for (const [age, wait] of ages) {
      const due = await value(`select extract(epoch from next_poll(now() - $1::interval, 0) - now())`, age);
      assert.equal(Math.round(due), wait, age);
    }
    assert.equal(await value(`select next_poll(now() - interval '48 h 1 s', 0)`), null);
    const { next_poll_at: next } = await pollNow(id);
    assert.ok(next - Date.now() < 6000 && next - Date.now() > 0, String(next));
  });
});

test('callback duplicated x20, concurrent: one fulfilment, all 200', async () => {
  const { booking, reference, id } = await begin();
  await gateway.outcome(reference, 'paid', { callback: false });
  const replies = await gateway.callback({ reference, times: 20, concurrent: true });
  assert.deepEqual([...new Set(replies.map(({ status }) => status))], [200]);
  await fulfilledOnce(booking);
  assert.equal(await value(`select count(*) from payment_messages where payment_id = $1 and kind = 'callback'`, id), 1);
  const later = await gateway.callback({ reference, times: 5, concurrent: true });
  assert.ok(later.every(({ status }) => status === 200));
  await pollNow(id);
  await fulfilledOnce(booking);
});

describe('callback reordered: stays paid; late success recorded', () => {
  test('Created after Paid', async () => {
    const { booking, reference, id } = await begin();
    await gateway.outcome(reference, 'paid');
    await inState(booking, 'accepted');
    const [reply] = await gateway.callback({ reference, set: { status: 'Created' } });
    assert.equal(reply.status, 200);
    assert.equal((await pollNow(id)).state, 'paid');
    await gateway.status(reference, 'Created', { callback: false });
    const polled = await pollNow(id);
    assert.equal(polled.state, 'paid');
    assert.ok((await alertsOf(polled)).includes('payment_reversal'));
    await fulfilledOnce(booking);
  });

  test('Cancelled, then Paid', async () => {
    const { booking, reference } = await begin();
    await gateway.status(reference, 'Cancelled');
    await paymentIn(booking, 'cancelled');
    assert.equal(await stateOf(booking), 'awaiting_payment');
    await gateway.status(reference, 'Paid');
    await fulfilledOnce(booking);
  });

  test('expired, then Paid: the money is the brand’s', async () => {
    const { booking, reference } = await begin();
    await expireUnpaid(booking.id);
    await inState(booking, 'expired');
    await gateway.status(reference, 'Paid');
    await until('the late money', async () => (await moneyOf(booking.id)).brand_balance === 1050);
    assert.equal(await stateOf(booking), 'expired');
  });
});

describe('callback forged: refused or held; never paid', () => {
  const keyOf = (currency) => {
    const key = process.env[`PAYNOW_${currency}_KEY`];
    assert.ok(key, `PAYNOW_${currency}_KEY is not in the environment`);
    return key;
  };
  const pairsOf = (body) => [...new URLSearchParams(body)].filter(([name]) => name !== 'hash');

  const refusals = {
    'no hash': (reference) => signed(reference, { set: { status: 'Paid' }, hash: 'missing' }),
    'an empty hash': (reference) => signed(reference, { set: { status: 'Paid' }, hash: 'empty' }),
    'a wrong key': (reference) => signed(reference, { set: { status: 'Paid' }, key: '00000000-0000-4000-8000-000000000000' }),
    'a lower-case hash': (reference) => signed(reference, { set: { status: 'Paid' }, hash: 'lower' }),
    'the other integration’s key': (reference) => signed(reference, { set: { status: 'Paid' }, key: keyOf('USD') }),
    'a tampered amount': async (reference) => (await signed(reference, { set: { status: 'Paid' } })).replace('amount=10.50', 'amount=99.50'),
    'a tampered status': async (reference) => (await signed(reference)).replace(/status=[A-Za-z]+/, 'status=Paid'),
    'the hash of another payment': async (reference) => {
      const other = await begin();
      const theirs = new URLSearchParams(await signed(other.reference, { set: { status: 'Paid' } })).get('hash');
      return (await signed(reference, { set: { status: 'Paid' } })).replace(/hash=[0-9A-F]+/, `hash=${theirs}`);
    },
    'a name twice': (reference) => signed(reference, { append: [['status', 'Paid']] }),
    'a name twice, in another case': (reference) => signed(reference, { append: [['STATUS', 'Paid']] }),
    'two hashes': async (reference) => `${await signed(reference, { set: { status: 'Paid' } })}&hash=${'0'.repeat(128)}`,
    'a core field missing': (reference) => signed(reference, { drop: ['amount'] }),
    'the first version’s unsigned words': (reference) => `reference=${reference}&status=Paid`,
  };
  for (const [name, make] of Object.entries(refusals)) {
    test(`${name}: refused`, async () => {
      const begun = await begin();
      await webhook(await make(begun.reference), { status: 400 });
      await notPaid(begun);
    });
  }

  test('a boundary shift keeps the hash and is held: only the poll counts', async () => {
    const begun = await begin();
    const body = await signed(begun.reference, { set: { status: 'Paid' } });
    const shifted = body.replace(/paynowreference=([0-9]+)([0-9])&amount=10\.50/, 'paynowreference=$1&amount=$210.50');
    assert.notEqual(shifted, body);
    await webhook(shifted, { status: 200 });
    await notPaid(begun);
  });

  test('a boundary shift in the reference names no payment of ours', async () => {
    const begun = await begin();
    const body = await signed(begun.reference, { set: { status: 'Paid' } });
    const shifted = body.replace(/reference=([A-Z0-9]+)([0-9])&paynowreference=/, 'reference=$1&paynowreference=$2');
    await webhook(shifted, { status: 404 });
    await notPaid(begun);
  });

  test('a relabelled Created keeps the hash and is held: only the poll counts', async () => {
    const begun = await begin();
    const body = await signed(begun.reference, { set: { status: 'Created' }, append: [['note', 'Paid']] });
    const relabelled = body.replace('status=Created', 'x=Created').replace('note=Paid', 'status=Paid');
    assert.notEqual(relabelled, body);
    await webhook(relabelled, { status: 200 });
    await notPaid(begun);
  });

  test('a true hash over another order, or with an unknown field, is a reason to poll and no more', async () => {
    const begun = await begin();
    const pairs = pairsOf(await signed(begun.reference, { set: { status: 'Paid' } }));
    for (const bent of [[...pairs].reverse(), [...pairs, ['bonus', '1']]]) {
      await webhook(sign(bent, keyOf(CURRENCY)), { status: 200 });
      await notPaid(begun);
    }
    await gateway.outcome(begun.reference, 'paid', { callback: false });
    const late = pairsOf(await signed(begun.reference));
    await webhook(sign([...late, ['bonus', '2']], keyOf(CURRENCY)), { status: 200 });
    await fulfilledOnce(begun.booking);
  });

  test('an unknown reference is 404, by either path', async () => {
    const { reference } = await begin();
    const pairs = pairsOf(await signed(reference)).map(([name, text]) => [name, name === 'reference' ? 'BB999999999999' : text]);
    await webhook(sign(pairs, keyOf(CURRENCY)), { status: 404 });
    await call('POST', '/api/bookings/payment-webhook', { form: sign(pairs, keyOf(CURRENCY)), status: 404 });
  });

  test('every refused message is kept, raw', async () => {
    const begun = await begin();
    const body = await signed(begun.reference, { set: { status: 'Paid' }, hash: 'missing' });
    await webhook(body, { status: 400 });
    const kept = await row(`select verified, convert_from(raw, 'UTF8') as raw from payment_messages where payment_id = $1 and kind = 'callback'`, begun.id);
    assert.deepEqual(kept, { verified: false, raw: body });
  });

  test('the true message works by the first version’s path too', async () => {
    const begun = await begin();
    await gateway.outcome(begun.reference, 'paid', { callback: false });
    await call('POST', '/api/bookings/payment-webhook', { form: await signed(begun.reference), status: 200 });
    await fulfilledOnce(begun.booking);
  });
});

describe('a pollurl to another host, loopback, userinfo, or redirecting: no connection made there', () => {
  const elsewhere = (port) => [
    `http://127.0.0.1:${port}/Interface/CheckPayment/?guid=1`,
    `http://localhost:${port}/Interface/CheckPayment/?guid=1`,
    `https://www.paynow.co.zw@127.0.0.1:${port}/Interface/CheckPayment/?guid=1`,
    `http://[::1]:${port}/Interface/CheckPayment/?guid=1`,
    `http://2130706433:${port}/Interface/CheckPayment/?guid=1`,
    `//127.0.0.1:${port}/Interface/CheckPayment/?guid=1`,
    'file:///etc/passwd',
  ];

  test('in a callback', async () => {
    const astray = await listener();
    const begun = await begin();
    for (const pollurl of elsewhere(astray.port)) {
      const [reply] = await gateway.callback({ reference: begun.reference, set: { status: 'Paid', pollurl } });
      assert.equal(reply.status, 200, pollurl);
    }
    await notPaid(begun);
    assert.equal(astray.connections(), 0);
    await astray.close();
  });

  test('in the reply to a start', async () => {
    const astray = await listener();
    for (const pollurl of elsewhere(astray.port)) {
      const trace = await gateway.fault({ kind: 'trace', integration, error: 'Trace failed', times: 0 });
      const { row: started, booking } = await beginBadly({ set: { pollurl } });
      assert.equal(started.poll_url, null, pollurl);
      await gateway.lift(trace);
      await pollNow(started.id);
      assert.equal((await paymentOf(booking)).state, 'sent');
    }
    assert.equal(astray.connections(), 0);
    await astray.close();
  });

  test('in the reply to a start: the page’s address', async () => {
    const { row: started } = await beginBadly({ set: { browserurl: 'https://evil.example/Payment/ConfirmPayment/1' } });
    assert.equal(started.browser_url, null);
  });

  test('by a redirect', async () => {
    const astray = await listener();
    const begun = await begin();
    await gateway.fault({ kind: 'poll', reference: begun.reference, redirect: `${astray.url}/Interface/CheckPayment/?guid=1` });
    await notPaid(begun);
    assert.equal(astray.connections(), 0);
    await astray.close();
  });
});

describe('a start that goes wrong: no redirect, no second debit; unknown, then traced', () => {
  const created = {
    'slow, past our patience': { hang: true },
    'empty': { empty: true },
    'truncated': { truncate: 50 },
    'reset after the transaction was made': { reset: true },
    'a bad hash': { hash: 'bad' },
    'no hash': { hash: 'missing' },
    'a hash in lower case': { hash: 'lower' },
    'a hash by another key': { key: '00000000-0000-4000-8000-000000000000' },
    'a reply beyond all measure': { oversize: 100000 },
    'a 500 after the transaction was made': { http: 500, create: true },
  };
  for (const [name, fault] of Object.entries(created)) {
    test(`${name}: found by the trace, and paid once`, async () => {
      const trace = await gateway.fault({ kind: 'trace', integration, error: 'Trace failed', times: 0 });
      const { booking, row: lost } = await beginBadly(fault);
      assert.equal(lost.state, 'unknown');
      assert.equal(lost.browser_url, null);
      const again = await post(`/api/bookings/${booking.id}/payments`, { payment_method: 'paynow' }, { as: buyer, status: 409 });
      assert.equal(again.json.code, 'payment_unknown');
      assert.equal((await starts(lost.merchant_trace)).length, 1, 'it was said once');
      await gateway.lift(trace);
      const found = await pollNow(lost.id);
      assert.equal(found.state, 'sent', 'the trace found it');
      assert.notEqual(found.poll_url, null);
      await gateway.outcome(lost.reference, 'paid');
      await fulfilledOnce(booking);
    });
  }

  const absent = {
    'a 502': { http: 502, body: '<html>Bad Gateway</html>' },
    'a 403 page of HTML': { http: 403, body: '<html><body>Access denied</body></html>' },
    'a redirect': { redirect: 'https://www.paynow.co.zw/' },
    'a page of HTML with 200': { http: 200, body: '<html>Maintenance</html>', create: false },
  };
  for (const [name, fault] of Object.entries(absent)) {
    test(`${name}: never there, so tried anew only after two verified NotFounds`, async () => {
      const { booking, row: lost } = await beginBadly(fault);
      await until('the first NotFound', async () => (await paymentOf(booking)).absences === 1);
      assert.equal((await paymentOf(booking)).state, 'unknown');
      await post(`/api/bookings/${booking.id}/payments`, { payment_method: 'paynow' }, { as: buyer, status: 409 });
      await passPayment(lost.id, '4 min');
      await paymentIn(booking, 'failed');
      const { json } = await post(`/api/bookings/${booking.id}/payments`, { payment_method: 'paynow' }, { as: buyer, status: 201 });
      const fresh = await paymentOf(booking);
      assert.notEqual(fresh.merchant_trace, lost.merchant_trace);
      assert.notEqual(fresh.reference, lost.reference);
      await onThePage(json.payment.redirect_url, 'pay');
      await fulfilledOnce(booking);
    });
  }

  test('an Error of the gateway’s ends the try at once, and its text is for us alone', async () => {
    const { booking, row: refused, payment } = await beginBadly({ error: 'Invalid Hash.  Hash should start with: 0AC4FE' });
    assert.equal(refused.state, 'failed');
    assert.ok(!payment.error.includes('0AC4FE'), payment.error);
    const { json } = await post(`/api/bookings/${booking.id}/payments`, { payment_method: 'paynow' }, { as: buyer, status: 201 });
    assert.equal(json.payment.success, true);
  });
});

describe('trace: Error is tried again, NotFound counts twice, found-paid is paid', () => {
  test('Error, a bad hash or no answer says nothing: traced again', async () => {
    await gateway.fault({ kind: 'trace', integration, error: 'Trace failed', times: 0 });
    const { booking, row: lost } = await beginBadly({ reset: true });
    await until('a trace', async () => (await paymentOf(booking)).failures > 0);
    for (const next of [{ error: 'Trace failed' }, { not_found: true, hash: 'bad' }, { http: 500 }, { empty: true }]) {
      await gateway.liftAll();
      await gateway.fault({ kind: 'trace', integration, times: 0, ...next });
      const traced = await pollNow(lost.id);
      assert.equal(traced.state, 'unknown', JSON.stringify(next));
      assert.equal(traced.absences, 0, JSON.stringify(next));
    }
    await gateway.liftAll();
    assert.equal((await pollNow(lost.id)).state, 'sent');
  });

  test('two NotFounds in one minute are one', async () => {
    await gateway.fault({ kind: 'trace', integration, not_found: true, times: 0 });
    const { row: lost } = await beginBadly({ http: 503 });
    for (let n = 0; n < 3; n += 1) {
      const traced = await pollNow(lost.id);
      assert.deepEqual([traced.state, traced.absences], ['unknown', 1]);
    }
  });

  test('found-paid is paid', async () => {
    const fault = await gateway.fault({ kind: 'trace', integration, error: 'Trace failed', times: 0 });
    const { booking, row: lost } = await beginBadly({ reset: true });
    await gateway.outcome(lost.reference, 'paid', { callback: false });
    await gateway.lift(fault);
    await pollNow(lost.id);
    await fulfilledOnce(booking);
  });

  test('a trace that finds another payment is none of ours', async () => {
    const fault = await gateway.fault({ kind: 'trace', integration, set: { reference: 'BB999999999999', status: 'Paid' }, times: 0 });
    const { booking, row: lost } = await beginBadly({ reset: true });
    await until('the trace', async () => (await paymentOf(booking)).state !== 'unknown' || (await alertsOf(lost)).length > 0);
    assert.equal(await stateOf(booking), 'awaiting_payment');
    assert.notEqual((await paymentOf(booking)).state, 'paid');
    await gateway.lift(fault);
  });
});

describe('amount or reference mismatch: held for review', () => {
  const held = {
    'another amount': { amount: '10.51' },
    'an amount with a comma': { amount: '1,000.00' },
    'an amount with a sign': { amount: '+10.50' },
    'an amount with three decimals': { amount: '10.500' },
    'an amount in hundreds of digits': { amount: `${'9'.repeat(300)}.00` },
    'another reference': { reference: 'BB999999999999' },
    'another paynowreference': { paynowreference: '1' },
  };
  for (const [name, set] of Object.entries(held)) {
    test(`${name}: held`, async () => {
      const { booking, reference, id } = await begin();
      await gateway.outcome(reference, 'paid', { callback: false });
      await gateway.fault({ kind: 'poll', reference, set, times: 0 });
      const polled = await pollNow(id);
      assert.equal(polled.state, 'review');
      assert.equal(await stateOf(booking), 'awaiting_payment');
      assert.deepEqual(await moneyOf(booking.id), {});
      assert.deepEqual(await alertsOf(polled), ['payment_review']);
    });
  }

  for (const [name, set] of Object.entries({ '10.5 equals 10.50': { amount: '10.5' }, 'a comma in paynowreference is none': {} })) {
    test(name, async () => {
      const { booking, reference, id } = await begin();
      const { number } = await gateway.transaction(reference);
      await gateway.outcome(reference, 'paid', { callback: false });
      await gateway.fault({ kind: 'poll', reference, set: set.amount ? set : { paynowreference: Number(number).toLocaleString('en-US') } });
      await pollNow(id);
      await fulfilledOnce(booking);
    });
  }
});

describe('poll and callback disagree: the poll wins; polled on, then an alert', () => {
  for (const word of ['Created', 'Cancelled']) {
    test(`callback Paid, poll ${word}`, async () => {
      const { booking, reference, id } = await begin();
      await gateway.status(reference, word, { callback: false });
      const [reply] = await gateway.callback({ reference, set: { status: 'Paid' } });
      assert.equal(reply.status, 200);
      // from here on by the schedule alone
      const polled = await until('the poll that the callback woke', async () => {
        const found = await paymentOf(booking);
        return found.polled_at >= found.callback_at && found;
      });
      assert.equal(polled.state, word === 'Created' ? 'sent' : 'cancelled');
      assert.equal(await stateOf(booking), 'awaiting_payment');
      assert.deepEqual(await moneyOf(booking.id), {});
      assert.deepEqual(await alertsOf(polled), [], 'not at once');
      await pollBySchedule(id, '9 min');
      assert.deepEqual(await alertsOf(polled), [], 'nor after nine minutes');
      await pollBySchedule(id, '2 min');
      assert.deepEqual(await alertsOf(polled), ['payment_disagrees']);
      await pollBySchedule(id, '20 min');
      assert.equal(await stateOf(booking), 'awaiting_payment');
      await gateway.status(reference, 'Paid', { callback: false });
      await pollBySchedule(id, '6 min');
      await fulfilledOnce(booking);
    });
  }

  test('callback Failed, poll Paid', async () => {
    const { booking, reference, id } = await begin();
    await gateway.outcome(reference, 'paid', { callback: false });
    const [reply] = await gateway.callback({ reference, set: { status: 'Failed' } });
    assert.equal(reply.status, 200);
    await pollNow(id);
    await fulfilledOnce(booking);
  });
});

describe('a poll that says nothing: no state change, backoff', () => {
  const nothing = {
    '5xx': { http: 500, body: 'oops' },
    'slow': { hang: true },
    'reset': { reset: true },
    'empty': { empty: true },
    'truncated': { truncate: 20 },
    'status=Error': { error: 'Transaction not found' },
    'a bad hash': { set: { status: 'Paid' }, hash: 'bad' },
    'no hash': { set: { status: 'Paid' }, hash: 'missing' },
    'the other key': { set: { status: 'Paid' }, key: '00000000-0000-4000-8000-000000000000' },
    'a name twice': { append: [['status', 'Paid']] },
    'no amount': { set: { status: 'Paid' }, drop: ['amount'] },
    'a page of HTML': { http: 200, body: '<html>status=Paid</html>' },
  };
  for (const [name, fault] of Object.entries(nothing)) {
    test(name, async () => {
      const { booking, reference, id } = await begin();
      await gateway.fault({ kind: 'poll', reference, times: 0, ...fault });
      let wait = 0;
      for (let n = 1; n <= 2; n += 1) {
        const polled = await pollNow(id);
        assert.equal(polled.state, 'sent');
        assert.ok(polled.failures >= n, 'counted as a failure');
        const next = polled.next_poll_at - Date.now();
        assert.ok(next > wait, `it waits longer each time: ${next} after ${wait}`);
        wait = next;
      }
      assert.equal(await stateOf(booking), 'awaiting_payment');
      await gateway.liftAll();
      await gateway.outcome(reference, 'paid', { callback: false });
      await pollNow(id);
      await fulfilledOnce(booking);
    });
  }

  test('an unknown status word is stored, told, and polled on', async () => {
    const { booking, reference, id } = await begin();
    await gateway.status(reference, 'SUCCESS', { callback: false });
    const polled = await pollNow(id);
    assert.deepEqual([polled.state, polled.gateway_status], ['sent', 'SUCCESS']);
    assert.ok(polled.next_poll_at);
    assert.deepEqual(await alertsOf(polled), ['payment_unknown_status']);
    await gateway.status(reference, ' pAiD ', { callback: false });
    await pollNow(id);
    await fulfilledOnce(booking);
  });
});

describe('Refunded or Disputed after Paid, and escrow’s words: recorded; one fulfilment', () => {
  const paid = async () => {
    const begun = await begin();
    await gateway.outcome(begun.reference, 'paid');
    await inState(begun.booking, 'accepted');
    return begun;
  };

  test('Refunded: the booking closes and the money is back at the gateway', async () => {
    const { booking, reference } = await paid();
    await gateway.status(reference, 'Refunded');
    await inState(booking, 'cancelled');
    assert.deepEqual(await moneyOf(booking.id), {});
    const seen = await seeBooking(buyer, booking);
    assert.equal(seen.payment_status, 'refunded');
    assert.ok((await alertsOf(await paymentOf(booking))).includes('payment_refunded'));
    await gateway.status(reference, 'Refunded');
    await pollNow((await paymentOf(booking)).id);
    assert.deepEqual((await entriesOf(booking.id)).map(({ act: name }) => name), ['hold', 'gateway_refund']);
  });

  test('Disputed: nothing moves and the booking freezes, until Paid again', async () => {
    const { booking, reference } = await paid();
    await gateway.status(reference, 'Disputed');
    await inState(booking, 'disputed');
    assert.deepEqual(await moneyOf(booking.id), HELD);
    const frozen = await post(`/api/bookings/${booking.id}/acts`, { act: 'deliver' }, { as: seller, status: 409 });
    assert.equal(frozen.json.code, 'wrong_state');
    // The work's clock stands meanwhile: ten days of it make nobody late.
    const { due_at: due } = await seeBooking(seller, booking);
    await rows(`update bookings set due_at = due_at - interval '10 days', entered_at = entered_at - interval '10 days' where id = $1`, booking.id);
    await gateway.status(reference, 'Paid');
    await fulfilledOnce(booking);
    const { due_at: now } = await seeBooking(seller, booking);
    const frozenFor = new Date(now) - new Date(due);
    assert.ok(frozenFor >= 0 && frozenFor < 60e3, `due ${due}, then ${now}`);
  });

  test('Disputed, then Refunded', async () => {
    const { booking, reference } = await paid();
    await gateway.status(reference, 'Disputed');
    await inState(booking, 'disputed');
    await gateway.status(reference, 'Refunded');
    await inState(booking, 'cancelled');
    assert.deepEqual(await moneyOf(booking.id), {});
  });

  test('Refunded after the work was approved: the loss is ours, not the creator’s', async () => {
    const { booking, reference } = await paid();
    await act(seller, booking, 'deliver');
    await act(buyer, booking, 'approve');
    const before = balanceIn((await get('/api/balances', { as: seller })).json, 'creator_payable', CURRENCY);
    const had = balanceIn((await get('/api/balances', { as: buyer })).json, 'brand_balance', CURRENCY);
    await gateway.status(reference, 'Refunded');
    await paymentIn(booking, 'refunded');
    assert.equal(await stateOf(booking), 'completed');
    assert.equal(balanceIn((await get('/api/balances', { as: seller })).json, 'creator_payable', CURRENCY), before);
    const lost = (await moneyOf(booking.id)).loss ?? 0;
    const taken = had - balanceIn((await get('/api/balances', { as: buyer })).json, 'brand_balance', CURRENCY);
    assert.equal(taken - lost, 1050);
  });

  test('Refunded or Disputed before we ever saw Paid: a person looks', async () => {
    for (const word of ['Refunded', 'Disputed']) {
      const { booking, reference } = await begin();
      await gateway.status(reference, word);
      await paymentIn(booking, 'review');
      assert.equal(await stateOf(booking), 'awaiting_payment');
      assert.deepEqual(await moneyOf(booking.id), {});
    }
  });

  test('Awaiting Delivery, Delivered, Paid: paid once', async () => {
    const { booking, reference, id } = await begin();
    for (const word of ['Awaiting Delivery', 'Delivered', 'Paid']) {
      await gateway.status(reference, word);
      await inState(booking, 'accepted');
      await pollNow(id);
    }
    await fulfilledOnce(booking);
  });
});

describe('callback before the start’s reply, return before callback, return without payment: correct state, no error page', () => {
  test('callback before the reply to the start is handled', async () => {
    const bought = await makePackage(seller, { price: 10.5, currency: CURRENCY });
    const fault = await gateway.fault({ kind: 'initiate', integration, hang: true });
    const booking = book(buyer, bought);
    const tx = await until('the transaction', async () => {
      const started = await row('select p.reference from payments p join bookings b on b.id = p.booking_id where b.package_id = $1', bought.id);
      return started && transactionOf(started.reference);
    });
    await gateway.outcome(tx.reference, 'paid', { callback: false });
    const [reply] = await gateway.callback({ reference: tx.reference });
    assert.equal(reply.status, 200);
    await gateway.release(fault);
    await fulfilledOnce((await booking).booking);
  });

  test('return before callback', async () => {
    const { booking, reference } = await begin();
    const { returnurl } = await gateway.transaction(reference);
    await gateway.outcome(reference, 'paid', { callback: false });
    const { json } = await comesBack(returnurl);
    assert.equal(json.booking_id, booking.id);
    await fulfilledOnce(booking); // the return woke the poll
  });

  test('return without payment', async () => {
    const { booking, payment, reference } = await begin();
    const { returnurl } = await gateway.transaction(reference);
    for (const act of ['abandon', 'cancel']) {
      assert.equal(await onThePage(payment.redirect_url, act), returnurl);
      assert.equal((await comesBack(returnurl)).json.paid, false);
      assert.equal(await stateOf(booking), 'awaiting_payment');
    }
    await paymentIn(booking, 'cancelled');
    assert.equal((await comesBack(returnurl)).json.state, 'cancelled');
  });
});

describe('key rotated between start and callback; ZWG callback signed by the USD key', () => {
  test('the old key is accepted in its window', async () => {
    const old = process.env.PAYNOW_ZWG_OLD_KEY;
    assert.ok(old, 'PAYNOW_ZWG_OLD_KEY is not in the environment: the test stack has one');
    const { booking, reference, id } = await begin();
    await gateway.outcome(reference, 'paid', { callback: false });
    await gateway.fault({ kind: 'poll', reference, key: old, times: 0 });
    const [reply] = await gateway.callback({ reference, key: old });
    assert.equal(reply.status, 200);
    await pollNow(id);
    await fulfilledOnce(booking);
  });

  test('a ZWG message signed by the USD key is refused, as callback and as poll', async () => {
    const begun = await begin();
    await gateway.outcome(begun.reference, 'paid', { callback: false });
    const key = process.env.PAYNOW_USD_KEY;
    await gateway.fault({ kind: 'poll', reference: begun.reference, key, times: 0 });
    const [reply] = await gateway.callback({ reference: begun.reference, key });
    assert.equal(reply.status, 400);
    await notPaid(begun);
  });
});
