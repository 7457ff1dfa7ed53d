import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { server } from '@/test/server';
import { setAccessToken } from './tokens';
import { upload } from './upload';

test('a file that is sent again goes by the same key, another by its own', async () => {
  setAccessToken('a.b.c');
  const keys: (string | null)[] = [];
  server.use(
    http.post('*/api/uploads', ({ request }) => {
      keys.push(request.headers.get('idempotency-key'));
      return keys.length === 1 ? HttpResponse.error() : HttpResponse.json({ path: '/x' }, { status: 201 });
    }),
  );
  const file = new Blob(['one'], { type: 'image/png' });
  await expect(upload('/uploads', file)).rejects.toMatchObject({ status: 0, code: 'network' });
  expect(await upload('/uploads', file)).toEqual({ path: '/x' });
  await upload('/uploads', new Blob(['two'], { type: 'image/png' }));
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(keys[1]).toBe(keys[0]);
  expect(keys[2]).not.toBe(keys[0]);
});
