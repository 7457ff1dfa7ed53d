import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, ok } from '@/services/api';
import type { components } from '@/services/schema';

type Schemas = components['schemas'];
export type Campaign = Schemas['CampaignWithBrand'];
export type CampaignPackage = Schemas['PackageInCampaign'];
export type CampaignStatus = Schemas['CampaignStatus'];
export type Application = Schemas['CampaignApplication'];

const A_PAGE = 12;

export const campaignKeys = {
  all: ['campaigns'] as const,
  mines: () => [...campaignKeys.all, 'mine'] as const,
  mine: (status: string) => [...campaignKeys.mines(), status] as const,
  detail: (id: number) => [...campaignKeys.all, 'detail', id] as const,
  applications: (id: number) => [...campaignKeys.all, 'applications', id] as const,
};

export const ownCampaignsQuery = (status = '') =>
  infiniteQueryOptions({
    queryKey: campaignKeys.mine(status),
    initialPageParam: 1,
    queryFn: ({ pageParam, signal }) =>
      ok(
        api.GET('/campaigns', {
          params: { query: { page: pageParam, per_page: A_PAGE, ...(status ? { status } : {}) } },
          signal,
        }),
      ),
    getNextPageParam: (last) => (last.current_page < last.pages ? last.current_page + 1 : undefined),
  });

export const campaignQuery = (id: number) =>
  queryOptions({
    queryKey: campaignKeys.detail(id),
    queryFn: ({ signal }) => ok(api.GET('/campaigns/{id}', { params: { path: { id } }, signal })),
  });

export const applicationsQuery = (id: number) =>
  queryOptions({
    queryKey: campaignKeys.applications(id),
    queryFn: ({ signal }) =>
      ok(api.GET('/campaigns/{id}/applications', { params: { path: { id } }, signal })),
  });
