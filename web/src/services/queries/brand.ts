// What a brand sees of itself.
import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '@/services/api';
import type { components } from '@/services/schema';

export type OwnBrand = components['schemas']['BrandWithUser'];

export const brandKeys = {
  all: ['brand'] as const,
  profile: () => [...brandKeys.all, 'profile'] as const,
};

export const ownBrandQuery = () =>
  queryOptions({
    queryKey: brandKeys.profile(),
    queryFn: ({ signal }) => ok(api.GET('/brands/profile', { signal })),
  });
