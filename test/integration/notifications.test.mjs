// What people are told in the page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call, get } from './support/client.mjs';
import { rows } from './support/db.mjs';
import { creator } from './support/people.mjs';

const list = async (who, query = '') => (await get(`/api/notifications?${query}`, { as: who, status: 200 })).json;

test('one lists, counts and reads one’s own', async () => {
  const who = await creator();
  const other = await creator();
  const made = await rows(`insert into notifications (user_id, type, title, message, action_url)
    select $1, 'booking', 'Title ' || n, 'Said “it” & <b>more</b>', '/bookings/' || n from generate_series(1, 3) n returning id`, who.id);
  const ids = made.map(({ id }) => id);
  let seen = await list(who);
  assert.deepEqual(seen.notifications.map(({ id }) => id), [...ids].reverse());
  assert.deepEqual([seen.total, seen.unread_count, seen.notifications[0].message], [3, 3, 'Said “it” & <b>more</b>']);
  await call('PUT', `/api/notifications/${ids[0]}/read`, { as: who, status: 200 });
  await call('PUT', `/api/notifications/${ids[0]}/read`, { as: who, status: 200 });
  seen = await list(who, 'unread_only=true');
  assert.deepEqual([seen.notifications.map(({ id }) => id), seen.unread_count], [[ids[2], ids[1]], 2]);
  await call('PUT', `/api/notifications/${ids[1]}/read`, { as: other, status: 404 });
  await call('PUT', '/api/notifications/mark-all-read', { as: other, status: 200 });
  assert.equal((await list(who)).unread_count, 2);
  await call('PUT', '/api/notifications/mark-all-read', { as: who, status: 200 });
  seen = await list(who, 'per_page=2&page=2');
  assert.deepEqual([seen.notifications.map(({ id }) => id), seen.total, seen.pages, seen.unread_count], [[ids[0]], 3, 2, 0]);
  assert.deepEqual((await list(who, 'unread_only=true')).notifications, []);
  assert.equal((await list(other)).total, 0);
});
