// PostgreSQL goes away, is stopped or killed: 503 meanwhile, and all goes on by
// itself after; no money is ever half done.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { call, get, post, send } from '../integration/support/client.mjs';
import { row, rows, value } from '../integration/support/db.mjs';
import { env } from '../integration/support/env.mjs';
import { gateway, onThePage, transactionOf } from '../integration/support/gateway.mjs';
import { checkLedger, entriesOf, moneyOf } from '../integration/support/money.mjs';
import { supervisor } from '../integration/support/processes.mjs';
import { book, brand, creator, login, makePackage, seeBooking, theBrand, unique } from '../integration/support/people.mjs';
import { passPayment } from '../integration/support/time.mjs';
import { until } from '../integration/support/wait.mjs';
import { allSent, chance, clients, each, enqueue, pause, pollOften, running, settings, signal, unlimited } from './support.mjs';

await settings({ payment_lease_s: 2, mail_lease_s: 10 });
await unlimited();
await pollOften();
after(() => gateway.clear());

// Made before anything is disturbed: their letters would wait behind others.
await theBrand(); // whose session ends below
const people = {
  sellers: await Promise.all([creator(), creator()]),
  buyers: await Promise.all([brand(), brand(), brand()]),
};

const postmaster = () => running('postgres')[0]?.pid;

// Killed before it has recovered from the last time, PostgreSQL may leave a
// process behind that keeps it down for a minute.
const answers = () => until('PostgreSQL', () => value('select 1'), { ms: 30000 });
const served = () => until('reads', async () => (await send('GET', `${env.BASE_URL}/api/packages`)).status === 200);

const asked = [
  ['GET', '/api/packages'], ['GET', '/api/bookings'], ['GET', '/api/auth/me'], ['GET', '/api/balances'],
  ['POST', '/api/bookings', { package_id: 1 }], ['POST', '/api/auth/login', { email: 'a@example.com', password: 'whatever it is' }],
];

test('without PostgreSQL: 503 with Retry-After, health is 200; then all goes on by itself', { timeout: 60000 }, async (t) => {
  const [buyer, seller] = [people.buyers[0], people.sellers[0]];
  const one = await book(buyer, await makePackage(seller));
  const letter = `${unique('waits')}@example.com`;
  t.after(() => supervisor('start', 'postgres:*'));
  await supervisor('stop', 'postgres:*');

  for (const [method, target, body] of asked) {
    const answer = await call(method, target, { as: buyer, body, status: 503 });
    assert.equal(answer.json.code, 'unavailable', answer.text);
    assert.ok(Number(answer.headers['retry-after']) >= 1, `${method} ${target} says when to come again`);
    assert.doesNotMatch(answer.text, /postgres|socket|server|sql/i);
  }
  await get('/api/health', { status: 200 });
  // a shared link: the page itself, which goes on asking
  for (const path of ['/creators/1', '/packages/1', '/creators/x']) {
    const page = await send('GET', env.BASE_URL + path);
    assert.equal(page.status, path === '/creators/x' ? 404 : 503, path);
    assert.match(page.text, /<div id="root">.*<\/html>/s);
  }
  // the gateway calls meanwhile, and hears that it must come again
  const at = onThePage(one.payment.redirect_url, 'pay');
  const started = performance.now();
  await supervisor('start', 'postgres:*');
  await answers();
  for (let i = 0; i < 24; i += 1) {
    await until('a worker to be back', async () => (await call('GET', '/api/bookings', { as: buyer })).status === 200, { ms: 3000 });
  }
  t.diagnostic(`answering again ${Math.round(performance.now() - started)} ms after its start was asked for`);
  // once each worker has found it, none loses it again
  for (let i = 0; i < 24; i += 1) await get('/api/bookings', { as: buyer, status: 200 });
  await at;
  await until('the jobs to go on', async () => (await seeBooking(buyer, one.booking)).state === 'accepted');
  await enqueue(letter);
  await allSent([letter]);
});

test('a session that ended while the workers were cut off is refused after', { timeout: 60000 }, async () => {
  const gone = await theBrand();
  const there = people.buyers[0];
  const claims = JSON.parse(Buffer.from(gone.access.split('.')[1], 'base64url'));
  const old = postmaster();
  signal(old, 'SIGQUIT');
  await until('PostgreSQL to be started again', () => postmaster() && postmaster() !== old);
  await answers();
  // no notice is sent: only who reads the list anew can know
  const [ended] = await rows(`update sessions set ended_at = now(), end_reason = 'suspended' where id = $1 returning id`, claims.sid ?? claims.session);
  assert.ok(ended);
  for (let i = 0; i < 32; i += 1) {
    // an answer of 503 is one that PostgreSQL was not yet ready for
    const answer = await until('an answer', async () => {
      const got = await call('GET', '/api/auth/me', { as: gone });
      return got.status !== 503 && got;
    });
    assert.equal(answer.status, 401, answer.text);
    assert.equal((await until('an answer', async () => {
      const got = await call('GET', '/api/auth/me', { as: there });
      return got.status !== 503 && got;
    })).status, 200);
  }
});

test('sessions ended by notice are refused by every worker at once', async () => {
  const gone = { ...people.buyers[1] };
  const second = { ...gone };
  await login(gone);
  await login(second);
  await post('/api/auth/logout', undefined, { as: gone, status: 200 });
  let refused = 0;
  await until('all of them to have heard', async () => {
    const { status } = await call('GET', '/api/auth/me', { as: gone });
    refused = status === 401 ? refused + 1 : 0;
    return refused === 32;
  }, { ms: 5000, every: 0 });
  await get('/api/auth/me', { as: second, status: 200 });
});

