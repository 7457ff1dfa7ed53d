// One's own account: a password forgotten or changed, another address, and the
// sessions that are open.
import assert from 'node:assert/strict';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { call, del, get, post, put } from './support/client.mjs';
import { row, rows, value } from './support/db.mjs';
import { codeFor, letters, mailed, mailedAs } from './support/mail.mjs';
import { PASSWORD, address, brand, creator, login, register, unique } from './support/people.mjs';
import { read } from './support/tokens.mjs';
import { until } from './support/wait.mjs';

const NEW = 'quite another pass phrase';
const me = (as, options) => get('/api/auth/me', { as, ...options });
const refreshBy = (token, options) => call('POST', '/api/auth/refresh', { as: token, ...options });
const forgot = (email, options) => post('/api/auth/forgot-password', { email }, options);
const reset = (link, password = NEW, options) => post(`/api/auth/reset-password/${link}`, { password }, options);
const change = (as, current, password = NEW, options) =>
  post('/api/auth/change-password', { current_password: current, password }, { as, ...options });
const update = (as, body, options) => put('/api/users/profile', body, { as, ...options });
const confirm = (as, code, options) => post('/api/auth/confirm-email', { code }, { as, ...options });
const sessionsOf = async (as) => (await get('/api/auth/sessions', { as, status: 200 })).json.sessions;
const sidOf = (person) => read(person.access).claims.sid;

async function refused(answer, status, code) {
  const { json, ...rest } = await answer;
  assert.equal(rest.status, status, rest.text);
  assert.equal(json.code, code);
  return json;
}

async function badField(answer, name) {
  const json = await refused(answer, 422, 'fields_invalid');
  assert.deepEqual(Object.keys(json.fields), [name]);
}

// Another session of the same person.
async function again(person) {
  const other = { ...person };
  await login(other);
  return other;
}

async function ends(person) {
  await until('access to end', async () => (await me(person)).status === 401, { ms: 1000 });
  await refused(me(person), 401, 'session_ended');
  await refused(refreshBy(person.refresh), 401, 'session_ended');
}

// What the newest of at least `count` letters links to.
async function linkFor(email, count = 1) {
  const found = await mailed(email, /\/reset-password\/[0-9a-f]{64}/, { count });
  return /\/reset-password\/([0-9a-f]{64})/.exec(found.at(-1).text)[1];
}

const atOnce = (count, fn) => Promise.all(Array.from({ length: count }, (_, n) => fn(n)));
const tally = (answers) => answers.reduce((all, { status }) => ({ ...all, [status]: (all[status] ?? 0) + 1 }), {});
const sha256 = (text) => createHash('sha256').update(text).digest('hex');

// ---- a password forgotten ----

test('a forgotten password is chosen anew by the mailed link, and every session ends', async () => {
  const person = await creator();
  const other = await again(person);
  await forgot(person.email, { status: 200 });
  const link = await linkFor(person.email);
  assert.deepEqual(await rows('select digest from password_resets where user_id = $1', person.id), [{ digest: sha256(link) }]);
  await me(person, { status: 200 });

  await reset(link, NEW, { status: 200 });
  await ends(person);
  await ends(other);
  assert.deepEqual(await rows('select distinct end_reason from sessions where user_id = $1', person.id), [{ end_reason: 'password' }]);
  await refused(post('/api/auth/login', { email: person.email, password: PASSWORD }), 401, 'credentials_wrong');
  await login({ ...person, password: NEW });
  await mailedAs(person.email, 'Your BantuBuzz password was changed');
  await refused(reset(link), 400, 'link_wrong');
  await login({ ...person, password: NEW });
});

test('known, unknown and unproved addresses are answered alike, and nobody else gets a letter', async () => {
  const known = await creator();
  const waiting = await register('creator');
  await codeFor(waiting.email);
  const closed = await creator();
  await rows('update users set is_active = false where id = $1', closed.id);
  const others = [waiting.email, closed.email, address('nobody')];
  const answers = [];
  for (const email of [known.email, ...others]) answers.push((await forgot(email, { status: 200 })).json);
  for (const one of answers) assert.deepEqual(one, answers[0]);
  await linkFor(known.email);
  for (const email of others) {
    assert.equal(await value(`select count(*) from outbox where address = $1 and notice = 'password_reset'`, email), 0);
  }
  assert.equal(await value(`select count(*) from outbox where address = 'nobody@bantubuzz.invalid' and tries > 0`), 0);
});

