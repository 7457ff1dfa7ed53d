import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Heart } from 'lucide-react';
import { useAuth } from '@/hooks/useAuth';
import { useErrors } from '@/hooks/useErrors';
import { useT } from '@/i18n';
import cards from '@/i18n/en/cards';
import { usePathname, useSearch } from '@/lib/router';
import { saveCreator } from '@/services/mutations/saved';
import { type CreatorDetail, savedCreatorsQuery } from '@/services/queries/creators';
import { classes } from '@/utils/classes';
import { creatorName } from '@/utils/format';
import { Link } from './ui/Link';
import { toast } from './ui/Toast';

const look = 'grid size-11 place-items-center rounded-full bg-card text-accent hover:bg-sunken';

// A heart: for brands; a visitor is led to the login and back.
export function SaveButton({ creator }: { creator: CreatorDetail }) {
  const { state, role } = useAuth();
  if (state === 'out') return <LogInFirst name={creatorName(creator)} />;
  return role === 'brand' ? <Save creator={creator} /> : null;
}

function LogInFirst({ name }: { name: string }) {
  const t = useT(cards);
  const back = usePathname() + useSearch();
  return (
    <Link to={`/login?next=${encodeURIComponent(back)}`} aria-label={t('saveOut', { name })} className={look}>
      <Heart aria-hidden size={22} />
    </Link>
  );
}

function Save({ creator }: { creator: CreatorDetail }) {
  const t = useT(cards);
  const say = useErrors();
  const client = useQueryClient();
  const { data } = useQuery(savedCreatorsQuery());
  const saved = data?.creators.some(({ id }) => id === creator.id) ?? false;
  return (
    <button
      type="button"
      aria-pressed={saved}
      aria-label={t('save', { name: creatorName(creator) })}
      onClick={() =>
        void saveCreator(client, creator, !saved).catch((reason: unknown) => toast(say(reason), true))
      }
      className={look}
    >
      <Heart aria-hidden size={22} className={classes(saved && 'fill-accent')} />
    </button>
  );
}
