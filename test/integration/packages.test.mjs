// Packages: what creators sell, and how anybody finds it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { del, get, post, put } from './support/client.mjs';
import { rows, value } from './support/db.mjs';
import { aPackage, brand, creator, makePackage, theBrand, theCreator, unique } from './support/people.mjs';

const find = async (query, options) => (await get(`/api/packages?${new URLSearchParams(query)}`, { status: 200, ...options })).json;
const idsOf = (page) => page.packages.map(({ id }) => id).sort((a, b) => a - b);

test('a creator publishes a package, and anybody reads it', async () => {
  const who = await theCreator();
  const sent = aPackage({ title: 'Naïve “quotes” \\ and a tab\t.', price: 1234.5, currency: 'ZWG', revisions: 4, instant: false });
  const made = await makePackage(who, sent);
  for (const [name, there] of Object.entries(sent)) {
    assert.deepEqual(made[name], name === 'title' ? sent.title.trim() : there, name);
  }
  assert.equal(made.creator_id, who.profile.id);
  assert.equal(made.creator.user.id, who.id);
  const seen = await get(`/api/packages/${made.id}`, { status: 200 });
  assert.deepEqual(seen.json, { ...made, review_stats: { average_rating: 0, total_reviews: 0 } });
  assert.match(seen.text, /"price":\s*1234\.50[,}]/);
  assert.ok(!seen.text.includes(who.email));
});

test('what is not said has its usual value', async () => {
  const { title, description, price, duration_days, category } = aPackage();
  const made = await makePackage(await theCreator(), {});
  assert.equal(made.currency, 'USD');
  const bare = (await post('/api/packages', { title, description, price, duration_days, category }, { as: await theCreator(), status: 201 })).json.package;
  assert.deepEqual([bare.currency, bare.deliverables, bare.instant, bare.is_active], ['USD', [], true, true]);
});

test('a price is exact to the cent, as a number or as text', async () => {
  const who = await theCreator();
  for (const [price, cents] of [[19.99, 1999], ['19.9', 1990], [1, 100], [0.29 + 1, 129], ['1000000', 100000000], [33.33, 3333]]) {
    const made = await makePackage(who, { price });
    assert.equal(await value('select price_cents from packages where id = $1', made.id), cents, String(price));
  }
  for (const price of [0, -5, 0.99, 12.345, '12.345', '1,000.00', '$5', '', ' ', 'NaN', '0x10', 1e15, 1000000.01, true, [], {}, null, '1e2', '+5', '٥']) {
    const answer = await post('/api/packages', aPackage({ price }), { as: who, status: 422 });
    assert.deepEqual(Object.keys(answer.json.fields), ['price'], String(price));
  }
});

test('an owner changes a package and takes it off the list', async () => {
  const who = await theCreator();
  const made = await makePackage(who);
  const changed = (await put(`/api/packages/${made.id}`, { title: 'Four reels', price: 200, is_active: false }, { as: who, status: 200 })).json.package;
  assert.deepEqual([changed.title, changed.price, changed.is_active, changed.description], ['Four reels', 200, false, made.description]);
  assert.ok(!idsOf(await find({ creator_id: who.profile.id, per_page: 100 })).includes(made.id));
  const own = await find({ my_packages: true }, { as: who });
  assert.ok(idsOf(own).includes(made.id), 'my_packages has inactive ones');
  assert.equal(own.total, own.packages.length);
});

test('a package that is taken away is gone, and its bookings are not asked', async () => {
  const who = await theCreator();
  const made = await makePackage(who);
  await del(`/api/packages/${made.id}`, { as: who, status: 200 });
  await get(`/api/packages/${made.id}`, { status: 404 });
  await put(`/api/packages/${made.id}`, { title: 'x' }, { as: who, status: 404 });
  await del(`/api/packages/${made.id}`, { as: who, status: 404 });
  assert.ok(!idsOf(await find({ my_packages: true }, { as: who })).includes(made.id));
});

test('a list of one’s own packages is for creators', async () => {
  await get('/api/packages?my_packages=true', { status: 401 });
  await get('/api/packages?my_packages=true', { as: await theBrand(), status: 403 });
  const { fields } = (await get('/api/packages?my_packages=true&page=0&max_days=x', { as: await theCreator(), status: 422 })).json;
  assert.deepEqual(Object.keys(fields).sort(), ['max_days', 'page']);
});

test('a package whose creator switched it off is not shown to others', async () => {
  const who = await theCreator();
  const made = await makePackage(who, { is_active: false });
  await get(`/api/packages/${made.id}`, { as: await theBrand(), status: 404 });
  // whoever edits it reads it first
  await get(`/api/packages/${made.id}`, { as: who, status: 200 });
});

