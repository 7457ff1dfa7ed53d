// Brands: their own profile, and what others see of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { get, put } from './support/client.mjs';
import { brand, change, theBrand, theCreator } from './support/people.mjs';

test('a brand fills in the profile, and all of it is read back', async () => {
  const who = await brand();
  const sent = {
    company_name: 'Mazoe & Sons “Foods”',
    logo: '/uploads/brands/3.png',
    website: 'https://example.com/',
    description: 'Cordials since 1939',
    industry: 'Food and drink',
    location: 'Harare',
    company_size: '51-200',
    social_links: { facebook: 'mazoe', linkedin: 'https://example.com/mazoe' },
  };
  const { json } = await change(who, 'brand', sent);
  for (const [name, value] of Object.entries(sent)) assert.deepEqual(json.brand[name], value, name);
  assert.equal(json.brand.verified_status, false);
  assert.deepEqual((await get('/api/brands/profile', { as: who, status: 200 })).json, json.brand);
  assert.deepEqual((await get(`/api/brands/${json.brand.id}`, { status: 200 })).json, json.brand);
});

test('what is left out of a change stays', async () => {
  const who = await brand();
  const name = who.profile.company_name;
  const { json } = await change(who, 'brand', { location: 'Mutare' });
  assert.equal(json.brand.location, 'Mutare');
  assert.equal(json.brand.company_name, name);
});

test('a field that is bad is named, and nothing of the rest is taken', async () => {
  const who = await theBrand();
  const before = (await get('/api/brands/profile', { as: who })).json;
  const bad = { company_name: ' ', company_size: '12', website: 'ftp://example.com', logo: '/etc/passwd', social_links: 'x' };
  const answer = await put('/api/brands/profile', { ...bad, location: 'changed' }, { as: who, status: 422 });
  for (const name of Object.keys(bad)) assert.ok(answer.json.fields[name], `${name} in ${answer.text}`);
  assert.equal(answer.json.fields.location, undefined);
  assert.deepEqual((await get('/api/brands/profile', { as: who })).json, before);
});

test('nobody verifies a brand by asking', async () => {
  const who = await theBrand();
  for (const name of ['verified_status', 'id', 'user_id', 'user', 'email']) {
    const answer = await put('/api/brands/profile', { [name]: true }, { as: who, status: 422 });
    assert.ok(answer.json.fields[name], name);
  }
});

test('a brand’s address is seen by nobody else', async () => {
  const other = await theCreator();
  const who = await theBrand();
  const { text } = await get(`/api/brands/${who.profile.id}`, { as: other, status: 200 });
  assert.ok(!text.includes('@example.com'));
  await get('/api/brands/999999999', { status: 404 });
});
