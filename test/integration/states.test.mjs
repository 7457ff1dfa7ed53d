// Every state x act x actor of a booking: what the design's table has happens,
// and what it has not is refused and changes nothing.  Every state x act of a
// payment likewise, with what its booking, the money and we hear of it.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { rows, rowsAsWorker, scratch } from './support/db.mjs';
import { book, brand, creator, makePackage } from './support/people.mjs';

const STATES = ['requested', 'awaiting_payment', 'accepted', 'in_progress', 'delivered', 'revision',
  'cancel_asked', 'disputed', 'completed', 'rejected', 'cancelled', 'expired'];
const ACTORS = ['brand', 'creator', 'gateway', 'timer'];

const AMOUNT = 15000;
const FEE = 1500;
const HOLD = { gateway: -AMOUNT, held: AMOUNT };
const FROM_BALANCE = { brand_balance: -AMOUNT, held: AMOUNT };
const RELEASE = { held: -AMOUNT, creator_payable: AMOUNT - FEE, platform_fee: FEE };
const GIVE_BACK = { held: -AMOUNT, brand_balance: AMOUNT };
const TO_BALANCE = { gateway: -AMOUNT, brand_balance: AMOUNT };
const REFUND_HELD = { held: -AMOUNT, gateway: AMOUNT };
const NOTHING = {};
// asked for with this share of the creator's; a tenth of it is our fee
const SHARE = 4000;
const SPLIT = { held: -AMOUNT, creator_payable: SHARE - 400, platform_fee: 400, brand_balance: AMOUNT - SHARE };

// The design's section 5, written out: state, act, actor, next state, money.
// The brand of these bookings has a balance of AMOUNT beside.
const TABLE = [
  ['requested', 'accept', 'creator', 'awaiting_payment', NOTHING],
  ['requested', 'decline', 'creator', 'rejected', NOTHING],
  ['requested', 'withdraw', 'brand', 'cancelled', NOTHING],
  ['requested', 'expire', 'timer', 'expired', NOTHING],
  ['awaiting_payment', 'paid', 'gateway', 'accepted', HOLD],
  ['awaiting_payment', 'pay_from_balance', 'brand', 'accepted', FROM_BALANCE],
  ['awaiting_payment', 'pay', 'brand', 'awaiting_payment', NOTHING],
  ['awaiting_payment', 'withdraw', 'brand', 'cancelled', NOTHING],
  ['awaiting_payment', 'decline', 'creator', 'rejected', NOTHING],
  ['awaiting_payment', 'expire', 'timer', 'expired', NOTHING],
  ['accepted', 'start', 'creator', 'in_progress', NOTHING],
  ['accepted', 'deliver', 'creator', 'delivered', NOTHING],
  ['accepted', 'decline', 'creator', 'rejected', GIVE_BACK],
  ['accepted', 'cancel', 'brand', 'cancelled', GIVE_BACK],
  ['in_progress', 'deliver', 'creator', 'delivered', NOTHING],
  ['delivered', 'approve', 'brand', 'completed', RELEASE],
  ['delivered', 'approve', 'timer', 'completed', RELEASE],
  ['delivered', 'ask_revision', 'brand', 'revision', NOTHING],
  ['delivered', 'remind', 'timer', 'delivered', NOTHING],
  ['revision', 'deliver', 'creator', 'delivered', NOTHING],
  ['revision', 'approve', 'brand', 'completed', RELEASE],
  // Piece by piece: what is sent in begins the work.
  ...['accepted', 'in_progress', 'delivered', 'revision'].flatMap((state) => ['submit', 'progress'].map((act) =>
    [state, act, 'creator', state === 'accepted' ? 'in_progress' : state, NOTHING])),
  ...['in_progress', 'delivered', 'revision'].flatMap((state) => [
    [state, 'approve_piece', 'brand', state, NOTHING],
    [state, 'ask_change', 'brand', state === 'delivered' ? 'revision' : state, NOTHING],
    [state, 'ask_cancel', 'brand', 'cancel_asked', NOTHING],
    [state, 'ask_cancel', 'creator', 'cancel_asked', NOTHING],
  ]),
  // A brand may be content before all is delivered.
  ['accepted', 'approve', 'brand', 'completed', RELEASE],
  ['in_progress', 'approve', 'brand', 'completed', RELEASE],
  // Consent to cancel: see WRONG_SIDE for who may not answer.
  ...['brand', 'creator'].flatMap((side) => [
    ['cancel_asked', 'agree', side, 'cancelled', SPLIT],
    ['cancel_asked', 'refuse', side, 'delivered', NOTHING], // the state before
    ['cancel_asked', 'revoke', side, 'delivered', NOTHING],
  ]),
  ['cancel_asked', 'agree', 'timer', 'cancelled', SPLIT],
  ...['accepted', 'in_progress', 'revision'].flatMap((state) => [
    [state, 'late', 'timer', state, NOTHING],
    [state, 'cancel_late', 'brand', 'cancelled', GIVE_BACK],
  ]),
  // A second or late payment goes to the brand's balance.
  ...STATES.slice(2).map((state) => [state, 'paid', 'gateway', state, TO_BALANCE]),
  ...['accepted', 'in_progress', 'delivered', 'revision', 'cancel_asked', 'disputed'].map((state) =>
    [state, 'refunded', 'gateway', 'cancelled', REFUND_HELD]),
  // What is over stays over; who has the money gives it back, else the loss is ours.
  ...['completed', 'rejected', 'cancelled', 'expired'].map((state) =>
    [state, 'refunded', 'gateway', state, { gateway: AMOUNT, brand_balance: -AMOUNT }]),
  ...['accepted', 'in_progress', 'delivered', 'revision', 'cancel_asked'].map((state) =>
    [state, 'disputed', 'gateway', 'disputed', NOTHING]),
  ...['completed', 'rejected', 'cancelled', 'expired'].map((state) =>
    [state, 'disputed', 'gateway', state, NOTHING]),
  ['disputed', 'dispute_lifted', 'gateway', 'accepted', NOTHING], // the state before
  ...['accepted', 'in_progress', 'delivered', 'revision', 'cancel_asked', 'completed', 'rejected', 'cancelled', 'expired'].map((state) =>
    [state, 'dispute_lifted', 'gateway', state, NOTHING]),
];

