// Where the navigation leads, for who is here.

import { useT } from '@/i18n';
import ui from '@/i18n/en/ui';
import { useAuth } from './useAuth';

const DASHBOARDS = { brand: '/brand', creator: '/creator', admin: '/admin' } as const;

export function usePlaces() {
  const t = useT('ui', ui);
  const { state, role } = useAuth();
  const inside = state !== 'out' && role !== null;
  return {
    inside,
    dashboard: inside ? DASHBOARDS[role] : null,
    visitor: [
      { to: '/creators', label: t('creators') },
      { to: '/packages', label: t('packages') },
      { to: '/pricing', label: t('pricing') },
    ],
  };
}
