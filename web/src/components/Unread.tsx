import { useUnread } from '@/hooks/useUnread';
import { useT } from '@/i18n';
import ui from '@/i18n/en/ui';
import { Badge } from './ui/Badge';

const WORDS = { messages: 'unreadMessages', notifications: 'unreadNotifications' } as const;

// How many of them wait; comes with the login.
export function Unread({ of }: { of: keyof typeof WORDS }) {
  const t = useT(ui);
  const count = useUnread()[of];
  return <Badge count={count} label={t(WORDS[of], { count })} />;
}
