// How the payment of a booking stands, asked again and again while it may
// still change, in growing gaps; at once when the person comes back to the page
// or the line does.
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { gap, isOpen, phaseOf } from '@/lib/payment';
import { queryClient } from '@/lib/queryClient';
import { bookingKeys, paymentQuery } from '@/services/queries/bookings';

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
  useEffect(() => {
    if (last.current && last.current !== phase && phase && !isOpen(phase))
      for (const queryKey of [bookingKeys.detail(id), bookingKeys.timeline(id), bookingKeys.lists()])
        void queryClient.invalidateQueries({ queryKey });
    last.current = phase;
  }, [phase, id]);

  return { ...query, phase, restart };
}
