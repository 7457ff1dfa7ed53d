// Waiting for a condition, never for a while.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

// Asks until the answer is truthy, and gives it; fails at the deadline with
// what was waited for and the last answer.
export async function until(what, condition, { ms = 60000, every = 40 } = {}) {
  const deadline = performance.now() + ms;
  let last;
  for (;;) {
    try {
      last = await condition();
    } catch (error) {
      last = error;
    }
    if (last && !(last instanceof Error)) return last;
    if (performance.now() > deadline) {
      assert.fail(`waited ${ms} ms for ${what}; last: ${last?.stack ?? JSON.stringify(last)}`);
    }
    await pause(every);
  }
}
