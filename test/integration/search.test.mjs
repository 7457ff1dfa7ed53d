// Finding creators and packages: words, filters, orders, pages and counts.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { get } from './support/client.mjs';
import { operationOf } from './support/contract.mjs';
import { rows, value } from './support/db.mjs';
import { book, brand, change, creator, makePackage, unique } from './support/people.mjs';

const ask = async (path, query, options) => (await get(`/api/${path}?${new URLSearchParams(query)}`, { status: 200, ...options })).json;
const idsOf = (page) => (page.creators ?? page.packages).map(({ id }) => id);
const find = async (path, query) => idsOf(await ask(path, query));
const sorted = (ids) => [...ids].sort((a, b) => a - b);

// Letters only: a word like any other.
const aWord = (prefix) => unique(prefix).replace(/[0-9]/g, (digit) => 'ghijklmnop'[digit]);
// In the middle: two letters the other way round, or one left out.
const mistyped = (word) => word.slice(0, 6) + word[7] + word[6] + word.slice(8);
const shortened = (word) => word.slice(0, 7) + word.slice(8);

const town = aWord('Zvimba'); // nobody else's place: what else is there does not matter
const people = [];
const packages = [];
// Their ratings: two of 5, ten of 4.5 on average, one of 2, none.
const reference = [
  { location: town, bio: 'Street food', languages: ['Shona', 'English'], follower_count: 100, categories: ['Travel'], social_links: { instagram: 'a' }, sum: 10, count: 2 },
  { location: town, bio: 'Cafés and street photography', languages: ['Ndebele'], follower_count: 2000, categories: ['Travel', 'Education'], social_links: { tiktok: 'b', instagram: 'b' }, sum: 45, count: 10 },
  { location: town, bio: 'Photographs', languages: ['English'], follower_count: 30000, categories: ['Education'], social_links: { youtube: 'c' }, sum: 2, count: 1 },
  { location: town, bio: 'Nothing to sell', languages: [], follower_count: 0, categories: [], social_links: {}, sum: 0, count: 0 },
];
const plain = { description: 'Work', deliverables: [] };

before(async () => {
  for (let n = 0; n < 4; n += 1) people.push(await creator());
  for (const [n, { sum: _, count: __, ...profile }] of reference.entries()) await change(people[n], 'creator', profile);
  packages.push(await makePackage(people[0], { ...plain, title: 'A reel', price: 20, duration_days: 10, category: 'UGC' }));
  packages.push(await makePackage(people[0], { ...plain, title: 'Three reels', price: 90, duration_days: 2, category: 'UGC' }));
  packages.push(await makePackage(people[1], { ...plain, title: 'Portraits', price: 60, duration_days: 5, category: 'Photography', currency: 'ZWG' }));
  packages.push(await makePackage(people[2], { ...plain, title: 'Reel of portraits', price: 300, duration_days: 30, category: 'Photography' }));
  await makePackage(people[3], { price: 1, is_active: false });
  for (const [n, { sum, count }] of reference.entries()) {
    await rows('update creator_profiles set rating_sum = $2, rating_count = $3 where id = $1', people[n].profile.id, sum, count);
  }
});

const here = (query) => find('creators', { location: town, ...query });
const theirs = (...who) => who.map((n) => people[n].profile.id);
const sold = (query) => find('packages', { location: town, ...query });
const these = (...which) => which.map((n) => packages[n].id);

test('words are found in any form, without accents, and unfinished', async () => {
  assert.deepEqual(sorted(await here({ search: 'PHOTOGRAPHY' })), theirs(1));
  assert.deepEqual(await here({ search: 'cafe' }), theirs(1));
  assert.deepEqual(await here({ search: 'STREÉT caf' }), theirs(1));
  assert.deepEqual(sorted(await here({ search: 'photograph' })), theirs(1, 2));
  assert.deepEqual(sorted(await here({ search: 'street' })), theirs(0, 1));
  assert.deepEqual(await here({ search: 'the street, and food!' }), theirs(0));
  assert.deepEqual(await here({ search: 'street flute' }), []);
  assert.deepEqual(sorted(await here({ search: town })), theirs(0, 1, 2, 3));
  assert.deepEqual(await here({ search: 'tiktok' }), [], 'a network is a filter, not a word');
});

