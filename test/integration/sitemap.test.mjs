// What search engines are led to, and what they are kept from.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { send } from './support/client.mjs';
import { rows, value } from './support/db.mjs';
import { env } from './support/env.mjs';
import { creator, makePackage } from './support/people.mjs';

const site = env.HTTPS_URL;
const get = (path) => send('GET', env.BASE_URL + path);
const locations = (text) => [...text.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, at]) => at);
const IDS = Number(process.env.SITEMAP_IDS ?? 5); // deploy/test.env

test('robots.txt names the sitemap, and that leads to everything public', async () => {
  const who = await creator();
  const gone = await creator();
  await rows('update users set is_active = false where id = $1', gone.id);
  const shown = await makePackage(who);
  const hidden = await makePackage(who, { is_active: false });

  const robots = await get('/robots.txt');
  assert.match(robots.headers['content-type'], /^text\/plain/);
  assert.ok(robots.text.split('\n').includes(`Sitemap: ${site}/sitemap.xml`), robots.text);
  assert.doesNotMatch(robots.text, /Disallow: \/(api\/)?$/m);

  const index = await get('/sitemap.xml');
  assert.equal(index.headers['content-type'], 'application/xml');
  const files = locations(index.text);
  assert.equal(files[0], `${site}/sitemap.xml?pages=1`);
  assert.equal(new Set(files).size, files.length);
  const all = [];
  for (const file of files) {
    const { status, text } = await get(file.slice(site.length));
    assert.equal(status, 200, file);
    const found = locations(text);
    assert.ok(found.length > 0, `${file} is empty`);
    if (file !== files[0]) {
      assert.ok(found.length <= IDS, `${file} has ${found.length}`);
      assert.equal([...text.matchAll(/<lastmod>\d{4}-\d\d-\d\d<\/lastmod>/g)].length, found.length);
    }
    all.push(...found);
  }
  for (const path of ['/', '/creators', '/register/brand', `/creators/${who.profile.id}`, `/packages/${shown.id}`])
    assert.ok(all.includes(site + path), path);
  for (const path of ['/settings', '/brand', `/creators/${gone.profile.id}`, `/packages/${hidden.id}`])
    assert.ok(!all.includes(site + path), path);
  assert.ok(files.filter((file) => file.includes('creators=')).length <= Math.ceil((await value('select max(id) from creator_profiles')) / IDS));
});

test('a file that there is none of', async () => {
  for (const query of ['creators=999999', 'packages=999999', 'creators=0', 'creators=x', 'pages=2', `creators=${'9'.repeat(18)}`])
    assert.equal((await get(`/sitemap.xml?${query}`)).status, 404, query);
});

test('a public page says what it is called, a private one that it is nobody’s to keep', async () => {
  const titles = new Set();
  const open = locations((await get('/sitemap.xml?pages=1')).text);
  for (const address of open) {
    const path = address.slice(site.length);
    for (const asked of [path, `${path}?utm=1`, ...(path === '/' ? [] : [`${path}/`])]) {
      const { status, headers, text } = await get(asked);
      assert.equal(status, 200, asked);
      assert.equal(headers.link, `<${address}>; rel="canonical"`, asked);
      assert.equal(headers['x-robots-tag'], undefined, asked);
      if (asked === path) for (const name of [/<title>[^<]*/, /<meta name="description"[^>]*/]) titles.add(name.exec(text)[0]);
    }
  }
  assert.equal(titles.size, 2 * open.length, 'each title and description but once');
  for (const path of ['/settings', '/settings/?tab=x', '/brand', '/creator/packages/7', '/bookings/7/pay', '/messages', '/reset-password/abc', '/shell.html', '/api/rules'])
    assert.equal((await get(path)).headers['x-robots-tag'], 'noindex', path);
  for (const path of ['/brands', '/settingsx', '/creators/999999999', '/creators?search=a'])
    assert.equal((await get(path)).headers['x-robots-tag'], undefined, path);
});

test('the first page says who we are and how to search', async () => {
  const { text } = await get('/');
  const found = [...text.matchAll(/<script type="application\/ld\+json">([^<]*)<\/script>/g)].map(([, json]) => JSON.parse(json));
  const [{ '@graph': [organization, website] }] = found;
  assert.deepEqual([organization['@type'], website['@type'], website.potentialAction['@type']], ['Organization', 'WebSite', 'SearchAction']);
  const { origin } = new URL(website.url);
  const inside = (value) => (typeof value === 'object' ? Object.values(value).flatMap(inside) : [value]);
  for (const address of inside([organization, website]).filter((one) => one.includes('/'))) assert.ok(address.startsWith(`${origin}/`), address);
  assert.equal(website.publisher['@id'], organization['@id']);
  const { urlTemplate } = website.potentialAction.target;
  assert.equal((await get(urlTemplate.replace('{search_term_string}', 'reel').slice(origin.length))).status, 200);
});
