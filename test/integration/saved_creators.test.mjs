// Creators that a brand keeps.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { del, get, post } from './support/client.mjs';
import { rows, value } from './support/db.mjs';
import { brand, creator, theBrand } from './support/people.mjs';

const save = (who, id, options = {}) => post(`/api/brands/saved-creators/${id}`, undefined, { as: who, ...options });
const saved = async (who) => (await get('/api/brands/saved-creators', { as: who, status: 200 })).json;

test('a brand saves, sees and lets go', async () => {
  const [who, other, one, two] = [await brand(), await theBrand(), await creator(), await creator()];
  assert.deepEqual(await saved(who), { creators: [], total: 0 });
  await save(who, one.profile.id, { status: 201 });
  await save(who, two.profile.id, { status: 201 });
  await save(who, one.profile.id, { status: 200 });
  const seen = await saved(who);
  assert.deepEqual([seen.creators.map(({ id }) => id), seen.total], [[two.profile.id, one.profile.id], 2]);
  assert.deepEqual(seen.creators[1], (await get(`/api/creators/${one.profile.id}`, { status: 200 })).json);
  await del(`/api/brands/saved-creators/${one.profile.id}`, { as: other, status: 404 });
  assert.equal((await saved(who)).total, 2);
  await del(`/api/brands/saved-creators/${one.profile.id}`, { as: who, status: 200 });
  await del(`/api/brands/saved-creators/${one.profile.id}`, { as: who, status: 404 });
  assert.deepEqual((await saved(who)).creators.map(({ id }) => id), [two.profile.id]);
});

test('who is not there cannot be saved, and who left is not shown', async () => {
  const [who, one] = [await brand(), await creator()];
  await save(who, 999999999, { status: 404 });
  await save(who, one.profile.id, { status: 201 });
  await rows('update users set is_active = false where id = $1', one.id);
  assert.deepEqual((await saved(who)).creators, []);
  await save(who, one.profile.id, { status: 404 });
});

test('twenty save one creator at once: one row, and one of them was first', async () => {
  const [who, one] = [await brand(), await creator()];
  const answers = await Promise.all(Array.from({ length: 20 }, () => save(who, one.profile.id)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [...Array(19).fill(200), 201]);
  assert.equal(await value('select count(*) from saved_creators where brand_id = $1', who.profile.id), 1);
});

test('past the most one may save it is 409, also for many at once', async () => {
  const who = await brand();
  const most = await value(`select value from settings where name = 'saved_max'`);
  const room = 3;
  await rows(`with u as (
      insert into users (email, password_hash, user_type)
      select 'saved' || $2::bigint || '-' || n || '@example.com', repeat('x', 40), 'creator' from generate_series(1, $1::int) n returning id),
    c as (insert into creator_profiles (user_id) select id from u returning id)
    insert into saved_creators (brand_id, creator_id) select $2, id from c`, most - room, who.profile.id);
  const many = await Promise.all(Array.from({ length: 8 }, () => creator()));
  const answers = await Promise.all(many.map((one) => save(who, one.profile.id)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [...Array(room).fill(201), ...Array(8 - room).fill(409)]);
  assert.equal(answers.find(({ status }) => status === 409).json.code, 'too_many_saved');
  assert.equal(await value('select count(*) from saved_creators where brand_id = $1', who.profile.id), most);
  const { json } = await get('/api/brands/saved-creators', { as: who, status: 200, arena: 2 ** 23 });
  assert.equal(json.total, most);
});
