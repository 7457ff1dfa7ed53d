import {
  CalendarCheck,
  House,
  LayoutDashboard,
  Megaphone,
  MessageCircle,
  Search,
  UserRound,
} from 'lucide-react';
import { lazy, Suspense } from 'react';
import { usePlaces } from '@/hooks/usePlaces';
import { useT } from '@/i18n';
import ui from '@/i18n/en/ui';
import { come } from '@/lib/code';
import { classes } from '@/utils/classes';
import { NavLink } from './ui/Link';

const Unread = lazy(() => come(() => import('@/inside').then(({ Unread }) => ({ default: Unread }))));

const ICONS: Record<string, typeof House> = {
  '/': House,
  '/creators': Search,
  '/bookings': CalendarCheck,
  '/messages': MessageCircle,
  '/creator/campaigns': Megaphone,
  '/login': UserRound,
};

function Icon({ to }: { to: string }) {
  const Shown = ICONS[to] ?? LayoutDashboard;
  return <Shown aria-hidden size={24} />;
}

// Below, on phones: it lies over what scrolls, and the page ends above it.
export function TabBar() {
  const t = useT(ui);
  const { tabs } = usePlaces();

  return (
    <nav
      aria-label={t('tabNavigation')}
      className="h-[calc(3.5rem+2px+env(safe-area-inset-bottom))] shrink-0 md:hidden"
    >
      <div className="fixed inset-x-0 bottom-0 z-40 flex border-t-2 border-sunken bg-card pb-[env(safe-area-inset-bottom)]">
        {tabs.map(({ to, label }) => (
          <NavLink
            key={to}
            to={to}
            end={to === '/' || to === '/creator'}
            className={(here) =>
              classes(
                'flex min-h-14 min-w-0 flex-auto flex-col items-center justify-center gap-0.5 px-0.5 text-xs -outline-offset-4',
                here ? 'font-bold text-accent' : 'text-muted',
              )
            }
          >
            <span className="relative">
              <Icon to={to} />
              {to === '/messages' && (
                <span className="absolute start-4 -top-1.5">
                  <Suspense>
                    <Unread of="messages" />
                  </Suspense>
                </span>
              )}
            </span>
            {/* Letters of twice the size leave room for the pictures alone. */}
            <span className="max-w-full truncate max-[18rem]:sr-only">{label}</span>
          </NavLink>
        ))}
      </div>
    </nav>
  );
}
