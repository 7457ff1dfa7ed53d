import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, ok } from '@/services/api';
import type { components } from '@/services/schema';
import { STALE } from '@/utils/stale';

export type Message = components['schemas']['Message'];
export type Conversation = components['schemas']['Conversation'];
export type Person = components['schemas']['Person'];

const CONVERSATIONS_A_PAGE = 20;
const MESSAGES_A_PAGE = 30;

export const messageKeys = {
  all: ['messages'] as const,
  conversations: () => [...messageKeys.all, 'conversations'] as const,
  threads: () => [...messageKeys.all, 'thread'] as const,
  person: (userId: number) => [...messageKeys.all, 'person', userId] as const,
  thread: (userId: number) => [...messageKeys.threads(), userId] as const,
};

export const conversationsQuery = () =>
  infiniteQueryOptions({
    queryKey: messageKeys.conversations(),
    staleTime: STALE.minutes5,
    initialPageParam: 1,
    queryFn: ({ pageParam, signal }) =>
      ok(
        api.GET('/messages/conversations', {
          params: { query: { page: pageParam, per_page: CONVERSATIONS_A_PAGE } },
          signal,
        }),
      ),
    getNextPageParam: (page) => (page.current_page < page.pages ? page.current_page + 1 : undefined),
  });

// The first page has the newest; each begins with its oldest.
export const threadQuery = (userId: number) =>
  infiniteQueryOptions({
    queryKey: messageKeys.thread(userId),
    staleTime: STALE.minutes5,
    initialPageParam: null as number | null,
    queryFn: async ({ pageParam, signal }) => {
      const { messages, has_more } = await ok(
        api.GET('/messages', {
          params: {
            query: {
              user_id: userId,
              per_page: MESSAGES_A_PAGE,
              ...(pageParam === null ? {} : { before: pageParam }),
            },
          },
          signal,
        }),
      );
      return { messages, has_more };
    },
    getNextPageParam: (page) => (page.has_more ? page.messages[0]?.id : undefined),
  });

export const personQuery = (userId: number) =>
  queryOptions({
    queryKey: messageKeys.person(userId),
    staleTime: STALE.minutes5,
    queryFn: ({ signal }) => ok(api.GET('/users/{id}', { params: { path: { id: userId } }, signal })),
  });