// Who asked cannot answer, and who did not ask cannot take it back.
const WRONG_SIDE = {
  agree: (side, asker) => side === asker && 'others_answer',
  refuse: (side, asker) => side === asker && 'others_answer',
  revoke: (side, asker) => side !== asker && 'others_request',
};

// The shortest way to each state from a request.
const TO_PAID = [['accept', 'creator'], ['paid', 'gateway']];
const TO_DELIVERED = [...TO_PAID, ['deliver', 'creator']];
const WAYS = {
  requested: [],
  awaiting_payment: [['accept', 'creator']],
  accepted: TO_PAID,
  in_progress: [...TO_PAID, ['start', 'creator']],
  delivered: TO_DELIVERED,
  revision: [...TO_DELIVERED, ['ask_revision', 'brand']],
  cancel_asked: [...TO_DELIVERED, ['ask_cancel', 'brand']],
  disputed: [...TO_PAID, ['disputed', 'gateway']],
  completed: [...TO_DELIVERED, ['approve', 'brand']],
  rejected: [['decline', 'creator']],
  cancelled: [['withdraw', 'brand']],
  expired: [['expire', 'timer']],
};

async function one(query, text, ...values) {
  return Object.values((await query(text, ...values))[0])[0];
}

// A brand, a creator, a package and a booking of it, in the scratch transaction.
async function makeBooking(query) {
  const mark = randomUUID();
  const people = {};
  for (const kind of ['creator', 'brand']) {
    people[`${kind}User`] = await one(query, `insert into users (email, password_hash, user_type)
      values ($1, $2, $3) returning id`, `${kind}-${mark}@example.com`, 'x'.repeat(30), kind);
  }
  const creator = await one(query, 'insert into creator_profiles (user_id) values ($1) returning id', people.creatorUser);
  const brand = await one(query, `insert into brand_profiles (user_id, company_name) values ($1, 'Scratch') returning id`, people.brandUser);
  const bought = await one(query, `insert into packages (creator_id, title, description, price_cents, duration_days, category, instant)
    values ($1, 'Scratch', 'Scratch', $2, 7, 'Other', false) returning id`, creator, AMOUNT);
  const spare = await newBooking(query, people.brandUser, bought);
  await query('update bookings set state = $2, timer_step = null, timer_at = null where id = $1', spare, 'cancelled');
  people.booking = await newBooking(query, people.brandUser, bought);
  // the balance that pay_from_balance spends, and that refunds fall on
  const payment = await newPayment(query, spare);
  await query('select post_booking(b, $2, p) from bookings b, payments p where b.id = $1 and p.id = $3', spare, 'to_balance', payment);
  return people;
}

