import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, ok } from '@/services/api';
import type { components } from '@/services/schema';
import { STALE } from '@/utils/stale';
import type { CreatorFilters } from './creators';

export type Package = components['schemas']['PackageWithCreator'];
export type RatedPackage = components['schemas']['RatedPackage'];
export const PACKAGE_SORTS = ['relevance', 'newest', 'popular', 'rating', 'price', '-price'] as const;
export type PackageSort = (typeof PACKAGE_SORTS)[number];

const A_PAGE = 12;
const OF_A_CREATOR = 100;

export const packageKeys = {
  all: ['packages'] as const,
  list: (filters: CreatorFilters, sort?: PackageSort) =>
    [...packageKeys.all, 'list', filters, sort ?? ''] as const,
  facets: (filters: CreatorFilters) => [...packageKeys.all, 'facets', filters] as const,
  detail: (id: number) => [...packageKeys.all, 'detail', id] as const,
  ofCreator: (id: number) => [...packageKeys.all, 'creator', id] as const,
};

export const packageListQuery = (filters: CreatorFilters, sort?: PackageSort) =>
  infiniteQueryOptions({
    queryKey: packageKeys.list(filters, sort),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      ok(
        api.GET('/packages', {
          params: {
            query: { ...filters, sort, per_page: A_PAGE, ...(pageParam ? { cursor: pageParam } : {}) },
          },
          signal,
        }),
      ),
    getNextPageParam: (last) => ('next_cursor' in last ? last.next_cursor : null),
  });

export const packageFacetsQuery = (filters: CreatorFilters) =>
  queryOptions({
    queryKey: packageKeys.facets(filters),
    staleTime: STALE.minutes5,
    queryFn: ({ signal }) => ok(api.GET('/packages/facets', { params: { query: filters }, signal })),
  });

export const packageQuery = (id: number) =>
  queryOptions({
    queryKey: packageKeys.detail(id),
    staleTime: STALE.minutes5,
    queryFn: ({ signal }) => ok(api.GET('/packages/{id}', { params: { path: { id } }, signal })),
  });

export const creatorPackagesQuery = (id: number) =>
  queryOptions({
    queryKey: packageKeys.ofCreator(id),
    staleTime: STALE.minutes5,
    queryFn: ({ signal }) =>
      ok(
        api.GET('/packages', {
          params: { query: { creator_id: id, per_page: OF_A_CREATOR, sort: 'price' } },
          signal,
        }),
      ),
  });