test('a word that nobody wrote is taken for one near it', async () => {
  assert.deepEqual(sorted(await find('creators', { search: mistyped(town) })), theirs(0, 1, 2, 3));
  assert.deepEqual(sorted(await find('creators', { search: shortened(town) })), theirs(0, 1, 2, 3));
  assert.deepEqual(await find('creators', { search: `${shortened(town)} cafe` }), theirs(1));
  assert.deepEqual(await find('creators', { search: aWord('qzxqzx') }), []);
  const who = await creator();
  await change(who, 'creator', { location: 'Bulawayo', bio: town });
  for (const search of ['bulawyo', 'bulawaoy', 'Bulawayo', 'bulaw']) {
    assert.deepEqual(await find('creators', { search: `${town} ${search}`, location: 'bulawayo' }), [who.profile.id], search);
  }
  const title = aWord('Marimba');
  const made = await makePackage(who, { title: `${title} lesson` });
  assert.deepEqual(await find('packages', { search: mistyped(title) }), [made.id]);
});

test('each part of a username is a word', async () => {
  const who = people[3];
  const name = aWord('K').slice(0, 7);
  await change(who, 'creator', { username: `Chef${name}_zw` });
  for (const search of [name, `chef ${name}`, `Chef${name}`]) assert.deepEqual(await here({ search }), theirs(3), search);
});

test('what is found by its name comes before what mentions it', async () => {
  const word = aWord('Hosho');
  const [mentions, called] = [await creator(), await creator()];
  await change(mentions, 'creator', { bio: `Plays the ${word}` });
  await change(called, 'creator', { location: word });
  assert.deepEqual(await find('creators', { search: word }), [called.profile.id, mentions.profile.id]);
});

// What each filter means, for values that some have and some have not.  Those of
// a package are asked of one that is sold, which for creators is any of theirs.
const ofCreator = {
  platform: [['instagram', 'youtube'], (c, v) => v in c.social_links],
  location: [() => [town, `${town}x`], (c, v) => c.location.includes(v)],
  language: [['english'], (c, v) => c.languages.some((l) => l.toLowerCase() === v)],
  min_followers: [[2000], (c, v) => c.follower_count >= v],
  max_followers: [[2000], (c, v) => c.follower_count <= v],
  min_rating: [['4.5', '4.51'], (c, v) => c.count > 0 && c.sum / c.count >= Number(v)],
};
const ofPackage = {
  min_price: [[60, 91], (p, v) => p.price >= v],
  max_price: [[60, 20], (p, v) => p.price <= v],
  max_days: [[5, 2], (p, v) => p.duration_days <= v],
};
const searched = {
  creators: {
    one: { ...ofCreator, category: [['Travel'], (c, v) => c.categories.includes(v)], search: [['street'], (c, v) => c.bio.toLowerCase().includes(v)] },
    part: ofPackage,
    all: () => people.map(({ profile }, n) => ({ ...reference[n], id: profile.id, packages: packages.filter((p) => p.creator_id === profile.id) })),
  },
  packages: {
    one: {
      ...Object.fromEntries(Object.entries(ofCreator).map(([name, [values, holds]]) => [name, [values, (p, v) => holds(p.creator, v)]])),
      ...ofPackage,
      category: [['UGC'], (p, v) => p.category === v],
      search: [['reel'], (p, v) => p.title.toLowerCase().includes(v)],
      creator_id: [() => [people[0].profile.id], (p, v) => p.creator_id === v],
      currency: [['ZWG', 'USD'], (p, v) => p.currency === v],
    },
    part: {},
    all: () => packages.map((p) => ({ ...p, creator: reference[people.findIndex(({ profile }) => profile.id === p.creator_id)] })),
  },
};
const asked = (values) => (typeof values === 'function' ? values() : values);

function setsOf({ one, part }) {
  const filters = { ...one, ...part };
  const names = Object.keys(filters);
  return names.flatMap((a, n) => asked(filters[a][0]).flatMap((v) => [{ [a]: v },
    ...names.slice(n + 1).flatMap((b) => asked(filters[b][0]).map((w) => ({ [a]: v, [b]: w })))]));
}