const newBooking = (query, user, bought) =>
  one(query, `select booking_id from booking_create($1, $2, null, null, 'paynow', null, $3, $4, null)`,
    user, bought, randomUUID().replaceAll('-', ''), randomUUID());

const newPayment = (query, booking) =>
  one(query, `insert into payments (booking_id, merchant_trace, return_token, amount_cents, currency, method)
    select id, $2, $3, amount_cents, currency, 'paynow' from bookings where id = $1 returning id`,
    booking, randomUUID().replaceAll('-', ''), randomUUID());

async function move(query, people, act, actor, payment) {
  const user = { brand: people.brandUser, creator: people.creatorUser }[actor] ?? null;
  await query(`select booking_move($1, $2, $3, $4, null, (select p from payments p where p.id = $5), $6)`,
    people.booking, act, actor, user, payment ?? null, act === 'ask_cancel' ? SHARE : null);
}

async function snapshot(query, people) {
  const [booking] = await query('select state, payment_status, revisions_used, timer_step, timer_at, completion_date from bookings where id = $1', people.booking);
  const money = await query(`select a.kind, sum(p.cents)::bigint as cents from ledger_entries e
    join ledger_postings p on p.entry_id = e.id join accounts a on a.id = p.account_id
    where e.booking_id = $1 group by a.kind`, people.booking);
  const told = await one(query, 'select count(*) from notifications where user_id in ($1, $2)', people.brandUser, people.creatorUser);
  return { booking, money: Object.fromEntries(money.map(({ kind, cents }) => [kind, cents])), told };
}

function difference(before, after) {
  const kinds = new Set([...Object.keys(before), ...Object.keys(after)]);
  return Object.fromEntries([...kinds].map((kind) => [kind, (after[kind] ?? 0) - (before[kind] ?? 0)]).filter(([, cents]) => cents !== 0));
}

test('the table in the database and the design’s are one', async () => {
  const there = await rows(`select from_state, act, actor, coalesce(to_state,
    case from_state when 'disputed' then 'accepted' else 'delivered' end) as to_state from booking_moves`);
  const line = (state, act, actor, to) => `${state}: ${act} by ${actor} -> ${to}`;
  assert.deepEqual(there.map((m) => line(m.from_state, m.act, m.actor, m.to_state)).sort(),
    TABLE.map(([state, act, actor, to]) => line(state, act, actor, to)).sort());
  const states = await rows('select state from booking_states');
  assert.deepEqual(states.map(({ state }) => state).sort(), [...STATES].sort());
});

const ACTS = [...new Set(TABLE.map(([, act]) => act)), 'book', 'no_such_act', ''];

// What waits for an answer is walked as either side asked it.
const WALKS = [...STATES.map((state) => [state, WAYS[state], 'brand']),
  ['cancel_asked', [...TO_DELIVERED, ['ask_cancel', 'creator']], 'creator']];

