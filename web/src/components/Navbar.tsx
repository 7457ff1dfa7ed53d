import { Bell, LogOut, Settings } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { logOut, useAuth } from '@/hooks/useAuth';
import { usePlaces } from '@/hooks/usePlaces';
import { useT } from '@/i18n';
import ui from '@/i18n/en/ui';
import { come } from '@/lib/code';
import { navigate } from '@/lib/router';
import { accountPicture } from '@/services/tokens';
import { classes } from '@/utils/classes';
import { Logo } from './Logo';
import { Avatar } from './ui/Avatar';
import { ButtonLink } from './ui/Button';
import { Link, NavLink } from './ui/Link';
import { Menu, menuItem } from './ui/Menu';

const Unread = lazy(() => come(() => import('@/inside').then(({ Unread }) => ({ default: Unread }))));

export function Navbar() {
  const t = useT(ui);
  const { inside, top, menu } = usePlaces();
  const auth = useAuth();

  async function leave() {
    await logOut().catch(() => {});
    navigate('/');
  }

  return (
    <header className="no-print sticky top-0 z-40 bg-sand">
      <div className="wrap flex min-h-16 items-center gap-2">
        <Logo />
        <nav aria-label={t('mainNavigation')} className="ms-auto hidden gap-1 md:flex">
          {top.map(({ to, label }) => (
            <NavLink
              key={to}
              to={to}
              className={(here) =>
                classes(
                  'flex min-h-11 items-center gap-2 rounded-full px-4 font-bold hover:bg-sunken',
                  here && 'text-accent underline decoration-2 underline-offset-8',
                )
              }
            >
              {label}
              {to === '/messages' && (
                <Suspense>
                  <Unread of="messages" />
                </Suspense>
              )}
            </NavLink>
          ))}
        </nav>
        <div className="ms-auto flex items-center gap-1 md:ms-2">
          {inside && (
            <Link
              to="/notifications"
              className="relative grid size-11 place-items-center rounded-full hover:bg-sunken"
            >
              <Bell aria-hidden />
              <span className="sr-only">{t('notifications')}</span>
              <span className="absolute -end-1 top-0.5">
                <Suspense>
                  <Unread of="notifications" />
                </Suspense>
              </span>
            </Link>
          )}
          {inside ? (
            <Menu
              label={t('account')}
              button={<Avatar name={auth.name} src={accountPicture(auth)} size="sm" />}
            >
              <p className="px-4 py-2 font-bold">{auth.name}</p>
              {menu.map(({ to, label }) => (
                <Link key={to} to={to} className={menuItem}>
                  {label}
                </Link>
              ))}
              <Link to="/settings" className={menuItem}>
                <Settings aria-hidden size={20} />
                {t('settings')}
              </Link>
              <button type="button" onClick={() => void leave()} className={menuItem}>
                <LogOut aria-hidden size={20} />
                {t('logout')}
              </button>
            </Menu>
          ) : (
            <>
              <Link
                to="/login"
                className="flex min-h-11 items-center rounded-full px-4 font-bold whitespace-nowrap hover:bg-sunken"
              >
                {t('login')}
              </Link>
              <ButtonLink to="/register" className="max-sm:hidden">
                {t('join')}
              </ButtonLink>
            </>
          )}
        </div>
      </div>
    </header>
  );
}
