// What the database itself refuses, whoever asks; and what many at once get.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { call, get, post, put } from './support/client.mjs';
import { row, rows, rowsAsReader, rowsAsWorker, value } from './support/db.mjs';
import { gateway, onThePage } from './support/gateway.mjs';
import { codeFor, mailedAs } from './support/mail.mjs';
import { balanceIn, checkLedger, entriesOf, moneyOf } from './support/money.mjs';
import { act, aPackage, address, book, brand, creator, login, makePackage, register, seeBooking, theBrand, theCreator, unique } from './support/people.mjs';
import { until } from './support/wait.mjs';

const APPEND_ONLY = ['ledger_entries', 'ledger_postings', 'booking_log', 'payment_messages', 'revision_requests'];
// What the rules are made of.
const RULES = ['settings', 'booking_states', 'booking_moves', 'booking_timers', 'payment_states', 'payment_moves',
  'gateway_statuses', 'poll_steps', 'notices', 'notification_types', 'categories', 'campaign_moves'];
const SECRET = ['registrations', 'one_time_codes', 'password_resets', 'refresh_tokens', 'outbox', 'payment_messages', 'idempotency_keys',
  'rate_counts', 'messages', 'message_wire', 'conversations', 'notification_preferences', 'view_marks', 'view_salts', 'user_wire', 'creator_account', 'brand_account', 'admin_account'];

let booking;

async function paid(buyer, seller, extra = {}) {
  const one = await book(buyer, await makePackage(seller, extra));
  await onThePage(one.payment.redirect_url, 'pay');
  await until('the booking to be paid', async () => (await seeBooking(buyer, one.booking)).state === 'accepted');
  return one.booking;
}

before(async () => {
  booking = await paid(await theBrand(), await theCreator());
});

// Read-only is but a default of the reader's, which it may change; what holds is
// the grants.
const asBoldReader = (text) => rowsAsReader(`set transaction_read_only = off; ${text}`);
const denied = (ask, what) => assert.rejects(ask, { code: '42501' }, what);
const firstColumn = (table) => value(`select attname from pg_attribute where attrelid = $1::regclass and attnum > 0 and attname <> 'id' order by attnum limit 1`, table);

// ---- roles ----

for (const table of [...APPEND_ONLY, 'events']) {
  test(`the worker can only add to ${table}`, async () => {
    const column = await firstColumn(table);
    await denied(rowsAsWorker(`update ${table} set ${column} = ${column}`), 'update');
    await denied(rowsAsWorker(`delete from ${table}`), 'delete');
    await denied(rowsAsWorker(`truncate ${table} cascade`), 'truncate');
    await denied(rowsAsWorker(`drop table ${table} cascade`), 'drop');
    await denied(rowsAsWorker(`alter table ${table} disable trigger all`), 'triggers');
  });
}

for (const table of RULES) {
  test(`the worker only reads ${table}`, async () => {
    assert.ok((await rowsAsWorker(`select * from ${table} limit 1`)).length === 1);
    const column = await firstColumn(table);
    await denied(rowsAsWorker(`update ${table} set ${column} = ${column}`), 'update');
    await denied(rowsAsWorker(`delete from ${table}`), 'delete');
    await denied(rowsAsWorker(`insert into ${table} select * from ${table} limit 1`), 'insert');
    await denied(rowsAsWorker(`truncate ${table} cascade`), 'truncate');
  });
}

test('not even the owner changes what was written', async () => {
  for (const table of APPEND_ONLY) {
    const column = await firstColumn(table);
    await denied(rows(`update ${table} set ${column} = ${column}`), `update ${table}`);
    await denied(rows(`delete from ${table}`), `delete ${table}`);
    await denied(rows(`truncate ${table} cascade`), `truncate ${table}`);
  }
});

test('neither role owns anything, makes anything or may become another', async () => {
  for (const role of ['bantubuzz_worker', 'bantubuzz_reader']) {
    assert.deepEqual(await row(`select rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls,
      (select count(*) from pg_class c where c.relowner = r.oid) as owns,
      (select count(*) from pg_auth_members m where m.member = r.oid) as is_member
      from pg_roles r where rolname = $1`, role),
    { rolsuper: false, rolcreatedb: false, rolcreaterole: false, rolreplication: false, rolbypassrls: false, owns: 0, is_member: 0 });
  }
  for (const ask of [rowsAsWorker, asBoldReader]) {
    await denied(ask('create table mine (id int)'));
    await denied(ask('set role bantubuzz_owner'));
    await denied(ask('create function mine() returns int language sql return 1'));
  }
});

