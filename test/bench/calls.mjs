// The calls, and beside each its limit: what PostgreSQL, or nginx alone,
// gives for the same.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { rows, value } from '../integration/support/db.mjs';
import { sign, signingKey } from '../integration/support/tokens.mjs';

const PAGES = 5;
const PACKAGES_A_PAGE = 12; // as /api/packages does unless asked
const BOOKINGS_A_PAGE = 10; // as /api/bookings does
const NEW_CATEGORY = 'Other'; // no generated package is in it

// The same numbers in each run, from 1 to n.
let seed = 1;
function upTo(n) {
  seed = (seed * 48271) % 2147483647;
  return 1 + (seed % n);
}

function tokenOf(user, type) {
  const now = Math.floor(Date.now() / 1000);
  return sign({ alg: 'HS256', kid: signingKey().kid, typ: 'JWT' }, {
    sub: String(user), type: 'access', user_type: type, sid: randomUUID(),
    jti: randomUUID(), iat: now, exp: now + 3600,
  });
}

const get = (path, token) => ({ method: 'GET', path, token });

function packageById({ packages }) {
  return {
    name: 'GET /api/packages/:id',
    statement: 'package_get',
    // Every twentieth is off the market.
    request() {
      return get(`/api/packages/${(upTo(packages / 20) - 1) * 20 + upTo(19)}`);
    },
    limits: [{ id: { any: `(random(1, ${packages / 20}) - 1) * 20 + random(1, 19)` }, user_id: 0 }],
    check({ path }, status, json) {
      assert.equal(status, 200);
      assert.equal(json.id, Number(path.split('/').pop()));
    },
  };
}

async function packageList() {
  const categories = (await rows(`select name from categories
     where kind = 'package' and name <> $1 order by name`, NEW_CATEGORY)).map(({ name }) => name);
  return {
    name: 'GET /api/packages?category…',
    statement: 'package_find',
    request() {
      const query = new URLSearchParams({
        category: categories[upTo(categories.length) - 1],
        max_price: 199 + upTo(1801),
        page: upTo(PAGES),
      });
      return get(`/api/packages?${query}`);
    },
    limits: categories.map((category) => ({
      category, platform: null, location: null, language: null, min_followers: null, max_followers: null,
      min_price: null, max_price: { any: '100 * (199 + random(1, 1801))' }, min_rating: null, max_days: null,
      creator_id: null, currency: null, search: null, sort: 'newest', after_key: null, after_id: null,
      size: PACKAGES_A_PAGE,
      start: { any: `${PACKAGES_A_PAGE} * (random(1, ${PAGES}) - 1)` },
    })),
    async check({ path }, status, json) {
      const query = new URL(path, 'http://x').searchParams;
      const wanted = await rows(`select id from packages
         where is_active and category = $1 and price_cents <= $2::bigint * 100
         order by id desc limit $3 offset $3 * ($4::int - 1)`,
      query.get('category'), query.get('max_price'), PACKAGES_A_PAGE, query.get('page'));
      assert.equal(status, 200);
      assert.deepEqual(json.packages.map(({ id }) => id), wanted.map(({ id }) => id));
    },
  };
}

// A word, a place typed wrongly, and a price; by relevance, as people search.
const CREATORS_A_PAGE = 12; // as /api/creators does unless asked
const SEARCHES = ['bulawyo', 'mutare', 'gweruu'];

function creatorSearch() {
  return {
    name: 'GET /api/creators?search…',
    statement: 'creator_find',
    request() {
      return get(`/api/creators?${new URLSearchParams({ search: SEARCHES[upTo(SEARCHES.length) - 1], max_price: 199 + upTo(1801) })}`);
    },
    limits: SEARCHES.map((search) => ({
      category: null, platform: null, location: null, language: null, min_followers: null, max_followers: null,
      min_price: null, max_price: { any: '100 * (199 + random(1, 1801))' }, min_rating: null, max_days: null,
      search, sort: 'relevance', after_key: null, after_id: null, size: CREATORS_A_PAGE, start: 0,
    })),
    check({ path }, status, json) {
      const place = { bulawyo: 'Bulawayo', mutare: 'Mutare', gweruu: 'Gweru' }[new URL(path, 'http://x').searchParams.get('search')];
      assert.equal(status, 200);
      assert.equal(json.creators.length, CREATORS_A_PAGE);
      for (const { location } of json.creators) assert.equal(location, place);
    },
  };
}

function ownBookings({ creators, brands }) {
  const tokens = new Map();
  return {
    name: 'GET /api/bookings',
    statement: 'booking_of_brand',
    request() {
      const brand = upTo(brands - 1); // the last one is busy
      if (!tokens.has(brand)) tokens.set(brand, tokenOf(creators + brand, 'brand'));
      return { ...get('/api/bookings', tokens.get(brand)), brand };
    },
    limits: [{ user_id: { any: `${creators} + random(1, ${brands - 1})` }, status: null, size: BOOKINGS_A_PAGE, start: 0 }],
    async check({ brand }, status, json) {
      const wanted = await rows('select id from bookings where brand_id = $1 order by id desc limit $2',
        brand, BOOKINGS_A_PAGE);
      assert.equal(status, 200);
      assert.equal(json.total, await value('select count(*) from bookings where brand_id = $1', brand));
      assert.deepEqual(json.bookings.map(({ id }) => id), wanted.map(({ id }) => id));
    },
  };
}

function packageInsert({ creators, packages }) {
  const made = {
    title: 'Instagram reel and two stories', price: 150, duration_days: 7,
    description: `What you get: ${'one reel, two stories, and the numbers a week later. '.repeat(5)}`,
    deliverables: ['One reel', 'Two stories'], category: NEW_CATEGORY,
  };
  const body = JSON.stringify(made);
  return {
    name: 'POST /api/packages',
    statement: 'package_create',
    request() {
      return { method: 'POST', path: '/api/packages', token: tokenOf(upTo(creators), 'creator'), body };
    },
    limits: [{
      ...made, user_id: { any: `random(1, ${creators})` }, price: made.price * 100, currency: null,
      deliverables: JSON.stringify(made.deliverables), revisions: null, instant: null,
    }],
    async check(_, status, json) {
      assert.equal(status, 201);
      assert.equal(await value('select title from packages where id = $1', json.package.id), made.title);
    },
    // What was inserted must not slow the calls that come after.
    async after() {
      await rows('delete from packages where id > $1', packages);
      await rows('vacuum packages');
    },
  };
}

const health = {
  name: 'GET /api/health',
  request: () => get('/api/health'),
  check(_, status, json) {
    assert.equal(status, 200);
    assert.equal(json.status, 'healthy');
  },
};

// nginx's own answer, logged and with all headers, no worker asked.
export const nginxAlone = {
  name: 'nginx’s own 404',
  refused: true,
  request: () => get('/api'),
  check(_, status, json) {
    assert.equal(status, 404);
    assert.equal(json.code, 'not_found');
  },
};

export async function allCalls(size) {
  return [packageById(size), await packageList(), creatorSearch(), ownBookings(size), packageInsert(size), health];
}