function meant({ one, part, all }, query) {
  const asks = Object.entries(query);
  const parts = asks.filter(([name]) => name in part);
  return all().filter((it) => asks.every(([name, v]) => !(name in one) || one[name][1](it, v))
    && (parts.length === 0 || it.packages.some((p) => parts.every(([name, v]) => part[name][1](p, v)))));
}

// The newest first, back to the first of these; there may be others meanwhile.
async function foundOf(path, query, ids) {
  const found = [];
  for (let cursor; cursor !== null && !(found.at(-1) < Math.min(...ids));) {
    const page = await ask(path, { ...query, sort: 'newest', per_page: 100, ...(cursor && { cursor }) });
    found.push(...idsOf(page));
    cursor = page.next_cursor;
  }
  return sorted(found.filter((id) => ids.includes(id)));
}

const tallied = (values) => Object.entries(values.reduce((all, v) => ({ ...all, [v]: (all[v] ?? 0) + 1 }), {}))
  .map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));

for (const [path, kind] of Object.entries(searched)) {
  const [list, facets] = ['', '/facets'].map((more) => operationOf('GET', `/api/${path}${more}`));
  const filtersOf = (o) => o.parameters.filter((p) => p.in === 'query' && !['sort', 'cursor', 'page', 'per_page', 'my_packages'].includes(p.name)).map((p) => p.name).sort();

  test(`${path}: each filter of the contract is one of these`, () => {
    const names = Object.keys({ ...kind.one, ...kind.part }).sort();
    assert.deepEqual(filtersOf(list), names);
    assert.deepEqual(filtersOf(facets), names);
  });

  test(`${path}: every filter alone, and every pair, finds what it means`, async () => {
    const all = kind.all();
    await Promise.all(setsOf(kind).map(async (query) => {
      const found = await foundOf(path, query, all.map(({ id }) => id));
      assert.deepEqual(found, sorted(meant(kind, query).map(({ id }) => id)), JSON.stringify(query));
    }));
  });

  test(`${path}: facets count what every filter and every pair leaves`, async () => {
    await Promise.all(setsOf(kind).map(async (query) => {
      const here = { location: town, ...query };
      const left = meant(kind, here);
      const { prices, ...told } = await ask(`${path}/facets`, here);
      const makers = left.map((it) => it.creator ?? it);
      assert.deepEqual(told, {
        total: left.length,
        complete: true,
        categories: tallied(left.flatMap((it) => it.categories ?? it.category)),
        platforms: tallied(makers.flatMap((c) => Object.keys(c.social_links))),
        places: tallied(makers.map((c) => c.location)),
      }, JSON.stringify(query));
      const cheapest = path === 'creators'
        ? left.filter((c) => c.packages.length > 0).map((c) => Math.min(...c.packages.map((p) => p.price)))
        : left.filter((p) => p.currency === (query.currency ?? 'USD')).map((p) => p.price);
      assert.deepEqual(prices.map(({ count }) => count),
        prices.map(({ from, to }) => cheapest.filter((price) => price >= from && (to === null || price < to)).length), JSON.stringify(query));
    }));
  });
}

test('price and delivery are asked of one and the same package', async () => {
  assert.deepEqual(sorted(await here({ max_price: 20, max_days: 10 })), theirs(0));
  assert.deepEqual(await here({ max_price: 20, max_days: 2 }), []);
  assert.deepEqual(await here({ min_price: 61, max_price: 89 }), []);
  assert.deepEqual(sorted(await here({ min_price: 60, max_price: 90 })), theirs(0, 1));
});

