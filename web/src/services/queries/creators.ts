import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '@/services/api';
import type { components, paths } from '@/services/schema';
import { STALE } from '@/utils/stale';

export type Creator = components['schemas']['ListedCreator'];
export type Facets = components['schemas']['Facets'];
export type CreatorFilters = NonNullable<paths['/creators/facets']['get']['parameters']['query']>;

const FEATURED = 4;

export const creatorKeys = {
  all: ['creators'] as const,
  featured: () => [...creatorKeys.all, 'featured'] as const,
  facets: (filters: CreatorFilters) => [...creatorKeys.all, 'facets', filters] as const,
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
