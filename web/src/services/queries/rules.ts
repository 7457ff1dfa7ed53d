import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '@/services/api';
import { STALE } from '@/utils/stale';

// What the marketplace goes by: its fee and its clocks.
export const rulesQuery = () =>
  queryOptions({
    queryKey: ['rules'] as const,
    staleTime: STALE.day,
    queryFn: ({ signal }) => ok(api.GET('/rules', { signal })),
  });
