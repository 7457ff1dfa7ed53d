import { expect, test } from 'vitest';
import { ApiError } from './api';
import { once } from './once';

const body = { package_id: 7 };

async function keysOf(...reasons: (ApiError | null)[]) {
  const keys: string[] = [];
  for (const reason of reasons)
    await once('book', body, (key) => {
      keys.push(key);
      return reason ? Promise.reject(reason) : Promise.resolve('done');
    }).catch(() => {});
  return new Set(keys).size;
}

test.each([
  ['no line', new ApiError(0, 'network', '')],
  ['a server that is down', new ApiError(503, 'unavailable', '')],
  ['a session that is over', new ApiError(401, 'token_expired', '')],
  ['a first try that is under way', new ApiError(409, 'idempotency_in_flight', '')],
])('%s: the next try is the same write', async (_, reason) => {
  expect(await keysOf(reason, null)).toBe(1);
});

test('an answer ends it, whichever it was', async () => {
  expect(await keysOf(null, null)).toBe(2);
  expect(await keysOf(new ApiError(422, 'fields_invalid', ''), null)).toBe(2);
});

test('what has changed is another write', async () => {
  const keys: string[] = [];
  const send = (key: string) => {
    keys.push(key);
    return Promise.reject(new ApiError(0, 'network', ''));
  };
  await once('book', body, send).catch(() => {});
  await once('book', { package_id: 8 }, send).catch(() => {});
  expect(new Set(keys).size).toBe(2);
});
