// What a shared link says before any script runs: a creator's page, a package's.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { get, post, put, send } from './support/client.mjs';
import { row, rows } from './support/db.mjs';
import { env } from './support/env.mjs';
import { brand, change, creator, makePackage, theCreator } from './support/people.mjs';
import { completedBooking } from './support/work.mjs';

const site = env.HTTPS_URL; // FRONTEND_URL and PUBLIC_URL of this stack
const page = (path, headers = {}, method = 'GET') => send(method, env.BASE_URL + path, { headers });

const unescaped = (text) =>
  text.replace(/&(lt|gt|quot|amp|#39);/g, (_, name) => ({ lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'" })[name]);

// What a reader of previews sees of it.
function read(text) {
  const metas = Object.fromEntries([...text.matchAll(/<meta (?:property|name)="([^"]*)" content="([^"]*)">/g)]
    .map(([, name, content]) => [name, unescaped(content)]));
  const scripts = [...text.matchAll(/<script type="application\/([^"]*)"([^>]*)>([^<]*)<\/script>/g)];
  return {
    metas,
    title: unescaped(/<title>([^<]*)<\/title>/.exec(text)[1]),
    canonical: unescaped(/<link rel="canonical" href="([^"]*)">/.exec(text)?.[1] ?? ''),
    meaning: scripts.filter(([, type]) => type === 'ld+json').map(([, , , json]) => JSON.parse(json)),
    first: scripts.filter(([, type, more]) => type === 'json' && more === ' id="first"').map(([, , , json]) => JSON.parse(json)),
  };
}

test('a creator: title, preview, canonical address, meaning, and the answer of the API', async () => {
  const who = await creator();
  const [{ profile: { id } }, username] = [who, `u${Date.now() % 1e9}`];
  await change(who, 'creator', { username, bio: `I cook.\n\n  Sadza & "relish", <b>three</b> ways. ${'Ngiyabonga – tatenda! '.repeat(20)}`,
    location: 'Harare', follower_count: 18200, social_links: { instagram: 'https://instagram.com/x', website: 'none' } });
  await rows("update creator_profiles set profile_picture = '/uploads/a.webp' where id = $1", id);
  const { status, headers, text } = await page(`/creators/${id}`);
  assert.equal(status, 200);
  assert.equal(headers['content-type'], 'text/html; charset=utf-8');
  assert.equal(headers['cache-control'], 'no-cache');
  assert.match(headers['content-security-policy'], /script-src 'self' 'sha256-/);
  assert.doesNotMatch(headers['content-security-policy'], /unsafe/);
  const { metas, title, canonical, meaning: [meaning], first } = read(text);
  assert.equal(title, `${username} · BantuBuzz`);
  assert.equal(canonical, `${site}/creators/${id}`);
  assert.equal(metas['og:title'], username);
  assert.equal(metas['og:url'], canonical);
  assert.equal(metas['og:type'], 'profile');
  assert.equal(metas['og:image'], `${site}/uploads/a.webp`);
  assert.match(metas.description, /^I cook\. Sadza & "relish", <b>three<\/b> ways\. .*(Ngiyabonga|–|tatenda!)…$/);
  assert.ok(Buffer.byteLength(metas.description) <= 204);
  assert.equal(metas['og:description'], metas.description);
  assert.deepEqual([meaning['@type'], meaning.url, meaning.mainEntity['@type'], meaning.mainEntity.name], ['ProfilePage', canonical, 'Person', username]);
  assert.deepEqual([meaning.dateCreated, meaning.dateModified], [first[0].created_at, first[0].updated_at], 'not in ISO 8601');
  assert.deepEqual(meaning.mainEntity.sameAs, ['https://instagram.com/x']);
  assert.equal(meaning.mainEntity.interactionStatistic.userInteractionCount, 18200);
  assert.deepEqual(meaning.mainEntity.homeLocation, { '@type': 'Place', name: 'Harare' });
  assert.deepEqual(first, [(await get(`/api/creators/${id}`, { status: 200 })).json]);
  assert.equal(headers['x-statements'], '1');
  assert.match(text, /<script type="module"/);
  assert.match(text, /rel="modulepreload" crossorigin href="\/assets\/CreatorProfile-/);
  for (const other of [`/creators/${id}/`, `/creators/00${id}`]) assert.equal(read((await page(other)).text).canonical, canonical);

  // one who has said nothing yet
  const silent = await creator();
  const bare = read((await page(`/creators/${silent.profile.id}`)).text);
  assert.match(bare.metas.description, /^Book .+ on BantuBuzz/);
  assert.equal(bare.metas['og:image'], `${site}/preview.png`);
  assert.equal((await page('/preview.png')).headers['content-type'], 'image/png');
  assert.equal(bare.meaning[0].mainEntity.image, undefined);
});

test('a long text is cut between characters where it has no words', async () => {
  const who = await creator();
  for (const bio of ['ñ'.repeat(300), `x${'ñ'.repeat(300)}`, '🎥'.repeat(90), `xyz${'🎥'.repeat(90)}`]) {
    await change(who, 'creator', { bio });
    const { description } = read((await page(`/creators/${who.profile.id}`)).text).metas;
    assert.ok(description.endsWith('…') && bio.startsWith(description.slice(0, -1)), description);
    assert.ok(Buffer.byteLength(description) > 190);
  }
});

test('a package: its price in the preview, an offer, and ratings once there are some', async () => {
  const [buyer, seller] = [await brand(), await creator()];
  const booking = await completedBooking(buyer, seller, { title: 'Three reels', price: 120.5 });
  const { package_id: id } = await row('select package_id from bookings where id = $1', booking.id);
  const path = `/packages/${id}`;
  const name = (await get(`/api/creators/${seller.profile.id}`, { status: 200 })).json.username ?? `creator-${seller.profile.id}`;
  const before = read((await page(path)).text);
  assert.equal(before.title, `Three reels · ${name} · BantuBuzz`);
  assert.equal(before.canonical, site + path);
  assert.match(before.metas.description, /^USD 120\.50\. /);
  assert.deepEqual([before.metas['og:type'], before.metas['product:price:amount'], before.metas['product:price:currency']], ['product', '120.50', 'USD']);
  const [service] = before.meaning;
  assert.deepEqual([service['@type'], service.name, service.provider.url], ['Service', 'Three reels', `${site}/creators/${seller.profile.id}`]);
  assert.deepEqual([service.offers['@type'], service.offers.price, service.offers.priceCurrency], ['Offer', 120.5, 'USD']);
  assert.equal(service.aggregateRating, undefined);

  await post('/api/reviews', { collaboration_id: booking.id, rating: 4, comment: 'Good' }, { as: buyer, status: 201 });
  assert.equal(read((await page(path)).text).meaning[0].aggregateRating, undefined, 'not out yet');
  await post('/api/reviews', { collaboration_id: booking.id, rating: 3, comment: 'Good' }, { as: seller, status: 201 });
  const after = read((await page(path)).text);
  assert.deepEqual(after.meaning[0].aggregateRating, { '@type': 'AggregateRating', ratingValue: 4, reviewCount: 1 });
  const { json } = await get(`/api${path}`, { status: 200 });
  assert.deepEqual(after.first, [json]);
  assert.deepEqual(json.review_stats, { average_rating: 4, total_reviews: 1 });
});

test('whatever a person wrote is text', async () => {
  const seller = await creator();
  const nasty = `</script><script>alert(1)</script><!--<script>]]> & "' \u2028\u2029 <!--data--> <!--head--> \\u003c`;
  await change(seller, 'creator', { bio: nasty, success_stories: nasty, location: nasty.slice(0, 90) });
  const offer = await makePackage(seller, { title: nasty, description: nasty, deliverables: [nasty] });
  const [plain] = [await page('/creators/999999999')];
  const count = (text) => text.match(/<script/g).length;
  for (const [path, answer] of [[`/creators/${seller.profile.id}`, '/api/creators/'], [`/packages/${offer.id}`, '/api/packages/']]) {
    const { status, text } = await page(path);
    assert.equal(status, 200);
    const { metas, meaning, first } = read(text);
    assert.equal(count(text), count(plain.text) + 2, 'two more elements, no other');
    for (const [, json] of text.matchAll(/<script type="application\/[^>]*>(.*)<\/script>/g)) assert.doesNotMatch(json.split('</script><script type')[0], /[<>&\u2028\u2029]/);
    assert.deepEqual(first, [(await get(answer + path.split('/')[2], { status: 200 })).json]);
    assert.equal(meaning.length, 1);
    assert.match(metas.description, /<\/script><script>alert\(1\)/);
  }
});

test('what is too long to be put in leaves the page empty, never with half of it', async () => {
  const who = await creator();
  const path = `/creators/${who.profile.id}`;
  for (const links of [{ site: `https://example.com/${'x'.repeat(1200000)}` }, { note: 'x'.repeat(1200000) }]) {
    await rows('update creator_profiles set social_links = $2 where id = $1', who.profile.id, JSON.stringify(links));
    const { status, text } = await page(path);
    assert.equal(status, 500);
    assert.doesNotMatch(text, /<script type="application\/(ld\+)?json"/);
    assert.match(text, /<script type="module"/);
  }
});

test('who is not there gets the page that says so, and search engines are told', async () => {
  const hidden = await makePackage(await theCreator(), { is_active: false });
  const gone = await creator();
  await rows('update users set is_active = false where id = $1', gone.id);
  for (const path of ['/creators/999999999', '/creators/tari_cooks', '/creators/0', '/creators/1e3', `/creators/${'9'.repeat(19)}`, '/creators/%F0%9F%8E%A5',
    `/creators/${gone.profile.id}`, '/packages/999999999', '/packages/none', `/packages/${hidden.id}`]) {
    const { status, headers, text } = await page(path);
    assert.equal(status, 404, path);
    assert.equal(headers['content-type'], 'text/html; charset=utf-8');
    assert.match(text, /<title>There is no page here · BantuBuzz<\/title><meta name="robots" content="noindex">/);
    assert.match(text, /<script type="module"/);
    assert.equal(headers.etag, undefined);
  }
});

test('what is held already is not sent again; a HEAD is told as much', async () => {
  const who = await theCreator();
  const path = `/creators/${who.profile.id}`;
  const { headers } = await page(path);
  assert.match(headers.etag, /^W\/"/);
  const held = await page(path, { 'if-none-match': headers.etag });
  assert.deepEqual([held.status, held.text], [304, '']);
  const head = await page(path, {}, 'HEAD');
  assert.deepEqual([head.status, head.text, head.headers.etag], [200, '', headers.etag]);
  assert.equal((await page('/creators/999999999', {}, 'HEAD')).status, 404);
  await put('/api/creators/profile', { bio: 'Something else' }, { as: who, status: 200 });
  assert.equal((await page(path, { 'if-none-match': headers.etag })).status, 200);
  const packed = await page(path, { 'accept-encoding': 'gzip' });
  assert.equal(packed.headers['content-encoding'], 'gzip');
  assert.equal((await page(path, {}, 'POST')).status, 405);
});
