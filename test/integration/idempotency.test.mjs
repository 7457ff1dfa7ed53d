// Writes that may be repeated: the same key and body, the first answer again.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { call, post, put } from './support/client.mjs';
import { operations } from './support/contract.mjs';
import { row, rows, scratch, value } from './support/db.mjs';
import { INTEGRATION, gateway, transactionOf } from './support/gateway.mjs';
import { PASSWORD, aPackage, address, book, brand, creator, makePackage, theBrand, theCreator, unique } from './support/people.mjs';
import { form, png } from './support/pictures.mjs';
import { until } from './support/wait.mjs';
import { completedBooking, paidBooking } from './support/work.mjs';

const key = (name) => ({ 'idempotency-key': name });

// Of many answers to one key: each is the one answer, or that it is on its way.
function oneAnswer(answers, good = 201) {
  const through = answers.filter(({ status }) => status === good);
  assert.ok(through.length >= 1);
  assert.equal(new Set(through.map(({ text }) => text)).size, 1);
  for (const { status, json, text } of answers) {
    if (status !== good) assert.deepEqual([status, json.code], [409, 'idempotency_in_flight'], text);
  }
  return through[0].text;
}

// Nobody holds the key's lock any more.
const free = ({ id }, operation, headers) => until('the key’s lock to be free', async () => (await value(`
  select count(*) from pg_locks where locktype = 'advisory' and objsubid = 1
     and (classid::bigint << 32 | objid::bigint) = idempotency_lock($1, $2, $3)`, String(id), operation, headers['idempotency-key'])) === 0);

const bookings = (id) => value('select count(*) from bookings where package_id = $1', id);

test('the same key and body get the first answer, byte for byte', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const body = { package_id: (await makePackage(seller)).id, notes: 'Once' };
  const headers = key(unique('k'));
  const first = await post('/api/bookings', body, { as: buyer, headers, status: 201 });
  const again = await post('/api/bookings', body, { as: buyer, headers, status: 201 });
  assert.equal(again.text, first.text);
  assert.equal(await bookings(body.package_id), 1);
  assert.equal(await value('select count(*) from payments where booking_id = $1', first.json.booking.id), 1);
});

test('a hundred at once with one key have one effect', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const body = { package_id: (await makePackage(seller)).id };
  const headers = key(unique('k'));
  const answers = await Promise.all(Array.from({ length: 100 }, () => post('/api/bookings', body, { as: buyer, headers })));
  const kept = oneAnswer(answers);
  assert.equal(await bookings(body.package_id), 1);
  await free(buyer, 'POST /api/bookings', headers);
  assert.equal((await post('/api/bookings', body, { as: buyer, headers, status: 201 })).text, kept);
});

test('the same key with another body is 422', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const headers = key(unique('k'));
  const body = { package_id: (await makePackage(seller)).id };
  await post('/api/bookings', body, { as: buyer, headers, status: 201 });
  const other = await post('/api/bookings', { ...body, notes: 'other' }, { as: buyer, headers, status: 422 });
  assert.match(other.json.code, /idempotency|key/);
});

test('one user’s key is not another’s, nor another call’s', async () => {
  const [one, two, seller] = [await theBrand(), await brand(), await theCreator()];
  const headers = key(unique('k'));
  const body = { package_id: (await makePackage(seller)).id };
  const first = (await post('/api/bookings', body, { as: one, headers, status: 201 })).json.booking;
  const second = (await post('/api/bookings', body, { as: two, headers, status: 201 })).json.booking;
  assert.notEqual(first.id, second.id);
  await post(`/api/bookings/${first.id}/payments`, { payment_method: 'paynow' }, { as: one, headers, status: 201 });
});

test('a slash at the end makes no other call of it', async () => {
  const seller = await creator();
  const headers = key(unique('k'));
  const first = await post('/api/packages', aPackage(), { as: seller, headers, status: 201 });
  assert.equal((await post('/api/packages/', aPackage(), { as: seller, headers, status: 201 })).text, first.text);
  assert.equal(await value('select count(*) from packages where creator_id = $1', seller.profile.id), 1);
});