test('each order is kept, and by cursor it is the same', async () => {
  const orders = {
    creators: {
      reviews: theirs(1, 0, 2, 3), price: theirs(0, 1, 2, 3), '-price': theirs(2, 1, 0, 3),
      rating: theirs(1, 0, 3, 2), newest: theirs(3, 2, 1, 0), relevance: theirs(1, 0, 2, 3),
    },
    packages: {
      price: these(0, 2, 1, 3), '-price': these(3, 1, 2, 0), rating: these(2, 1, 0, 3), newest: these(3, 2, 1, 0), relevance: these(3, 2, 1, 0),
    },
  };
  for (const [path, by] of Object.entries(orders)) {
    for (const [sort, expected] of Object.entries(by)) {
      const first = await ask(path, { location: town, sort, per_page: 2 });
      assert.deepEqual(idsOf(first), expected.slice(0, 2), `${path} by ${sort}`);
      assert.deepEqual([first.total, first.pages, first.current_page], [4, 2, 1]);
      const second = await ask(path, { location: town, sort, per_page: 2, page: 2 });
      assert.deepEqual(idsOf(second), expected.slice(2), `${path} by ${sort}, page 2`);
      assert.equal(second.next_cursor, null);
      const onward = await ask(path, { location: town, sort, per_page: 1, cursor: first.next_cursor });
      assert.deepEqual(Object.keys(onward).sort(), [path, 'next_cursor'].sort(), 'nothing is counted');
      assert.deepEqual(idsOf(onward), expected.slice(2, 3));
      const last = await ask(path, { location: town, sort, per_page: 1, cursor: onward.next_cursor });
      assert.deepEqual([idsOf(last), last.next_cursor], [expected.slice(3), null]);
    }
  }
  const query = { search: town, per_page: 3 };
  const first = await ask('creators', query);
  const rest = await ask('creators', { ...query, cursor: first.next_cursor });
  assert.deepEqual(sorted([...idsOf(first), ...idsOf(rest)]).filter((id) => theirs(0, 1, 2, 3).includes(id)), theirs(0, 1, 2, 3));
});

test('a cursor of another list, order or filter, or none of ours, is a bad field', async () => {
  const { next_cursor: cursor } = await ask('packages', { location: town, sort: 'price', per_page: 1 });
  const b64 = (text) => Buffer.from(text).toString('base64url');
  const [order, hash] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const ours = `${order} ${hash}`;
  const path = `/api/packages?location=${town}&sort=price&cursor=`;
  for (const bad of ['x', '!', `${cursor}A`, ...['', ' 1', ' 1 x', ' 1 2 3', ' 1\0 2', ` ${'9'.repeat(19)} 1`].map((rest) => b64(ours + rest)), b64('price 1 2')]) {
    const { json } = await get(path + encodeURIComponent(bad), { status: 422 });
    assert.deepEqual(Object.keys(json.fields), ['cursor'], bad);
  }
  const here = `location=${town}`;
  for (const [asked, status] of [[`packages?${here}&sort=newest`, 422], [`packages?${here}`, 422], ['packages?sort=price', 422],
    [`packages?${here}&category=Reel&sort=price`, 422], [`creators?${here}&sort=price`, 422],
    [`packages?${here}&sort=price`, 200], [`packages?per_page=9&sort=price&page=2&${here}&my_packages=false`, 200]]) {
    await get(`/api/${asked}&cursor=${cursor}`, { status });
  }
});

test('what is no order, and what is out of bounds, is named', async () => {
  const query = 'sort=best&min_rating=x&max_days=0&max_followers=-1&min_price=1.234&search=x';
  for (const path of ['creators', 'packages']) {
    const { json } = await get(`/api/${path}?${query}`, { status: 422 });
    assert.deepEqual(Object.keys(json.fields).sort(), ['max_days', 'max_followers', 'min_price', 'min_rating', 'search', 'sort']);
    const counted = await get(`/api/${path}/facets?${query}`, { status: 422 });
    assert.deepEqual(Object.keys(counted.json.fields).sort(), ['max_days', 'max_followers', 'min_price', 'min_rating', 'search']);
  }
});

test('words of any kind are an answer, never an error', async () => {
  for (const search of ["it's", "') or 1=1", '&|!()<->:*', 'the', '\\\\', '🥁🥁', 'a'.repeat(100), 'x y z '.repeat(16).trim(), '𝔘𝔫𝔦', 'ŠØÑÆ', '--', "a'b:*c"]) {
    for (const path of ['creators', 'packages', 'creators/facets', 'packages/facets']) await ask(path, { search, location: town });
  }
});