for (const [state, way, asker] of WALKS) {
  test(`${state}${state === 'cancel_asked' ? ` by ${asker}` : ''}: every act by every actor does what the table has, or is refused`, async () => {
    await scratch(async (query) => {
      const people = await makeBooking(query);
      let payment;
      for (const [act, actor] of way) {
        if (act === 'paid') payment = await newPayment(query, people.booking);
        await move(query, people, act, actor, payment);
      }
      // work that is a week late, so that the guard lets cancel_late through
      await query(`update bookings set due_at = now() - interval '8 days' where id = $1 and due_at is not null`, people.booking);
      const before = await snapshot(query, people);
      assert.equal(before.booking.state, state);
      const closed = ['completed', 'rejected', 'cancelled', 'expired'].includes(state);

      for (const act of ACTS) {
        for (const actor of ACTORS) {
          const wrongSide = state === 'cancel_asked' && actor !== 'timer' && WRONG_SIDE[act]?.(actor, asker);
          const cell = wrongSide ? undefined : TABLE.find((row) => row[0] === state && row[1] === act && row[2] === actor);
          const what = `${state}: ${act} by ${actor}`;
          await query('savepoint cell');
          // a further payment is new; what is refunded is the one that paid
          const by = act === 'paid' || (closed && !payment) ? await newPayment(query, people.booking) : payment;
          let refusal;
          try {
            await query('savepoint call');
            await move(query, people, act, actor, actor === 'gateway' ? by ?? await newPayment(query, people.booking) : undefined);
          } catch (error) {
            refusal = error;
            await query('rollback to savepoint call');
          }
          const after = await snapshot(query, people);
          if (cell) {
            assert.equal(refusal, undefined, `${what}: ${refusal?.message}`);
            assert.equal(after.booking.state, cell[3], what);
            assert.deepEqual(difference(before.money, after.money), cell[4], what);
            const logged = await query('select act, actor, from_state, to_state from booking_log where booking_id = $1 order by id desc limit 1', people.booking);
            assert.deepEqual(logged, [{ act, actor, from_state: state, to_state: cell[3] }], what);
          } else {
            assert.equal(refusal?.code, 'BB409', `${what}: ${refusal?.message ?? `went to ${after.booking.state}`}`);
            const sides = ['brand', 'creator'].includes(actor);
            assert.equal(refusal.message, (sides && wrongSide) || 'wrong_state', what);
            assert.deepEqual(after, before, what);
          }
          await query('set constraints all immediate');
          await query('set constraints all deferred');
          await query('rollback to savepoint cell');
        }
      }
    });
  });
}

test('revisions end with the package’s number, and late is a week after the due date', async () => {
  await scratch(async (query) => {
    const people = await makeBooking(query);
    const payment = await newPayment(query, people.booking);
    const refusedWith = async (word, act, actor) => {
      await query('savepoint guard');
      await assert.rejects(move(query, people, act, actor), (error) => error.code === 'BB409' && error.message === word);
      await query('rollback to savepoint guard');
    };
    await move(query, people, 'accept', 'creator');
    await move(query, people, 'paid', 'gateway', payment);
    await refusedWith('not_late_enough', 'cancel_late', 'brand');
    await query(`update bookings set due_at = now() - interval '6 days 23 hours' where id = $1`, people.booking);
    await refusedWith('not_late_enough', 'cancel_late', 'brand');
    await move(query, people, 'deliver', 'creator');
    for (let n = 0; n < 2; n += 1) {
      await move(query, people, 'ask_revision', 'brand');
      await move(query, people, 'deliver', 'creator');
    }
    await refusedWith('no_revisions_left', 'ask_revision', 'brand');
  });
});

test('the worker may not write the ledger’s past, nor the tables of rules', async () => {
  for (const text of [
    'update ledger_postings set cents = 1', 'delete from ledger_postings', 'truncate ledger_postings',
    'update ledger_entries set act = act', 'delete from ledger_entries', 'delete from events', 'update events set payload = payload',
    'update booking_moves set to_state = to_state', 'delete from payment_messages', 'update booking_log set act = act',
    'update accounts set kind = kind', 'update settings set value = 0', 'drop table users', 'alter table users add x int',
  ]) {
    await assert.rejects(rowsAsWorker(text), (error) => error.code === '42501', text);
  }
});

