// What waits for me, as the navigation tells it.
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { conversationsQuery } from '@/services/queries/messages';
import { unreadQuery } from '@/services/queries/notifications';
import { useAuth } from './useAuth';
import { useLine } from './useLine';

export function useUnread() {
  const inside = useAuth().state !== 'out';
  // The line that comes has all of it read (services/live.ts): not twice.
  const ask = useLine() !== 'connecting';
  const { data: messages = 0 } = useInfiniteQuery({
    ...conversationsQuery(),
    enabled: inside && ask,
    select: ({ pages }) =>
      pages.reduce((sum, page) => page.conversations.reduce((n, one) => n + one.unread_count, sum), 0),
  });
  const { data: notifications = 0 } = useQuery({
    ...unreadQuery(),
    enabled: inside && ask,
    select: ({ count }) => count,
  });
  return inside ? { messages, notifications } : { messages: 0, notifications: 0 };
}