// ---- killed in checkout load ----

// Each checkout: booked, by one key until it is answered, and the money sent on
// its way.
async function checkout(dice, buyer, seller, answered) {
  const bought = await retried(() => post('/api/packages',
    { title: unique('Outage '), description: 'Goes on', price: 10 + dice.below(90), duration_days: 3, category: 'Content Creation', deliverables: ['One'] },
    { as: seller, headers: { 'idempotency-key': unique('k') } }), answered);
  const headers = { 'idempotency-key': unique('k') };
  const wallet = dice.below(2) === 1;
  const body = { package_id: bought.package.id, ...(wallet ? { payment_method: 'onemoney', phone: '0771111111' } : {}) };
  const made = await retried(() => post('/api/bookings', body, { as: buyer, headers }), answered);
  return { ...made, buyer, body, headers, cents: Math.round(made.booking.amount * 100) };
}

async function retried(ask, answered) {
  return (await until('an answer', async () => {
    const answer = await ask();
    answered[answer.status] = (answered[answer.status] ?? 0) + 1;
    assert.ok([201, 409, 503].includes(answer.status), answer.text);
    assert.ok(answer.status !== 409 || answer.json.code === 'idempotency_in_flight', answer.text);
    return answer.status === 201 && answer;
  }, { ms: 40000, every: 100 })).json;
}

// The payment of a booking that the gateway has, made where a crash has lost
// the first one's start.
async function payable({ buyer, booking }) {
  return until(`a payment of booking ${booking.id} at the gateway`, async () => {
    const payment = await row('select * from payments where booking_id = $1 order by id desc limit 1', booking.id);
    if (['sent', 'paid'].includes(payment.state)) return payment;
    if (payment.state === 'initiating') await passPayment(payment.id, '1 min');
    else if (payment.state === 'unknown') await passPayment(payment.id, '3 min');
    else await post(`/api/bookings/${booking.id}/payments`, {}, { as: buyer });
    return false;
  }, { every: 200 });
}

async function everyCheckoutEndsWell(made) {
  await each(made, 6, async (one) => {
    const payment = await payable(one);
    if (payment.state === 'sent') await gateway.outcome(payment.reference, 'paid');
    await until(`booking ${one.booking.id} to be paid`, async () => (await seeBooking(one.buyer, one.booking)).state === 'accepted');
    assert.deepEqual((await entriesOf(one.booking.id)).map(({ key }) => key), [`paid:${payment.id}`]);
    assert.deepEqual(await moneyOf(one.booking.id), { gateway: -one.cents, held: one.cents });
    const again = await post('/api/bookings', one.body, { as: one.buyer, headers: one.headers, status: 201 });
    assert.equal(again.json.booking.id, one.booking.id);
    const { reference } = payment;
    assert.equal((await gateway.transactions()).filter((tx) => tx.reference === reference).length, 1);
    assert.ok(await transactionOf(reference));
  });
  assert.equal(await value(`select count(*) from (select package_id from bookings where package_id = any ($1)
    group by 1 having count(*) <> 1) x`, made.map(({ body }) => body.package_id)), 0, 'one booking a package');
  await checkLedger();
}

// harm(dice) is done so many times while six clients check out, and each time
// some of them have come through since.
async function underCheckouts(t, times, harm) {
  const dice = chance(t);
  await answers();
  await served();
  const { sellers, buyers } = people;
  const made = [];
  const answered = {};
  let left = times;
  const harming = (async () => {
    while (left > 0) {
      const count = made.length;
      await until('some checkouts', () => made.length >= count + 3, { ms: 40000 });
      await pause(dice.below(300));
      await answers();
      await harm(dice);
      left -= 1;
    }
  })();
  await clients(6, () => left > 0, async (client) => {
    made.push(await checkout(dice, buyers[client % 3], dice.of(sellers), answered));
  });
  await harming;
  const said = Object.entries(answered).map(([status, count]) => `${count} × ${status}`).join(', ');
  t.diagnostic(`${times} kills, ${made.length} checkouts, ${said}`);
  await everyCheckoutEndsWell(made);
}

test('backends are killed -9 in checkout load', { timeout: 90000 }, async (t) => {
  await underCheckouts(t, 4, async (dice) => {
    // a killed one takes all with it, and they come back with the next question
    const { pid } = await until('a backend', async () => dice.of(
      await rows(`select pid from pg_stat_activity where usename = 'bantubuzz_worker'`),
    ));
    signal(pid);
  });
});

test('the postmaster is killed -9 in checkout load, and told to stop at once', { timeout: 90000 }, async (t) => {
  await underCheckouts(t, 3, async (dice) => {
    const pid = postmaster();
    signal(pid, dice.of(['SIGKILL', 'SIGQUIT', 'SIGINT']));
    await until('another', () => postmaster() && postmaster() !== pid);
  });
});

test('reads are answered as soon as PostgreSQL is back after a kill', { timeout: 60000 }, async (t) => {
  await answers();
  const pid = postmaster();
  const started = performance.now();
  signal(pid);
  await until('another', () => postmaster() && postmaster() !== pid);
  await served();
  const took = performance.now() - started;
  t.diagnostic(`back after ${Math.round(took)} ms`);
  assert.ok(took < 10000);
});