test('an entry that does not balance cannot be committed, by anyone', async () => {
  const { booking } = await book(await brand(), await makePackage(await creator()));
  const [{ fee, loss }] = await rows(`select account_of('platform_fee', 'USD', null, null) as fee, account_of('loss', 'USD', null, null) as loss`);
  assert.ok(booking.id > 0 && fee > 0 && loss > 0);
  const add = `with e as (insert into ledger_entries (key, act, booking_id) values ($1, 'none', $2) returning id), p as (
      insert into ledger_postings (entry_id, account_id, currency, cents)
      select e.id, a.account, 'USD', a.cents from e, (values ($3::bigint, $4::bigint), ($5, $6)) a (account, cents) where a.cents <> 0 returning 1)
    select count(*) as postings from p`;
  for (const [cents, others] of [[1, 0], [100, -99], [-100, 99], [5, 5]]) {
    for (const ask of [rows, rowsAsWorker]) {
      await assert.rejects(ask(add, `forged:${randomUUID()}`, booking.id, fee, cents, loss, others),
        { code: '23514', constraint: 'ledger_balances_check' }, `${cents} and ${others}`);
    }
  }
  // the same, balanced, would pass: it is the sum that was refused
  await scratch(async (query) => {
    assert.deepEqual(await query(add, `balanced:${randomUUID()}`, booking.id, fee, 100, loss, -100), [{ postings: 2 }]);
    await query('set constraints all immediate');
  });
});

// ---- payments ----

const PAYMENT_STATES = ['initiating', 'unknown', 'sent', 'paid', 'failed', 'cancelled', 'refunded', 'disputed', 'review'];
const OPEN = ['initiating', 'unknown', 'sent']; // polled or traced on
const OUR_ACTS = ['started', 'refused', 'lost', 'absent']; // what became of the start
const HEARD = ['wait', 'paid', 'cancelled', 'failed', 'refunded', 'disputed', 'mismatch']; // what a poll or a trace said

