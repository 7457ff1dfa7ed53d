// How a payment stands, asked again and again while it may still change, in
// growing gaps; at once when the person comes back to the page or the line does.
import { type Query, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { gap, isOpen, type Phase, phaseOf, returnedPhase } from '@/lib/payment';
import { queryClient } from '@/lib/queryClient';
import {
  bookingKeys,
  bookingQuery,
  type Payment,
  paymentQuery,
  type Returned,
  returnedQuery,
} from '@/services/queries/bookings';

type Asked<T> = Pick<Query<T>['state'], 'data' | 'error' | 'dataUpdateCount' | 'errorUpdateCount'>;

function useGaps<T>(read: (data: T) => Phase) {
  const before = useRef(0);
  const count = useRef(0);
  // Once more from the first gap, after another payment was started.
  const restart = useCallback(() => {
    before.current = count.current;
  }, []);
  const when = {
    refetchOnWindowFocus: 'always',
    refetchOnReconnect: 'always',
    refetchInterval: ({ state }: { state: Asked<T> }) => {
      count.current = state.dataUpdateCount + state.errorUpdateCount;
      const waits = state.data ? isOpen(read(state.data)) : state.error !== null;
      return waits && gap(count.current - before.current);
    },
  } as const;
  return { when, restart };
}

// What the payment has moved is not what the pages know.
function useMoved(phase: Phase | null, id: number | undefined) {
  const last = useRef(phase);
  useEffect(() => {
    if (id && last.current && last.current !== phase && phase && !isOpen(phase)) {
      for (const queryKey of [bookingKeys.timeline(id), bookingKeys.lists()])
        void queryClient.invalidateQueries({ queryKey });
      // An event may have had the booking asked for already.
      if (queryClient.getQueryState(bookingKeys.detail(id)))
        queryClient.fetchQuery(bookingQuery(id)).then(
          (booking) => {
            if (booking.payment_status !== phase)
              void queryClient.invalidateQueries({ queryKey: bookingKeys.detail(id) });
          },
          () => queryClient.invalidateQueries({ queryKey: bookingKeys.detail(id) }),
        );
    }
    last.current = phase;
  }, [phase, id]);
}

const now = (payment: Payment) => phaseOf(payment, Date.now());

// Of one's own booking.
export function usePayment(id: number) {
  const { when, restart } = useGaps(now);
  const query = useQuery({ ...paymentQuery(id), staleTime: 0, ...when });
  // How money stood a minute ago says nothing of now.
  const data = query.isFetchedAfterMount ? query.data : undefined;
  const phase = data ? now(data) : null;
  useMoved(phase, id);
  return { ...query, data, phase, restart };
}

// Of who comes back from the gateway's page.
export function useReturned(token: string) {
  const { when } = useGaps<Returned>(returnedPhase);
  const query = useQuery({ ...returnedQuery(token), ...when });
  const phase = query.data ? returnedPhase(query.data) : null;
  useMoved(phase, query.data?.booking_id);
  return { ...query, phase };
}
