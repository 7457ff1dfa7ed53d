// What things may be filed under is what the tables hold.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { get } from './support/client.mjs';
import { rows } from './support/db.mjs';

test('everybody may know the categories, the last being what fits nowhere else', async () => {
  const { json } = await get('/api/categories', { status: 200 });
  const known = await rows('select kind, name from categories');
  assert.deepEqual(Object.keys(json).sort(), ['campaign', 'creator', 'package']);
  for (const [kind, names] of Object.entries(json))
    assert.deepEqual([...names].sort(), known.filter((row) => row.kind === kind).map(({ name }) => name).sort());
  assert.equal(json.package.at(-1), 'Other');
  assert.equal(json.campaign.at(-1), 'Other');
});