test('a key still in flight is 409', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const body = { package_id: (await makePackage(seller, { currency: 'ZWG' })).id, payment_method: 'ecocash', phone: '0771111111' };
  const headers = key(unique('k'));
  // nobody else pays by a wallet in ZWG, so the fault waits for this one
  const fault = await gateway.fault({ kind: 'remote', integration: INTEGRATION.ZWG, hang: true });
  const first = post('/api/bookings', body, { as: buyer, headers });
  await until('the gateway to be called', async () => {
    const started = await row('select p.reference from payments p join bookings b on b.id = p.booking_id where b.package_id = $1', body.package_id);
    return started && transactionOf(started.reference);
  });
  await post('/api/bookings', body, { as: buyer, headers, status: 409 });
  await gateway.release(fault);
  const done = await first;
  assert.equal(done.status, 201, done.text);
  assert.equal((await post('/api/bookings', body, { as: buyer, headers, status: 201 })).text, done.text);
  await gateway.clear(fault);
});

test('a refusal is not kept, nor does a bad key pass', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const bought = await makePackage(seller);
  const headers = key(unique('k'));
  await post('/api/bookings', { package_id: 'x' }, { as: buyer, headers, status: 422 });
  await post('/api/bookings', { package_id: bought.id }, { as: buyer, headers, status: 201 });
  for (const bad of ['', ' ', 'x'.repeat(256)]) {
    const answer = await post('/api/bookings', { package_id: bought.id }, { as: buyer, headers: key(bad), status: 400 });
    assert.equal(answer.json.code, 'idempotency_key_bad');
  }
  assert.equal(await bookings(bought.id), 1);
});

test('acts and packages are repeated safely too', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const headers = key(unique('k'));
  const body = aPackage({ title: unique('Once ') });
  const made = await Promise.all(Array.from({ length: 20 }, () => post('/api/packages', body, { as: seller, headers })));
  const kept = oneAnswer(made);
  await free(seller, 'POST /api/packages', headers);
  const again = await post('/api/packages', body, { as: seller, headers, status: 201 });
  assert.equal(again.headers['idempotent-replayed'], 'true');
  assert.equal(again.text, kept);
  assert.equal(await value('select count(*) from packages where title = $1', body.title), 1);

  const { booking } = await book(buyer, again.json.package);
  const act = () => post(`/api/bookings/${booking.id}/acts`, { act: 'withdraw' }, { as: buyer, headers, status: 200 });
  const first = await act();
  assert.equal((await act()).text, first.text);
  assert.equal(await value(`select count(*) from booking_log where booking_id = $1 and act = 'withdraw'`, booking.id), 1);
});

test('a key whose call was refused is free, for the same body and for another', async () => {
  const seller = await theCreator();
  for (const wrong of [{ price: 0 }, { category: 'Alchemy' }]) {
    const headers = key(unique('k'));
    const title = unique('Free ');
    const tryWrong = (options) => post('/api/packages', aPackage({ title, ...wrong }), { as: seller, headers, ...options });
    for (const { status, json } of await Promise.all(Array.from({ length: 20 }, () => tryWrong()))) {
      assert.ok(status === 422 || json.code === 'idempotency_in_flight', json.code);
    }
    await free(seller, 'POST /api/packages', headers);
    assert.equal(await value('select count(*) from idempotency_keys where asker = $1 and key = $2', String(seller.id), headers['idempotency-key']), 0);
    await tryWrong({ status: 422 });
    await post('/api/packages', aPackage({ title }), { as: seller, headers, status: 201 });
    assert.equal(await value('select count(*) from packages where title = $1', title), 1);
  }
});

// ---- in steps: a picture is decoded in between, a password hashed ----

const uploads = (who) => value('select count(*) from uploads where user_id = $1', who.id);
const sendPicture = (who, target, headers, bytes, options = {}) => {
  const boundary = unique('b'); // as a client that tries again has it
  return post(target, form(bytes, { boundary }), { as: who, headers: { ...headers, 'content-type': `multipart/form-data; boundary=${boundary}` }, ...options });
};

for (const [target, kind, good] of [
  ['/api/creators/profile/picture', creator, 200],
  ['/api/creators/profile/gallery', creator, 200],
  ['/api/brands/profile/logo', brand, 200],
  ['/api/uploads', brand, 201],
]) {
  test(`twenty of one picture at once to ${target}, with one key, are one row`, async () => {
    const who = await kind();
    const headers = key(unique('k'));
    const sent = await Promise.all(Array.from({ length: 20 }, () => sendPicture(who, target, headers, png(300, 200))));
    const kept = oneAnswer(sent, good);
    await free(who, `POST ${target}`, headers);
    const again = await sendPicture(who, target, headers, png(300, 200), { status: good });
    assert.equal(again.headers['idempotent-replayed'], 'true');
    assert.equal(again.text, kept);
    assert.equal(await uploads(who), 1);
    const other = await sendPicture(who, target, headers, png(301, 200), { status: 422 });
    assert.equal(other.json.code, 'idempotency_other_body');
    assert.equal(await uploads(who), 1);
  });
}

