// Creators: their own profile, and how anybody finds them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { get, put } from './support/client.mjs';
import { change, creator, makePackage, theBrand, theCreator, unique } from './support/people.mjs';

const find = async (query) => (await get(`/api/creators?${new URLSearchParams(query)}`, { status: 200 })).json;
const idsOf = (page) => page.creators.map(({ id }) => id);

test('a creator fills in the profile, and all of it is read back', async () => {
  const who = await creator();
  const sent = {
    bio: 'Food and travel from Bulawayo — “sadza”, nyama & ñ 🇿🇼',
    profile_picture: '/uploads/creators/7.jpg',
    portfolio_url: 'https://example.com/portfolio?a=1&b=2',
    location: 'Bulawayo',
    categories: ['Food & Cooking', 'Travel'],
    languages: ['English', 'Ndebele'],
    social_links: { instagram: '@sadza', tiktok: 'https://example.com/@sadza' },
    follower_count: 18400,
    engagement_rate: 4.25,
    availability_status: 'busy',
    success_stories: 'A launch.\nAnd another.',
    username: unique('u').slice(0, 18),
    free_revisions: 3,
    revision_fee: 12.5,
  };
  const { json } = await change(who, 'creator', sent);
  for (const [name, value] of Object.entries(sent)) assert.deepEqual(json.creator[name], value, name);
  const own = await get('/api/creators/profile', { as: who, status: 200 });
  assert.deepEqual(own.json, json.creator);
  const seen = await get(`/api/creators/${json.creator.id}`, { status: 200 });
  assert.deepEqual(seen.json, json.creator);
});

test('what is left out of a change stays', async () => {
  const who = await creator();
  await change(who, 'creator', { bio: 'One', location: 'Harare', follower_count: 10 });
  const { json } = await change(who, 'creator', { bio: 'Two' });
  assert.equal(json.creator.bio, 'Two');
  assert.equal(json.creator.location, 'Harare');
  assert.equal(json.creator.follower_count, 10);
});

test('a username is had by one, in any case', async () => {
  const [one, two] = [await creator(), await theCreator()];
  const username = unique('n').slice(0, 16);
  await change(one, 'creator', { username });
  const answer = await put('/api/creators/profile', { username: username.toUpperCase() }, { as: two, status: 409 });
  assert.equal(answer.json.code, 'username_taken');
  await change(one, 'creator', { username });
});

test('a field that is bad is named, and nothing of the rest is taken', async () => {
  const who = await creator();
  const before = (await get('/api/creators/profile', { as: who })).json;
  const bad = {
    username: 'no blanks', follower_count: -1, engagement_rate: 100.01, availability_status: 'asleep',
    portfolio_url: 'javascript:alert(1)', categories: ['Fashion & Beauty', 7], social_links: ['x'], revision_fee: '1.005',
  };
  const answer = await put('/api/creators/profile', { ...bad, bio: 'changed' }, { as: who, status: 422 });
  for (const name of Object.keys(bad)) assert.ok(answer.json.fields[name], `${name} in ${answer.text}`);
  assert.equal(answer.json.fields.bio, undefined);
  assert.deepEqual((await get('/api/creators/profile', { as: who })).json, before);
});

test('a category nobody knows is refused', async () => {
  const answer = await put('/api/creators/profile', { categories: ['Alchemy'] }, { as: await theCreator() });
  assert.equal(answer.status, 422);
});

test('fields that are not the creator’s to set are refused', async () => {
  const who = await theCreator();
  for (const name of ['id', 'user_id', 'user', 'gallery', 'rating_sum', 'created_at', 'verified_status']) {
    const answer = await put('/api/creators/profile', { [name]: 1 }, { as: who, status: 422 });
    assert.ok(answer.json.fields[name], name);
  }
});

test('nobody’s address is seen by others', async () => {
  const who = await creator();
  const other = await theBrand();
  for (const path of [`/api/creators/${who.profile.id}`, '/api/creators?per_page=100']) {
    for (const as of [undefined, other]) {
      const { text } = await get(path, { as, status: 200 });
      assert.ok(!text.includes(who.email) && !text.includes('@example.com"'), path);
    }
  }
});

