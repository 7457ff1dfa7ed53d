// What a creator sees of himself.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, ok } from '@/services/api';
import type { components } from '@/services/schema';

type Schemas = components['schemas'];
export type OwnProfile = Schemas['CreatorWithUser'];
export type OwnPackage = Schemas['PackageWithCreator'];
export type Application = Schemas['CampaignApplication'];
export type OpenCampaign = Schemas['BrowsedCampaign'];
export type Dashboard = Schemas['CreatorDashboard'];
export type Currency = Schemas['Currency'];

// What the dashboard tells of.
export const DASHBOARD = { days: 30, currency: 'USD' } as const;
const CAMPAIGNS = 12;
const APPLICATIONS = 12;

// Figures and campaigns lie with the others of their kind, so that what moves
// those reaches them too.
export const ownKeys = {
  all: ['own'] as const,
  profile: () => [...ownKeys.all, 'profile'] as const,
  packages: () => [...ownKeys.all, 'packages'] as const,
  item: (id: number) => [...ownKeys.all, 'package', id] as const,
  dashboard: (days: number, currency: Currency) => ['analytics', 'own', 'dashboard', days, currency] as const,
  earnings: (days: number, currency: Currency) => ['analytics', 'own', 'earnings', days, currency] as const,
  seek: ['campaigns', 'own'] as const,
  campaigns: (category: string) => [...ownKeys.seek, 'list', category] as const,
  campaign: (id: number) => [...ownKeys.seek, 'detail', id] as const,
  applications: (status: string) => [...ownKeys.seek, 'applications', status] as const,
  applied: (campaign: number) => [...ownKeys.seek, 'applied', campaign] as const,
};

export const ownProfileQuery = () =>
  queryOptions({
    queryKey: ownKeys.profile(),
    queryFn: ({ signal }) => ok(api.GET('/creators/profile', { signal })),
  });

export const ownPackagesQuery = () =>
  queryOptions({
    queryKey: ownKeys.packages(),
    queryFn: ({ signal }) => ok(api.GET('/packages', { params: { query: { my_packages: true } }, signal })),
  });

export const ownPackageQuery = (id: number) =>
  queryOptions({
    queryKey: ownKeys.item(id),
    queryFn: ({ signal }) => ok(api.GET('/packages/{id}', { params: { path: { id } }, signal })),
  });

export const dashboardQuery = (days: number, currency: Currency) =>
  queryOptions({
    queryKey: ownKeys.dashboard(days, currency),
    queryFn: async ({ signal }) =>
      (await ok(
        api.GET('/analytics/dashboard', { params: { query: { days, currency } }, signal }),
      )) as Dashboard,
  });

export const earningsQuery = (days: number, currency: Currency) =>
  queryOptions({
    queryKey: ownKeys.earnings(days, currency),
    queryFn: ({ signal }) =>
      ok(api.GET('/analytics/earnings', { params: { query: { days, currency } }, signal })),
  });

export const openCampaignsQuery = (category: string) =>
  infiniteQueryOptions({
    queryKey: ownKeys.campaigns(category),
    initialPageParam: 1,
    queryFn: ({ pageParam, signal }) =>
      ok(
        api.GET('/campaigns/browse', {
          params: { query: { page: pageParam, per_page: CAMPAIGNS, ...(category ? { category } : {}) } },
          signal,
        }),
      ),
    getNextPageParam: (last) => (last.current_page < last.pages ? last.current_page + 1 : undefined),
  });

export const openCampaignQuery = (id: number) =>
  queryOptions({
    queryKey: ownKeys.campaign(id),
    queryFn: ({ signal }) => ok(api.GET('/campaigns/{id}', { params: { path: { id } }, signal })),
  });

export const applicationsQuery = (status: string) =>
  infiniteQueryOptions({
    queryKey: ownKeys.applications(status),
    initialPageParam: 1,
    queryFn: ({ pageParam, signal }) =>
      ok(
        api.GET('/campaigns/applications', {
          params: { query: { page: pageParam, per_page: APPLICATIONS, ...(status ? { status } : {}) } },
          signal,
        }),
      ),
    getNextPageParam: (last) => (last.current_page < last.pages ? last.current_page + 1 : undefined),
  });

// What one applied with to that campaign; there is one at most.
export const appliedQuery = (campaign: number) =>
  queryOptions({
    queryKey: ownKeys.applied(campaign),
    queryFn: ({ signal }) =>
      ok(api.GET('/campaigns/applications', { params: { query: { campaign_id: campaign } }, signal })),
  });