test('a sixth letter in fifteen minutes is refused, whoever is asked for', async () => {
  const known = await creator();
  const seen = [];
  for (const email of [known.email, address('nobody')]) {
    const answers = [];
    for (let n = 0; n < 6; n += 1) answers.push(await forgot(email));
    assert.ok(Number(answers[5].headers['retry-after']) >= 1);
    seen.push(answers.map(({ status, json }) => [status, json.code, json.message]));
  }
  assert.deepEqual(seen[0], seen[1]);
  assert.deepEqual(seen[0].map(([status]) => status), [200, 200, 200, 200, 200, 429]);
});

test('a link that is wrong, expired or of a closed account opens nothing', async () => {
  const person = await creator();
  await forgot(person.email, { status: 200 });
  const link = await linkFor(person.email);
  for (const wrong of [randomBytes(32).toString('hex'), 'x', `${link}0`, link.toUpperCase().replace(/^./, 'F'), sha256(link), randomUUID()]) {
    await refused(reset(wrong), 400, 'link_wrong');
    await refused(get(`/api/auth/verify/${wrong}`), 400, 'link_wrong');
  }
  await badField(reset(link, 'seven77'), 'password');
  await rows('update users set is_active = false where id = $1', person.id);
  await refused(reset(link), 400, 'link_wrong');
  await rows('update users set is_active = true where id = $1', person.id);
  await rows(`update password_resets set expires_at = now() - interval '1 s' where user_id = $1`, person.id);
  await refused(reset(link), 400, 'link_wrong');
  await login(person);
});

test('twenty resets by one link at once are one reset', async () => {
  const person = await brand();
  await forgot(person.email, { status: 200 });
  const link = await linkFor(person.email);
  const answers = await atOnce(20, (n) => reset(link, `pass phrase number ${n}`));
  assert.deepEqual(tally(answers), { 200: 1, 400: 19 });
  for (const { status, json } of answers) if (status === 400) assert.equal(json.code, 'link_wrong');
  await login({ ...person, password: `pass phrase number ${answers.findIndex(({ status }) => status === 200)}` });
  assert.equal((await mailed(person.email, /password was changed/)).length, 1);
});

test('one link used ends the others, also at the same time', async () => {
  const person = await brand();
  const links = [];
  for (let n = 1; n <= 3; n += 1) {
    await forgot(person.email, { status: 200 });
    links.push(await linkFor(person.email, n));
  }
  assert.equal(new Set(links).size, 3);
  const answers = await Promise.all(links.map((link) => reset(link)));
  assert.deepEqual(tally(answers), { 200: 1, 400: 2 });
  for (const link of links) await refused(reset(link), 400, 'link_wrong');
});

test('who was stopped at the door gets in by a new password', async () => {
  const person = await creator();
  const wrong = { email: person.email, password: 'not this one' };
  await until('the login to be stopped', async () => (await post('/api/auth/login', wrong)).status === 429);
  await refused(post('/api/auth/login', { email: person.email, password: PASSWORD }), 429, 'too_many_tries');
  await forgot(person.email, { status: 200 });
  await reset(await linkFor(person.email), NEW, { status: 200 });
  await login({ ...person, password: NEW });
});

// ---- another password ----

test('a new password asks for the current one, and ends all other sessions', async () => {
  const person = await creator();
  const other = await again(person);
  await forgot(person.email, { status: 200 });
  const link = await linkFor(person.email);
  await badField(change(person, 'not this one'), 'current_password');
  await badField(change(person, PASSWORD, 'seven77'), 'password');
  await me(other, { status: 200 });

  await change(person, PASSWORD, NEW, { status: 200 });
  await ends(other);
  await me(person, { status: 200 });
  await refreshBy(person.refresh, { status: 200 });
  assert.equal(await value('select end_reason from sessions where id = $1', sidOf(other)), 'password');
  await refused(post('/api/auth/login', { email: person.email, password: PASSWORD }), 401, 'credentials_wrong');
  await login({ ...person, password: NEW });
  await mailedAs(person.email, 'Your BantuBuzz password was changed');
  await refused(reset(link, 'of the one with the old letter'), 400, 'link_wrong');
});

