// Where the navigation leads, for who is here.

import { useT } from '@/i18n';
import ui from '@/i18n/en/ui';
import { useAuth } from './useAuth';

export interface Place {
  to: string;
  label: string;
}

export function usePlaces() {
  const t = useT(ui);
  const { state, role } = useAuth();
  const inside = state !== 'out' && role !== null;
  const creators = { to: '/creators', label: t('creators') };
  const packages = { to: '/packages', label: t('packages') };
  const bookings = { to: '/bookings', label: t('bookings') };
  const messages = { to: '/messages', label: t('messages') };
  const own: Record<'brand' | 'creator', { dashboard: Place; campaigns: Place; more: Place[] }> = {
    brand: {
      dashboard: { to: '/brand', label: t('dashboard') },
      campaigns: { to: '/brand/campaigns', label: t('campaigns') },
      more: [
        { to: '/brand/balance', label: t('balance') },
        { to: '/brand/profile', label: t('profile') },
      ],
    },
    creator: {
      dashboard: { to: '/creator', label: t('dashboard') },
      campaigns: { to: '/creator/campaigns', label: t('campaigns') },
      more: [
        { to: '/creator/earnings', label: t('earnings') },
        { to: '/creator/profile', label: t('profile') },
      ],
    },
  };
  const mine = role === 'brand' || role === 'creator' ? own[role] : null;
  const places: { top: Place[]; tabs: Place[]; menu: Place[] } = !inside
    ? {
        top: [creators, packages, { to: '/pricing', label: t('pricing') }],
        tabs: [{ to: '/', label: t('home') }, creators, { to: '/login', label: t('login') }],
        menu: [],
      }
    : !mine
      ? { top: [creators, packages, messages], tabs: [creators, messages], menu: [] }
      : {
          top: [creators, packages, mine.dashboard, bookings, messages],
          // Four fit on the smallest phone; the logo leads home.
          tabs: [role === 'brand' ? creators : mine.campaigns, bookings, messages, mine.dashboard],
          menu: [mine.dashboard, bookings, mine.campaigns, ...mine.more],
        };
  // Where logging in leads whoever asked for no other page.
  return { inside, home: mine?.dashboard.to ?? '/', ...places };
}
