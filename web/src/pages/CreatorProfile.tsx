import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { BadgeCheck, ExternalLink, MapPin, MessageCircle, Printer, Share2, Star } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { later } from '@/components/Later';
import { Missing } from '@/components/Missing';
import { Name } from '@/components/Name';
import { PackageCard, PackageCardSkeleton } from '@/components/PackageCard';
import { Photo } from '@/components/Photo';
import { ReviewCard } from '@/components/ReviewCard';
import { SaveButton } from '@/components/SaveButton';
import { Avatar } from '@/components/ui/Avatar';
import { Button } from '@/components/ui/Button';
import { Link } from '@/components/ui/Link';
import { Pill } from '@/components/ui/Pill';
import { Failed, Loading, Skeleton } from '@/components/ui/State';
import { toast } from '@/components/ui/Toast';
import { useAuth } from '@/hooks/useAuth';
import { useName } from '@/hooks/useName';
import { useParams } from '@/hooks/useParams';
import { useTitle } from '@/hooks/useTitle';
import { useView } from '@/hooks/useView';
import { useT } from '@/i18n';
import profile from '@/i18n/en/profile';
import ui from '@/i18n/en/ui';
import { ApiError } from '@/services/api';
import { type CreatorDetail, creatorQuery, creatorReviewsQuery } from '@/services/queries/creators';
import { creatorPackagesQuery } from '@/services/queries/packages';
import { compact, creatorName, money, number, percent, rating } from '@/utils/format';
import { print } from '@/utils/print';

function Section({ title, children }: { title: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="pt-12">
      <h2 id={id} className="text-2xl md:text-3xl">
        {title}
      </h2>
      <div className="mt-5">{children}</div>
    </section>
  );
}

function Figure({ value, label }: { value: ReactNode; label: ReactNode }) {
  return (
    <div className="flex flex-col-reverse justify-end rounded-card bg-card p-4">
      <dt className="text-sm text-muted">{label}</dt>
      <dd className="font-display text-2xl tabular-nums md:text-3xl">{value}</dd>
    </div>
  );
}

async function share(title: string, copied: string) {
  if (navigator.share) {
    // Who changes their mind has not failed.
    await navigator.share({ title, url: location.href }).catch(() => {});
    return;
  }
  await navigator.clipboard.writeText(location.href);
  toast(copied);
}

const Packages = later(({ id }: { id: number }) => {
  const t = useT(profile);
  const { data, error, refetch } = useQuery(creatorPackagesQuery(id));
  return (
    <Section title={t('packages')}>
      {data ? (
        data.packages.length > 0 ? (
          <ul className="grid gap-3 sm:grid-cols-2 md:gap-5 lg:grid-cols-3">
            {data.packages.map((item) => (
              <li key={item.id}>
                <PackageCard item={item} withCreator={false} />
              </li>
            ))}
          </ul>
        ) : (
          <p className="text-muted">{t('noPackages')}</p>
        )
      ) : error ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading>
          <div className="grid gap-3 sm:grid-cols-2 md:gap-5 lg:grid-cols-3">
            <PackageCardSkeleton />
            <PackageCardSkeleton />
          </div>
        </Loading>
      )}
    </Section>
  );
});

const Reviews = later(({ id }: { id: number }) => {
  const t = useT(profile);
  const common = useT(ui);
  const list = useInfiniteQuery(creatorReviewsQuery(id));
  const first = list.data?.pages[0];
  const reviews = list.data?.pages.flatMap((page) => page.reviews) ?? [];
  const average = first?.average_ratings;
  const parts = average
    ? ([
        ['communication', average.communication],
        ['quality', average.quality],
        ['professionalism', average.professionalism],
        ['timeliness', average.timeliness],
      ] as const)
    : [];
  return (
    <Section title={t('reviews')}>
      {first ? (
        reviews.length > 0 ? (
          <div className="grid gap-6 md:grid-cols-[16rem_1fr] md:gap-10">
            <div>
              <p className="flex items-center gap-2">
                <span className="font-display text-5xl tabular-nums">
                  {average?.overall && rating(average.overall)}
                </span>
                <Star aria-hidden size={32} className="fill-accent text-accent" />
              </p>
              <p className="text-muted">
                {t('reviewCount', { count: first.total, number: number(first.total) })}
              </p>
              <dl className="mt-4 grid grid-cols-2 gap-x-4 gap-y-1 text-sm md:grid-cols-1">
                {parts.map(
                  ([name, value]) =>
                    value !== null && (
                      <div key={name} className="flex justify-between gap-2">
                        <dt className="text-muted">{t(name)}</dt>
                        <dd className="font-bold tabular-nums">{rating(value)}</dd>
                      </div>
                    ),
                )}
              </dl>
            </div>
            <div>
              <ul className="space-y-4">
                {reviews.map((review) => (
                  <li key={review.id}>
                    <ReviewCard review={review} />
                  </li>
                ))}
              </ul>
              {list.hasNextPage && (
                <Button
                  look="second"
                  className="no-print mt-5"
                  busy={list.isFetchingNextPage}
                  busyText={common('loading')}
                  onClick={() => void list.fetchNextPage()}
                >
                  {common('showMore')}
                </Button>
              )}
            </div>
          </div>
        ) : (
          <p className="text-muted">{t('noReviews')}</p>
        )
      ) : list.error ? (
        <Failed error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <Loading>
          <Skeleton className="h-40 rounded-card" />
        </Loading>
      )}
    </Section>
  );
});

