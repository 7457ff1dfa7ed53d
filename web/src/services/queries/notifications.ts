import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, ok } from '@/services/api';
import type { components } from '@/services/schema';
import { STALE } from '@/utils/stale';

export type Notification = components['schemas']['Notification'];

export const notificationKeys = {
  all: ['notifications'] as const,
  list: () => [...notificationKeys.all, 'list'] as const,
  count: () => [...notificationKeys.all, 'count'] as const,
};

// How many are unread, and the newest that is counted in.
export const unreadQuery = () =>
  queryOptions({
    queryKey: notificationKeys.count(),
    staleTime: STALE.minutes5,
    queryFn: async ({ signal }) => {
      const { notifications, unread_count } = await ok(
        api.GET('/notifications', { params: { query: { unread_only: true, per_page: 1 } }, signal }),
      );
      return { count: unread_count, newest: notifications[0]?.id ?? 0 };
    },
  });

export const notificationsQuery = () =>
  infiniteQueryOptions({
    queryKey: notificationKeys.list(),
    initialPageParam: null as number | null,
    queryFn: async ({ pageParam, signal }) => {
      const { notifications, has_more } = await ok(
        api.GET('/notifications', {
          params: { query: pageParam === null ? {} : { before: pageParam } },
          signal,
        }),
      );
      return { notifications, has_more };
    },
    getNextPageParam: (page) => (page.has_more ? page.notifications.at(-1)?.id : undefined),
  });