test('twenty changes of one password at once are one change', async () => {
  const person = await creator();
  const answers = await atOnce(20, (n) => change(person, PASSWORD, `pass phrase number ${n}`));
  const won = answers.flatMap(({ status }, n) => (status === 200 ? [n] : []));
  assert.equal(won.length, 1, JSON.stringify(tally(answers)));
  for (const { status, text } of answers) assert.ok([200, 409, 422, 429].includes(status), text);
  await login({ ...person, password: `pass phrase number ${won[0]}` });
});

test('the current password may be tried ten times, and the session goes on', async () => {
  const person = await brand();
  for (let n = 0; n < 10; n += 1) await badField(change(person, 'not this one'), 'current_password');
  const stopped = await change(person, PASSWORD);
  assert.equal(stopped.status, 429);
  assert.ok(Number(stopped.headers['retry-after']) >= 1);
  await me(person, { status: 200 });
  await login(person);
});

test('a session that has ended in its row changes nothing, though its token is not known as dead', async () => {
  const person = await creator();
  const other = await again(person);
  await rows(`update sessions set ended_at = now(), end_reason = 'by_user' where id = $1`, sidOf(person));
  await me(person, { status: 200 });
  await refused(change(person, PASSWORD), 401, 'session_ended');
  await refused(update(person, { email: address('new'), current_password: PASSWORD }), 401, 'session_ended');
  await refused(confirm(person, '000000'), 401, 'session_ended');
  await refused(del('/api/auth/sessions', { as: person }), 401, 'session_ended');
  await me(other, { status: 200 });
  await login(person);
});

// ---- one's profile ----

test('one call changes the profile of either kind, by the same rules as its own', async () => {
  const seller = await creator();
  const username = unique('u').slice(0, 20);
  const mine = { bio: 'Dance and food', username, categories: ['Travel'], engagement_rate: 4.25, revision_fee: 5, social_links: { tiktok: '@x' } };
  const changed = (await update(seller, mine, { status: 200, statements: 1 })).json;
  for (const [name, one] of Object.entries(mine)) assert.deepEqual(changed.profile[name], one, name);
  const { message, ...account } = changed;
  assert.match(message, /updated/);
  assert.deepEqual(account, (await get('/api/users/profile', { as: seller, status: 200 })).json);
  await badField(update(seller, { company_name: 'A brand' }), 'company_name');
  await badField(update(seller, { username: 'no-dashes' }), 'username');

  const buyer = await brand();
  const told = (await update(buyer, { company_name: 'Marula Oils', company_size: '11-50', website: 'https://example.com' }, { status: 200, statements: 1 })).json;
  assert.equal(told.profile.company_name, 'Marula Oils');
  assert.equal(told.user.email, buyer.email);
  await badField(update(buyer, { bio: 'A creator' }), 'bio');
  const taken = await creator();
  await refused(update(taken, { username, bio: 'not written' }), 409, 'username_taken');
  assert.equal((await me(taken)).json.profile.bio, null);
  const fresh = address('fresh');
  await refused(update(taken, { username, email: fresh, current_password: PASSWORD }), 409, 'username_taken');
  assert.equal(await value('select count(*) from one_time_codes where email = $1', fresh), 0);
});

test('one\'s own address is no change and asks for no password', async () => {
  const person = await brand();
  const before = (await letters(person.email)).length;
  const { json } = await update(person, { email: ` ${person.email.toUpperCase()}`, industry: 'Food' }, { status: 200 });
  assert.equal(json.profile.industry, 'Food');
  assert.equal(json.message, (await update(person, { industry: 'Food' }, { status: 200 })).json.message);
  assert.equal(await value('select count(*) from one_time_codes where user_id = $1', person.id), 0);
  assert.equal((await letters(person.email)).length, before);
});

// ---- another address ----

