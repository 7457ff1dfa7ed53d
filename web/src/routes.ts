// One table drives code, data, access, and what is rendered before anybody
// asks.  The build also writes nginx's list of addresses from it.
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
  (pick: (of: typeof import('@/prefetch')) => Data): Data =>
  (params, search) => [import('@/prefetch').then((of) => Promise.all(pick(of)(params, search)))];

export const routes: readonly Route[] = [
  {
    path: '/',
    load: () => import('@/pages/Home'),
    data: () => [queryClient.prefetchQuery(featuredQuery()), queryClient.prefetchQuery(facetsQuery({}))],
    prerender: {
      title: 'BantuBuzz: find, book and pay African creators',
      description:
        'Book Zimbabwean creators for your brand and pay with EcoCash, OneMoney, InnBucks or card. The money is held until you approve the work.',
      fetches: ['/api/creators?sort=reviews&per_page=4', '/api/creators/facets'],
    },
  },
  {
    path: '/creators',
    load: () => import('@/pages/Creators'),
    data: (_, search) => [
      queryClient.prefetchInfiniteQuery(
        creatorListQuery(readFilters(search), readSort(search, CREATOR_SORTS)),
      ),
    ],
    prerender: {
      title: 'Creators · BantuBuzz',
      description: 'Find Zimbabwean creators by field, town, platform, price and what brands say of them.',
    },
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
    prerender: {
      title: 'Packages · BantuBuzz',
      description: 'Reels, posts, photos and more at fixed prices, from creators across Zimbabwe.',
    },
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
    data: later((of) => of.review),
    private: true,
  },
  {
    path: '/pricing',
    load: () => import('@/pages/Pricing'),
    data: () => [queryClient.prefetchQuery(rulesQuery())],
    prerender: {
      title: 'Pricing · BantuBuzz',
      description: 'Brands pay the price they see. Creators give one fee, and only when work is paid.',
      fetches: ['/api/rules'],
    },
  },
  {
    path: '/about',
    load: () => import('@/pages/About'),
    prerender: {
      title: 'About BantuBuzz',
      description: 'We make it safe and simple for brands to work with African creators.',
    },
  },
  {
    path: '/contact',
    load: () => import('@/pages/Contact'),
    prerender: { title: 'Contact · BantuBuzz', description: 'How to reach BantuBuzz.' },
  },
  {
    path: '/terms',
    load: () => import('@/pages/Terms'),
    prerender: {
      title: 'Terms · BantuBuzz',
      description: 'What brands, creators and BantuBuzz promise each other.',
    },
  },
  {
    path: '/privacy',
    load: () => import('@/pages/Privacy'),
    prerender: {
      title: 'Privacy · BantuBuzz',
      description: 'What BantuBuzz knows about you, why, and what you can do about it.',
    },
  },
  {
    path: '/login',
    load: () => import('@/pages/Login'),
    prerender: { title: 'Log in · BantuBuzz', description: 'Log in to BantuBuzz.' },
  },
  {
    path: '/register',
    load: () => import('@/pages/Register'),
    prerender: {
      title: 'Join BantuBuzz',
      description: 'Join as a brand to book creators, or as a creator to sell packages. Both are free.',
    },
  },
  {
    path: '/register/creator',
    load: () => import('@/pages/RegisterCreator'),
    prerender: {
      title: 'Join as a creator · BantuBuzz',
      description: 'Sell your packages at fixed prices and be paid to the cent.',
    },
  },
  {
    path: '/register/brand',
    load: () => import('@/pages/RegisterBrand'),
    prerender: {
      title: 'Join as a brand · BantuBuzz',
      description: 'Book creators and pay only for approved work.',
    },
  },
  { path: '/verify', load: () => import('@/pages/VerifyOtp'), private: true },
  { path: '/forgot-password', load: () => import('@/pages/ForgotPassword'), private: true },
  { path: '/reset-password/:token', load: () => import('@/pages/ResetPassword'), private: true },
  {
    path: '/settings',
    load: () => import('@/pages/Settings'),
    roles: EVERYBODY,
    private: true,
    data: later((of) => of.settings),
  },
  {
    path: '/checkout/:id',
    load: () => import('@/pages/Checkout'),
    roles: ['brand'],
    private: true,
    data: later((of) => of.checkout),
  },
  {
    path: '/bookings',
    load: () => import('@/pages/Bookings'),
    roles: ['brand', 'creator'],
    private: true,
    data: later((of) => of.bookings),
  },
  {
    path: '/bookings/:id',
    load: () => import('@/pages/BookingDetails'),
    roles: ['brand', 'creator'],
    private: true,
    data: later((of) => of.bookingDetails),
  },
  {
    path: '/bookings/:id/pay',
    load: () => import('@/pages/Pay'),
    roles: ['brand'],
    private: true,
    data: later((of) => of.pay),
  },
  { path: '/bookings/:id/receipt', load: () => import('@/pages/Receipt'), roles: ['brand'], private: true },
  {
    path: '/creator',
    load: () => import('@/pages/CreatorDashboard'),
    roles: ['creator'],
    private: true,
    data: later((of) => of.creatorDashboard),
  },
  {
    path: '/creator/earnings',
    load: () => import('@/pages/Earnings'),
    roles: ['creator'],
    private: true,
    data: later((of) => of.earnings),
  },
  {
    path: '/creator/campaigns',
    load: () => import('@/pages/SeekCampaigns'),
    roles: ['creator'],
    private: true,
    data: later((of) => of.seekCampaigns),
  },
  {
    path: '/creator/campaigns/:id',
    load: () => import('@/pages/SeekCampaign'),
    roles: ['creator'],
    private: true,
    data: later((of) => of.seekCampaign),
  },
  {
    path: '/creator/profile',
    load: () => import('@/pages/ProfileEditor'),
    roles: ['creator'],
    private: true,
    data: later((of) => of.profileEditor),
  },
  {
    path: '/creator/packages/new',
    load: () => import('@/pages/PackageEditor'),
    roles: ['creator'],
    private: true,
    data: later((of) => of.newPackage),
  },
  {
    path: '/creator/packages/:id',
    load: () => import('@/pages/PackageEditor'),
    roles: ['creator'],
    private: true,
    data: later((of) => of.changedPackage),
  },
  {
    path: '/brand',
    load: () => import('@/pages/BrandDashboard'),
    roles: ['brand'],
    private: true,
    data: later((of) => of.brandDashboard),
  },
  {
    path: '/brand/profile',
    load: () => import('@/pages/BrandProfile'),
    roles: ['brand'],
    private: true,
    data: later((of) => of.brandProfile),
  },
  { path: '/brand/balance', load: () => import('@/pages/Balance'), roles: ['brand'], private: true },
  { path: '/brand/campaigns', load: () => import('@/pages/BrandCampaigns'), roles: ['brand'], private: true },
  {
    path: '/brand/campaigns/new',
    load: () => import('@/pages/CampaignEditor'),
    roles: ['brand'],
    private: true,
  },
  {
    path: '/brand/campaigns/:id',
    load: () => import('@/pages/BrandCampaign'),
    roles: ['brand'],
    private: true,
    data: later((of) => of.brandCampaign),
  },
  {
    path: '/brand/campaigns/:id/edit',
    load: () => import('@/pages/CampaignEditor'),
    roles: ['brand'],
    private: true,
  },
  {
    path: '/messages',
    load: () => import('@/pages/Messages'),
    roles: EVERYBODY,
    data: later((of) => of.conversations),
    screen: 'tabs',
    private: true,
  },
  {
    path: '/messages/:userId',
    load: () => import('@/pages/Messages'),
    roles: EVERYBODY,
    data: later((of) => of.thread),
    screen: 'whole',
    private: true,
  },
  {
    path: '/notifications',
    load: () => import('@/pages/Notifications'),
    roles: EVERYBODY,
    data: later((of) => of.notifications),
    private: true,
  },
];

install(routes);
