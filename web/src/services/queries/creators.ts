import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, ok } from '@/services/api';
import type { components, paths } from '@/services/schema';
import { STALE } from '@/utils/stale';

type Schemas = components['schemas'];
export type Creator = Schemas['ListedCreator'];
export type CreatorDetail = Schemas['CreatorWithUser'];
export type Facets = Schemas['Facets'];
export type CreatorFilters = NonNullable<paths['/creators/facets']['get']['parameters']['query']>;
export const CREATOR_SORTS = [
  'relevance',
  'reviews',
  'popular',
  'rating',
  'price',
  '-price',
  'newest',
] as const;
export type CreatorSort = (typeof CREATOR_SORTS)[number];

const FEATURED = 4;
const A_PAGE = 12;
const REVIEWS = 5;

export const creatorKeys = {
  all: ['creators'] as const,
  featured: () => [...creatorKeys.all, 'featured'] as const,
  facets: (filters: CreatorFilters) => [...creatorKeys.all, 'facets', filters] as const,
  list: (filters: CreatorFilters, sort?: CreatorSort) =>
    [...creatorKeys.all, 'list', filters, sort ?? ''] as const,
  detail: (id: number) => [...creatorKeys.all, 'detail', id] as const,
  reviews: (id: number) => [...creatorKeys.all, 'reviews', id] as const,
  saved: () => [...creatorKeys.all, 'saved'] as const,
};

// Most reviews first: those whom brands come back to.
export const featuredQuery = () =>
  queryOptions({
    queryKey: creatorKeys.featured(),
    staleTime: STALE.minutes5,
    queryFn: ({ signal }) =>
      ok(api.GET('/creators', { params: { query: { sort: 'reviews', per_page: FEATURED } }, signal })),
  });

export const facetsQuery = (filters: CreatorFilters) =>
  queryOptions({
    queryKey: creatorKeys.facets(filters),
    staleTime: STALE.minutes5,
    queryFn: ({ signal }) => ok(api.GET('/creators/facets', { params: { query: filters }, signal })),
  });

// Only the first page counts how many there are.
export const creatorListQuery = (filters: CreatorFilters, sort?: CreatorSort) =>
  infiniteQueryOptions({
    queryKey: creatorKeys.list(filters, sort),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      ok(
        api.GET('/creators', {
          params: {
            query: { ...filters, sort, per_page: A_PAGE, ...(pageParam ? { cursor: pageParam } : {}) },
          },
          signal,
        }),
      ),
    getNextPageParam: (last) => last.next_cursor,
  });

export const creatorQuery = (id: number) =>
  queryOptions({
    queryKey: creatorKeys.detail(id),
    staleTime: STALE.minutes5,
    queryFn: ({ signal }) => ok(api.GET('/creators/{id}', { params: { path: { id } }, signal })),
  });

export const creatorReviewsQuery = (id: number) =>
  infiniteQueryOptions({
    queryKey: creatorKeys.reviews(id),
    initialPageParam: 1,
    queryFn: ({ pageParam, signal }) =>
      ok(
        api.GET('/reviews/creator/{id}', {
          params: { path: { id }, query: { page: pageParam, per_page: REVIEWS } },
          signal,
        }),
      ),
    getNextPageParam: (last) => (last.current_page < last.pages ? last.current_page + 1 : undefined),
  });

export const savedCreatorsQuery = () =>
  queryOptions({
    queryKey: creatorKeys.saved(),
    staleTime: STALE.minutes5,
    queryFn: ({ signal }) => ok(api.GET('/brands/saved-creators', { signal })),
  });
