// Who one is: registering, proving the address, sessions and their end.
import assert from 'node:assert/strict';
import { createHmac, pbkdf2Sync, randomBytes, randomUUID, scryptSync } from 'node:crypto';
import { test } from 'node:test';
import * as jose from 'jose';
import { exceptions } from './support/budgets.mjs';
import { call, get, post, refreshCookie } from './support/client.mjs';
import { row, rows, scratch, value } from './support/db.mjs';
import { codeFor, letters, mailedAs } from './support/mail.mjs';
import { PASSWORD, address, brand, creator, login, register, unique, verify } from './support/people.mjs';
import { read, sign, signingKey } from './support/tokens.mjs';
import { until } from './support/wait.mjs';

const me = (as, options) => get('/api/auth/me', { as, ...options });
const refreshBy = (token, options) => call('POST', '/api/auth/refresh', { as: token, ...options });
const refreshByCookie = (cookie, options) => call('POST', '/api/auth/refresh', {
  https: true, headers: { cookie: `__Secure-refresh=${cookie}` }, ...options,
});

// Every worker knows of it: of many at once none is let in.
const shutOut = (token, wait) => until('access to end', async () =>
  (await Promise.all(Array.from({ length: 16 }, () => me(token)))).every(({ status }) => status === 401), wait);

async function refused(answer, status, code) {
  const { json, ...rest } = await answer;
  assert.equal(rest.status, status, rest.text);
  assert.equal(json.code, code);
  return { json, ...rest };
}

for (const kind of ['creator', 'brand']) {
  test(`a ${kind} registers, proves the address by the mailed code, logs in and is known`, async () => {
    const person = await register(kind);
    assert.equal(person.answer.json.user.email, person.email);
    assert.equal(person.answer.json.user.user_type, kind);
    const verified = await verify(person);
    assert.equal(verified.json.user.is_verified, true);
    const { json } = await login(person);
    assert.equal(json.user.email, person.email);
    assert.notEqual(json.user.last_login, null);
    assert.equal(json.profile.user_id, json.user.id);
    if (kind === 'brand') assert.match(json.profile.company_name, /^Company of/);
    else assert.equal(json.profile.availability_status, 'available');
    const known = await me(person, { status: 200 });
    assert.equal(known.json.user.id, person.id);
    assert.equal(known.json.profile.id, json.profile.id);
    const same = await get('/api/users/profile', { as: person, status: 200 });
    assert.deepEqual(same.json.profile, known.json.profile);
  });
}

test('an address is one address in any case, and blanks around it are none of it', async () => {
  const person = await register('creator');
  await verify(person);
  await login({ ...person, email: `  ${person.email.toUpperCase()} ` });
});

test('a taken address gets the same answer as a new one, and its owner a letter', async () => {
  const owner = await creator();
  const before = await row('select * from users where id = $1', owner.id);
  const fresh = await register('creator');
  const taken = await register('creator', owner.email, { password: 'another good password' });
  assert.deepEqual(Object.keys(taken.answer.json), Object.keys(fresh.answer.json));
  assert.deepEqual(Object.keys(taken.answer.json.user), Object.keys(fresh.answer.json.user));
  assert.equal(taken.answer.json.message, fresh.answer.json.message);
  assert.notEqual(taken.answer.json.user.id, owner.id);
  await mailedAs(owner.email, 'You already have a BantuBuzz account');
  const codes = (await letters(owner.email)).filter(({ subject }) => /[0-9]{6}/.test(subject));
  assert.equal(codes.length, 1, 'a second code went to the owner of the address');
  assert.deepEqual(await row('select * from users where id = $1', owner.id), before);
  await login(owner);
});

test('who registers twice before proving the address has what was registered last', async () => {
  const first = await register('creator');
  await codeFor(first.email);
  const second = await register('creator', first.email, { password: 'quite another password' });
  const code = await codeFor(first.email, 2);
  await post('/api/auth/verify-otp', { email: first.email, code }, { status: 200 });
  await login(second);
  await refused(post('/api/auth/login', { email: first.email, password: first.password }), 401, 'credentials_wrong');
});

test('sent once more within a minute it is the same registration, and after it another', async () => {
  const first = await register('brand');
  const again = await register('brand', first.email);
  assert.equal(again.answer.text, first.answer.text);
  await rows(`update registrations set created_at = created_at - setting_span('register_again_s') where email = $1`, first.email);
  const late = await register('brand', first.email);
  assert.notEqual(late.answer.json.user.id, first.answer.json.user.id);
  await codeFor(first.email, 2);
  assert.equal(await value(`select count(*) from outbox where address = $1`, first.email), 2);
});