test('the worker cannot put money anywhere else than the functions would', async () => {
  const { id: entry } = (await entriesOf(booking.id))[0];
  const [gate, held] = (await rows(`select account_id from ledger_postings where entry_id = $1 order by cents`, entry)).map((one) => one.account_id);
  const zwg = await value(`select account_of('gateway', 'ZWG', null, null)`);
  const add = (key, postings) => rowsAsWorker(`with e as (
      insert into ledger_entries (key, act, booking_id) values ($1, 'hold', $2) returning id)
    insert into ledger_postings (entry_id, account_id, currency, cents)
    select e.id, p.account, p.currency, p.cents
      from e, jsonb_to_recordset($3::jsonb) p (account bigint, currency text, cents bigint)`,
  key, booking.id, JSON.stringify(postings.map(([account, cents, currency = 'USD']) => ({ account, cents, currency }))));
  const unbalanced = { code: '23514', constraint: 'ledger_balances_check' };

  await assert.rejects(add(unique('forged'), [[gate, -100], [held, 101]]), unbalanced, 'one cent more');
  await assert.rejects(add(unique('forged'), [[held, 100]]), unbalanced, 'one side');
  await assert.rejects(add(unique('forged'), []), unbalanced, 'no side');
  await assert.rejects(add(unique('forged'), [[gate, -100, 'USD'], [held, 100, 'ZWG']]), unbalanced, 'two currencies');
  await assert.rejects(add(unique('forged'), [[zwg, -100], [held, 100]]), unbalanced, 'an account of another currency');
  await assert.rejects(add(unique('forged'), [[gate, 0], [held, 0]]), { code: '23514' }, 'nothing');
  await assert.rejects(rowsAsWorker(`insert into ledger_postings values ($1, $2, 'USD', 1)`, entry, zwg), unbalanced, 'onto an old entry');
  await assert.rejects(rowsAsWorker(`insert into ledger_postings values ($1, $2, 'USD', 1)`, entry, gate), { code: '23505' }, 'twice on an account');
  const { key } = await row('select key from ledger_entries where id = $1', entry);
  await assert.rejects(add(key, [[gate, -15000], [held, 15000]]), { code: '23505', constraint: 'ledger_entries_key' }, 'paid twice');
  await denied(rowsAsWorker(`update accounts set kind = 'loss' where id = $1`, held));
  await denied(rowsAsWorker(`delete from accounts where id = $1`, held));
  await denied(rowsAsWorker(`insert into money_days (user_id, way, currency, day, cents) values (${(await theBrand()).id}, 'earned', 'USD', '2000-01-01', 1)`));
  await denied(rowsAsWorker(`update money_days set cents = 0`));
  await denied(rowsAsWorker(`delete from money_days`));
  await denied(rowsAsWorker(`update chores set every = '100 years'`));
  await checkLedger();
});

test('the worker cannot break what the tables say', async () => {
  for (const [text, code] of [
    [`update bookings set state = 'whatever' where id = ${booking.id}`, '23503'],
    [`update bookings set fee_cents = amount_cents + 1 where id = ${booking.id}`, '23514'],
    [`update bookings set amount_cents = -1 where id = ${booking.id}`, '23514'],
    [`update payments set reference = 'mine'`, '428C9'],
    [`update payments set state = 'whatever'`, '23503'],
  ]) {
    await assert.rejects(rowsAsWorker(text), { code }, text);
  }
});

test('the reader writes nothing and calls nothing that could', async () => {
  const tables = (await rows(`select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'S', 'm')`)).map((one) => one.relname);
  assert.ok(tables.length > 40);
  assert.deepEqual(await rows(`select relname, privilege from pg_class c, unnest(array['insert', 'update', 'delete', 'truncate', 'references', 'trigger']) privilege
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'm')
      and (has_table_privilege('bantubuzz_reader', c.oid, privilege)
        or privilege in ('insert', 'update', 'references') and has_any_column_privilege('bantubuzz_reader', c.oid, privilege))`), []);
  assert.deepEqual(await rows(`select relname from pg_class c where relnamespace = 'public'::regnamespace and relkind = 'S'
      and (has_sequence_privilege('bantubuzz_reader', c.oid, 'update') or has_sequence_privilege('bantubuzz_reader', c.oid, 'usage'))`), []);
  assert.deepEqual((await rows(`select proname from pg_proc where pronamespace = 'public'::regnamespace
      and prokind = 'f' and has_function_privilege('bantubuzz_reader', oid, 'execute') order by 1`)).map((one) => one.proname),
  ['money_text', 'setting', 'setting_span']);
  await assert.rejects(rowsAsReader('delete from notifications'), { code: '25006' });
  await denied(asBoldReader(`insert into settings values ('mine', 1, 's', '')`));
  await denied(asBoldReader('update bookings set notes = null'));
  await denied(asBoldReader('delete from notifications'));
  await denied(asBoldReader('select booking_ring()'));
  assert.ok((await rowsAsReader('select id, state, amount_cents from bookings limit 1')).length === 1);
  assert.ok((await rowsAsReader('select id, state from payments limit 1')).length === 1);
  assert.ok((await rowsAsReader('select id, user_type from users limit 1')).length === 1);
});

