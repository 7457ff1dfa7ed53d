import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, ok } from '@/services/api';
import type { components } from '@/services/schema';

export type Posting = components['schemas']['Posting'];

const A_PAGE = 20;

export const ledgerKeys = {
  all: ['ledger'] as const,
  balances: () => [...ledgerKeys.all, 'balances'] as const,
  entries: () => [...ledgerKeys.all, 'entries'] as const,
};

export const balancesQuery = () =>
  queryOptions({
    queryKey: ledgerKeys.balances(),
    queryFn: ({ signal }) => ok(api.GET('/balances', { signal })),
  });

export const entriesQuery = () =>
  infiniteQueryOptions({
    queryKey: ledgerKeys.entries(),
    initialPageParam: 1,
    queryFn: ({ pageParam, signal }) =>
      ok(api.GET('/ledger', { params: { query: { page: pageParam, per_page: A_PAGE } }, signal })),
    getNextPageParam: (last) => (last.current_page < last.pages ? last.current_page + 1 : undefined),
  });
