import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '@/services/api';
import { KEPT, STALE } from '@/utils/stale';

export function makeQueryClient() {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE.minute,
        gcTime: KEPT,
        refetchOnWindowFocus: false,
        networkMode: 'offlineFirst',
        // What was refused once is refused again.
        retry: (count, reason) =>
          count < 2 && !(reason instanceof ApiError && reason.status >= 400 && reason.status < 500),
      },
      mutations: { networkMode: 'offlineFirst', retry: false },
    },
  });
}

export const queryClient = makeQueryClient();