test('the reader sees no hash, no code, no letter, no raw message and nobody’s address', async () => {
  await denied(rowsAsReader('select password_hash from users'));
  await denied(rowsAsReader('select email from users'));
  await denied(rowsAsReader('select * from users'));
  for (const table of SECRET) await denied(rowsAsReader(`select * from ${table}`), table);
  assert.deepEqual(await rows(`select relname, attname from pg_class c join pg_attribute a on a.attrelid = c.oid
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'm') and attnum > 0
      and attname ~ '(hash|digest|e-?mail|secret|password|address$|return_token|phone)'
      and has_column_privilege('bantubuzz_reader', c.oid, attnum, 'select')`), []);
});

// ---- many at once ----

const MANY = 20;
const atOnce = (ask, count = MANY) => Promise.all(Array.from({ length: count }, (_, i) => ask(i)));

// How often each status, and each word of a refusal, was answered.
function tally(answers) {
  const found = {};
  for (const { status, json } of answers) {
    const word = status < 400 ? String(status) : `${status} ${json.code}`;
    found[word] = (found[word] ?? 0) + 1;
  }
  return found;
}

test('a balance for one, twenty spend it at once', async () => {
  const [buyer, seller] = [await brand(), await theCreator()];
  const first = await paid(buyer, seller, { price: 50 });
  await act(seller, first, 'decline');
  const wares = await atOnce(() => makePackage(seller, { price: 50 }));
  const answers = await atOnce((i) => post('/api/bookings', { package_id: wares[i].id, payment_method: 'balance' }, { as: buyer }));
  assert.deepEqual(tally(answers), { 201: 1, '409 insufficient_balance': MANY - 1 });
  assert.equal(balanceIn((await get('/api/balances', { as: buyer, status: 200 })).json, 'brand_balance'), 0);
  await checkLedger();
});

test('one booking, twenty pay it from the balance at once', async () => {
  const [buyer, seller] = [await brand(), await theCreator()];
  const first = await paid(buyer, seller, { price: 90 });
  await act(seller, first, 'decline');
  const { booking: next } = await book(buyer, await makePackage(seller, { price: 30 }));
  const answers = await atOnce(() => post(`/api/bookings/${next.id}/payments`, { payment_method: 'balance' }, { as: buyer }));
  assert.deepEqual(tally(answers), { 201: 1, '409 wrong_state': MANY - 1 });
  assert.deepEqual(await moneyOf(next.id), { brand_balance: -3000, held: 3000 });
  await checkLedger();
});

test('twenty book the same package at once', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const bought = await makePackage(seller);
  const answers = await atOnce(() => post('/api/bookings', { package_id: bought.id }, { as: buyer }));
  assert.deepEqual(tally(answers), { 201: 1, '409 already_booked': MANY - 1 });
  assert.equal(await value('select count(*) from payments p join bookings b on b.id = p.booking_id where b.package_id = $1', bought.id), 1);
});

test('twenty register one address at once, and twenty verify it: one answer, one letter, one account', async () => {
  const email = address('many');
  const answers = await atOnce(() => post('/api/auth/register/brand', { email, password: 'a very long password', company_name: 'Many' }));
  assert.deepEqual(tally(answers), { 201: MANY });
  assert.equal(new Set(answers.map(({ text }) => text)).size, 1);
  assert.deepEqual(await row(`select (select count(*) from registrations where email = $1) as registrations,
    (select count(*) from outbox where address = $1) as letters`, email), { registrations: 1, letters: 1 });
  const code = await codeFor(email);
  const verified = await atOnce(() => post('/api/auth/verify-otp', { email, code }));
  const { 200: good, ...others } = tally(verified);
  assert.equal(good, 1, JSON.stringify(tally(verified)));
  assert.deepEqual(Object.keys(others).filter((word) => !/^4(00 code_wrong|29 )/.test(word)), []);
  assert.deepEqual(await row(`select (select count(*) from users where email = $1) as users,
    (select count(*) from brand_profiles p join users u on u.id = p.user_id where u.email = $1) as profiles,
    (select count(*) from registrations where email = $1) as registrations`, email), { users: 1, profiles: 1, registrations: 0 });
});

