// What comes with the login, in one piece: the line, the counts in the
// navigation, and what the pages of those who are logged in ask for, asked for
// together with their code; a creator's alone in selling.ts.
import { queryClient } from '@/lib/queryClient';
import type { Data } from '@/lib/routes';
import { preferencesQuery, sessionsQuery } from '@/services/queries/account';
import { brandFiguresQuery } from '@/services/queries/analytics';
import { bookingListQuery, bookingQuery, quoteQuery, timelineQuery } from '@/services/queries/bookings';
import { ownBrandQuery } from '@/services/queries/brand';
import { campaignQuery } from '@/services/queries/campaigns';
import { conversationsQuery, threadQuery } from '@/services/queries/messages';
import { notificationsQuery } from '@/services/queries/notifications';
import { packageQuery } from '@/services/queries/packages';
import { reviewQuery } from '@/services/queries/reviews';

export { Unread } from '@/components/Unread';
export { start } from '@/services/live';

export const checkout: Data = (params) => [
  queryClient.prefetchQuery(packageQuery(Number(params.id))),
  queryClient.prefetchQuery(quoteQuery(Number(params.id))),
];

export const bookings: Data = () => [queryClient.prefetchInfiniteQuery(bookingListQuery(''))];

export const bookingDetails: Data = (params) => [
  queryClient.prefetchQuery(bookingQuery(Number(params.id))),
  queryClient.prefetchQuery(timelineQuery(Number(params.id))),
];

export const review: Data = (params) => [queryClient.prefetchQuery(reviewQuery(Number(params.id)))];

export const pay: Data = (params) => [queryClient.prefetchQuery(bookingQuery(Number(params.id)))];

export const brandDashboard: Data = () => [
  queryClient.prefetchQuery(brandFiguresQuery()),
  queryClient.prefetchInfiniteQuery(bookingListQuery('')),
];

export const brandProfile: Data = () => [queryClient.prefetchQuery(ownBrandQuery())];

export const brandCampaign: Data = (params) => [queryClient.prefetchQuery(campaignQuery(Number(params.id)))];

export const conversations: Data = () => [queryClient.prefetchInfiniteQuery(conversationsQuery())];

export const thread: Data = ({ userId }) => [
  queryClient.prefetchInfiniteQuery(conversationsQuery()),
  queryClient.prefetchInfiniteQuery(threadQuery(Number(userId))),
];

export const notifications: Data = () => [queryClient.prefetchInfiniteQuery(notificationsQuery())];

export const settings: Data = () => [
  queryClient.prefetchQuery(preferencesQuery()),
  queryClient.prefetchQuery(sessionsQuery()),
];
