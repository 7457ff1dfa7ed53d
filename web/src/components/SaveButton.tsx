import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Heart } from 'lucide-react';
import { useLocation } from 'react-router';
import { useAuth } from '@/hooks/useAuth';
import { useErrors } from '@/hooks/useErrors';
import { useT } from '@/i18n';
import cards from '@/i18n/en/cards';
import { saveCreator } from '@/services/mutations/saved';
import { type CreatorDetail, savedCreatorsQuery } from '@/services/queries/creators';
import { classes } from '@/utils/classes';
import { creatorName } from '@/utils/format';
import { Link } from './ui/Link';
import { toast } from './ui/Toast';

const look = 'grid size-11 place-items-center rounded-full bg-card text-accent hover:bg-sunken';

// A heart: for brands; a visitor is led to the login and back.
export function SaveButton({ creator }: { creator: CreatorDetail }) {
  const t = useT('cards', cards);
  const errors = useErrors();
  const { state, role } = useAuth();
  const client = useQueryClient();
  const { pathname, search } = useLocation();
  const { data } = useQuery({ ...savedCreatorsQuery(), enabled: role === 'brand' });
  const name = creatorName(creator);

  if (state === 'out')
    return (
      <Link
        to={`/login?next=${encodeURIComponent(pathname + search)}`}
        aria-label={t('saveOut', { name })}
        className={look}
      >
        <Heart aria-hidden size={22} />
      </Link>
    );
  if (role !== 'brand') return null;
  const saved = data?.creators.some(({ id }) => id === creator.id) ?? false;
  return (
    <button
      type="button"
      aria-pressed={saved}
      aria-label={t('save', { name })}
      onClick={() =>
        void saveCreator(client, creator, !saved).catch((reason: unknown) =>
          toast(errors.thrown(reason), true),
        )
      }
      className={look}
    >
      <Heart aria-hidden size={22} className={classes(saved && 'fill-accent')} />
    </button>
  );
}