test('another address counts once its code is sent, and the old one is told', async () => {
  const person = await creator();
  const other = await again(person);
  const fresh = address('fresh');
  await register('brand', fresh); // never proved
  await codeFor(fresh);
  await forgot(person.email, { status: 200 });
  const link = await linkFor(person.email);

  const asked = (await update(person, { email: fresh, current_password: PASSWORD, bio: 'Moved' }, { status: 200 })).json;
  assert.equal(asked.user.email, person.email);
  assert.equal(asked.profile.bio, 'Moved');
  const code = await codeFor(fresh, 2);
  await mailedAs(person.email, 'A new address for your BantuBuzz account');
  await refused(post('/api/auth/login', { email: fresh, password: PASSWORD }), 403, 'unverified'); // the registration's
  assert.equal((await me(person)).json.user.email, person.email);

  const done = (await confirm(other, code, { status: 200 })).json;
  assert.equal(done.user.email, fresh);
  assert.equal(done.user.is_verified, true);
  await mailedAs(person.email, 'Your BantuBuzz account has a new address');
  await refused(confirm(person, code), 400, 'code_wrong');
  await refused(post('/api/auth/login', { email: person.email, password: PASSWORD }), 401, 'credentials_wrong');
  await login({ ...person, email: fresh });
  await refused(reset(link), 400, 'link_wrong');
  assert.equal(await value('select count(*) from registrations where email = $1', fresh), 0);
});

test('another address needs the current password, and nothing is written without', async () => {
  const person = await creator();
  const fresh = address('fresh');
  await badField(update(person, { email: fresh, bio: 'not written' }), 'current_password');
  await badField(update(person, { email: fresh, bio: 'not written', current_password: 'not this one' }), 'current_password');
  await badField(update(person, { email: 'no address', current_password: PASSWORD }), 'email');
  const { json } = await me(person, { status: 200 });
  assert.equal(json.profile.bio, null);
  assert.equal(json.user.email, person.email);
  assert.equal(await value('select count(*) from outbox where address = $1', fresh), 0);
});

test('a taken address is answered like a free one, and its owner told', async () => {
  const person = await creator();
  const owner = await brand();
  const before = await row('select * from users where id = $1', owner.id);
  const free = (await update(person, { email: address('free'), current_password: PASSWORD }, { status: 200 })).json;
  const taken = (await update(person, { email: owner.email, current_password: PASSWORD }, { status: 200 })).json;
  for (const one of [taken, free]) delete one.profile.updated_at;
  assert.deepEqual(taken, free);
  await mailedAs(owner.email, 'This address has a BantuBuzz account');
  const codes = (await letters(owner.email)).filter(({ subject }) => /[0-9]{6}/.test(subject));
  assert.equal(codes.length, 1, 'a code to somebody else\'s address');
  await refused(confirm(person, '000000'), 400, 'code_wrong');
  assert.deepEqual(await row('select * from users where id = $1', owner.id), before);
});

test('a code for another address dies after five wrong tries, after ten minutes, and is nobody else\'s', async () => {
  const [person, other] = [await creator(), await creator()];
  const fresh = address('fresh');
  const ask = () => update(person, { email: fresh, current_password: PASSWORD }, { status: 200 });
  await refused(confirm(person, '000000'), 400, 'code_wrong');
  await ask();
  const first = await codeFor(fresh);
  const wrong = first === '111111' ? '222222' : '111111';
  for (let n = 0; n < 5; n += 1) await refused(confirm(person, wrong), 400, 'code_wrong');
  await refused(confirm(person, first), 400, 'code_wrong');

  await ask();
  const second = await codeFor(fresh, 2);
  await rows(`update one_time_codes set expires_at = now() - interval '1 s' where user_id = $1`, person.id);
  await refused(confirm(person, second), 400, 'code_wrong');

  await ask();
  const third = await codeFor(fresh, 3);
  await refused(confirm(other, third), 400, 'code_wrong');
  await update(other, { email: address('elsewhere'), current_password: PASSWORD }, { status: 200 });
  await refused(confirm(other, third), 400, 'code_wrong');
  await confirm(person, third, { status: 200 });
});

test('an address that two ask for belongs to who proves it first', async () => {
  const people = [await creator(), await brand()];
  const fresh = address('fresh');
  const codes = [];
  for (const person of people) {
    await update(person, { email: fresh, current_password: PASSWORD }, { status: 200 });
    codes.push(await codeFor(fresh, codes.length + 1));
  }
  const answers = await Promise.all(people.map((person, n) => confirm(person, codes[n])));
  assert.deepEqual(tally(answers), { 200: 1, 400: 1 });
  assert.equal(await value('select count(*) from users where email = $1', fresh), 1);
});

test('twenty confirmations at once are one change', async () => {
  const person = await creator();
  const fresh = address('fresh');
  await update(person, { email: fresh, current_password: PASSWORD }, { status: 200 });
  const code = await codeFor(fresh);
  assert.equal(tally(await atOnce(20, () => confirm(person, code)))[200], 1);
  assert.equal((await mailed(person.email, /has a new address/)).length, 1);
  assert.equal((await me(person)).json.user.email, fresh);
});