// state: act: [next state, the booking's, money, alerts, foreseen].  An act of
// ours that is left out changes nothing; what a poll says and the table in the
// database does not foresee changes nothing but is told to us.
const STAYS = 'awaiting_payment';
const moves = (to, booking, money, ...alerts) => [to, booking, money, alerts];
const stays = (state, booking, ...alerts) => moves(state, booking, NOTHING, ...alerts);
const LOOK = 'payment_review';
const ODD = 'payment_reversal';
const unforeseen = (state, booking, ...alerts) => [state, booking, NOTHING, [ODD, ...alerts], false];
const UNSETTLED = { // the gateway has it, and nothing was paid as far as we know
  paid: moves('paid', 'accepted', HOLD),
  refunded: stays('review', STAYS, LOOK),
  disputed: stays('review', STAYS, LOOK),
  mismatch: stays('review', STAYS, LOOK),
};
const PAYMENT_TABLE = {
  initiating: {
    started: stays('sent', STAYS),
    refused: stays('failed', STAYS),
    lost: stays('unknown', STAYS),
    // never polled as such: who polls it has made it unknown before
    ...Object.fromEntries(HEARD.map((act) => [act, unforeseen('initiating', STAYS, ...(act === 'mismatch' ? [LOOK] : []))])),
  },
  unknown: {
    started: stays('sent', STAYS), // the answer to the start came after all
    absent: stays('failed', STAYS),
    wait: stays('sent', STAYS),
    cancelled: stays('cancelled', STAYS),
    failed: stays('failed', STAYS),
    ...UNSETTLED,
  },
  sent: {
    wait: stays('sent', STAYS),
    cancelled: stays('cancelled', STAYS),
    failed: stays('failed', STAYS),
    ...UNSETTLED,
  },
  paid: {
    wait: stays('paid', 'accepted', ODD),
    paid: stays('paid', 'accepted'),
    cancelled: stays('paid', 'accepted', ODD),
    failed: stays('paid', 'accepted', ODD),
    refunded: moves('refunded', 'cancelled', REFUND_HELD, 'payment_refunded'),
    disputed: stays('disputed', 'disputed', 'payment_disputed'),
    mismatch: stays('paid', 'accepted', LOOK),
  },
  failed: {
    wait: stays('failed', STAYS),
    cancelled: stays('failed', STAYS),
    failed: stays('failed', STAYS),
    ...UNSETTLED,
  },
  cancelled: {
    wait: stays('cancelled', STAYS),
    cancelled: stays('cancelled', STAYS),
    failed: stays('cancelled', STAYS),
    ...UNSETTLED,
  },
  refunded: {
    wait: stays('refunded', 'cancelled', ODD),
    paid: stays('refunded', 'cancelled', ODD),
    cancelled: unforeseen('refunded', 'cancelled'),
    failed: unforeseen('refunded', 'cancelled'),
    refunded: stays('refunded', 'cancelled'),
    disputed: unforeseen('refunded', 'cancelled'),
    mismatch: stays('refunded', 'cancelled', LOOK),
  },
  disputed: {
    wait: stays('disputed', 'disputed'),
    paid: stays('paid', 'accepted'),
    cancelled: unforeseen('disputed', 'disputed'),
    failed: unforeseen('disputed', 'disputed'),
    refunded: moves('refunded', 'cancelled', REFUND_HELD, 'payment_refunded'),
    disputed: stays('disputed', 'disputed'),
    mismatch: stays('disputed', 'disputed', LOOK),
  },
  review: Object.fromEntries(HEARD.map((act) => [act, stays('review', STAYS, LOOK)])),
};

// The shortest way to each state from a start that was committed.
const PAYMENT_WAYS = {
  initiating: [],
  unknown: ['lost'],
  sent: ['started'],
  paid: ['started', 'paid'],
  failed: ['started', 'failed'],
  cancelled: ['started', 'cancelled'],
  refunded: ['started', 'paid', 'refunded'],
  disputed: ['started', 'paid', 'disputed'],
  review: ['started', 'mismatch'],
};

const WORDS = { wait: 'Sent', paid: 'Paid', cancelled: 'Cancelled', failed: 'Failed', refunded: 'Refunded', disputed: 'Disputed', mismatch: 'Paid' };

// What the worker and the jobs call when it happens.
async function tellPayment(query, id, act) {
  if (act === 'started') return query(`select payment_started($1, 'https://gateway.example/page', 'https://gateway.example/poll', '1', null, null, null)`, id);
  if (act === 'refused' || act === 'lost') return query('select payment_not_started($1, $2, $3)', id, act === 'lost', act);
  if (act === 'absent') {
    for (const said of ['5 min', '0']) {
      await query('select payment_absent($1)', id);
      await query('update payments set absent_at = absent_at - $2::interval where id = $1', id, said);
    }
    return undefined;
  }
  return query(`select payment_heard($1, $2, reference, amount_cents + $3, '1', 'https://gateway.example/poll') from payments where id = $1`,
    id, WORDS[act], act === 'mismatch' ? 1 : 0);
}

const paymentRow = async (query, id) => (await query('select * from payments where id = $1', id))[0];

test('the payments’ table in the database is the one walked here', async () => {
  const line = (state, act, to) => `${state}: ${act} -> ${to}`;
  const there = await rows('select from_state, act, to_state from payment_moves');
  const foreseen = Object.entries(PAYMENT_TABLE).flatMap(([state, cells]) => Object.entries(cells)
    .filter(([, [, , , , isForeseen = true]]) => isForeseen).map(([act, [to]]) => line(state, act, to)));
  assert.deepEqual(there.map((m) => line(m.from_state, m.act, m.to_state)).sort(), foreseen.sort());
  assert.deepEqual((await rows('select state from payment_states where is_open order by 1')).map(({ state }) => state), [...OPEN].sort());
  assert.deepEqual((await rows('select state from payment_states')).map(({ state }) => state).sort(), [...PAYMENT_STATES].sort());
});