for (const [target, good] of [['/api/creators/profile/gallery', 200], ['/api/uploads', 201]]) {
  test(`twenty of one picture at once by PUT ${target}, with one key, are one row`, async () => {
    const who = await creator();
    const headers = key(unique('k'));
    const send = (bytes) => put(target, bytes, { as: who, headers: { ...headers, 'content-type': 'image/png' } });
    const kept = oneAnswer(await Promise.all(Array.from({ length: 20 }, () => send(png(300, 200)))), good);
    await free(who, `PUT ${target}`, headers);
    const again = await send(png(300, 200));
    assert.deepEqual([again.headers['idempotent-replayed'], again.text], ['true', kept]);
    assert.equal(await uploads(who), 1);
    assert.deepEqual([(await send(png(301, 200))).json.code, await uploads(who)], ['idempotency_other_body', 1]);
  });
}

test('the key of a picture that was refused is free', async () => {
  const who = await creator();
  const headers = key(unique('k'));
  const target = '/api/creators/profile/gallery';
  const broken = png(300, 200).subarray(0, 150);
  for (const [bytes, status, code] of [[broken, 422, 'picture_broken'], [Buffer.from('no picture'), 415, 'type_wrong'], [Buffer.alloc(0), 422, 'fields_invalid']]) {
    const answer = await sendPicture(who, target, headers, bytes, { status });
    assert.equal(answer.json.code, code, answer.text);
  }
  const { json } = await sendPicture(who, target, headers, png(300, 200), { status: 200 });
  assert.equal(json.gallery.length, 1);
});

// What a lock would have kept out, had its connection lived.
test('a second answer to one key is taken back', async () => {
  const seller = await theCreator();
  const headers = key(unique('k'));
  await post('/api/packages', aPackage(), { as: seller, headers, status: 201 });
  const { id } = await row('select id from idempotency_keys where asker = $1 and key = $2', String(seller.id), headers['idempotency-key']);
  await assert.rejects(value(`select idempotency_keep($1, 201, 'other')`, id), { code: 'BB409' });
});

const letters = (email) => value('select count(*) from outbox where address = $1', email);
const kinds = { creator: {}, brand: { company_name: 'Baobab Foods' } };

for (const [kind, more] of Object.entries(kinds)) {
  test(`twenty registrations of a ${kind} at once with one key are one, and one letter`, async () => {
    const target = `/api/auth/register/${kind}`;
    const headers = key(unique('k'));
    const body = { email: address('once'), password: PASSWORD, ...more };
    const register = (changed, options) => post(target, { ...body, ...changed }, { headers, ...options });
    const kept = oneAnswer(await Promise.all(Array.from({ length: 20 }, () => register())));
    await free({ id: body.email }, `POST ${target}`, headers);
    const again = await register({}, { status: 201 });
    assert.equal(again.headers['idempotent-replayed'], 'true');
    assert.equal(again.text, kept);
    assert.equal(await value('select count(*) from registrations where email = $1', body.email), 1);
    assert.equal(await letters(body.email), 1);

    const other = await register({ password: 'another good password' }, { status: 422 });
    assert.equal(other.json.code, 'idempotency_other_body');
    // the key of one address is nothing to another, nor is a refused one kept
    await register({ email: 'nobody' }, { status: 422 });
    const stranger = await register({ email: address('other') }, { status: 201 });
    assert.notEqual(stranger.json.user.id, again.json.user.id);
  });
}

test('a taken address registers with a key as a free one does, and its owner gets one letter', async () => {
  const owner = await brand();
  const before = await letters(owner.email);
  const headers = key(unique('k'));
  const body = JSON.stringify({ email: owner.email, password: 'another good password' });
  const register = () => post('/api/auth/register/creator', body, { headers, status: 201 });
  assert.equal((await register()).text, (await register()).text);
  assert.equal(await letters(owner.email), before + 1);
  // whoever reads the table cannot try passwords against it
  const kept = await rows('select fingerprint from idempotency_keys where asker = $1', owner.email);
  assert.equal(kept.length, 1);
  assert.notEqual(kept[0].fingerprint, createHash('sha256').update(body).digest('hex'));
});