test('a new password ends a change of address that was begun', async () => {
  const person = await creator();
  const fresh = address('fresh');
  await update(person, { email: fresh, current_password: PASSWORD }, { status: 200 });
  const code = await codeFor(fresh);
  await change(person, PASSWORD, NEW, { status: 200 });
  await refused(confirm(person, code), 400, 'code_wrong');
  assert.equal((await me(person)).json.user.email, person.email);
});

test('five addresses may be asked for in fifteen minutes', async () => {
  const person = await brand();
  for (let n = 0; n < 5; n += 1) await update(person, { email: address('fresh'), current_password: PASSWORD }, { status: 200 });
  await refused(update(person, { email: address('fresh'), current_password: PASSWORD }), 429, 'too_many_tries');
  await update(person, { industry: 'Still changed' }, { status: 200 });
});

// ---- sessions ----

test('open sessions are listed, the asking one marked, and ended one by one', async () => {
  const person = await creator();
  const other = await again(person);
  const third = await again(person);
  const seen = await sessionsOf(person);
  assert.deepEqual(seen.map(({ id }) => id).sort(), [person, other, third].map(sidOf).sort());
  assert.deepEqual(seen.filter(({ current }) => current).map(({ id }) => id), [sidOf(person)]);

  await del(`/api/auth/sessions/${sidOf(other)}`, { as: person, status: 200 });
  await ends(other);
  await me(third, { status: 200 });
  assert.equal(await value('select end_reason from sessions where id = $1', sidOf(other)), 'by_user');
  await refused(del(`/api/auth/sessions/${sidOf(other)}`, { as: person }), 404, 'not_found');
  assert.equal((await sessionsOf(person)).length, 2);
  // the asking one too
  await del(`/api/auth/sessions/${sidOf(person)}`, { as: person, status: 200 });
  await ends(person);
  await me(third, { status: 200 });
});

test('somebody else\'s session is not there, and goes on', async () => {
  const person = await creator();
  const other = await brand();
  for (const id of [sidOf(other), randomUUID(), 'x', '1', sidOf(person).toUpperCase(), '%27']) {
    await refused(del(`/api/auth/sessions/${id}`, { as: person }), 404, 'not_found');
  }
  await me(other, { status: 200 });
  await me(person, { status: 200 });
  assert.ok((await sessionsOf(other)).every(({ id }) => id !== sidOf(person)));
});

test('all other sessions end at once, and nobody else\'s', async () => {
  const person = await creator();
  const bystander = await creator();
  const others = [await again(person), await again(person)];
  await del('/api/auth/sessions', { as: person, status: 200 });
  for (const other of others) await ends(other);
  await me(person, { status: 200 });
  await me(bystander, { status: 200 });
  assert.deepEqual((await sessionsOf(person)).map(({ id }) => id), [sidOf(person)]);
  await del('/api/auth/sessions', { as: person, status: 200 });
});

test('sessions that end each other at once: one is left', async () => {
  const person = await creator();
  const all = [person, await again(person), await again(person), await again(person)];
  const answers = await Promise.all(all.map((as) => del('/api/auth/sessions', { as })));
  assert.deepEqual(tally(answers), { 200: 1, 401: 3 });
  assert.equal(await value('select count(*) from sessions where user_id = $1 and ended_at is null', person.id), 1);
});

test('twenty ends of one session at once are one end', async () => {
  const person = await creator();
  const other = await again(person);
  const answers = await atOnce(20, () => del(`/api/auth/sessions/${sidOf(other)}`, { as: person }));
  assert.deepEqual(tally(answers), { 200: 1, 404: 19 });
});

test('a page of sessions is a page', async () => {
  const person = await creator();
  for (let n = 0; n < 3; n += 1) await again(person);
  const pages = [];
  for (const page of [1, 2, 3]) {
    pages.push((await get(`/api/auth/sessions?page=${page}&per_page=2`, { as: person, status: 200 })).json);
  }
  assert.deepEqual(pages.map(({ sessions }) => sessions.length), [2, 2, 0]);
  for (const { total, pages: count } of pages.slice(0, 2)) assert.deepEqual([total, count], [4, 2]);
  assert.equal(new Set(pages.flatMap(({ sessions }) => sessions.map(({ id }) => id))).size, 4);
});
