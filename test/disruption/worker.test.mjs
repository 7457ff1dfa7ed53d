// kill -9 of workers: what is safe to ask twice never fails; of the rest at most
// the one in hand, and its key tells what became of it.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { judge, post, send } from '../integration/support/client.mjs';
import { row, rows, scratch, value } from '../integration/support/db.mjs';
import { env } from '../integration/support/env.mjs';
import { gateway, onThePage, transactionOf } from '../integration/support/gateway.mjs';
import { checkLedger, entriesOf, moneyOf } from '../integration/support/money.mjs';
import { aPackage, book, brand, makePackage, seeBooking, theBrand, theCreator, unique } from '../integration/support/people.mjs';
import { passPayment } from '../integration/support/time.mjs';
import { until } from '../integration/support/wait.mjs';
import { problemFaults } from '../integration/support/contract.mjs';
import { chance, clients, killing, running, scaled, signal, unlimited } from './support.mjs';

const KILLS = 25;

await unlimited();
await scaled('api', 4);
after(() => gateway.clear());

const bearer = ({ access }) => ({ authorization: `Bearer ${access}` });
const type = { 'content-type': 'application/json' };

// Two at least are left, so that there is another to ask.
const victims = () => {
  const there = running('api');
  return there.length > 2 ? there : [];
};

test('workers are killed under a stream of reads: none fails', { timeout: 60000 }, async (t) => {
  const dice = chance(t);
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const { id } = await makePackage(seller);
  const targets = ['/api/health', `/api/packages/${id}`, '/api/packages?per_page=5', '/api/creators', '/api/bookings', '/api/notifications'];
  const before = new Set(running('api').map(({ pid }) => pid));
  // A read is asked twice, so nobody dies while it may be the second time.
  const begun = new Set();
  let killed = [];
  const fairly = () => {
    if (killed.some((read) => begun.has(read))) return [];
    killed = [...begun];
    return victims();
  };
  const killer = killing(t, { pick: fairly, ms: 60, most: KILLS, dice });
  const failed = [];
  const asked = await clients(8, () => killer.kills.length < KILLS, async (client, round) => {
    const target = dice.of(targets);
    const read = `${client} ${round}`;
    begun.add(read);
    const answer = await send('GET', env.BASE_URL + target, { headers: bearer(buyer) });
    begun.delete(read);
    if (answer.status !== 200) failed.push(`${target}: ${answer.status} ${answer.text}`);
    else judge('GET', target, answer);
  });
  const kills = await killer.stop();
  t.diagnostic(`${kills.length} kills, ${asked} reads, ${failed.length} failed`);
  assert.deepEqual(failed, []);
  await until('every worker to be replaced', () => running('api').length >= 4);
  assert.ok(running('api').some(({ pid }) => !before.has(pid)));
});

test('workers are killed under a stream of writes: one 502 a kill at most, and its key tells what became of it', { timeout: 60000 }, async (t) => {
  const dice = chance(t);
  const seller = await theCreator();
  const killer = killing(t, { pick: victims, ms: 150, most: KILLS, dice });
  const titles = [];
  let refused = 0;
  const asked = await clients(6, () => killer.kills.length < KILLS, async () => {
    const title = unique('Killed ');
    const body = JSON.stringify(aPackage({ title }));
    const headers = { ...bearer(seller), ...type, 'idempotency-key': unique('k') };
    const write = () => send('POST', `${env.BASE_URL}/api/packages`, { headers, body });
    const answer = await write();
    titles.push(title);
    if (answer.status === 502) {
      refused += 1;
      assert.deepEqual(problemFaults(answer), []);
      assert.ok(answer.headers['retry-after']);
      await until('the key to answer', async () => {
        const again = await write();
        // in flight until PostgreSQL has seen that the caller died; or killed once more
        assert.ok([201, 409, 502].includes(again.status), again.text);
        if (again.status === 502) refused += 1;
        return again.status === 201;
      });
    } else {
      assert.equal(answer.status, 201, answer.text);
    }
  });
  const kills = await killer.stop();
  t.diagnostic(`${kills.length} kills, ${asked} writes, ${refused} times 502`);
  assert.ok(refused <= kills.length, `${refused} times 502 of ${kills.length} kills`);
  assert.deepEqual(await rows(`select title, count(p.id) from unnest($1::text[]) title left join packages p using (title)
    group by 1 having count(p.id) <> 1`, titles), [], 'each was written once');
  await until('every worker to be replaced', () => running('api').length >= 4);
});

// ---- a checkout killed between its commit and the gateway's answer ----

// Books, and kills the worker while the gateway holds its answer back; gives
// the payment's row and how to send the same request again.
async function killedCheckout(fault, body) {
  const [buyer, seller] = [await brand(), await theCreator()];
  const bought = await makePackage(seller, { price: 70 });
  const request = { package_id: bought.id, ...body };
  const options = { as: buyer, headers: { 'idempotency-key': unique('k') } };
  const held = await gateway.fault({ hang: true, ...fault });
  const sent = send('POST', `${env.BASE_URL}/api/bookings`,
    { headers: { ...bearer(buyer), ...type, ...options.headers }, body: JSON.stringify(request) });
  const payment = await until('the payment to be committed and the gateway called', async () => {
    const found = await row('select p.* from payments p join bookings b on b.id = p.booking_id where b.package_id = $1', bought.id);
    const heard = found && (await gateway.journal({ kind: fault.kind, direction: 'in' }))
      .some(({ text }) => text?.includes(found.reference));
    return heard && found;
  });
  for (const { pid } of running('payments')) signal(pid);
  assert.equal((await sent).status, 502);
  await gateway.release(held);
  await gateway.clear();
  await until('the workers to be replaced', () => running('payments').length >= 2);
  const repeat = () => post('/api/bookings', request, options);
  await until('the key to answer', async () => (await repeat()).status === 201);
  return { buyer, seller, payment, booking: { id: payment.booking_id }, repeat };
}

