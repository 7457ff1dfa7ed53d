// What waits for me, as the navigation tells it.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { conversationsQuery } from '@/services/queries/messages';
import { unreadQuery } from '@/services/queries/notifications';
import { useAuth } from './useAuth';

export function useUnread() {
  const inside = useAuth().state !== 'out';
  const { data: messages = 0 } = useInfiniteQuery({
    ...conversationsQuery(),
    enabled: inside,
    select: ({ pages }) =>
      pages.reduce((sum, page) => page.conversations.reduce((n, one) => n + one.unread_count, sum), 0),
  });
  const { data: notifications = 0 } = useQuery({
    ...unreadQuery(),
    enabled: inside,
    select: ({ count }) => count,
  });
  return inside ? { messages, notifications } : { messages: 0, notifications: 0 };
}
