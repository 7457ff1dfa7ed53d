// One table drives code, data and access; the build writes nginx's list of
// addresses from it, and renders those of src/public.ts.
import { readFilters, readSort } from '@/lib/filters';
import { queryClient } from '@/lib/queryClient';
import { type Data, install, type Route } from '@/lib/routes';
import {
  CREATOR_SORTS,
  creatorListQuery,
  creatorQuery,
  creatorReviewsQuery,
  facetsQuery,
  featuredQuery,
} from '@/services/queries/creators';
import {
  creatorPackagesQuery,
  PACKAGE_SORTS,
  packageListQuery,
  packageQuery,
} from '@/services/queries/packages';
import { rulesQuery } from '@/services/queries/rules';

const id = (params: Record<string, string>) => Number(params.id) || 0;
const EVERYBODY = ['brand', 'creator', 'admin'] as const;

// What only those who are logged in ask for comes with their pages.
const later =
  <M>(come: () => Promise<M>) =>
  (pick: (of: M) => Data): Data =>
  (params, search) => [come().then((of) => Promise.all(pick(of)(params, search)))];
const inside = later(() => import('@/inside'));
const selling = later(() => import('@/selling'));

export const routes: readonly Route[] = [
  {
    path: '/',
    load: () => import('@/pages/Home'),
    data: () => [queryClient.prefetchQuery(featuredQuery()), queryClient.prefetchQuery(facetsQuery({}))],
  },
  {
    path: '/creators',
    load: () => import('@/pages/Creators'),
    data: (_, search) => [
      queryClient.prefetchInfiniteQuery(
        creatorListQuery(readFilters(search), readSort(search, CREATOR_SORTS)),
      ),
    ],
  },
  {
    path: '/creators/:id',
    load: () => import('@/pages/CreatorProfile'),
    data: (params) => [
      queryClient.prefetchQuery(creatorQuery(id(params))),
      queryClient.prefetchQuery(creatorPackagesQuery(id(params))),
      queryClient.prefetchInfiniteQuery(creatorReviewsQuery(id(params))),
    ],
    first: (params, creator) => queryClient.setQueryData(creatorQuery(id(params)).queryKey, creator),
  },
  {
    path: '/packages',
    load: () => import('@/pages/Packages'),
    data: (_, search) => [
      queryClient.prefetchInfiniteQuery(
        packageListQuery(readFilters(search), readSort(search, PACKAGE_SORTS)),
      ),
    ],
  },
  {
    path: '/packages/:id',
    load: () => import('@/pages/PackageDetails'),
    data: (params) => [queryClient.prefetchQuery(packageQuery(id(params)))],
    first: (params, item) => queryClient.setQueryData(packageQuery(id(params)).queryKey, item),
  },
  {
    path: '/reviews/:id',
    load: () => import('@/pages/Review'),
    data: inside((of) => of.review),
  },
  {
    path: '/pricing',
    load: () => import('@/pages/Pricing'),
    data: () => [queryClient.prefetchQuery(rulesQuery())],
  },
  {
    path: '/about',
    load: () => import('@/pages/About'),
  },
  {
    path: '/contact',
    load: () => import('@/pages/Contact'),
  },
  {
    path: '/terms',
    load: () => import('@/pages/Terms'),
  },
  {
    path: '/privacy',
    load: () => import('@/pages/Privacy'),
  },
  {
    path: '/login',
    load: () => import('@/pages/Login'),
  },
  {
    path: '/register',
    load: () => import('@/pages/Register'),
  },
  {
    path: '/register/creator',
    load: () => import('@/pages/RegisterCreator'),
  },
  {
    path: '/register/brand',
    load: () => import('@/pages/RegisterBrand'),
  },
  { path: '/verify', load: () => import('@/pages/VerifyOtp') },
  { path: '/forgot-password', load: () => import('@/pages/ForgotPassword') },
  { path: '/reset-password/:token', load: () => import('@/pages/ResetPassword') },
  {
    path: '/settings',
    load: () => import('@/pages/Settings'),
    roles: EVERYBODY,
    data: inside((of) => of.settings),
  },
  {
    path: '/checkout/:id',
    load: () => import('@/pages/Checkout'),
    roles: ['brand'],
    data: inside((of) => of.checkout),
  },
  {
    path: '/bookings',
    load: () => import('@/pages/Bookings'),
    roles: ['brand', 'creator'],
    data: inside((of) => of.bookings),
  },
  {
    path: '/bookings/:id',
    load: () => import('@/pages/BookingDetails'),
    roles: ['brand', 'creator'],
    data: inside((of) => of.bookingDetails),
  },
  {
    path: '/bookings/:id/pay',
    load: () => import('@/pages/Pay'),
    roles: ['brand'],
    data: inside((of) => of.pay),
  },
  { path: '/payment/return/:token', load: () => import('@/pages/PaymentReturn') },
  { path: '/bookings/:id/receipt', load: () => import('@/pages/Receipt'), roles: ['brand'] },
  {
    path: '/creator',
    load: () => import('@/pages/CreatorDashboard'),
    roles: ['creator'],
    data: selling((of) => of.creatorDashboard),
  },
  {
    path: '/creator/earnings',
    load: () => import('@/pages/Earnings'),
    roles: ['creator'],
    data: selling((of) => of.earnings),
  },
  {
    path: '/creator/campaigns',
    load: () => import('@/pages/SeekCampaigns'),
    roles: ['creator'],
    data: selling((of) => of.seekCampaigns),
  },
  {
    path: '/creator/campaigns/:id',
    load: () => import('@/pages/SeekCampaign'),
    roles: ['creator'],
    data: selling((of) => of.seekCampaign),
  },
  {
    path: '/creator/profile',
    load: () => import('@/pages/ProfileEditor'),
    roles: ['creator'],
    data: selling((of) => of.profileEditor),
  },
  {
    path: '/creator/packages/new',
    load: () => import('@/pages/PackageEditor'),
    roles: ['creator'],
    data: selling((of) => of.newPackage),
  },
  {
    path: '/creator/packages/:id',
    load: () => import('@/pages/PackageEditor'),
    roles: ['creator'],
    data: selling((of) => of.changedPackage),
  },
  {
    path: '/brand',
    load: () => import('@/pages/BrandDashboard'),
    roles: ['brand'],
    data: inside((of) => of.brandDashboard),
  },
  {
    path: '/brand/profile',
    load: () => import('@/pages/BrandProfile'),
    roles: ['brand'],
    data: inside((of) => of.brandProfile),
  },
  { path: '/brand/balance', load: () => import('@/pages/Balance'), roles: ['brand'] },
  { path: '/brand/campaigns', load: () => import('@/pages/BrandCampaigns'), roles: ['brand'] },
  {
    path: '/brand/campaigns/new',
    load: () => import('@/pages/CampaignEditor'),
    roles: ['brand'],
  },
  {
    path: '/brand/campaigns/:id',
    load: () => import('@/pages/BrandCampaign'),
    roles: ['brand'],
    data: inside((of) => of.brandCampaign),
  },
  {
    path: '/brand/campaigns/:id/edit',
    load: () => import('@/pages/CampaignEditor'),
    roles: ['brand'],
  },
  {
    path: '/messages',
    load: () => import('@/pages/Messages'),
    roles: EVERYBODY,
    data: inside((of) => of.conversations),
    screen: 'tabs',
  },
  {
    path: '/messages/:userId',
    load: () => import('@/pages/Messages'),
    roles: EVERYBODY,
    data: inside((of) => of.thread),
    screen: 'whole',
  },
  {
    path: '/notifications',
    load: () => import('@/pages/Notifications'),
    roles: EVERYBODY,
    data: inside((of) => of.notifications),
  },
];

install(routes);