test('a code dies after five wrong tries, and another one works', async () => {
  const person = await register('brand');
  const code = await codeFor(person.email);
  const wrong = code === '111111' ? '222222' : '111111';
  for (let n = 0; n < 5; n += 1) {
    await refused(post('/api/auth/verify-otp', { email: person.email, code: wrong }), 400, 'code_wrong');
  }
  await refused(post('/api/auth/verify-otp', { email: person.email, code }), 400, 'code_wrong');
  await post('/api/auth/resend-otp', { email: person.email }, { status: 200 });
  const next = await codeFor(person.email, 2);
  await post('/api/auth/verify-otp', { email: person.email, code: next }, { status: 200 });
});

test('a code works once, and not after its ten minutes', async () => {
  const once = await register('creator');
  const code = await codeFor(once.email);
  await post('/api/auth/verify-otp', { email: once.email, code }, { status: 200 });
  await refused(post('/api/auth/verify-otp', { email: once.email, code }), 400, 'code_wrong');

  const late = await register('creator');
  const dead = await codeFor(late.email);
  await rows(`update one_time_codes c set expires_at = now() - interval '1 s'
                from registrations r where r.id = c.registration_id and r.email = $1`, late.email);
  await refused(post('/api/auth/verify-otp', { email: late.email, code: dead }), 400, 'code_wrong');
});

test('known, unknown and verified addresses are answered alike', async () => {
  const known = await register('creator');
  const done = await creator();
  const answers = [];
  for (const email of [known.email, done.email, address('nobody')]) {
    answers.push((await post('/api/auth/resend-otp', { email }, { status: 200 })).json);
    const wrong = await refused(post('/api/auth/verify-otp', { email, code: '000000' }), 400, 'code_wrong');
    answers.push({ ...wrong.json, request_id: '' });
  }
  for (const n of [2, 4]) {
    assert.deepEqual(answers[n], answers[0]);
    assert.deepEqual(answers[n + 1], answers[1]);
  }
  const wrong = await refused(post('/api/auth/login', { email: done.email, password: 'not this one' }), 401, 'credentials_wrong');
  const nobody = await refused(post('/api/auth/login', { email: address('nobody'), password: 'not this one' }), 401, 'credentials_wrong');
  assert.deepEqual({ ...wrong.json, request_id: '' }, { ...nobody.json, request_id: '' });
});

test('an unproved address is told so, and only to who knows the password', async () => {
  const person = await register('brand');
  const { json } = await refused(post('/api/auth/login', { email: person.email, password: person.password }), 403, 'unverified');
  assert.equal(json.requires_verification, true);
  assert.equal(json.email, person.email);
  assert.equal(json.user_id, person.answer.json.user.id);
  const wrong = await refused(post('/api/auth/login', { email: person.email, password: 'not this one' }), 401, 'credentials_wrong');
  assert.equal(wrong.json.requires_verification, undefined);
  assert.equal(wrong.json.user_id, undefined);
  // also beside what a stranger registered since
  await registerElsewhere(person.email);
  const still = await refused(post('/api/auth/login', { email: person.email, password: person.password }), 403, 'unverified');
  assert.equal(still.json.user_id, json.user_id);
});

test('ten wrong passwords stop an account, but none of its open sessions', async () => {
  const person = await creator();
  const body = { email: person.email, password: 'not this one' };
  let last;
  for (let n = 0; n < 12; n += 1) {
    last = await post('/api/auth/login', body);
    if (last.status === 429) break;
    assert.equal(last.status, 401);
  }
  assert.equal(last.status, 429);
  assert.ok(Number(last.headers['retry-after']) >= 1, 'Retry-After says when');
  await me(person, { status: 200 });
  await refreshBy(person.refresh, { status: 200 });
  // the same for an address that nobody has
  const nobody = { email: address('nobody'), password: 'not this one' };
  let tries = 0;
  while ((await post('/api/auth/login', nobody)).status === 401) {
    tries += 1;
    assert.ok(tries < 12, 'an unknown address is never stopped');
  }
});