function Kit({ creator }: { creator: CreatorDetail }) {
  const t = useT(profile);
  const named = useName();
  const { state, role } = useAuth();
  const name = creatorName(creator);
  useView('profile', creator.id, creator.user_id);
  const links = Object.entries(creator.social_links).filter(([, url]) => /^https?:\/\//.test(url));
  return (
    <>
      <header className="flex flex-col gap-6 md:flex-row md:items-center md:gap-10">
        <Avatar name={name} src={creator.profile_picture} size="lg" eager />
        <div className="min-w-0 flex-1">
          <h1 className="text-4xl md:text-5xl">
            <Name text={name} />
          </h1>
          <p className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-muted">
            {creator.location && (
              <span className="flex items-center gap-1.5">
                <MapPin aria-hidden size={18} />
                {creator.location}
              </span>
            )}
            {creator.user.is_verified && (
              <span className="flex items-center gap-1.5 font-bold text-good">
                <BadgeCheck aria-hidden size={18} />
                {t('verified')}
              </span>
            )}
          </p>
          <ul className="mt-4 flex flex-wrap gap-2">
            <li>
              <Pill
                tone={
                  creator.availability_status === 'available'
                    ? 'good'
                    : creator.availability_status === 'busy'
                      ? 'info'
                      : 'danger'
                }
              >
                {t(creator.availability_status)}
              </Pill>
            </li>
            {creator.categories.map((one) => (
              <li key={one}>
                <Pill>{named(one)}</Pill>
              </li>
            ))}
          </ul>
        </div>
        <div className="no-print flex gap-2">
          <SaveButton creator={creator} />
          {(state === 'out' || role === 'brand') && (
            <Link
              to={`/messages/${creator.user_id}`}
              aria-label={t('message')}
              className="grid size-11 place-items-center rounded-full bg-card hover:bg-sunken"
            >
              <MessageCircle aria-hidden size={20} />
            </Link>
          )}
          <button
            type="button"
            aria-label={t('share')}
            onClick={() => void share(name, t('copied'))}
            className="grid size-11 place-items-center rounded-full bg-card hover:bg-sunken"
          >
            <Share2 aria-hidden size={20} />
          </button>
          <button
            type="button"
            aria-label={t('print')}
            onClick={() => void print()}
            className="grid size-11 place-items-center rounded-full bg-card hover:bg-sunken"
          >
            <Printer aria-hidden size={20} />
          </button>
        </div>
      </header>

      <dl className="mt-8 grid grid-cols-2 gap-3 md:grid-cols-4">
        <Figure value={compact(creator.follower_count)} label={t('followers')} />
        <Figure value={percent(creator.engagement_rate)} label={t('engagement')} />
        <Figure value={creator.languages.map(named).join(', ') || '–'} label={t('languages')} />
        <Figure
          value={number(creator.free_revisions)}
          label={t('freeRevisions', { fee: money(creator.revision_fee, 'USD', false) })}
        />
      </dl>

      {creator.bio && (
        <Section title={t('about')}>
          <p className="max-w-prose text-lg whitespace-pre-line">{creator.bio}</p>
        </Section>
      )}
      <Packages id={creator.id} />
      {creator.gallery.length > 0 && (
        <Section title={t('portfolio')}>
          <ul className="grid grid-cols-2 gap-3 max-md:[&>:first-child:nth-last-child(odd)]:col-span-2 md:grid-cols-3">
            {creator.gallery.map((src, at) => (
              <li key={src}>
                <Photo
                  src={src}
                  alt={t('picture', { number: at + 1, name })}
                  width={640}
                  height={640}
                  className="aspect-square rounded-photo"
                />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {creator.success_stories && (
        <Section title={t('stories')}>
          <p className="max-w-prose rounded-card bg-glow p-6 text-lg whitespace-pre-line text-on-glow">
            {creator.success_stories}
          </p>
        </Section>
      )}
      {(links.length > 0 || creator.portfolio_url) && (
        <Section title={t('platforms')}>
          <ul className="flex flex-wrap gap-3">
            {[
              ...links,
              ...(creator.portfolio_url?.startsWith('http')
                ? [[t('portfolioLink'), creator.portfolio_url] as const]
                : []),
            ].map(([where, url]) => (
              <li key={where}>
                <a
                  href={url}
                  rel="noopener noreferrer nofollow ugc"
                  target="_blank"
                  className="flex min-h-11 items-center gap-2 rounded-full bg-card px-5 font-bold capitalize hover:bg-sunken"
                >
                  {where}
                  <ExternalLink aria-hidden size={16} />
                  <span className="sr-only">{t('newTab')}</span>
                </a>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Reviews id={creator.id} />
    </>
  );
}

export default function CreatorProfile() {
  const t = useT(profile);
  const id = Number(useParams().id);
  const valid = Number.isSafeInteger(id) && id > 0;
  const { data, error, refetch } = useQuery({ ...creatorQuery(id), enabled: valid });
  useTitle(data ? creatorName(data) : t('creator'));

  if (!valid || (error instanceof ApiError && error.status === 404)) return <Missing />;
  return (
    <div className="wrap py-8 md:py-12">
      {data ? (
        <Kit creator={data} />
      ) : error ? (
        <Failed error={error} onRetry={() => void refetch()} asPage />
      ) : (
        <Loading>
          <h1 className="sr-only">{t('creator')}</h1>
          <div className="flex gap-6">
            <Skeleton className="size-28 rounded-full md:size-36" />
            <div className="flex-1 space-y-3">
              <Skeleton className="h-10 w-2/3" />
              <Skeleton className="h-6 w-1/2" />
            </div>
          </div>
          <Skeleton className="mt-8 h-24 rounded-card" />
          <Skeleton className="mt-8 h-64 rounded-card" />
        </Loading>
      )}
    </div>
  );
}
