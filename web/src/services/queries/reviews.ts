import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '@/services/api';
import type { components } from '@/services/schema';

export type Review = components['schemas']['Review'];

export const reviewKeys = {
  all: ['reviews'] as const,
  detail: (id: number) => [...reviewKeys.all, id] as const,
};

export const reviewQuery = (id: number) =>
  queryOptions({
    queryKey: reviewKeys.detail(id),
    queryFn: ({ signal }) => ok(api.GET('/reviews/{id}', { params: { path: { id } }, signal })),
  });
