// What is done to bookings.  Nothing here shows before the server has said so.
import { queryClient } from '@/lib/queryClient';
import { type Answer, ApiError, api, ok } from '@/services/api';
import { once } from '@/services/once';
import {
  type Act,
  type Booking,
  type BookingState,
  bookingKeys,
  bookingQuery,
  type Method,
  type Quote,
} from '@/services/queries/bookings';
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

const OVER: readonly BookingState[] = ['completed', 'rejected', 'cancelled', 'expired'];

// What makes a booking.  When it is answered with the booking of an earlier try,
// that may be over by now, and another one is meant; `now` is how it stands else.
export async function bookOnce<T>(
  name: string,
  body: unknown,
  send: (key: string) => Promise<Answer<T>>,
  idOf: (made: T) => number,
): Promise<{ made: T; now: Booking | null }> {
  const booked = await once(name, body, async (key) => {
    const call = send(key);
    const made = await ok(call);
    const again = (await call).response.headers.has('Idempotent-Replayed');
    const now = again ? await queryClient.fetchQuery({ ...bookingQuery(idOf(made)), staleTime: 0 }) : null;
    return { made, now };
  });
  return booked.now && OVER.includes(booked.now.state) ? bookOnce(name, body, send, idOf) : booked;
}

// For what the quote says and nothing else.
export async function book(packageId: number, quote: Quote, notes: string | null, way: Way | null) {
  const { total: amount, currency } = quote;
  const body = { package_id: packageId, amount, currency, notes, ...way };
  const { made, now } = await bookOnce(
    `book-${packageId}`,
    body,
    (key) => api.POST('/bookings', { body, params: { header: { 'Idempotency-Key': key } } }),
    ({ booking }) => booking.id,
  ).catch((thrown) => {
    if (thrown instanceof ApiError && thrown.code === 'price_changed')
      void queryClient.invalidateQueries({ queryKey: bookingKeys.quote(packageId) });
    throw thrown;
  });
  const booking = now ?? made.booking;
  know(booking);
  return { ...made, booking };
}

// `before` is the payment that was there, by its reference: once that has come
// to nothing, the same way is meant anew.
export async function pay(id: number, way: Way, before: string | null) {
  const answer = await once(`pay-${id}`, { way, before }, (key) =>
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

// A booking comes back to a state it was in: its time tells which one is meant.
export async function act(
  { id, updated_at }: Pick<Booking, 'id' | 'updated_at'>,
  what: Act,
  more: { note?: string; creator_share?: string } = {},
) {
  const body = { act: what, ...more };
  const { booking } = await once(`act-${id}`, { body, updated_at }, (key) =>
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
