import { House, LayoutDashboard, MessageCircle, Search, UserRound } from 'lucide-react';
import { NavLink } from 'react-router';
import { usePlaces } from '@/hooks/usePlaces';
import { useUnread } from '@/hooks/useUnread';
import { useT } from '@/i18n';
import ui from '@/i18n/en/ui';
import { match, preload } from '@/lib/routes';
import { classes } from '@/utils/classes';
import { Badge } from './ui/Badge';

// Below, on phones.
export function TabBar() {
  const t = useT('ui', ui);
  const { inside, dashboard } = usePlaces();
  const unread = useUnread();
  const tabs: { to: string; label: string; Icon: typeof House; count?: number }[] = [
    { to: '/', label: t('home'), Icon: House },
    { to: '/creators', label: t('creators'), Icon: Search },
    ...(inside && dashboard
      ? [
          { to: '/messages', label: t('messages'), Icon: MessageCircle, count: unread.messages },
          { to: dashboard, label: t('dashboard'), Icon: LayoutDashboard },
        ]
      : [{ to: '/login', label: t('login'), Icon: UserRound }]),
  ].filter(({ to }) => match(to));

  return (
    <nav
      aria-label={t('tabNavigation')}
      className="sticky bottom-0 z-40 flex border-t-2 border-sunken bg-card pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {tabs.map(({ to, label, Icon, count }) => (
        <NavLink
          key={to}
          to={to}
          end={to === '/'}
          onPointerDown={() => preload(to)}
          onFocus={() => preload(to)}
          className={({ isActive }) =>
            classes(
              'flex min-h-14 flex-1 flex-col items-center justify-center gap-0.5 px-1 text-sm -outline-offset-4',
              isActive ? 'font-bold text-accent' : 'text-muted',
            )
          }
        >
          <span className="relative">
            <Icon aria-hidden size={24} />
            <span className="absolute start-4 -top-1.5">
              <Badge count={count ?? 0} label={t('unreadMessages', { count: count ?? 0 })} />
            </span>
          </span>
          {label}
        </NavLink>
      ))}
    </nav>
  );
}
