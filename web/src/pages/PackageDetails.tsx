import { useQuery } from '@tanstack/react-query';
import { Check, ChevronRight, Clock, RefreshCw, ShieldCheck, Zap } from 'lucide-react';
import { Missing } from '@/components/Missing';
import { Name } from '@/components/Name';
import { Stars } from '@/components/Stars';
import { Avatar } from '@/components/ui/Avatar';
import { ButtonLink } from '@/components/ui/Button';
import { Link } from '@/components/ui/Link';
import { Pill } from '@/components/ui/Pill';
import { Failed, Loading, Skeleton } from '@/components/ui/State';
import { useAuth } from '@/hooks/useAuth';
import { useName } from '@/hooks/useName';
import { useParams } from '@/hooks/useParams';
import { useTitle } from '@/hooks/useTitle';
import { useView } from '@/hooks/useView';
import { useT } from '@/i18n';
import cards from '@/i18n/en/cards';
import profile from '@/i18n/en/profile';
import { ApiError } from '@/services/api';
import { type Package, packageQuery, type RatedPackage } from '@/services/queries/packages';
import { creatorName, creatorPath, money, number } from '@/utils/format';

// A visitor logs in first and comes back to the checkout.
const checkout = (item: Package) => `/checkout/${item.id}`;

function Book({ item }: { item: Package }) {
  const t = useT(profile);
  const { role } = useAuth();
  if (role === 'creator' || role === 'admin') return <p className="text-muted">{t('brandsBook')}</p>;
  if (!item.is_active) return <p className="font-bold">{t('notOffered')}</p>;
  return (
    <ButtonLink to={checkout(item)} look="glow" wide>
      {item.instant ? t('book') : t('ask')}
    </ButtonLink>
  );
}

function Details({ item }: { item: RatedPackage }) {
  const t = useT(profile);
  const c = useT(cards);
  const named = useName();
  const name = creatorName(item.creator);
  useView('package', item.id, item.creator.user_id);
  const price = money(item.price, item.currency);
  const { average_rating: average, total_reviews: total } = item.review_stats;
  return (
    <>
      <div className="grid gap-8 md:grid-cols-[1fr_22rem] md:gap-12">
        <div className="min-w-0">
          <Pill>{named(item.category)}</Pill>
          <h1 className="mt-4 text-4xl md:text-5xl">{item.title}</h1>
          {total > 0 && (
            <p className="mt-3 flex items-center gap-2 text-muted">
              <Stars value={Math.round(average)} />
              {t('reviewCount', { count: total, number: number(total) })}
            </p>
          )}
          <Link
            to={creatorPath(item.creator)}
            className="mt-6 flex min-h-14 items-center gap-4 rounded-card bg-card p-3 pe-5 hover:bg-sunken"
          >
            <Avatar name={name} src={item.creator.profile_picture} eager />
            <span className="min-w-0 flex-1">
              <span className="block font-bold">
                <Name text={name} />
              </span>
              {item.creator.location && <span className="block text-muted">{item.creator.location}</span>}
            </span>
            <ChevronRight aria-hidden className="shrink-0 text-accent" />
          </Link>
          <p className="mt-6 max-w-prose text-lg whitespace-pre-line">{item.description}</p>
          {item.deliverables.length > 0 && (
            <>
              <h2 className="mt-10 text-2xl">{t('deliverables')}</h2>
              <ul className="mt-4 space-y-3">
                {item.deliverables.map((one) => (
                  <li key={one} className="flex gap-3">
                    <Check aria-hidden className="shrink-0 text-good" />
                    {one}
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
        <aside
          aria-label={t('price')}
          className="h-fit space-y-5 rounded-card bg-card p-6 md:sticky md:top-24"
        >
          <p className="font-display text-4xl tabular-nums">{price}</p>
          <ul className="space-y-3">
            <li className="flex gap-3">
              <Clock aria-hidden className="shrink-0 text-accent" />
              {t('delivered', { days: c('days', { count: item.duration_days }) })}
            </li>
            <li className="flex gap-3">
              <RefreshCw aria-hidden className="shrink-0 text-accent" />
              {c('revisions', { count: item.revisions })}
            </li>
            <li className="flex gap-3">
              <Zap aria-hidden className="shrink-0 text-accent" />
              {t(item.instant ? 'instant' : 'onRequest')}
            </li>
          </ul>
          <div className="hidden md:block">
            <Book item={item} />
          </div>
          <p className="flex gap-3 text-sm text-muted">
            <ShieldCheck aria-hidden className="shrink-0 text-good" />
            {t('held')}
          </p>
        </aside>
      </div>
      <div className="no-print sticky bottom-16 z-30 -mx-4 mt-8 border-t-2 border-sunken bg-sand p-4 md:hidden">
        <Book item={item} />
      </div>
    </>
  );
}

export default function PackageDetails() {
  const t = useT(profile);
  const id = Number(useParams().id);
  const valid = Number.isSafeInteger(id) && id > 0;
  const { data, error, refetch } = useQuery({ ...packageQuery(id), enabled: valid });
  useTitle(data ? `${data.title} · ${creatorName(data.creator)}` : t('package'));

  if (!valid || (error instanceof ApiError && error.status === 404)) return <Missing />;
  return (
    <div className="wrap pt-8 md:py-12">
      {data ? (
        <Details item={data} />
      ) : error ? (
        <Failed error={error} onRetry={() => void refetch()} asPage />
      ) : (
        <Loading>
          <h1 className="sr-only">{t('package')}</h1>
          <div className="space-y-5 pb-8">
            <Skeleton className="h-8 w-24" />
            <Skeleton className="h-12 w-3/4" />
            <Skeleton className="h-20 rounded-card" />
            <Skeleton className="h-48 rounded-card" />
          </div>
        </Loading>
      )}
    </div>
  );
}
