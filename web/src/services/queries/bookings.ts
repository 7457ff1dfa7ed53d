import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, ok } from '@/services/api';
import type { components, paths } from '@/services/schema';
import { STALE } from '@/utils/stale';

type Schemas = components['schemas'];
export type Booking = Schemas['Booking'];
export type BookingState = Schemas['BookingState'];
export type Act = Schemas['Act'];
export type Timeline = Schemas['BookingTimeline'];
export type Work = Schemas['Collaboration'];
export type Deliverable = Schemas['Deliverable'];
export type Method = Schemas['PaymentMethod'];
export type Payment = Schemas['PaymentStatus'] | Schemas['PaymentFailed'];
export type Returned = Schemas['PaymentReturn'];
export type Quote = paths['/packages/{id}/quote']['get']['responses'][200]['content']['application/json'];

const A_PAGE = 12;

export const bookingKeys = {
  all: ['bookings'] as const,
  lists: () => [...bookingKeys.all, 'list'] as const,
  list: (status: string) => [...bookingKeys.lists(), status] as const,
  detail: (id: number) => [...bookingKeys.all, 'detail', id] as const,
  timeline: (id: number) => [...bookingKeys.all, 'timeline', id] as const,
  work: (id: number) => [...bookingKeys.all, 'work', id] as const,
  payment: (id: number) => [...bookingKeys.all, 'payment', id] as const,
  returned: (token: string) => [...bookingKeys.all, 'returned', token] as const,
  // No booking changes it.
  quote: (packageId: number) => ['quotes', packageId] as const,
};

// A status, a state, or '' for all.
export const bookingListQuery = (status: string) =>
  infiniteQueryOptions({
    queryKey: bookingKeys.list(status),
    initialPageParam: 1,
    queryFn: ({ pageParam, signal }) =>
      ok(
        api.GET('/bookings', {
          params: { query: { page: pageParam, per_page: A_PAGE, ...(status ? { status } : {}) } },
          signal,
        }),
      ),
    getNextPageParam: (last) => (last.current_page < last.pages ? last.current_page + 1 : undefined),
  });

export const bookingQuery = (id: number) =>
  queryOptions({
    queryKey: bookingKeys.detail(id),
    queryFn: ({ signal }) => ok(api.GET('/bookings/{id}', { params: { path: { id } }, signal })),
  });

export const timelineQuery = (id: number) =>
  queryOptions({
    queryKey: bookingKeys.timeline(id),
    queryFn: ({ signal }) => ok(api.GET('/bookings/{id}/timeline', { params: { path: { id } }, signal })),
  });

// The work on a paid booking; there is none before.
export const workQuery = (id: number) =>
  queryOptions({
    queryKey: bookingKeys.work(id),
    queryFn: ({ signal }) => ok(api.GET('/collaborations/{id}', { params: { path: { id } }, signal })),
  });

// Never shown from memory where it may still change: usePayment asks anew.
export const paymentQuery = (id: number) =>
  queryOptions({
    queryKey: bookingKeys.payment(id),
    staleTime: STALE.minute,
    gcTime: STALE.minute,
    queryFn: ({ signal }) =>
      ok(api.GET('/bookings/{id}/payment-status', { params: { path: { id } }, signal })),
  });

export const returnedQuery = (token: string) =>
  queryOptions({
    queryKey: bookingKeys.returned(token),
    staleTime: 0,
    gcTime: 0,
    queryFn: ({ signal }) => ok(api.GET('/payment/return/{token}', { params: { path: { token } }, signal })),
  });

// What booking a package costs, before anything is charged.
export const quoteQuery = (packageId: number) =>
  queryOptions({
    queryKey: bookingKeys.quote(packageId),
    queryFn: ({ signal }) =>
      ok(api.GET('/packages/{id}/quote', { params: { path: { id: packageId } }, signal })),
  });
