// kill -9 of the jobs while bookings are made and paid and letters go out: no
// cent lost or doubled, no letter lost, none sent twice beyond what SMTP itself
// cannot tell.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { row, rows, value } from '../integration/support/db.mjs';
import { gateway, onThePage } from '../integration/support/gateway.mjs';
import { checkLedger, entriesOf, moneyOf } from '../integration/support/money.mjs';
import { act, book, brand, creator, makePackage } from '../integration/support/people.mjs';
import { passBooking } from '../integration/support/time.mjs';
import { until } from '../integration/support/wait.mjs';
import { allSent, caught, chance, clients, each, enqueue, idOf, killing, outboxOf, pollOften, running, scaled, settings } from './support.mjs';

const KILLS = 36;
const BOOKINGS = 40;
const GROUPS = ['jobs_mail', 'jobs_payments', 'jobs_timers'];

// What a killed one held is free again soon; yet no living one, however slow
// the machine, may overrun it.
await settings({ mail_lease_s: 4, payment_lease_s: 2, mail_first_retry_s: 1 });
await pollOften();
await scaled('jobs_mail', 3);
await scaled('jobs_payments', 3);
await scaled('jobs_timers', 2);
after(() => gateway.clear());

// Whose process was writing to whom when it died is known to nobody; so each
// letter may come once more for each kill, and then by the same name.
async function judgeLetters(addresses, kills) {
  const letters = await outboxOf(addresses);
  const counts = new Map(letters.map((letter) => [idOf(letter), 0]));
  const mine = (await caught()).filter(({ to }) => addresses.includes(to));
  for (const { id } of mine) {
    assert.ok(counts.has(id), `a letter ${id} that the outbox does not know`);
    counts.set(id, counts.get(id) + 1);
  }
  assert.deepEqual([...counts].filter(([, count]) => count === 0), [], 'letters that never came');
  const doubles = mine.length - counts.size;
  assert.ok(doubles <= kills, `${doubles} letters came twice, ${kills} mailers were killed`);
  return { letters: counts.size, doubles };
}

async function judgeMoney(made) {
  for (const { booking, payment } of made) {
    const [entry, ...more] = await entriesOf(booking.id);
    const { id } = await row('select id from payments where reference = $1', payment.reference);
    assert.deepEqual([entry.key, entry.act, more.length], [`paid:${id}`, 'hold', 0]);
    const cents = Math.round(booking.amount * 100);
    assert.deepEqual(await moneyOf(booking.id), { gateway: -cents, held: cents });
    assert.equal(await value('select count(*) from booking_log where booking_id = $1 and to_state <> from_state', booking.id) >= 1, true);
  }
  await checkLedger();
}

test('jobs of every kind are killed while bookings are paid and letters go out', { timeout: 120000 }, async (t) => {
  const dice = chance(t);
  const [sellers, buyers] = await Promise.all([
    Promise.all([creator(), creator()]),
    Promise.all([brand(), brand(), brand(), brand(), brand()]),
  ]);
  const people = [...sellers, ...buyers].map(({ email }) => email);
  const made = [];
  const reminded = [];
  const killer = killing({ pick: () => running(...GROUPS), ms: 220, dice });

  const rounds = await clients(buyers.length, () => made.length < BOOKINGS || killer.kills.length < KILLS, async (client, round) => {
    const seller = dice.of(sellers);
    const bought = await makePackage(seller, { price: 20 + dice.below(500) });
    const wallet = round % 2 === 1;
    const one = await book(buyers[client], bought, wallet ? { payment_method: 'ecocash', phone: '0771111111' } : {});
    const { reference } = one.payment;
    made.push(one);
    const fate = dice.of([{ lost: true, times: 0 }, { lost: 2 }, { duplicate: 2, concurrent: true }, {}]);
    if (Object.keys(fate).length > 0) await gateway.fault({ kind: 'callback', reference, ...fate });
    if (wallet) await gateway.outcome(reference, 'paid');
    else await onThePage(one.payment.redirect_url, 'pay');
    await until(`booking ${one.booking.id} to be paid`, async () =>
      (await value('select state from bookings where id = $1', one.booking.id)) === 'accepted', { ms: 30000 });
    if (round % 3 === 2) {
      await act(seller, one.booking, 'deliver');
      await passBooking(one.booking.id, '24 h');
      reminded.push(one.booking.id);
    }
  });
  const kills = await killer.stop();

  await until('every reminder', async () => (await value(
    `select count(*) from booking_log where booking_id = any ($1) and act = 'remind'`, reminded)) >= reminded.length);
  await allSent(people, 30000);
  await until('nothing to wait for', async () => (await value(
    `select count(*) from payments p join payment_states s using (state)
      where p.reference = any ($1) and (s.is_open or p.claimed_until > now())`, made.map((one) => one.payment.reference))) === 0);

  await judgeMoney(made);
  assert.deepEqual(await rows(
    `select booking_id, count(*) from booking_log where booking_id = any ($1) and act = 'remind'
      group by 1 having count(*) <> 1`, reminded), [], 'one reminder each');
  const mailers = kills.filter(({ group }) => group === 'jobs_mail').length;
  const { letters, doubles } = await judgeLetters(people, mailers);
  t.diagnostic(`${kills.length} kills (${mailers} of mailers), ${rounds} bookings paid, ${reminded.length} reminders, ${letters} letters, ${doubles} twice`);
  assert.ok(kills.length >= KILLS);
});

test('mailers are killed in the middle of a heap of letters', { timeout: 60000 }, async (t) => {
  const dice = chance(t);
  const addresses = Array.from({ length: 300 }, (_, i) => `heap${i}-${dice.below(1e9)}@example.com`);
  await each(addresses, 4, enqueue);
  const killer = killing({ pick: () => running('jobs_mail'), ms: 60, dice });
  await until('twelve mailers to be killed', () => killer.kills.length >= 12, { ms: 30000 });
  const kills = await killer.stop();
  await allSent(addresses, 30000);
  const { letters, doubles } = await judgeLetters(addresses, kills.length);
  assert.equal(letters, addresses.length);
  t.diagnostic(`${kills.length} kills, ${letters} letters, ${doubles} twice`);
});

test('a letter of a transaction that was taken back is never sent', async () => {
  const { scratch } = await import('../integration/support/db.mjs');
  const address = `never-${Date.now()}@example.com`;
  await scratch(async (query) => {
    await query(`select mail_to($1::text, null, 'address_taken', '{}')`, address);
    assert.equal((await query('select 1 from outbox where address = $1', address)).length, 1);
  });
  const after_it = `after-${Date.now()}@example.com`;
  await enqueue(after_it);
  await allSent([after_it]);
  assert.deepEqual((await caught()).filter(({ to }) => to === address), []);
});
