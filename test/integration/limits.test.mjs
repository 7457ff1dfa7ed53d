// How often one address, one account and one session may try.  Everybody else here
// comes from one address, so these come from addresses of their own.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { call, get, post } from './support/client.mjs';
import { value } from './support/db.mjs';
import { PASSWORD, address, brand, creator } from './support/people.mjs';
import { png } from './support/pictures.mjs';
import { read } from './support/tokens.mjs';

const HERE = '127.0.0.77';
const THERE = '127.0.0.78';

// All but the last try of a window is used up.
const spend = (scope, counted) => value(`
  insert into rate_counts (scope, counted, since, tries)
  select $1, $2, now(), s.value from settings s where s.name = $1 || '_tries'
  on conflict (scope, counted) do update set since = excluded.since, tries = excluded.tries
  returning tries`, scope, String(counted));

async function refused(asked) {
  const { status, json, text, headers } = await asked;
  assert.deepEqual([status, json.code], [429, 'too_many_tries'], text);
  assert.ok(Number(headers['retry-after']) >= 1 && Number(headers['retry-after']) <= 900, headers['retry-after']);
}

async function taken(asked) {
  const { status, text } = await asked;
  assert.notEqual(status, 429, text);
}

const calls = {
  login: (email, from) => post('/api/auth/login', { email, password: PASSWORD }, { from }),
  register: (email, from) => post('/api/auth/register/creator', { email, password: PASSWORD }, { from }),
  code: (email, from) => post('/api/auth/verify-otp', { email, code: '000000' }, { from }),
  resend: (email, from) => post('/api/auth/resend-otp', { email }, { from }),
  forgot: (email, from) => post('/api/auth/forgot-password', { email }, { from }),
  reset: (email, from) => post(`/api/auth/reset-password/${randomBytes(32).toString('hex')}`, { password: PASSWORD }, { from }),
};

for (const [name, ask] of Object.entries(calls)) {
  test(`${name}: an address tries so often, whomever it names, and stops nobody elsewhere`, async () => {
    await taken(ask(address(name), HERE));
    assert.equal(await value('select count(*) from rate_counts where scope = $1 and counted = $2', `${name}_address`, HERE), 1);
    assert.ok(await spend(`${name}_address`, HERE) > 0);
    const email = address(name);
    await refused(ask(email, HERE));
    await taken(ask(email, THERE));
  });
}

for (const name of ['login', 'code', 'resend', 'forgot']) {
  test(`${name}: an account is tried so often from one address, and no other account is stopped by it`, async () => {
    const email = address(name);
    assert.ok(await spend(`${name}_pair`, `${email} ${THERE}`) > 0);
    await refused(calls[name](email, THERE));
    await taken(calls[name](address(name), THERE));
    await taken(calls[name](email, '127.0.0.79'));
  });
}

test('an account is logged in to so often, from anywhere', async () => {
  const email = address('login');
  await spend('login_account', email);
  for (const from of [THERE, '127.0.0.80']) await refused(calls.login(email, from));
});

test('a session is refreshed so often, and another of the same user goes on', async () => {
  const who = await creator();
  const { refresh } = who;
  await spend('refresh_session', read(refresh).claims.sid);
  const again = (token) => post('/api/auth/refresh', undefined, { headers: { authorization: `Bearer ${token}` } });
  await refused(again(refresh));
  const { json } = await post('/api/auth/login', { email: who.email, password: who.password }, { status: 200 });
  await taken(again(json.refresh_token));
  await get('/api/auth/me', { as: who, status: 200 });
});

test('a user sends so many files', async () => {
  const who = await brand();
  const sent = () => call('PUT', '/api/uploads', { as: who, body: png(10, 10), headers: { 'content-type': 'image/png' } });
  await spend('upload_user', who.id);
  await refused(sent());
  assert.equal(await value('select count(*) from uploads where user_id = $1', who.id), 0);
});

test('a brand makes so many campaigns', async () => {
  const who = await brand();
  await spend('campaign_user', who.id);
  const body = { title: 'One too many', description: 'x', budget: 100, start_date: '2027-01-01', end_date: '2027-02-01', category: 'Other' };
  await refused(post('/api/campaigns', body, { as: who }));
  assert.equal(await value('select count(*) from campaigns where brand_id = $1', who.profile.id), 0);
});