test('what a trace finds nothing of is asked for no more, once it is over', () => scratch(async (query) => {
  const people = await makeBooking(query);
  await move(query, people, 'accept', 'creator');
  const id = await newPayment(query, people.booking);
  for (const act of PAYMENT_WAYS.failed) await tellPayment(query, id, act);
  await query(`update payments set next_poll_at = now(), claimed_until = now() + interval '90 s' where id = $1`, id);
  await query('select payment_absent($1)', id);
  const { state, next_poll_at: next, claimed_until: claimed } = await paymentRow(query, id);
  assert.deepEqual([state, next, claimed], ['failed', null, null]);
}));

for (const state of PAYMENT_STATES) {
  test(`a payment that is ${state}: every act does what the table has, or nothing`, async () => {
    await scratch(async (query) => {
      const people = await makeBooking(query);
      await move(query, people, 'accept', 'creator');
      const id = await newPayment(query, people.booking);
      for (const act of PAYMENT_WAYS[state]) await tellPayment(query, id, act);
      await query('update alerts set seen_at = now() where subject_id = $1', id);
      const was = await paymentRow(query, id);
      assert.equal(was.state, state);
      const before = await snapshot(query, people);

      for (const act of [...OUR_ACTS, ...HEARD]) {
        const what = `${state}: ${act}`;
        await query('savepoint cell');
        await tellPayment(query, id, act);
        const now = await paymentRow(query, id);
        const after = await snapshot(query, people);
        const alerts = (await query('select kind from alerts where subject_id = $1 and seen_at is null order by kind', id)).map(({ kind }) => kind);
        const [to, booking, money, told] = PAYMENT_TABLE[state][act] ?? stays(state, before.booking.state);
        assert.equal(now.state, to, what);
        assert.equal(after.booking.state, booking, what);
        assert.deepEqual(difference(before.money, after.money), money, what);
        assert.deepEqual(alerts, [...told].sort(), what);
        if (HEARD.includes(act)) {
          assert.equal(now.gateway_status, WORDS[act], what);
          assert.equal(now.next_poll_at !== null, OPEN.includes(to), `${what}: is it polled on?`);
          assert.equal(now.failures, 0, what);
        } else if (to === state && act !== 'started') { // nothing at all
          assert.deepEqual({ ...now, updated_at: was.updated_at, absent_at: was.absent_at }, was, what);
        }
        if (to === state && booking === before.booking.state) assert.deepEqual(after, before, `${what}: nobody else hears of it`);
        const ended = ['failed', 'cancelled'].includes(to) && to !== state;
        assert.equal(after.booking.payment_status, ended ? 'failed'
          : { accepted: 'paid', disputed: 'paid', cancelled: 'refunded' }[booking] ?? before.booking.payment_status, what);
        await query('set constraints all immediate');
        await query('set constraints all deferred');
        await query('rollback to savepoint cell');
      }
    });
  });
}

test('who claims a payment whose start was never answered traces it as unknown; of others the claim changes nothing', async () => {
  await scratch(async (query) => {
    for (const state of PAYMENT_STATES) {
      const people = await makeBooking(query);
      await move(query, people, 'accept', 'creator');
      const id = await newPayment(query, people.booking);
      for (const act of PAYMENT_WAYS[state]) await tellPayment(query, id, act);
      await query(`update payments set next_poll_at = '-infinity' where id = $1`, id);
      const [claimed] = await query('select * from payments_claim(1)');
      assert.deepEqual([claimed.id, claimed.state], [id, state === 'initiating' ? 'unknown' : state]);
      assert.notEqual(claimed.claimed_until, null);
    }
  });
});
