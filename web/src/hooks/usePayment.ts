// How the payment of a booking stands, asked again and again while it may
// still change, in growing gaps; at once when the person comes back to the page
// or the line does.
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { gap, isOpen, phaseOf } from '@/lib/payment';
import { queryClient } from '@/lib/queryClient';
import { bookingKeys, bookingQuery, paymentQuery } from '@/services/queries/bookings';

export function usePayment(id: number) {
  const before = useRef(0);
  const count = useRef(0);
  const query = useQuery({
    ...paymentQuery(id),
    refetchOnWindowFocus: 'always',
    refetchOnReconnect: 'always',
    refetchInterval: ({ state }) => {
      count.current = state.dataUpdateCount + state.errorUpdateCount;
      const waits = state.data ? isOpen(phaseOf(state.data, Date.now())) : state.error !== null;
      return waits && gap(count.current - before.current);
    },
  });
  const phase = query.data ? phaseOf(query.data, Date.now()) : null;

  // Once more from the first gap, after another payment was started.
  const restart = useCallback(() => {
    before.current = count.current;
  }, []);

  // What the payment has moved is not what the page knows.
  const last = useRef(phase);
  const status = query.data?.success ? query.data.status : null;
  useEffect(() => {
    if (last.current && last.current !== phase && phase && !isOpen(phase)) {
      for (const queryKey of [bookingKeys.timeline(id), bookingKeys.lists()])
        void queryClient.invalidateQueries({ queryKey });
      // An event may have had the booking asked for already.
      queryClient.fetchQuery(bookingQuery(id)).then(
        (booking) => {
          if (booking.payment_status !== status)
            void queryClient.invalidateQueries({ queryKey: bookingKeys.detail(id) });
        },
        () => queryClient.invalidateQueries({ queryKey: bookingKeys.detail(id) }),
      );
    }
    last.current = phase;
  }, [phase, id, status]);

  return { ...query, phase, restart };
}