const initiations = async (reference) => (await gateway.transactions()).filter((tx) => tx.reference === reference).length;
const stateOf = (id) => value('select state from payments where id = $1', id);

async function paidOnce({ buyer, booking, payment }) {
  await until('the booking to be paid', async () => (await seeBooking(buyer, booking)).state === 'accepted');
  assert.deepEqual((await entriesOf(booking.id)).map(({ key }) => key), [`paid:${payment.id}`]);
  assert.deepEqual(await moneyOf(booking.id), { gateway: -7000, held: 7000 });
  await checkLedger();
}

const methods = [
  { method: 'the page', kind: 'initiate', body: {} },
  { method: 'EcoCash', kind: 'remote', body: { payment_method: 'ecocash', phone: '0771111111' } },
];
for (const { method, kind, body } of methods) {
  test(`a checkout by ${method} is killed before the gateway’s answer: traced, and paid once`, { timeout: 60000 }, async () => {
    const killed = await killedCheckout({ kind }, body);
    const { payment, booking, buyer, repeat } = killed;
    assert.equal(await stateOf(payment.id), 'initiating');

    const again = await repeat();
    assert.equal(again.headers['idempotent-replayed'], 'true');
    assert.equal(again.json.booking.id, booking.id);
    assert.equal(again.json.payment.success, false);
    const other = await post(`/api/bookings/${booking.id}/payments`, body, { as: buyer, status: 409 });
    assert.equal(other.json.code, 'payment_unknown');

    await passPayment(payment.id, '1 min'); // the start counts as lost by then
    await until('the trace', async () => (await stateOf(payment.id)) !== 'initiating');
    await until('the trace to find it', async () => ['sent', 'paid'].includes(await stateOf(payment.id)));
    assert.equal(await initiations(payment.reference), 1);
    assert.equal((await repeat()).json.payment.reference, payment.reference);
    await gateway.outcome(payment.reference, 'paid');
    await paidOnce(killed);
    assert.equal(await initiations(payment.reference), 1);
    assert.equal(await value('select count(*) from payments where booking_id = $1', booking.id), 1);
  });
}

test('a checkout is killed and the gateway never had it: two traces apart, then it may be paid anew', { timeout: 60000 }, async () => {
  const { payment, booking, buyer } = await killedCheckout({ kind: 'initiate', create: false }, {});
  assert.equal(await transactionOf(payment.reference), undefined);
  await passPayment(payment.id, '1 min');
  await until('the first trace', async () => (await value('select absences from payments where id = $1', payment.id)) === 1);
  assert.equal(await stateOf(payment.id), 'unknown');
  await post(`/api/bookings/${booking.id}/payments`, {}, { as: buyer, status: 409 });
  await passPayment(payment.id, '3 min');
  await until('the second trace', async () => (await stateOf(payment.id)) === 'failed');
  const { json: { payment: second } } = await post(`/api/bookings/${booking.id}/payments`, {}, { as: buyer, status: 201 });
  await onThePage(second.redirect_url, 'pay');
  await paidOnce({ buyer, booking, payment: await row('select id from payments where reference = $1', second.reference) });
});

test('a worker dies in the middle of an act: nothing of it happened, and its key does it once', { timeout: 60000 }, async () => {
  const [buyer, seller] = [await brand(), await theCreator()];
  const { booking, payment } = await book(buyer, await makePackage(seller, { price: 70 }));
  await onThePage(payment.redirect_url, 'pay');
  await until('the booking to be paid', async () => (await seeBooking(buyer, booking)).state === 'accepted');
  const headers = { 'idempotency-key': unique('k') };
  const decline = () => post(`/api/bookings/${booking.id}/acts`, { act: 'decline' }, { as: seller, headers });
  let sent;
  await scratch(async (query) => {
    await query('select 1 from bookings where id = $1 for update', booking.id);
    sent = send('POST', `${env.BASE_URL}/api/bookings/${booking.id}/acts`,
      { headers: { ...bearer(seller), ...type, ...headers }, body: JSON.stringify({ act: 'decline' }) });
    await until('the act to wait for the booking', () => value(
      'select count(*) from pg_locks where not granted'));
    const dead = running('api').map(({ pid }) => pid);
    dead.forEach((pid) => signal(pid));
    assert.equal((await sent).status, 502);
    await until('others in their place', () => running('api').filter(({ pid }) => !dead.includes(pid)).length === dead.length);
    // PostgreSQL goes on waiting for who has died, three seconds at most
    assert.match((await decline()).json.code, /^(idempotency_in_flight|busy)$/);
  });
  const done = await until('the key to answer', async () => {
    const answer = await decline();
    return answer.status === 200 && answer;
  });
  assert.equal(done.json.booking.state, 'rejected');
  assert.equal((await decline()).text, done.text);
  assert.deepEqual(await moneyOf(booking.id), { gateway: -7000, brand_balance: 7000 });
  assert.equal((await entriesOf(booking.id)).length, 2);
  await checkLedger();
});
