// What dies in the middle: workers, jobs, PostgreSQL.  No cent and no letter
// is lost or doubled.  Not to be run beside other tests: theirs would see it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { call, get, post, send } from '../support/client.mjs';
import { row, rows, value } from '../support/db.mjs';
import { env } from '../support/env.mjs';
import { INTEGRATION, gateway, transactionOf } from '../support/gateway.mjs';
import { letters } from '../support/mail.mjs';
import { checkLedger, entriesOf, moneyOf } from '../support/money.mjs';
import { act, book, brand, creator, makePackage, seeBooking, unique } from '../support/people.mjs';
import { kill, pidsOf, supervisor } from '../support/processes.mjs';
import { pollNow } from '../support/time.mjs';
import { until } from '../support/wait.mjs';

const LEASES = ['payment_lease_s', 'mail_lease_s'];
const ROUNDS = 12;

let buyer;
let seller;
let leases;
before(async () => {
  buyer = await brand();
  seller = await creator();
  // longer than any call out, short enough to wait for
  leases = await rows('select name, value from settings where name = any($1)', LEASES);
  await rows('update settings set value = 8 where name = any($1)', LEASES);
});
after(async () => {
  for (const { name, value: was } of leases) await rows('update settings set value = $2 where name = $1', name, was);
});

const running = (program, count) => until(`${count} of ${program}`, async () => (await pidsOf(program)).length === count);
const plain = (target, options) => send('GET', env.BASE_URL + target, options);

test('a worker that dies is replaced; its client sees one 502 at most', async () => {
  const pool = await pidsOf('api:');
  const { id } = await makePackage(seller);
  const bad = [];
  let going = true;
  const lane = async () => {
    while (going) {
      try {
        const { status } = await plain(`/api/packages/${id}`);
        if (status !== 200) bad.push(status);
      } catch (error) {
        bad.push(error.code ?? error.message);
      }
    }
  };
  const lanes = Array.from({ length: 6 }, lane);
  let killed = 0;
  for (let n = 0; n < 8; n += 1) {
    killed += await kill('api:', 1);
    await running('api:', pool.length);
  }
  going = false;
  await Promise.all(lanes);
  assert.ok(bad.length <= killed, `${bad.length} failed for ${killed} killed: ${bad}`);
  assert.ok(bad.every((one) => one === 502), String(bad));
  assert.notDeepEqual(await pidsOf('api:'), pool);
});

test('a whole pool that dies comes back, and callers wait for it', async () => {
  const count = (await pidsOf('api:')).length;
  await kill('api:');
  const { status } = await plain('/api/health');
  assert.ok([200, 502].includes(status), String(status));
  await running('api:', count);
  await get('/api/health', { status: 200 });
});

test('PostgreSQL away is 503, and comes back by itself', async () => {
  const { id } = await makePackage(seller);
  const workers = await pidsOf('api:');
  await supervisor('stop', 'postgres');
  try {
    for (const target of [`/api/packages/${id}`, '/api/creators', '/api/auth/me']) {
      const answer = await get(target, { as: buyer, status: 503 });
      assert.ok(Number(answer.headers['retry-after']) >= 1);
    }
    const login = await post('/api/auth/login', { email: buyer.email, password: buyer.password }, { status: 503 });
    assert.ok(!/libpq|socket|PG|FATAL/.test(login.text), login.text);
    const hook = await call('POST', '/api/payment/webhook', {
      form: `reference=BB000000000001&paynowreference=1&amount=1.00&status=Paid&pollurl=http%3a%2f%2flocalhost%2f&hash=${'0'.repeat(128)}`,
    });
    assert.equal(hook.status, 503, 'what cannot be stored is asked for again');
    await get('/api/health', { status: 200 });
  } finally {
    await supervisor('start', 'postgres');
  }
  await until('answers again', async () => (await plain(`/api/packages/${id}`)).status === 200);
  for (let n = 0; n < workers.length * 3; n += 1) {
    await until('every worker', async () => (await plain(`/api/packages/${id}`)).status === 200);
  }
  assert.deepEqual(await pidsOf('api:'), workers, 'no worker had to be replaced');
  await get('/api/auth/me', { as: buyer, status: 200 });
});

test('a session that ended while a worker was away stays ended', async () => {
  const who = await creator();
  const count = (await pidsOf('api:')).length;
  await call('POST', '/api/auth/logout', { as: who, status: 200 });
  await kill('api:');
  await running('api:', count);
  for (let n = 0; n < count * 3; n += 1) await get('/api/auth/me', { as: who, status: 401 });
});