test('a password lies in the database as Argon2id and nowhere in the clear', async () => {
  const person = await creator();
  const hash = await value('select password_hash from users where id = $1', person.id);
  assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

function werkzeug(password) {
  const salt = 'kR3s9xPqLm2ZtVbA';
  const digest = scryptSync(password, salt, 64, { N: 32768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 });
  return `scrypt:32768:8:1$${salt}$${digest.toString('hex')}`;
}

test('hashes of the earlier version are accepted and renewed', async () => {
  const salt = 'kR3s9xPqLm2ZtVbA';
  const pbkdf2 = pbkdf2Sync(PASSWORD, salt, 600000, 32, 'sha256').toString('hex');
  for (const old of [werkzeug(PASSWORD), `pbkdf2:sha256:600000$${salt}$${pbkdf2}`]) {
    const person = await creator();
    await rows('update users set password_hash = $2 where id = $1', person.id, old);
    await refused(post('/api/auth/login', { email: person.email, password: 'not this one' }), 401, 'credentials_wrong');
    await login(person);
    const hash = await value('select password_hash from users where id = $1', person.id);
    assert.match(hash, /^\$argon2id\$/, `renewed after ${old.slice(0, 12)}`);
    await login(person);
  }
});

// The owner's transaction holds the user while the login is between its check
// and its session, and commits when that waits for it.
async function loginWhile(person, change, ...values) {
  return scratch(async (query, client) => {
    await query(change, person.id, ...values);
    const [{ pid }] = await query('select pg_backend_pid() as pid');
    const answer = post('/api/auth/login', { email: person.email, password: PASSWORD }, { statements: exceptions.login.again });
    await until('the login to wait', () =>
      value('select count(*) > 0 from pg_stat_activity where $1 = any (pg_blocking_pids(pid))', pid));
    await client.query('commit');
    return answer;
  });
}

test('a login that was checked by the old password opens nothing once there is a new one', async () => {
  for (const old of [null, werkzeug(PASSWORD)]) {
    const person = await creator();
    if (old !== null) await rows('update users set password_hash = $2 where id = $1', person.id, old);
    const other = werkzeug('quite another pass phrase');
    const sessions = await value('select count(*) from sessions where user_id = $1', person.id);
    await refused(loginWhile(person, 'update users set password_hash = $2 where id = $1', other), 401, 'credentials_wrong');
    assert.equal(await value('select password_hash from users where id = $1', person.id), other);
    assert.equal(await value('select count(*) from sessions where user_id = $1', person.id), sessions);
  }
});

test('a login that was checked before the account was closed opens nothing', async () => {
  const person = await creator();
  const sessions = await value('select count(*) from sessions where user_id = $1', person.id);
  await refused(loginWhile(person, 'update users set is_active = false where id = $1'), 403, 'deactivated');
  assert.equal(await value('select count(*) from sessions where user_id = $1', person.id), sessions);
});

test('logins at once by a password of the earlier version all succeed', async () => {
  const person = await creator();
  await rows('update users set password_hash = $2 where id = $1', person.id, werkzeug(PASSWORD));
  const answer = await loginWhile(person, 'update users set password_hash = $2 where id = $1',
    await value('select password_hash from users where id = $1', (await creator()).id));
  assert.equal(answer.status, 200, answer.text);
});

test('a client without cookies keeps one refresh token for its session', async () => {
  const person = await creator();
  const first = await refreshBy(person.refresh, { status: 200 });
  const second = await refreshBy(person.refresh, { status: 200 });
  assert.equal(refreshCookie(first), undefined);
  await me(first.json.access_token, { status: 200 });
  await me(second.json.access_token, { status: 200 });
});

test('a token serves only for what it was made', async () => {
  const person = await creator();
  await refused(me(person.refresh), 401, 'token_invalid');
  await refused(refreshBy(person.access), 401, 'token_invalid');
  const { header, claims } = read(person.refresh);
  await refused(refreshBy(sign(header, { ...claims, jti: 'x' })), 401, 'token_invalid');
  for (const other of [{ jti: randomUUID() }, { sid: randomUUID() }]) {
    await refused(refreshBy(sign(header, { ...claims, ...other })), 401, 'session_ended');
  }
  const none = await me(undefined);
  assert.equal(none.status, 401);
  assert.equal((await refreshBy(undefined)).status, 401);
});

test('a cookie session keeps its refresh token out of reach of scripts', async () => {
  const person = await creator();
  const answer = await login(person, { session: 'cookie' }, { https: true });
  assert.equal(answer.json.refresh_token, undefined);
  const line = answer.headers['set-cookie'].find((one) => one.startsWith('__Secure-refresh='));
  for (const flag of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/api/auth']) {
    assert.ok(line.split('; ').some((part) => part.toLowerCase() === flag.toLowerCase()), `${flag} in ${line}`);
  }
  await refused(refreshByCookie('x.y.z'), 401, 'token_invalid');
  const next = await refreshByCookie(refreshCookie(answer), { status: 200 });
  assert.notEqual(refreshCookie(next), refreshCookie(answer));
  await me(next.json.access_token, { status: 200 });
});

test('a cookie is taken from our own origins only, whatever else is sent beside it', async () => {
  const person = await creator();
  const cookie = refreshCookie(await login(person, { session: 'cookie' }, { https: true }));
  for (const beside of [{}, { authorization: 'Basic x' }, { authorization: 'Bearer' }]) {
    const headers = { cookie: `__Secure-refresh=${cookie}`, origin: 'https://evil.example', ...beside };
    await refused(refreshByCookie(cookie, { headers }), 403, 'origin_refused');
  }
  await refreshByCookie(cookie, { status: 200 });
});

test('a used cookie gives the same successor for ten seconds', async () => {
  const person = await creator();
  const first = refreshCookie(await login(person, { session: 'cookie' }, { https: true }));
  const second = refreshCookie(await refreshByCookie(first, { status: 200 }));
  const again = refreshCookie(await refreshByCookie(first, { status: 200 }));
  assert.equal(read(again).claims.jti, read(second).claims.jti);
  await refreshByCookie(again, { status: 200 });
});

test('fifty refreshes of one cookie at once make one successor', async () => {
  const person = await creator();
  const first = refreshCookie(await login(person, { session: 'cookie' }, { https: true }));
  const answers = await Promise.all(Array.from({ length: 50 }, () => refreshByCookie(first, { status: 200 })));
  const successors = new Set(answers.map((answer) => read(refreshCookie(answer)).claims.jti));
  assert.equal(successors.size, 1);
  const { sid } = read(first).claims;
  assert.equal(await value('select count(*) from refresh_tokens where session_id = $1 and used_at is null', sid), 1);
});

test('a used cookie that comes late ends the session and all its tokens', async () => {
  const person = await creator();
  const first = refreshCookie(await login(person, { session: 'cookie' }, { https: true }));
  const { access } = person;
  const second = await refreshByCookie(first, { status: 200 });
  const { sid, jti } = read(first).claims;
  await rows(`update refresh_tokens set used_at = used_at - interval '11 s',
                issued_at = issued_at - interval '11 s' where jti = $1`, jti);
  await refused(refreshByCookie(first), 401, 'session_reused');
  assert.equal(await value('select end_reason from sessions where id = $1', sid), 'reuse');
  await refused(refreshByCookie(refreshCookie(second)), 401, 'session_ended');
  for (const token of [access, second.json.access_token]) await shutOut(token);
});

test('logging out ends access within a second, and its refresh token', async () => {
  const person = await creator();
  const other = { ...person };
  await login(other);
  await call('POST', '/api/auth/logout', { as: person, status: 200 });
  await shutOut(person, { ms: 1000 });
  await refused(refreshBy(person.refresh), 401, 'session_ended');
  await me(other, { status: 200 });
  await refused(me(person), 401, 'session_ended');
});

test('logging out of a cookie session takes the cookie away', async () => {
  const person = await creator();
  const first = refreshCookie(await login(person, { session: 'cookie' }, { https: true }));
  const out = await call('POST', '/api/auth/logout', {
    as: person, https: true, headers: { cookie: `__Secure-refresh=${first}` }, status: 200,
  });
  assert.equal(refreshCookie(out), '');
  await refused(refreshByCookie(first), 401, 'session_ended');
});

test('an expired token is refused by its own word', async () => {
  const person = await creator();
  const { header, claims } = read(person.access);
  const now = Math.floor(Date.now() / 1000);
  const old = sign(header, { ...claims, iat: now - 3700, exp: now - 100 });
  await refused(me(old), 401, 'token_expired');
});

test('more than two hundred forged tokens are all refused', async () => {
  const person = await creator();
  const token = person.access;
  const { header, claims } = read(token);
  const { kid, secret } = signingKey();
  const [h, p, s] = token.split('.');
  const now = Math.floor(Date.now() / 1000);
  const forged = [];
  const none = (alg) => `${Buffer.from(JSON.stringify({ ...header, alg })).toString('base64url')}.${p}.`;
  forged.push(...['none', 'None', 'NONE', 'nOnE', ''].flatMap((alg) => [none(alg), none(alg) + s, none(alg).slice(0, -1)]));
  // other keys and algorithms
  for (const key of [randomBytes(32), Buffer.from(''), Buffer.from('secret'), Buffer.from(kid), Buffer.from(process.env.JWT_KEYS)]) {
    forged.push(sign(header, claims, key));
  }
  for (const [alg, hash] of [['HS384', 'sha384'], ['HS512', 'sha512'], ['HS1', 'sha1']]) {
    forged.push(sign({ ...header, alg }, claims, secret, hash), sign(header, claims, secret, hash));
  }
  for (const alg of ['RS256', 'ES256', 'PS256', 'EdDSA', 'hs256', 'HS256 ']) forged.push(sign({ ...header, alg }, claims));
  // headers that ask to be obeyed
  for (const extra of [{ crit: ['x'], x: 1 }, { crit: [] }, { jwk: { kty: 'oct', k: secret.toString('base64url') } },
    { jku: 'https://example.com/keys' }, { x5u: 'https://example.com/x' }, { x5c: [] }, { zip: 'DEF' }, { cty: 'JWT' },
    { b64: false }, { kid: 'other' }, { kid: '' }, { kid: null }, { kid: `../${kid}` }, { kid: `${kid}\u0000` }, { kid: [kid] },
    { typ: 'at+jwt' }, { typ: undefined }, { kid: undefined }, { alg: undefined }]) {
    forged.push(sign({ ...header, ...extra }, claims));
  }
  forged.push(sign(` ${JSON.stringify(header)}`, claims), sign(`{"alg":"none",${JSON.stringify(header).slice(1)}`, claims));
  // claims that are missing, of a wrong type, or twice there
  for (const name of ['sub', 'type', 'exp', 'iat', 'jti']) {
    for (const wrong of [undefined, null, [], {}, true, '']) forged.push(sign(header, { ...claims, [name]: wrong }));
  }
  for (const sub of ['0', '-1', '1 or 1=1', '01', '1e3', '9223372036854775808', '٣', claims.sub + '\u0000', Number(claims.sub)]) {
    forged.push(sign(header, { ...claims, sub }));
  }
  for (const type of ['refresh', 'Access', 'access ', 'code']) forged.push(sign(header, { ...claims, type }));
  for (const exp of [now - 1, 0, -1, String(now + 60), 1e300, now + 0.5]) forged.push(sign(header, { ...claims, exp }));
  forged.push(sign(header, { ...claims, iat: now + 3600, exp: now + 7200 }));
  forged.push(sign(header, `{"sub":"${claims.sub}",${JSON.stringify(claims).slice(1)}`));
  forged.push(sign(header, { ...claims, crit: ['sub'] }), sign(header, []), sign(header, '"x"'), sign(header, 'null'), sign(header, '{'));
  forged.push(sign(header, { ...claims, sid: 'not a uuid' }), sign(header, { ...claims, sid: 1 }));
  // bent in form
  forged.push(`${h}.${p}`, `${h}.${p}.`, `${h}..${s}`, `.${p}.${s}`, '..', '.', 'x', `${token}.`, `.${token}`, `${token}=`, `${token}.${s}`,
    `${h}=.${p}.${s}`, `${h}.${p}=.${s}`, `${h}.${p}.${s}==`, `${h} .${p}.${s}`, `${token.replaceAll('-', '+').replaceAll('_', '/')}+`,
    JSON.stringify({ protected: h, payload: p, signature: s }), `${token},${token}`, `${token} ${token}`, 'a'.repeat(3000), token.repeat(3));
  // one character changed, all along
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const step = Math.max(1, Math.floor(token.length / 120));
  for (let at = 0; at < token.length; at += step) {
    if (token[at] === '.') continue;
    const other = alphabet[(alphabet.indexOf(token[at]) + 1) % 64];
    forged.push(token.slice(0, at) + other + token.slice(at + 1));
  }
  // the last character has bits to spare: none of its neighbours says the same
  for (const other of alphabet) if (other !== token.at(-1)) forged.push(token.slice(0, -1) + other);
  assert.ok(forged.length >= 200, `${forged.length} forgeries`);

  let at = 0;
  const let_in = [];
  const lane = async () => {
    while (at < forged.length) {
      const one = forged[at++];
      const answer = await me(undefined, { headers: { authorization: `Bearer ${one}` } });
      if (answer.status !== 401) let_in.push([answer.status, one]);
    }
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  assert.deepEqual(let_in, []);
  for (const header_line of ['', 'Bearer', 'Bearer ', `Basic ${token}`, token, `Bearer${token}`, `Token ${token}`]) {
    assert.equal((await me(undefined, { headers: { authorization: header_line } })).status, 401, header_line);
  }
  await me(person, { status: 200 });
});

test('a token of ours is a token to jose', async () => {
  const person = await brand();
  const { kid, secret } = signingKey();
  for (const [token, type, lives] of [[person.access, 'access', 3600], [person.refresh, 'refresh', 30 * 86400]]) {
    const { payload, protectedHeader } = await jose.jwtVerify(token, secret, { algorithms: ['HS256'] });
    assert.deepEqual(protectedHeader, { alg: 'HS256', kid, typ: 'JWT' });
    assert.equal(payload.sub, String(person.id));
    assert.equal(payload.type, type);
    assert.equal(payload.exp - payload.iat, lives);
    assert.match(payload.jti, /^[0-9a-f-]{36}$/);
    assert.ok(!JSON.stringify(payload).includes('@'), 'no personal data in claims');
  }
});

test('a token that jose makes is one of ours', async () => {
  const person = await brand();
  const { kid, secret } = signingKey();
  const { claims } = read(person.access);
  const { iat, exp, jti, ...rest } = claims;
  const token = await new jose.SignJWT(rest)
    .setProtectedHeader({ alg: 'HS256', kid, typ: 'JWT' })
    .setIssuedAt()
    .setExpirationTime('5 minutes')
    .setJti(randomUUID())
    .sign(secret);
  const known = await me(token, { status: 200 });
  assert.equal(known.json.user.id, person.id);
  const strange = createHmac('sha256', 'other').update(token).digest('base64url');
  assert.equal((await me(`${token.split('.').slice(0, 2).join('.')}.${strange}`)).status, 401);
});

test('an account that is closed has no more access, and cannot log in', async () => {
  const person = await creator();
  const other = { ...person };
  await login(other);
  await me(person, { status: 200 });
  await rows('update users set is_active = false where id = $1', person.id);
  for (const { access, refresh } of [person, other]) {
    await shutOut(access);
    await refused(me(access), 401, 'session_ended');
    await refused(refreshBy(refresh), 401, 'session_ended');
  }
  assert.deepEqual(await rows('select distinct end_reason from sessions where user_id = $1', person.id), [{ end_reason: 'suspended' }]);
  const { json } = await refused(post('/api/auth/login', { email: person.email, password: person.password }), 403, 'deactivated');
  assert.equal(json.access_token, undefined);
  await refused(post('/api/auth/login', { email: person.email, password: 'not this one' }), 401, 'credentials_wrong');
  // what was opened stays ended when the account is open again
  await rows('update users set is_active = true where id = $1', person.id);
  await refused(me(person), 401, 'session_ended');
  await login(person);
  await me(person, { status: 200 });
});

test('registering again and again tells nobody whether an address is taken', async () => {
  const owner = await creator();
  await rows(`delete from rate_counts where scope = 'resend_pair' and counted like $1 || ' %'`, owner.email); // signed up long ago
  const free = address('free');
  for (const kind of ['brand', 'creator']) {
    const seen = {};
    for (const email of [owner.email, free]) {
      seen[email] = [];
      for (let n = 0; n < 8; n += 1) {
        const company = kind === 'brand' ? { company_name: 'Eight times' } : {};
        const register = (options) => post(`/api/auth/register/${kind}`, { email, password: `of the one who tries, ${kind} ${n}`, ...company }, options);
        const { status, json, text, headers } = await register();
        seen[email].push([status, json.code, json.message, Object.keys(json), headers['retry-after'] !== undefined]);
        if (status === 201) assert.equal((await register({ status: 201 })).text, text, 'the same once more is one of its own');
      }
    }
    assert.deepEqual(seen[owner.email], seen[free]);
    assert.deepEqual(seen[free].map(([status]) => status), kind === 'brand' ? [...Array(5).fill(201), ...Array(3).fill(429)] : Array(8).fill(429));
  }
  // nor does a login with that password
  const told = [];
  for (const email of [owner.email, free]) {
    const { json } = await refused(post('/api/auth/login', { email, password: 'of the one who tries, brand 4' }), 403, 'unverified');
    told.push({ ...json, email: json.email === email, user_id: typeof json.user_id, request_id: '' });
    await refused(post('/api/auth/login', { email, password: 'not this one' }), 401, 'credentials_wrong');
  }
  assert.deepEqual(told[0], told[1]);
  assert.equal((await letters(owner.email)).filter(({ subject }) => /code/i.test(subject)).length, 1, 'a code for a taken address');
  await login(owner);
  await me(owner, { status: 200 });
});

test('a code proves the registration that it was mailed for, and none beside it', async () => {
  const first = await register('creator');
  const early = await codeFor(first.email);
  const second = await register('brand', first.email, { password: 'quite another password' });
  const late = await codeFor(first.email, 2);
  const other = await register('creator');
  const id = (one) => one.answer.json.user.id;
  const prove = (code, userId) => post('/api/auth/verify-otp', { email: first.email, code, user_id: userId });
  for (const [code, userId] of [[late, id(first)], [early, id(second)], [late, id(other)], [late, 1]]) {
    await refused(prove(code, userId), 400, 'code_wrong');
  }
  const { json } = await prove(late, id(second));
  assert.deepEqual([json.user.id, json.user.user_type], [id(second), 'brand']);
  await refused(prove(early, id(first)), 400, 'code_wrong');
  assert.equal((await login(second)).json.user.id, id(second));
});

test('a session remembers what opened it, in whole characters, whatever bytes that says of itself', async () => {
  const person = await creator();
  const euros = Buffer.from('€'.repeat(100));
  for (const [agent, kept] of [
    [euros, '€'.repeat(85)],
    [Buffer.concat([Buffer.from('x'), euros]), `x${'€'.repeat(84)}`],
    [Buffer.from('é'.repeat(127)), 'é'.repeat(127)],
    [Buffer.from('a'.repeat(300)), 'a'.repeat(255)],
    [Buffer.from([0xe2, 0x82]), ''],
    [Buffer.from([0x41, 0xff, 0xfe, 0xc0, 0x80]), ''],
    [Buffer.from([0xed, 0xa0, 0x80]), ''],
  ]) {
    await login(person, {}, { headers: { 'user-agent': agent.toString('latin1') } });
    assert.equal(await value('select user_agent from sessions where id = $1', read(person.access).claims.sid), kept);
  }
});

// ---- strangers who name one's address ----

// Another network, as the worker's statements see it.
const elsewhere = '198.51.100.7';
const from = (n) => `198.51.100.${n}`;
const outboxOf = (email, notice) => value('select count(*) from outbox where address = $1 and notice = $2', email, notice);
const digestOf = async (email) => value(`select c.digest from one_time_codes c join registrations g on g.id = c.registration_id
  where g.email = $1 order by c.id desc limit 1`, email);
const registerElsewhere = async (email) => {
  return row(`select * from register($1, 'hash of a stranger', $2, 'creator', null, repeat('a', 64), '123456', $3)`, email, unique(), elsewhere);
};

test('a stranger elsewhere neither kills one’s code nor keeps one from registering', async () => {
  const email = address('besieged');
  for (let n = 0; n < 5; n += 1) await registerElsewhere(email);
  await assert.rejects(registerElsewhere(email), { code: 'BB429' });
  const person = await register('creator', email);
  for (let n = 0; n < 10; n += 1) {
    assert.deepEqual(await rows(`select verify_code($1, repeat('0', 64), $2, null)`, email, elsewhere), []);
  }
  await assert.rejects(rows(`select verify_code($1, repeat('0', 64), $2, null)`, email, elsewhere), { code: 'BB429' });
  await post('/api/auth/verify-otp', { email, code: await codeFor(email, 6) }, { status: 200 });
  await login(person);
});

test('the code of a stranger’s registration proves one’s own, also after asking for another', async () => {
  const email = address('named');
  const person = await register('brand', email);
  await registerElsewhere(email);
  await post('/api/auth/resend-otp', { email }, { status: 200 });
  assert.equal(await value(`select g.user_type from one_time_codes c join registrations g on g.id = c.registration_id
    where g.email = $1 order by c.id desc limit 1`, email), 'brand');
  // the newest letter is the stranger’s
  await registerElsewhere(email);
  const digest = await digestOf(email);
  const { address: here } = await row(`select asked_from as address from registrations where email = $1 order by id limit 1`, email);
  const [{ id }] = await rows('select verify_code($1, $2, $3, null) as id', email, digest, here);
  assert.equal(id, person.answer.json.user.id);
  await login(person);
});

test('a code that no letter carries is none, or many places would have many to guess', async () => {
  const email = address('guessed');
  await registerElsewhere(email);
  for (let n = 0; n < 100; n += 1) {
    await rows(`select resend_code($1, lpad($2, 64, '0'), '654321', $3, null)`, email, String(n), from(n % 25));
  }
  const codes = () => value(`select count(*) from one_time_codes c join registrations g on g.id = c.registration_id where g.email = $1`, email);
  assert.equal(await outboxOf(email, 'verification_code'), 60);
  assert.equal(await codes(), 60);
});

test('a code asked for from elsewhere dies of wrong tries from there, and of none from here', async () => {
  const email = address('resent');
  await register('creator', email);
  await rows(`select resend_code($1, repeat('b', 64), '654321', $2, null)`, email, elsewhere);
  const wrong = (source) => rows(`select verify_code($1, repeat('0', 64), $2, null)`, email, source);
  const tries = () => value('select tries from one_time_codes where digest = $1 and asked_from = $2', 'b'.repeat(64), elsewhere);
  const { address: here } = await row('select asked_from as address from registrations where email = $1', email);
  for (let n = 0; n < 5; n += 1) await wrong(here);
  assert.equal(await tries(), 0);
  for (let n = 0; n < 5; n += 1) await wrong(elsewhere);
  assert.equal(await tries(), 5);
  assert.deepEqual(await rows(`select verify_code($1, repeat('b', 64), $2, null)`, email, elsewhere), []);
});

test('strangers at many places keep nobody from proving an address, and guess no more than before', async () => {
  const email = address('besieged');
  const person = await register('creator', email);
  const wrong = (source) => rows(`select verify_code($1, repeat('0', 64), $2, null)`, email, source);
  for (let n = 0; n < 70; n += 1) assert.deepEqual(await wrong(from(n % 7)), []);
  // from elsewhere even the right one is none by now
  const digest = await digestOf(email);
  assert.deepEqual(await rows('select verify_code($1, $2, $3, null)', email, digest, from(8)), []);
  await post('/api/auth/verify-otp', { email, code: await codeFor(email) }, { status: 200 });
  await login(person);
});

test('another code is the same work for an address that waits for none', async () => {
  const work = (email) => scratch(async (query) => {
    await query(`select resend_code($1, repeat('b', 64), '654321', $2, null)`, email, elsewhere);
    return query(`select notice, length(letter) > 100 as written, address, useless_after > now() as alive
      from outbox where xmin = pg_current_xact_id()::xid`);
  });
  const waiting = (await register('creator')).email;
  assert.deepEqual(await work(waiting), [{ notice: 'verification_code', written: true, address: waiting, alive: true }]);
  for (const email of [(await creator()).email, address('nobody')]) {
    assert.deepEqual(await work(email), [{ notice: 'verification_code', written: true, address: 'nobody@bantubuzz.invalid', alive: false }]);
  }
});

test('of an address’s registrations ten are kept, the newest of each place first', async () => {
  const email = address('often');
  const person = await register('creator', email);
  const code = await codeFor(email);
  for (let n = 0; n < 30; n += 1) {
    await rows(`select register($1, 'hash of a stranger', $2, 'creator', null, lpad($2, 64, '0'), '123456', $3)`, email, String(n), from(n % 3));
    await rows(`delete from rate_counts where scope = 'resend_pair' and counted like $1 || ' %'`, email);
  }
  const kept = await rows('select asked_from, count(*) from registrations where email = $1 group by 1 order by 1', email);
  assert.deepEqual(kept.map(({ count }) => count).sort(), [1, 3, 3, 3]);
  await post('/api/auth/verify-otp', { email, code }, { status: 200 });
  await login(person);
});

test('a mailbox gets so many letters a day that strangers ask for, and nobody is told', async () => {
  const email = address('flooded');
  const outbox = () => value('select count(*) from outbox where address = $1', email);
  const ask = (source) => rows(`select mail_asked($1::text, $2, $1::text, null, 'address_taken', '{}')`, email, source);
  for (let n = 0; n < 20; n += 1) await ask(from(1));
  assert.equal(await outbox(), 15);
  for (let n = 0; n < 100; n += 1) await ask(from(2 + (n % 10)));
  assert.equal(await outbox(), 60);
  await rows(`update rate_counts set since = since - interval '1 day' where counted like $1 || '%'`, email);
  await ask(from(1));
  assert.equal(await outbox(), 61);
});

test('strangers use up none of the letters that are asked for from where one has a session', async () => {
  const person = await creator();
  for (let n = 0; n < 70; n += 1) {
    await rows(`select mail_asked($1::text, $2, $1::text, null, 'address_taken', '{}')`, person.email, from(n % 10));
  }
  await rows(`select password_forgot($1, repeat('c', 64), 'token', $2)`, person.email, elsewhere);
  assert.equal(await outboxOf(person.email, 'password_reset'), 0);
  await post('/api/auth/forgot-password', { email: person.email }, { status: 200 });
  assert.equal(await outboxOf(person.email, 'password_reset'), 1);
});
