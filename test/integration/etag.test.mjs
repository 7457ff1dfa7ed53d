// What is read carries a tag, and who holds it gets no body again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { get, put } from './support/client.mjs';
import { change, creator, makePackage, theBrand, theCreator } from './support/people.mjs';

const holding = (tag, options = {}) => ({ ...options, headers: { 'if-none-match': tag } });

test('the same is not sent twice, and what has changed is', async () => {
  const who = await creator();
  const path = `/api/creators/${who.profile.id}`;
  const first = await get(path, { status: 200 });
  const { etag } = first.headers;
  assert.match(etag, /^W\/"[0-9a-f]{32}"$/);
  assert.equal(first.headers['cache-control'], 'no-cache', 'may be kept, and is asked after each time');
  const again = await get(path, holding(etag, { status: 304 }));
  assert.deepEqual([again.text, again.headers.etag, again.headers['content-type']], ['', etag, undefined]);
  assert.equal(again.headers['cache-control'], 'no-cache');
  for (const held of [etag.slice(2), `"x", ${etag}`, `W/"y" ,${etag}`, '*']) await get(path, holding(held, { status: 304 }));
  for (const other of ['"x"', `W/"${'0'.repeat(32)}"`, etag.replaceAll('"', ''), etag.slice(0, -2), '', ',']) {
    await get(path, holding(other, { status: 200 }));
  }
  await change(who, 'creator', { bio: 'Another' });
  const changed = await get(path, holding(etag, { status: 200 }));
  assert.notEqual(changed.headers.etag, etag);
});

test('lists too, and pages of their own', async () => {
  const who = await theCreator();
  await makePackage(who);
  const path = `/api/packages?creator_id=${who.profile.id}`;
  const { headers: { etag } } = await get(path, { status: 200 });
  await get(path, holding(etag, { status: 304 }));
  await get(`${path}&page=2`, holding(etag, { status: 200 }));
  await makePackage(who);
  await get(path, holding(etag, { status: 200 }));
});

test('one’s own is tagged but kept by nobody, and a tag opens nothing', async () => {
  const who = await theCreator();
  const path = '/api/creators/profile';
  const own = await get(path, { as: who, status: 200 });
  assert.equal(own.headers['cache-control'], 'no-store');
  const same = await get(path, holding(own.headers.etag, { as: who, status: 304 }));
  assert.equal(same.headers['cache-control'], 'no-store');
  await get(path, holding(own.headers.etag, { status: 401 }));
  await get(path, holding('*', { status: 401 }));
  await get(path, holding(own.headers.etag, { as: await theBrand(), status: 403 }));
  const asked = await get('/api/packages?per_page=1', { as: who, status: 200 });
  assert.equal(asked.headers['cache-control'], 'no-store', 'asked with a token');
});

test('refusals, writes and health have no tag', async () => {
  const who = await theCreator();
  for (const answer of [
    await get('/api/creators/999999999', holding('*', { status: 404 })),
    await put('/api/creators/profile', { bio: 'x' }, holding('*', { as: who, status: 200 })),
    await get('/api/health', holding('*', { status: 200 })),
  ]) {
    assert.equal(answer.headers.etag, undefined);
    assert.equal(answer.headers['cache-control'], 'no-store');
  }
});
