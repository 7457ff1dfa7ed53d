// kill -9 of the jobs while bookings are made and paid and letters go out: no
// cent lost or doubled, no letter lost, none sent twice beyond what SMTP itself
// cannot tell.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { row, rows, scratch, value } from '../integration/support/db.mjs';
import { gateway, onThePage } from '../integration/support/gateway.mjs';
import { checkLedger, entriesOf, moneyOf } from '../integration/support/money.mjs';
import { act, address, book, brand, creator, makePackage } from '../integration/support/people.mjs';
import { passBooking } from '../integration/support/time.mjs';
import { until } from '../integration/support/wait.mjs';
import { STAGES, ownerOf } from './smtp.mjs';
import { allSent, chance, clients, each, enqueue, idOf, inCatchersPlace, killing, outboxOf, pollOften, running, scaled, settings, signal, unlimited } from './support.mjs';

const KILLS = 36;
const BOOKINGS = 40;

// What a killed one held is free again soon; yet no living one, however slow
// the machine, may overrun it.
await settings({ mail_lease_s: 3, payment_lease_s: 2, mail_first_retry_s: 1 });
await unlimited();
await pollOften();
await scaled('jobs_mail', 4);
await scaled('jobs_payments', 4);
await scaled('jobs_timers', 2);
after(() => gateway.clear());

// Each letter came, by the name that the outbox has for it; gives how many
// came once more.
async function doublesOf(addresses, smtp) {
  const letters = await outboxOf(addresses);
  const counts = new Map(letters.map((letter) => [idOf(letter), 0]));
  const mine = smtp.letters.filter(({ to }) => addresses.includes(to));
  for (const { id } of mine) {
    assert.ok(counts.has(id), `a letter ${id} that the outbox does not know`);
    counts.set(id, counts.get(id) + 1);
  }
  assert.deepEqual([...counts].filter(([, count]) => count === 0), [], 'letters that never came');
  return { letters: counts.size, doubles: mine.length - counts.size };
}

async function judgeMoney(made) {
  for (const { booking, payment } of made) {
    const { id } = await row('select id from payments where reference = $1', payment.reference);
    assert.deepEqual((await entriesOf(booking.id)).map(({ key, act: way }) => [key, way]), [[`paid:${id}`, 'hold']]);
    const cents = Math.round(booking.amount * 100);
    assert.deepEqual(await moneyOf(booking.id), { gateway: -cents, held: cents });
  }
  await checkLedger();
}

const FATES = [{ lost: true, times: 0 }, { lost: 2 }, { duplicate: 2, concurrent: true }, {}];

test('jobs of every kind are killed while bookings are paid and letters go out', { timeout: 120000 }, async (t) => {
  const dice = chance(t);
  const [sellers, buyers] = await Promise.all([
    Promise.all([creator(), creator()]),
    Promise.all([brand(), brand(), brand(), brand(), brand()]),
  ]);
  const smtp = await inCatchersPlace(t);
  const since = (await value('select max(id) from outbox'));
  const made = [];
  const reminded = [];
  const killer = killing(t, { pick: () => running('jobs_mail', 'jobs_payments', 'jobs_timers'), ms: 220, most: KILLS, dice });

  await clients(buyers.length, () => made.length < BOOKINGS || killer.kills.length < KILLS, async (client, round) => {
    const seller = dice.of(sellers);
    const bought = await makePackage(seller, { price: 20 + dice.below(500) });
    const wallet = round % 2 === 1;
    const one = await book(buyers[client], bought, wallet ? { payment_method: 'ecocash', phone: '0771111111' } : {});
    const { reference } = one.payment;
    made.push(one);
    const fate = dice.of(FATES);
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
  const people = [...sellers, ...buyers].map(({ email }) => email.toLowerCase());
  await allSent(people, 30000);
  await until('nothing to wait for', async () => (await value(
    `select count(*) from payments p join payment_states s using (state)
      where p.reference = any ($1) and (s.is_open or p.claimed_until > now())`, made.map((one) => one.payment.reference))) === 0);

  await judgeMoney(made);
  assert.deepEqual(await rows(
    `select booking_id, count(*) from booking_log where booking_id = any ($1) and act = 'remind'
      group by 1 having count(*) <> 1`, reminded), [], 'one reminder each');
  const letters = (await outboxOf(people)).filter(({ id }) => id > since);
  assert.ok(letters.length >= made.length * 2, 'both sides hear of each payment');
  for (const letter of letters) assert.ok(smtp.letters.some(({ id }) => id === idOf(letter)), `letter ${letter.id} never came`);
  const mailers = kills.filter(({ group }) => group === 'jobs_mail').length;
  const doubles = smtp.letters.length - new Set(smtp.letters.map(({ id }) => id)).size;
  assert.ok(doubles <= mailers, `${doubles} letters came twice, ${mailers} mailers were killed`);
  t.diagnostic(`${kills.length} kills (${mailers} of mailers), ${made.length} bookings paid, ${reminded.length} reminders, ${smtp.letters.length} letters, ${doubles} twice`);
  assert.ok(kills.length >= KILLS);
});

test('a mailer is killed at every stage of a letter', { timeout: 60000 }, async (t) => {
  const plan = STAGES.flatMap((stage) => Array(3).fill(stage));
  const killed = [];
  const smtp = await inCatchersPlace(t, {
    at: (stage, { peer }) => {
      if (stage !== plan[0]) return undefined;
      const pid = ownerOf(peer, running('jobs_mail').map((one) => one.pid));
      if (pid === undefined || !signal(pid)) return undefined;
      killed.push(plan.shift());
      return 'hang up';
    },
  });
  const addresses = Array.from({ length: 60 }, () => address('heap'));
  await each(addresses, 4, enqueue);
  await until('a kill at each stage', async () => {
    if (plan.length > 0 && (await outboxOf(addresses)).every(({ state }) => state === 'sent')) {
      addresses.push(address('heap'));
      await enqueue(addresses.at(-1));
    }
    return plan.length === 0;
  }, { ms: 30000 });
  await allSent(addresses, 30000);
  const { letters, doubles } = await doublesOf(addresses, smtp);
  const [dots, taken] = ['dot', 'taken'].map((stage) => killed.filter((one) => one === stage).length);
  t.diagnostic(`${killed.length} kills, ${letters} letters, ${doubles} twice`);
  assert.ok(doubles >= dots && doubles <= dots + taken, `${doubles} twice; only a kill after the final dot may double a letter`);
});

test('a letter of a transaction that was taken back is never sent', async (t) => {
  const smtp = await inCatchersPlace(t);
  const [never, other] = [address('never'), address('other')];
  await scratch(async (query) => {
    await query(`select mail_to($1::text, null, 'address_taken', '{}')`, never);
    assert.equal((await query('select 1 from outbox where address = $1', never)).length, 1);
  });
  await enqueue(other);
  await allSent([other]);
  assert.deepEqual(smtp.letters.map(({ to }) => to), [other]);
});
