import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '@/services/api';
import type { components } from '@/services/schema';

type Schemas = components['schemas'];
export type BrandFigures = Schemas['BrandDashboard'];

export const DAYS = 30;

export const analyticsKeys = {
  all: ['analytics'] as const,
  dashboard: () => [...analyticsKeys.all, 'dashboard'] as const,
  spending: () => [...analyticsKeys.all, 'spending'] as const,
  views: () => [...analyticsKeys.all, 'views'] as const,
};

export const brandFiguresQuery = () =>
  queryOptions({
    queryKey: analyticsKeys.dashboard(),
    queryFn: ({ signal }) =>
      ok(
        api.GET('/analytics/dashboard', { params: { query: { days: DAYS } }, signal }),
      ) as Promise<BrandFigures>,
  });

export const spendingQuery = () =>
  queryOptions({
    queryKey: analyticsKeys.spending(),
    queryFn: ({ signal }) =>
      ok(api.GET('/analytics/spending', { params: { query: { days: DAYS } }, signal })),
  });

export const viewsQuery = () =>
  queryOptions({
    queryKey: analyticsKeys.views(),
    queryFn: ({ signal }) => ok(api.GET('/analytics/views', { params: { query: { days: DAYS } }, signal })),
  });