test('who is not there is 404', async () => {
  for (const id of ['999999999', '9223372036854775807']) {
    assert.equal((await get(`/api/creators/${id}`, { status: 404 })).json.code, 'not_found');
  }
  for (const id of ['0', '-1', 'x', '1x', '9223372036854775808', '1e3', '%31%00']) {
    await get(`/api/creators/${id}`, { undocumented: true, status: id.includes('%00') ? 400 : 404 });
  }
});

test('every filter finds who it should and nobody else', async () => {
  const town = unique('Town of ');
  const one = await creator();
  const two = await creator();
  const bio = unique('Mbira and drums w');
  await change(one, 'creator', { location: town, categories: ['Travel'], follower_count: 100, bio, social_links: { instagram: 'x' } });
  await change(two, 'creator', { location: town, categories: ['Travel', 'Education'], follower_count: 5000, username: unique('s').slice(0, 15), social_links: { tiktok: 'y' } });
  await makePackage(one, { price: 40 });
  await makePackage(one, { price: 30, is_active: false });
  await makePackage(two, { price: 500 });
  const [a, b] = [one.profile.id, two.profile.id];
  const ids = async (query) => idsOf(await find({ location: town, ...query })).sort((x, y) => x - y);
  const both = [a, b].sort((x, y) => x - y);
  assert.deepEqual(await ids({}), both);
  assert.deepEqual(await ids({ location: town.slice(3, -2).toUpperCase() }), both);
  assert.deepEqual(await ids({ category: 'Travel' }), both);
  assert.deepEqual(await ids({ category: 'Education' }), [b]);
  assert.deepEqual(await ids({ category: 'Travel & more' }), []);
  assert.deepEqual(await ids({ min_followers: 100 }), both);
  assert.deepEqual(await ids({ min_followers: 101 }), [b]);
  assert.deepEqual(await ids({ max_price: '40.00' }), [a]);
  assert.deepEqual(await ids({ max_price: 39.99 }), []);
  assert.deepEqual(await ids({ max_price: 500 }), both);
  assert.deepEqual(await ids({ search: bio.slice(0, -1) }), [a]);
  assert.deepEqual(await ids({ search: 'wxy%' }), []); // of no name that a test makes up
  for (const none of ['___', '%%%', `${bio} flute`]) assert.deepEqual(await ids({ search: none }), [], none);
  const short = await get('/api/creators?search=a&location=ab', { status: 422 });
  assert.deepEqual(Object.keys(short.json.fields).sort(), ['location', 'search']);
  assert.deepEqual(await ids({ platform: 'tiktok' }), [b]);
  assert.deepEqual(await ids({ platform: 'instagram', category: 'Travel', min_followers: 1, max_price: 100, search: 'mbira' }), [a]);
  const page = await find({ location: town });
  assert.equal(page.creators.find(({ id }) => id === a).cheapest_package_price, 40);
  assert.equal(page.creators.find(({ id }) => id === b).cheapest_package_price, 500);
  assert.deepEqual(page.creators[0].review_stats, { average_rating: 0, total_reviews: 0 });
});

test('pages tile the whole, and past the end is empty', async () => {
  const town = unique('Hamlet ');
  const made = [];
  for (let n = 0; n < 3; n += 1) {
    const who = await creator();
    await change(who, 'creator', { location: town });
    made.push(who.profile.id);
  }
  const seen = [];
  for (const page of [1, 2]) {
    const json = await find({ location: town, per_page: 2, page });
    assert.deepEqual([json.total, json.pages, json.current_page], [3, 2, page]);
    seen.push(...idsOf(json));
  }
  assert.deepEqual(seen.sort((x, y) => x - y), made.sort((x, y) => x - y));
  const past = await find({ location: town, per_page: 2, page: 3 });
  assert.deepEqual([past.creators, past.total, past.pages, past.current_page], [[], 3, 2, 3]);
  const none = await find({ location: unique('Nowhere ') });
  assert.deepEqual([none.creators, none.total], [[], 0]);
});
