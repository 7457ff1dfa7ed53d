// What is done once more, and what is done anew: by the key each write goes with.
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test } from 'vitest';
import { queryClient } from '@/lib/queryClient';
import type { PackageForm } from '@/lib/schemas';
import type { BookingState } from '@/services/queries/bookings';
import { bookingKeys } from '@/services/queries/bookings';
import { begin } from '@/services/tokens';
import { pack } from '@/test/data';
import { booking, buyer, deliverable, quote, started, work } from '@/test/money';
import { answer, server } from '@/test/server';
import { act, book, pay } from './bookings';
import { addPackage, createCampaign, deleteCampaign } from './campaigns';
import { createPackage, deletePackage } from './creator';
import { askChange, sendPiece } from './work';

beforeEach(() => begin('a.b.c', buyer.user, buyer.profile));

// Every write is lost on its way back; gives what it went with.
function lost() {
  const keys: (string | null)[] = [];
  server.use(
    http.post('*/api/*', ({ request }) => {
      keys.push(request.headers.get('Idempotency-Key'));
      return HttpResponse.error();
    }),
  );
  return async (...writes: (() => Promise<unknown>)[]) => {
    keys.length = 0;
    for (const write of writes) await write().catch(() => {});
    expect(keys).toHaveLength(writes.length);
    return new Set(keys).size;
  };
}

test('an act in the same state is one; after the other side’s turn it is another', async () => {
  const keysOf = lost();
  const deliver = (over: Parameters<typeof booking>[0]) => () =>
    act(booking({ state: 'revision', ...over }), 'deliver', { note: 'Here' });
  expect(await keysOf(deliver({}), deliver({}))).toBe(1);
  expect(await keysOf(deliver({}), deliver({ updated_at: '2026-03-01T09:00:00Z' }))).toBe(2);
});

test('a payment is one until it has come to nothing', async () => {
  const keysOf = lost();
  const paying = (before: string | null) => () =>
    pay(40, { payment_method: 'ecocash', phone: '0771234567' }, before);
  expect(await keysOf(paying(null), paying(null))).toBe(1);
  expect(await keysOf(paying(null), paying('BB000000000040'))).toBe(2);
});

test('a piece is sent again after a change was asked for', async () => {
  const keysOf = lost();
  const piece = { title: 'Reel 1', url: 'https://example.com/reel-1', description: null };
  const sending = (total_revisions_used: number) => () =>
    sendPiece(work({ total_revisions_used }), piece, false);
  expect(await keysOf(sending(0), sending(0))).toBe(1);
  expect(await keysOf(sending(0), sending(1))).toBe(2);
});

test('the same change is asked of the next version', async () => {
  const keysOf = lost();
  const asking = (submitted_at: string) => () => askChange(40, deliverable({ submitted_at }), 'Brighter');
  expect(await keysOf(asking('2026-03-01T08:00:00Z'), asking('2026-03-01T08:00:00Z'))).toBe(1);
  expect(await keysOf(asking('2026-03-01T08:00:00Z'), asking('2026-03-01T09:00:00Z'))).toBe(2);
});

test('what was deleted can be made once more', async () => {
  const keysOf = lost();
  answer('delete', '/packages/{id}', { message: '' });
  answer('delete', '/campaigns/{id}', { message: '' });
  const { title, description, category } = pack();
  const form = { title, description, category, deliverables: '', currency: 'USD' } as unknown as PackageForm;
  const making = () => createPackage(queryClient, form);
  expect(await keysOf(making, making)).toBe(1);
  const deleted = async () => {
    await deletePackage(queryClient, 5);
    await making();
  };
  expect(await keysOf(making, deleted)).toBe(2);

  const opening = () => createCampaign({ title: 'Rain' } as Parameters<typeof createCampaign>[0], 'draft');
  const closed = async () => {
    await deleteCampaign(9);
    await opening();
  };
  expect(await keysOf(opening, opening)).toBe(1);
  expect(await keysOf(opening, closed)).toBe(2);
});

// The first try was lost on its way back; the server answers its key with what
// it made then.
function booked(state: BookingState) {
  const made = new Map<string, number>();
  const made_for = (request: Request) => {
    const key = request.headers.get('Idempotency-Key') ?? '';
    const again = made.has(key);
    const id = made.get(key) ?? 40 + made.size;
    made.set(key, id);
    return { id, first: id === 40 && !again, headers: again ? { 'Idempotent-Replayed': 'true' } : undefined };
  };
  server.use(
    http.post('*/api/bookings', ({ request }) => {
      const { id, first, headers } = made_for(request);
      if (first) return HttpResponse.error();
      return HttpResponse.json({ message: '', booking: booking({ id }), payment: started() }, { headers });
    }),
    http.post('*/api/campaigns/9/packages', ({ request }) => {
      const { id, first, headers } = made_for(request);
      return first ? HttpResponse.error() : HttpResponse.json({ message: '', booking_id: id }, { headers });
    }),
  );
  answer('get', '/bookings/{id}', booking({ id: 40, state }));
}

test.each([
  ['awaiting_payment', 40],
  ['in_progress', 40],
  ['expired', 41],
  ['completed', 41],
] as const)('a lost booking that is %s by now: one is led to %i', async (state, id) => {
  booked(state);
  const booking = () => book(5, quote(), null, { payment_method: 'ecocash', phone: '0771234567' });
  await expect(booking()).rejects.toMatchObject({ status: 0 });
  const answered = await booking();
  expect(answered.booking).toMatchObject({ id, state: id === 40 ? state : 'awaiting_payment' });
  expect(queryClient.getQueryData(bookingKeys.detail(id))).toEqual(answered.booking);
});

test.each([
  ['requested', 40],
  ['rejected', 41],
] as const)('a lost booking for a campaign that is %s by now: one is led to %i', async (state, id) => {
  booked(state);
  await expect(addPackage(9, 5)).rejects.toMatchObject({ status: 0 });
  expect(await addPackage(9, 5)).toBe(id);
});