test('facets count what the filters leave', async () => {
  const all = await ask('creators/facets', { location: town });
  assert.deepEqual([all.total, all.complete], [4, true]);
  assert.deepEqual(all.categories, [{ value: 'Education', count: 2 }, { value: 'Travel', count: 2 }]);
  assert.deepEqual(all.platforms, [{ value: 'instagram', count: 2 }, { value: 'tiktok', count: 1 }, { value: 'youtube', count: 1 }]);
  assert.deepEqual(all.places, [{ value: town, count: 4 }]);
  assert.deepEqual(all.prices.map(({ from, to, count }) => [from, to, count]),
    [[0, 25, 1], [25, 50, 0], [50, 100, 1], [100, 250, 0], [250, 500, 1], [500, 1000, 0], [1000, null, 0]]);
  const some = await ask('creators/facets', { location: town, search: 'street', category: 'Education' });
  assert.deepEqual([some.total, some.categories], [1, [{ value: 'Education', count: 1 }, { value: 'Travel', count: 1 }]]);

  const offers = await ask('packages/facets', { location: town });
  assert.deepEqual(offers.categories, [{ value: 'Photography', count: 2 }, { value: 'UGC', count: 2 }]);
  assert.deepEqual(offers.prices.filter(({ count }) => count > 0).map(({ from, count }) => [from, count]), [[0, 1], [50, 1], [250, 1]]);
  const dollars = await ask('packages/facets', { location: town, currency: 'ZWG' });
  assert.deepEqual(dollars.prices.filter(({ count }) => count > 0).map(({ from, count }) => [from, count]), [[50, 1]]);
  const none = await ask('packages/facets', { location: unique('Nowhere ') });
  assert.deepEqual([none.total, none.complete, none.categories, none.prices.length], [0, true, [], 7]);
});

test('a package’s price, its end and its creator’s suspension are seen at once', async () => {
  const who = await creator();
  const place = unique('Hamlet ');
  await change(who, 'creator', { location: place });
  const before1 = (await get('/api/creators/profile', { as: who })).json.updated_at;
  const cheapest = async () => (await ask('creators', { location: place })).creators[0].cheapest_package_price;
  assert.equal(await cheapest(), null);
  const dear = await makePackage(who, { price: 80 });
  const cheap = await makePackage(who, { price: 40 });
  assert.equal(await cheapest(), 40);
  assert.equal((await get('/api/creators/profile', { as: who })).json.updated_at, before1, 'counting is no change of the profile');
  await rows('update packages set is_active = false where id = $1', cheap.id);
  assert.equal(await cheapest(), 80);
  await rows('update packages set price_cents = 7000 where id = $1', dear.id);
  assert.equal(await cheapest(), 70);
  await rows('update users set is_active = false where id = $1', who.id);
  for (const path of ['creators', 'packages']) assert.equal((await ask(path, { location: place })).total, 0);
  assert.equal((await ask('creators/facets', { location: place })).total, 0);
  await rows('update users set is_active = true where id = $1', who.id);
  assert.equal((await ask('packages', { location: place })).total, 1);
});

test('twenty prices changed at once leave the lowest', async () => {
  const who = await creator();
  const made = await Promise.all(Array.from({ length: 8 }, (_, n) => makePackage(who, { price: 50 + n })));
  await Promise.all(made.map(({ id }, n) => rows('update packages set price_cents = $2 where id = $1', id, 3000 + n)));
  assert.equal(await value('select cheapest_cents from creator_profiles where id = $1', who.profile.id), 3000);
});

test('what is paid counts once, and sorts by how often', async () => {
  const who = await creator();
  const place = unique('Village ');
  await change(who, 'creator', { location: place });
  const [one, two] = [await makePackage(who), await makePackage(who)];
  const { booking } = await book(await brand(), one);
  const popular = () => find('packages', { location: place, sort: 'popular' });
  assert.deepEqual(await popular(), [two.id, one.id]);
  await rows(`update bookings set payment_status = 'paid' where id = $1`, booking.id);
  await rows(`update bookings set payment_status = 'paid' where id = $1`, booking.id);
  assert.deepEqual(await popular(), [one.id, two.id]);
  assert.deepEqual(await find('creators', { location: place, sort: 'popular' }), [who.profile.id]);
  assert.deepEqual(await value(`select array[p.booked_count, c.booked_count]::int[] from packages p
    join creator_profiles c on c.id = p.creator_id where p.id = $1`, one.id), [1, 1]);
  await rows(`update bookings set payment_status = 'pending' where id = $1`, booking.id);
});
