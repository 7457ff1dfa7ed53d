// What the marketplace goes by is what its settings say.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { get } from './support/client.mjs';
import { rows } from './support/db.mjs';

test('everybody may know the fee and the clocks', async () => {
  const { json } = await get('/api/rules', { status: 200 });
  const settings = await rows('select name, value from settings');
  const of = Object.fromEntries(settings.map(({ name, value }) => [name, Number(value)]));
  assert.deepEqual(json, {
    fee_percent: of.fee_bp / 100,
    answer_hours: of.request_s / 3600,
    payment_hours: of.payment_s / 3600,
    review_hours: of.silence_s / 3600,
  });
});