test('twenty deliver at once, then twenty approve: each once, and the money moves once', async () => {
  const [buyer, seller] = [await theBrand(), await creator()];
  const one = await paid(buyer, seller, { price: 200 });
  const all = (who, name, body = {}) => atOnce(() => post(`/api/bookings/${one.id}/acts`, { act: name, ...body }, { as: who }));
  assert.deepEqual(tally(await all(seller, 'deliver')), { 200: 1, '409 wrong_state': MANY - 1 });
  assert.deepEqual(tally(await all(buyer, 'approve')), { 200: 1, '409 wrong_state': MANY - 1 });
  assert.deepEqual(await moneyOf(one.id), { gateway: -20000, creator_payable: 18000, platform_fee: 2000 });
  await mailedAs(seller.email, 'Approved: US$180.00 is yours');
  assert.equal(await value(`select count(*) from outbox where user_id = $1 and notice = 'work_approved'`, seller.id), 1);
  await checkLedger();
});

test('a brand cancels while the creator declines and delivers: one of them wins', async () => {
  const [buyer, seller] = [await brand(), await theCreator()];
  for (let round = 0; round < 3; round += 1) {
    const one = await paid(buyer, seller, { price: 40 });
    const answers = await atOnce((i) => post(`/api/bookings/${one.id}/acts`,
      { act: ['cancel', 'decline', 'deliver'][i % 3] }, { as: i % 3 === 0 ? buyer : seller }));
    assert.deepEqual(tally(answers), { 200: 1, '409 wrong_state': MANY - 1 });
    const { state } = await seeBooking(buyer, one);
    assert.deepEqual(await moneyOf(one.id), state === 'delivered'
      ? { gateway: -4000, held: 4000 }
      : { gateway: -4000, brand_balance: 4000 });
  }
  await checkLedger();
});

test('paid at the gateway, from the balance, and withdrawn, all at once: no cent is lost', async () => {
  const [buyer, seller] = [await brand(), await theCreator()];
  const first = await paid(buyer, seller, { price: 25 });
  await act(seller, first, 'decline');
  for (let round = 0; round < 3; round += 1) {
    const one = await book(buyer, await makePackage(seller, { price: 25 }));
    const calls = await Promise.all([
      gateway.outcome(one.payment.reference, 'paid'),
      post(`/api/bookings/${one.booking.id}/payments`, { payment_method: 'balance' }, { as: buyer }),
      post(`/api/bookings/${one.booking.id}/acts`, { act: 'withdraw' }, { as: buyer }),
    ]);
    assert.ok(calls.slice(1).every(({ status }) => [200, 201, 409].includes(status)), calls.slice(1).map(({ text }) => text).join('\n'));
    await until('the money to be there', async () => (await moneyOf(one.booking.id)).gateway === -2500);
    const { state } = await seeBooking(buyer, one.booking);
    const { held = 0 } = await moneyOf(one.booking.id);
    assert.equal(held, state === 'accepted' ? 2500 : 0);
    await checkLedger();
    if (state === 'accepted') await act(seller, one.booking, 'decline');
  }
  // four times 25 came in, and nothing went out
  assert.equal(balanceIn((await get('/api/balances', { as: buyer, status: 200 })).json, 'brand_balance'), 10000);
});

test('a hundred at once with one key publish one package', async () => {
  const seller = await theCreator();
  const body = aPackage({ title: unique('Once ') });
  const headers = { 'idempotency-key': unique('k') };
  const answers = await atOnce(() => post('/api/packages', body, { as: seller, headers }), 100);
  const through = answers.filter(({ status }) => status === 201);
  assert.ok(through.length >= 1 && answers.every(({ status }) => [201, 409].includes(status)), JSON.stringify(tally(answers)));
  assert.equal(new Set(through.map(({ text }) => text)).size, 1);
  assert.equal(await value('select count(*) from packages where title = $1', body.title), 1);
});

test('five want one user name at once', async () => {
  const five = await atOnce(() => creator(), 5);
  const username = unique('name');
  const answers = await atOnce((i) => put('/api/creators/profile', { username }, { as: five[i] }), 5);
  assert.deepEqual(tally(answers), { 200: 1, '409 username_taken': 4 });
});

test('twenty log in to one account at once', async () => {
  const person = await register('brand');
  await post('/api/auth/verify-otp', { email: person.email, code: await codeFor(person.email) }, { status: 200 });
  await login(person);
  const answers = await atOnce(() => call('POST', '/api/auth/login', { body: { email: person.email, password: person.password } }));
  assert.ok(answers.every(({ status }) => [200, 429].includes(status)), JSON.stringify(tally(answers)));
  await get('/api/auth/me', { as: person, status: 200 });
});
