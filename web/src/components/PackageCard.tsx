import { Clock, RefreshCw } from 'lucide-react';
import { useName } from '@/hooks/useName';
import { useT } from '@/i18n';
import cards from '@/i18n/en/cards';
import type { Package } from '@/services/queries/packages';
import { creatorName, money, packagePath } from '@/utils/format';
import { Name } from './Name';
import { Avatar } from './ui/Avatar';
import { Link } from './ui/Link';
import { Pill } from './ui/Pill';
import { Skeleton } from './ui/State';

interface Props {
  item: Package;
  // On the creator's own page the face is known.
  withCreator?: boolean;
  heading?: 'h2' | 'h3';
}

export function PackageCard({ item, withCreator = true, heading: Heading = 'h3' }: Props) {
  const t = useT(cards);
  const named = useName();
  return (
    <article className="relative flex h-full flex-col gap-3 rounded-card bg-card p-5">
      {withCreator && (
        <div className="flex items-center gap-3">
          <Avatar name={creatorName(item.creator)} src={item.creator.profile_picture} size="sm" />
          <p className="min-w-0 text-sm text-muted">
            <Name text={creatorName(item.creator)} />
            {item.creator.location && <span className="block">{item.creator.location}</span>}
          </p>
        </div>
      )}
      <div>
        <Pill>{named(item.category)}</Pill>
      </div>
      <Heading className="text-lg">
        <Link to={packagePath(item)} className="stretched">
          {item.title}
        </Link>
      </Heading>
      <p className="line-clamp-3 text-muted">{item.description}</p>
      <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
        <span className="flex items-center gap-1.5">
          <Clock aria-hidden size={16} className="text-accent" />
          {t('days', { count: item.duration_days })}
        </span>
        <span className="flex items-center gap-1.5">
          <RefreshCw aria-hidden size={16} className="text-accent" />
          {t('revisions', { count: item.revisions })}
        </span>
      </p>
      <p className="mt-auto font-display text-2xl tabular-nums">{money(item.price, item.currency, false)}</p>
    </article>
  );
}

export function PackageCardSkeleton() {
  return (
    <div aria-hidden className="space-y-4 rounded-card bg-card p-5">
      <Skeleton className="h-9 w-2/3" />
      <Skeleton className="h-7 w-1/3" />
      <Skeleton className="h-16" />
      <Skeleton className="h-8 w-1/3" />
    </div>
  );
}
