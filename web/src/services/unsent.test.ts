import { expect, test, vi } from 'vitest';
import { ApiError } from '@/services/api';
import { keepPicture } from '@/services/attachments';
import { allUnsent, forgetUnsent, recallUnsent } from '@/services/unsent';
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
