// What the pages of creators ask for, asked for together with their code; a
// brand never loads it.
import { queryClient } from '@/lib/queryClient';
import type { Data } from '@/lib/routes';
import { bookingListQuery } from '@/services/queries/bookings';
import { categoriesQuery } from '@/services/queries/categories';
import {
  applicationsQuery,
  appliedQuery,
  DASHBOARD,
  dashboardQuery,
  openCampaignQuery,
  openCampaignsQuery,
  ownPackageQuery,
  ownPackagesQuery,
  ownProfileQuery,
} from '@/services/queries/creator';
import { balancesQuery, entriesQuery } from '@/services/queries/ledger';

export const creatorDashboard: Data = () => [
  queryClient.prefetchQuery(dashboardQuery(DASHBOARD.days, DASHBOARD.currency)),
  queryClient.prefetchInfiniteQuery(bookingListQuery('')),
  queryClient.prefetchQuery(ownPackagesQuery()),
];

export const earnings: Data = () => [
  queryClient.prefetchQuery(balancesQuery()),
  queryClient.prefetchInfiniteQuery(entriesQuery()),
];

export const seekCampaigns: Data = (_, search) =>
  search.get('show') === 'mine'
    ? [queryClient.prefetchInfiniteQuery(applicationsQuery(search.get('status') ?? ''))]
    : [queryClient.prefetchInfiniteQuery(openCampaignsQuery(search.get('category') ?? ''))];

export const seekCampaign: Data = ({ id }) => [
  queryClient.prefetchQuery(openCampaignQuery(Number(id))),
  queryClient.prefetchQuery(appliedQuery(Number(id))),
];

export const profileEditor: Data = () => [
  queryClient.prefetchQuery(ownProfileQuery()),
  queryClient.prefetchQuery(categoriesQuery()),
];

export const newPackage: Data = () => [queryClient.prefetchQuery(categoriesQuery())];

export const changedPackage: Data = ({ id }) => [
  queryClient.prefetchQuery(categoriesQuery()),
  queryClient.prefetchQuery(ownPackageQuery(Number(id))),
];