test('a worker killed while it starts a payment: nothing doubled, the key answers from the rows', async () => {
  const bought = await makePackage(seller, { currency: 'ZWG' });
  const body = { package_id: bought.id };
  const headers = { 'idempotency-key': unique('k') };
  const pool = (await pidsOf('payments:')).length;
  const fault = await gateway.fault({ kind: 'initiate', integration: INTEGRATION.ZWG, hang: true });
  const first = post('/api/bookings', body, { as: buyer, headers, undocumented: true }).catch((error) => error);
  const started = await until('the gateway to be called', async () => {
    const found = await row('select p.* from payments p join bookings b on b.id = p.booking_id where b.package_id = $1', bought.id);
    return found && (await transactionOf(found.reference)) && found;
  });
  await kill('payments:');
  const lost = await first;
  assert.equal(lost.status, 502, String(lost.stack ?? lost.status));
  await gateway.release(fault);
  await gateway.clear(fault);
  await running('payments:', pool);

  const again = await until('the key to be answered', async () => {
    const answer = await post('/api/bookings', body, { as: buyer, headers });
    return answer.status === 201 && answer;
  });
  assert.equal(again.json.booking.id, started.booking_id);
  assert.equal(again.json.payment.success, false);
  assert.equal(await value('select count(*) from payments where booking_id = $1', started.booking_id), 1);
  // what was not answered in a minute is unknown, and traced
  const traced = await pollNow(started.id);
  assert.equal(traced.state, 'sent');
  await gateway.outcome(started.reference, 'paid');
  await until('paid', async () => (await seeBooking(buyer, started.booking_id)).state === 'accepted');
  assert.deepEqual(await moneyOf(started.booking_id), { gateway: -15000, held: 15000 });
});

test('jobs killed again and again: every payment held once, every letter sent, none doubled beyond the kills', async () => {
  const programs = { 'jobs_payments:': 0, 'jobs_mail:': 0, 'jobs_timers:': 0 };
  for (const program of Object.keys(programs)) programs[program] = (await pidsOf(program)).length;
  const made = [];
  let going = true;
  let kills = 0;
  let mailKills = 0;
  const killer = (async () => {
    while (going) {
      for (const program of Object.keys(programs)) {
        const killed = await kill(program);
        kills += killed;
        if (program === 'jobs_mail:') mailKills += killed;
      }
    }
  })();
  try {
    for (let n = 0; n < ROUNDS; n += 1) {
      const { booking, payment } = await book(buyer, await makePackage(seller, { price: 10 + n }));
      made.push(booking);
      await gateway.outcome(payment.reference, 'paid', { callback: n % 2 === 0 });
    }
  } finally {
    going = false;
    await killer;
  }
  assert.ok(kills >= ROUNDS, `only ${kills} kills`);
  for (const [program, count] of Object.entries(programs)) await running(program, count);
  for (const [n, { id }] of made.entries()) {
    await until(`booking ${id}`, async () => (await seeBooking(buyer, id)).state === 'accepted', { ms: 40000 });
    const cents = (10 + n) * 100;
    assert.deepEqual(await moneyOf(id), { gateway: -cents, held: cents });
    assert.equal((await entriesOf(id)).length, 1);
    await act(seller, id, 'deliver');
    await act(buyer, id, 'approve');
  }
  await checkLedger();

  const users = [buyer, seller];
  const mine = () => rows('select id, address, message_id, state from outbox where user_id = any($1)', users.map(({ id }) => id));
  await until('all letters to go', async () => (await mine()).every(({ state }) => state === 'sent'), { ms: 40000 });
  const came = (await Promise.all(users.map(({ email }) => letters(email)))).flat();
  const byId = new Map();
  for (const letter of came) {
    const key = Object.entries(letter.headers).find(([name]) => name.toLowerCase() === 'message-id')[1];
    byId.set(key, (byId.get(key) ?? 0) + 1);
  }
  let doubled = 0;
  for (const { message_id: id } of await mine()) {
    const count = [...byId].filter(([key]) => key.includes(id)).reduce((sum, [, n]) => sum + n, 0);
    assert.ok(count >= 1, `letter ${id} never came`);
    doubled += count - 1;
  }
  assert.ok(doubled <= mailKills, `${doubled} doubled for ${mailKills} kills`);
});
