// What is done to bookings.  Nothing here shows before the server has said so.
import { queryClient } from '@/lib/queryClient';
import { ApiError, api, ok } from '@/services/api';
import { once } from '@/services/once';
import { type Act, type Booking, bookingKeys, type Method, type Quote } from '@/services/queries/bookings';
import { ledgerKeys } from '@/services/queries/ledger';

export interface Way {
  payment_method: Method;
  phone: string | null;
}

// Keeps what the server said of a booking; all that hangs on it is asked anew.
export function know(booking: Booking) {
  queryClient.setQueryData(bookingKeys.detail(booking.id), booking);
  for (const queryKey of [
    bookingKeys.lists(),
    bookingKeys.timeline(booking.id),
    bookingKeys.work(booking.id),
    bookingKeys.payment(booking.id),
    ledgerKeys.all,
  ])
    void queryClient.invalidateQueries({ queryKey });
}

// For what the quote says and nothing else.
export async function book(packageId: number, quote: Quote, notes: string | null, way: Way | null) {
  const { total: amount, currency } = quote;
  const body = { package_id: packageId, amount, currency, notes, ...way };
  const answer = await once(`book-${packageId}`, body, (key) =>
    ok(api.POST('/bookings', { body, params: { header: { 'Idempotency-Key': key } } })),
  ).catch((thrown) => {
    if (thrown instanceof ApiError && thrown.code === 'price_changed')
      void queryClient.invalidateQueries({ queryKey: bookingKeys.quote(packageId) });
    throw thrown;
  });
  know(answer.booking);
  return answer;
}

export async function pay(id: number, way: Way) {
  const answer = await once(`pay-${id}`, way, (key) =>
    ok(
      api.POST('/bookings/{id}/payments', {
        body: way,
        params: { path: { id }, header: { 'Idempotency-Key': key } },
      }),
    ),
  );
  know(answer.booking);
  return answer;
}

export async function act(id: number, what: Act, more: { note?: string; creator_share?: string } = {}) {
  const body = { act: what, ...more };
  const { booking } = await once(`act-${id}`, body, (key) =>
    ok(
      api.POST('/bookings/{id}/acts', {
        body,
        params: { path: { id }, header: { 'Idempotency-Key': key } },
      }),
    ),
  );
  know(booking);
  return booking;
}