test('every filter finds what it should and nothing else', async () => {
  const who = await creator();
  const word = unique('mbira');
  const cheap = (await makePackage(who, { title: `Song with ${word}`, price: 20, category: 'UGC' })).id;
  const dear = (await makePackage(who, { description: `Dance to ${word} 100% _`, price: 99.99, category: 'Photography' })).id;
  await makePackage(who, { title: word, is_active: false });
  const own = { creator_id: who.profile.id };
  assert.deepEqual(idsOf(await find(own)), [cheap, dear]);
  assert.deepEqual(idsOf(await find({ ...own, category: 'UGC' })), [cheap]);
  assert.deepEqual(idsOf(await find({ ...own, category: 'ugc!' })), []);
  assert.deepEqual(idsOf(await find({ ...own, min_price: 20.01 })), [dear]);
  assert.deepEqual(idsOf(await find({ ...own, max_price: '99.98' })), [cheap]);
  assert.deepEqual(idsOf(await find({ ...own, min_price: '20', max_price: '99.99' })), [cheap, dear]);
  assert.deepEqual(idsOf(await find({ search: word.toUpperCase() })), [cheap, dear]);
  assert.deepEqual(idsOf(await find({ ...own, search: '100% _' })), [dear]);
  for (const none of ['%%%', '___', '00%', `${word} 99%`]) assert.deepEqual(idsOf(await find({ ...own, search: none })), [], none);
  const short = await get('/api/packages?search=a', { status: 422 });
  assert.deepEqual(Object.keys(short.json.fields), ['search']);
  assert.deepEqual(idsOf(await find({ ...own, search: "' or 1=1 --" })), []);
  assert.deepEqual(idsOf(await find({ ...own, category: '', search: '', min_price: '' })), [cheap, dear]);
  assert.deepEqual(idsOf(await find({ ...own, unknown: 'x' })), [cheap, dear]);
  assert.deepEqual(idsOf(await find({ ...own, my_packages: 'false' })), [cheap, dear]);
});

test('pages tile the whole, and past the end is empty', async () => {
  const who = await creator();
  const made = [];
  for (let n = 0; n < 5; n += 1) made.push((await makePackage(who, { price: 10 + n })).id);
  const seen = [];
  for (const page of [1, 2, 3]) {
    const json = await find({ creator_id: who.profile.id, per_page: 2, page });
    assert.deepEqual([json.total, json.pages, json.current_page], [5, 3, page]);
    seen.push(...idsOf(json));
  }
  assert.deepEqual(seen.sort((a, b) => a - b), made);
  const past = await find({ creator_id: who.profile.id, per_page: 2, page: 1000000 });
  assert.deepEqual([past.packages, past.total, past.pages], [[], 5, 3]);
  const cut = await find({ creator_id: who.profile.id, per_page: 5000 });
  assert.equal(cut.pages, 1);
});

test('the list is newest first, and each has its creator', async () => {
  const who = await brand();
  const json = await find({ per_page: 5 }, { as: who });
  const ids = json.packages.map(({ id }) => id);
  assert.deepEqual(ids, [...ids].sort((a, b) => b - a));
  for (const { creator_id: id, creator: { id: same } } of json.packages) assert.equal(id, same);
});

test('a creator has a hundred packages and no more, however many are asked for at once', async () => {
  const who = await creator();
  const most = await value(`select value from settings where name = 'packages_max'`);
  assert.equal(most, 100);
  const made = await makePackage(who, { is_active: false });
  await rows(`insert into packages (creator_id, title, description, price_cents, duration_days, category)
    select creator_id, title, description, price_cents, duration_days, category from packages, generate_series(2, $2) where id = $1`, made.id, most - 1);
  const answers = await Promise.all(Array.from({ length: 5 }, () => post('/api/packages', aPackage(), { as: who })));
  assert.deepEqual(answers.map(({ status, json }) => json.code ?? status).sort(), [201, ...Array(4).fill('too_many_packages')]);
  assert.deepEqual([...new Set(answers.map(({ status }) => status))].sort(), [201, 409]);
  assert.equal(await value('select count(*) from packages where creator_id = $1 and deleted_at is null', who.profile.id), most);

  const again = await post('/api/packages', aPackage(), { as: who, status: 409 });
  assert.match(again.json.detail, /100/);
  await put(`/api/packages/${made.id}`, { title: 'Changed' }, { as: who, status: 200 });
  await del(`/api/packages/${made.id}`, { as: who, status: 200 });
  await makePackage(who);
  await post('/api/packages', aPackage(), { as: who, status: 409 });
  await makePackage(await theCreator());
});