test('a known key tells no password: each one sent with it is a try of a login', async () => {
  const headers = key(unique('k'));
  const body = { email: address('asked'), password: PASSWORD };
  const register = (changed) => post('/api/auth/register/creator', { ...body, ...changed }, { headers });
  const first = await register();
  for (let n = 0; n < 12; n += 1) assert.equal((await register()).text, first.text); // right ones are taken back
  const wrong = [];
  for (let n = 0; n < 12; n += 1) wrong.push((await register({ password: `a guess, number ${n}` })).status);
  assert.deepEqual(wrong, [...Array(10).fill(422), 429, 429]);
  assert.equal((await register()).status, 429);
  assert.equal((await post('/api/auth/login', body)).status, 429);
  await free({ id: body.email }, 'POST /api/auth/register/creator', headers);
});

test('a claim that fails gives its lock back', async () => {
  const who = await creator();
  const headers = key(unique('k'));
  const target = '/api/creators/profile/gallery';
  await scratch(async (query) => {
    // another claims the same key and does not get on
    await query(`insert into idempotency_keys (asker, operation, key, fingerprint) values ($1, $2, $3, '')`, String(who.id), `POST ${target}`, headers['idempotency-key']);
    const { json } = await sendPicture(who, target, headers, png(300, 200), { status: 503 });
    assert.equal(json.code, 'busy');
  });
  await free(who, `POST ${target}`, headers);
  await sendPicture(who, target, headers, png(300, 200), { status: 200 });
});

// ---- every POST that makes something ----

const buying = async () => ({ as: await theBrand(), body: { package_id: (await makePackage(await theCreator())).id } });
const working = async (body) => {
  const booking = await paidBooking(await theBrand(), await theCreator());
  return { as: await theCreator(), path: { id: booking.id }, body };
};
const campaign = async () => (await post('/api/campaigns', plan, { as: await theBrand(), status: 201 })).json.campaign;
const plan = { title: 'Winter', description: 'Warm drinks', budget: 1000, start_date: '2027-05-01', end_date: '2027-06-01', category: 'Other', status: 'active' };

// Whose call makes it, its path's values and its body.
const makers = {
  registerCreator: () => ({ body: { email: address('made'), password: PASSWORD } }),
  registerBrand: () => ({ body: { email: address('made'), password: PASSWORD, company_name: 'Mazoe Foods' } }),
  addAttachment: async () => ({ as: await theBrand(), picture: png(30, 20) }),
  saveCreator: async () => ({ as: await theBrand(), path: { id: (await theCreator()).profile.id } }),
  createPackage: async () => ({ as: await theCreator(), body: aPackage() }),
  createCampaign: async () => ({ as: await theBrand(), body: plan }),
  applyToCampaign: async () => ({ as: await theCreator(), path: { id: (await campaign()).id }, body: { proposed_price: 10, deliverables: ['One film'] } }),
  createBooking: buying,
  async payBooking() {
    const { as, body } = await buying();
    return { as, path: { id: (await book(as, body.package_id)).booking.id }, body: { payment_method: 'paynow' } };
  },
  addDeliverable: () => working({ title: 'Reel', url: 'https://example.com/reel' }),
  addDeliverableDraft: () => working({ title: 'Reel', url: 'https://example.com/reel' }),
  async createReview() {
    const { id } = await completedBooking(await theBrand(), await theCreator());
    return { as: await theBrand(), body: { collaboration_id: id, rating: 5, comment: 'Fine work' } };
  },
  createMessage: async () => ({ as: await theBrand(), body: { receiver_id: (await theCreator()).id, content: 'Good morning' } }),
};

test('every POST that answers 201 is one of these', () => {
  const named = operations.filter((o) => o.method === 'POST' && o.responses[201]).map((o) => o.operationId);
  assert.deepEqual(Object.keys(makers).sort(), named.sort());
});

for (const { operationId, whole, parameters } of operations.filter((o) => o.operationId in makers)) {
  test(`${operationId} takes an Idempotency-Key, and answers again as it did`, async () => {
    assert.ok(parameters.some(({ in: place, name }) => place === 'header' && name === 'Idempotency-Key'), 'the contract says so');
    const { as, path = {}, body, picture } = await makers[operationId]();
    const target = whole.replaceAll(/\{([a-z_]+)\}/g, (_, name) => path[name]);
    const headers = key(unique('k'));
    const send = () => (picture ? sendPicture(as, target, headers, picture, { status: 201 }) : call('POST', target, { as, body, headers, status: 201 }));
    const first = await send();
    assert.equal(first.headers['idempotent-replayed'], undefined);
    const again = await send();
    assert.deepEqual([again.headers['idempotent-replayed'], again.text], ['true', first.text]);
  });
}
