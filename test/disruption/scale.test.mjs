// The number of workers changes under load, and every worker is replaced: no
// request fails.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge, send } from '../integration/support/client.mjs';
import { rows } from '../integration/support/db.mjs';
import { env } from '../integration/support/env.mjs';
import { aPackage, makePackage, theBrand, theCreator, unique } from '../integration/support/people.mjs';
import { until } from '../integration/support/wait.mjs';
import { chance, clients, running, scale, scaled, signal, unlimited } from './support.mjs';

const CLIENTS = 16;
const REQUESTS = 3000;
// A callback for a payment that nobody has made.
const STRANGE = `reference=BB999999999999&paynowreference=1&amount=1.00&status=Paid&pollurl=${encodeURIComponent(env.PAYNOW_URL)}&hash=${'A'.repeat(128)}`;

await unlimited();
await scaled('api', 4);

// A mix of what people do; every answer is held against the contract.
async function mixture(t) {
  const dice = chance(t);
  const [buyer, seller] = [await theBrand(), await theCreator()];
  const bought = await makePackage(seller);
  const read = (target, as) => ({ method: 'GET', target, as, wanted: 200 });
  const kinds = [
    () => read('/api/health'),
    () => read(`/api/packages/${bought.id}`),
    () => read('/api/packages?per_page=5'),
    () => read('/api/creators?per_page=5'),
    () => read('/api/bookings', dice.of([buyer, seller])),
    () => read('/api/auth/me', buyer),
    () => ({ method: 'POST', target: '/api/packages', as: seller, wanted: 201, body: aPackage({ title: unique('Scaled ') }) }),
    () => ({ method: 'POST', target: '/api/packages', as: seller, wanted: 201, body: aPackage({ title: unique('Scaled ') }) }),
    () => ({ method: 'PUT', target: '/api/creators/profile', as: seller, wanted: 200, body: { bio: unique('Bio ') } }),
    () => ({ method: 'POST', target: '/api/auth/refresh', as: { access: buyer.refresh }, wanted: 200 }),
    () => ({ method: 'POST', target: '/api/payment/webhook', wanted: 404, form: STRANGE }),
  ];
  const failed = [];
  const written = [];
  const once = async () => {
    const { method, target, as, wanted, body, form } = dice.of(kinds)();
    const answer = await send(method, env.BASE_URL + target, {
      headers: {
        ...(as ? { authorization: `Bearer ${as.access}` } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      },
      body: body ? JSON.stringify(body) : form,
    }).catch((error) => ({ status: error.code, text: error.message, headers: {} }));
    if (answer.status !== wanted) failed.push(`${method} ${target}: ${answer.status} ${answer.text.slice(0, 200)}`);
    else judge(method, target, answer, { sent: body });
    if (body?.title) written.push(body.title);
  };
  return { once, failed, written };
}

// change() under load, until there were so many requests at least.
async function underLoad(t, change, requests = REQUESTS / 3) {
  const { once, failed, written } = await mixture(t);
  let asked = 0;
  let changing = true;
  const changed = change().finally(() => {
    changing = false;
  });
  await clients(CLIENTS, () => changing || asked < requests, async () => {
    asked += 1;
    await once();
  });
  await changed;
  t.diagnostic(`${asked} requests from ${CLIENTS} clients, ${failed.length} failed`);
  assert.deepEqual(failed.slice(0, 5), []);
  assert.deepEqual(await rows(`select title, count(p.id) from unnest($1::text[]) title left join packages p using (title)
    group by 1 having count(p.id) <> 1`, written), [], 'each write happened once');
}

const workers = (count) => until(`${count} workers`, () => running('api').length === count);

test('deploy/scale goes 4, 8, 2, 4 under load and no request fails', { timeout: 120000 }, async (t) => {
  await underLoad(t, async () => {
    for (const count of [8, 2, 4]) {
      await scale('api', count);
      await workers(count);
    }
  }, REQUESTS);
});

test('every worker of every pool is replaced under load and no request fails', { timeout: 120000 }, async (t) => {
  const pools = ['api', 'auth', 'payments', 'uploads'];
  const before = running(...pools).map(({ pid }) => pid);
  await underLoad(t, async () => {
    for (const pool of pools) await scale(pool, 'roll');
  });
  const now = running(...pools).map(({ pid }) => pid);
  assert.equal(now.length, before.length);
  assert.deepEqual(now.filter((pid) => before.includes(pid)), []);
});

const four = () => {
  const now = running('api').map(({ pid }) => pid);
  return now.length === 4 && now;
};

test('SIGTERM to all workers of a pool at once: the socket stays, and no request fails', { timeout: 120000 }, async (t) => {
  await underLoad(t, async () => {
    for (let i = 0; i < 3; i += 1) {
      // Who is just becoming a worker is not seen for a moment.
      const all = await until('all four', four);
      for (const pid of all) signal(pid, 'SIGTERM');
      await until('others in their place', () => (four() || all).every((pid) => !all.includes(pid)));
    }
  });
});

test('a number that cannot be is refused', async () => {
  for (const [pool, count] of [['api', 0], ['api', 1000], ['api', 'many'], ['apes', 4], ['api', '']]) {
    await assert.rejects(scale(pool, count), /bantubuzz:/, `${pool} ${count}`);
  }
  assert.equal(running('api').length, 4);
});
