// What `make load` does, in small and without times.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeUsers } from '../load/crowd.mjs';
import { measure } from '../load/measure.mjs';

for (const kind of ['ours', 'node']) {
  test(`events reach one of many, each once: ${kind}`, async () => {
    const got = await measure(kind, await makeUsers(60), { rate: 100, seconds: 1 });
    assert.deepEqual([got.sockets, got.events], [60, 100]);
  });
}
