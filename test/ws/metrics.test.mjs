// What a relay says of itself, on its own socket and nowhere else.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { env } from '../integration/support/env.mjs';
import { rows } from '../integration/support/db.mjs';
import { creator } from '../integration/support/people.mjs';
import { until } from '../integration/support/wait.mjs';
import { connected } from './people.mjs';
import { ask, metrics, startRelay } from './support.mjs';

test('connections, frames, events, lag and cuts are counted', async (t) => {
  const { where } = await startRelay(t, { RELAY_BACKLOG_MAX: '65536', RELAY_STALL_MS: '100' });
  const one = await creator();
  const page = await connected(one, { where });
  const before = await metrics(where);
  assert.deepEqual([before.known, before.behind, before.cut_total, before.events_out_total], [1, 0, 0, 0]);
  await rows(`insert into events (user_id, type, payload) values ($1, 'notification.read', '{"ids": [1]}')`, one.id);
  await page.until('notification.read');
  const then = await metrics(where);
  assert.equal(then.events_out_total, 1);
  assert.equal(then.frames_in_total, before.frames_in_total);
  assert.ok(then.frames_out_total > before.frames_out_total && then.accepted_total > before.accepted_total);
  assert.ok(then.lag_seconds < 60);
  page.stopReading();
  await rows(`insert into events (user_id, type, payload) select $1, 'notification.read', jsonb_build_object('ids', jsonb_build_array(n), 'x', repeat('x', 5000))
    from generate_series(1, 500) n`, one.id);
  await until('the reader to be cut', async () => (await metrics(where)).cut_total === 1);
  await until('it to be gone', async () => (await metrics(where)).known === 0);
  page.destroy();
});

test('there is nothing else, and nginx leads nobody there', async (t) => {
  const { where } = await startRelay(t);
  for (const path of ['/', '/ws', '/metrics/', '/metrics?x']) assert.equal((await ask(where, path)).status, 426);
  assert.equal((await fetch(`${env.BASE_URL}/metrics`)).status, 404);
});
