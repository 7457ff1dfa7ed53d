import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '@/services/api';
import { STALE } from '@/utils/stale';

export const categoriesQuery = () =>
  queryOptions({
    queryKey: ['categories'],
    staleTime: STALE.day,
    queryFn: ({ signal }) => ok(api.GET('/categories', { signal })),
  });
