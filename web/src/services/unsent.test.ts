import { waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { ApiError } from '@/services/api';
import { keepPicture } from '@/services/attachments';
import type { components } from '@/services/schema';
import { setAccessToken } from '@/services/tokens';
import { allUnsent, forgetUnsent, recallUnsent, sendUnsent, write } from '@/services/unsent';
import { message } from '@/test/data';
import { answer } from '@/test/server';
import { putRow } from '@/utils/database';

vi.mock('@/services/attachments', () => ({ keepPicture: vi.fn() }));

const row = {
  key: '6d0f9f5a-0d5c-4f0e-9f39-2f1c9a9d7a10',
  sender_id: 7,
  receiver_id: 11,
  content: 'Mhoro!',
  booking_id: null,
  picture: null,
  path: null,
  at: 1,
  refused: { code: 'not_found', message: 'This was not found.' },
};

test('what was written comes back to who wrote it, and to nobody who logs in meanwhile', async () => {
  await putRow(7, 'unsent', row);
  const recalled = recallUnsent(7);
  forgetUnsent();
  await recalled;
  expect(allUnsent()).toEqual([]);

  const earlier = recallUnsent(7);
  const later = recallUnsent(8);
  await Promise.all([earlier, later]);
  expect(allUnsent()).toEqual([]);

  await recallUnsent(7);
  expect(allUnsent()).toEqual([row]);
  forgetUnsent();
});

test('a picture that took too long goes again only when asked to', async () => {
  vi.mocked(keepPicture).mockRejectedValue(new ApiError(0, 'timeout'));
  const waiting = { ...row, picture: new Blob(['x'], { type: 'image/webp' }), refused: null };
  await putRow(7, 'unsent', waiting);
  await recallUnsent(7);
  expect(allUnsent()[0]?.refused).toEqual({ code: 'timeout', message: '' });
  expect(keepPicture).toHaveBeenCalledTimes(1);
  forgetUnsent();
});

test('a picture that did not get through is not begun anew by what is written after it', async () => {
  setAccessToken('a.b.c');
  const asked = answer('post', '/messages', ({ body }) => {
    const { client_id, content } = body as components['schemas']['Message'];
    return { message: 'Message sent', data: message({ sender_id: 7, receiver_id: 11, client_id, content }) };
  });
  const contents = () => asked.map(({ body }) => (body as { content: string }).content);
  const keep = vi.mocked(keepPicture).mockReset().mockRejectedValue(new ApiError(0, 'network'));
  const one = { receiver_id: 11, booking_id: null, picture: null };
  write(7, { ...one, content: 'plate', picture: new Blob(['x'], { type: 'image/webp' }) });
  await waitFor(() => expect(keep).toHaveBeenCalledTimes(1));
  write(7, { ...one, content: 'Hello' });
  write(7, { ...one, content: 'Did you see it?' });
  await waitFor(() => expect(allUnsent().map(({ content }) => content)).toEqual(['plate']));
  expect(keep).toHaveBeenCalledTimes(1);

  keep.mockResolvedValue('/api/uploads/9b2f6c1e-5a53-4f0e-9d0c-2f1a6b7c8d9e');
  await sendUnsent();
  await waitFor(() => expect(allUnsent()).toEqual([]));
  expect(contents()).toEqual(['Hello', 'Did you see it?', 'plate']);
  forgetUnsent();
});
