import { MapPin, Star } from 'lucide-react';
import type { ReactNode } from 'react';
import { useName } from '@/hooks/useName';
import { useT } from '@/i18n';
import cards from '@/i18n/en/cards';
import type { Creator } from '@/services/queries/creators';
import { compact, creatorName, creatorPath, money, number, rating } from '@/utils/format';
import { Name } from './Name';
import { Photo } from './Photo';
import { Link } from './ui/Link';
import { Skeleton } from './ui/State';

interface Props {
  creator: Omit<Creator, 'review_stats' | 'cheapest_package_price'> & Partial<Creator>;
  // What stands above the picture: a heart.
  corner?: ReactNode;
  heading?: 'h2' | 'h3';
  eager?: boolean;
}

export function CreatorCard({ creator, corner, eager, heading: Heading = 'h3' }: Props) {
  const t = useT(cards);
  const named = useName();
  const { average_rating: average, total_reviews: reviews } = creator.review_stats ?? {
    average_rating: 0,
    total_reviews: 0,
  };
  return (
    <article className="relative flex h-full flex-col rounded-card bg-card p-2 pb-4">
      <Photo
        src={creator.profile_picture}
        alt=""
        width={320}
        height={320}
        eager={eager}
        className="aspect-square rounded-photo"
      />
      {corner && <div className="absolute end-4 top-4 z-10">{corner}</div>}
      <div className="flex flex-1 flex-col gap-1 px-2 pt-3">
        <Heading className="text-lg">
          <Link to={creatorPath(creator)} className="stretched">
            <Name text={creatorName(creator)} />
          </Link>
        </Heading>
        {creator.categories.length > 0 && (
          <p className="text-sm text-muted">{creator.categories.map(named).join(', ')}</p>
        )}
        {creator.location && (
          <p className="flex gap-1 text-sm text-muted">
            <MapPin aria-hidden size={16} className="mt-0.5 shrink-0" />
            {creator.location}
          </p>
        )}
        <p className="flex flex-wrap gap-x-3 text-sm tabular-nums">
          {reviews > 0 && (
            <span className="flex items-center gap-1">
              <Star aria-hidden size={16} className="shrink-0 fill-accent text-accent" />
              <span className="sr-only">{t('rated')}</span>
              {rating(average)} <span className="text-muted">({number(reviews)})</span>
            </span>
          )}
          {creator.follower_count > 0 && (
            <span>
              {t('followers', { number: compact(creator.follower_count), count: creator.follower_count })}
            </span>
          )}
        </p>
        {creator.cheapest_package_price != null && (
          <p className="mt-auto pt-1 font-bold tabular-nums">
            {t('from', { price: money(creator.cheapest_package_price, 'USD', false) })}
          </p>
        )}
      </div>
    </article>
  );
}

export function CreatorCardSkeleton() {
  return (
    <div aria-hidden className="rounded-card bg-card p-2 pb-4">
      <Skeleton className="aspect-square" />
      <div className="space-y-2 px-2 pt-3">
        <Skeleton className="h-6 w-2/3" />
        <Skeleton className="h-5 w-full" />
        <Skeleton className="h-5 w-1/2" />
        <Skeleton className="h-6 w-1/3" />
      </div>
    </div>
  );
}
