import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { CalendarCheck, Eye, EyeOff, Plus, ShoppingBag, Zap } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { BookingCard } from '@/components/booking/BookingCard';
import { EarningsChart } from '@/components/EarningsChart';
import { Stat, Stats } from '@/components/Stat';
import { ButtonLink } from '@/components/ui/Button';
import { Link } from '@/components/ui/Link';
import { Pill } from '@/components/ui/Pill';
import { Empty, Failed, Loading, Skeleton } from '@/components/ui/State';
import { useAuth } from '@/hooks/useAuth';
import { useName } from '@/hooks/useName';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import work from '@/i18n/en/work';
import { waitsForMe } from '@/lib/booking';
import { bookingListQuery } from '@/services/queries/bookings';
import { DASHBOARD, dashboardQuery, type OwnPackage, ownPackagesQuery } from '@/services/queries/creator';
import { balancesQuery } from '@/services/queries/ledger';
import { money, number, rating } from '@/utils/format';

const { days, currency } = DASHBOARD;
const SHOWN = 5;

function Section({ title, more, children }: { title: string; more?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="pt-10 md:pt-14">
      <div className="mb-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h2 id={id} className="text-2xl md:text-3xl">
          {title}
        </h2>
        {more}
      </div>
      {children}
    </section>
  );
}

function More({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link to={to} className="flex min-h-11 items-center font-bold text-accent underline underline-offset-4">
      {children}
    </Link>
  );
}

function Figures() {
  const t = useT(work);
  const { data, error, refetch } = useQuery(dashboardQuery(days, currency));
  const balances = useQuery(balancesQuery());
  if (error && !data) return <Failed error={error} onRetry={() => void refetch()} />;
  const mine = balances.data?.balances.find(
    (row) => row.account === 'creator_payable' && row.currency === currency,
  );
  return (
    <Stats waits={!data}>
      <Stat
        label={t('earned')}
        value={data ? money(data.total_earnings, currency) : null}
        note={mine ? `${t('balance')}: ${money(mine.amount, currency)}` : null}
        to="/creator/earnings"
      />
      <Stat
        label={t('active')}
        value={data ? number(data.active_bookings) : null}
        note={data ? t('completed', { number: number(data.completed_bookings) }) : null}
      />
      <Stat
        label={t('views')}
        value={data ? number(data.profile_views) : null}
        note={data ? t('viewsNote', { count: data.days }) : null}
      />
      <Stat
        label={t('rating')}
        value={data ? (data.total_reviews > 0 ? rating(data.average_rating) : t('noRating')) : null}
        note={data ? t('ratingNote', { count: data.total_reviews }) : null}
      />
    </Stats>
  );
}

function Bookings() {
  const t = useT(work);
  const { data, error, refetch } = useInfiniteQuery(bookingListQuery(''));
  const first = data?.pages[0]?.bookings;
  // Those that wait for me come first, each lot newest first.
  const waiting = first?.filter((booking) => waitsForMe(booking.state, 'creator')) ?? [];
  const others = first?.filter((booking) => !waiting.includes(booking)) ?? [];
  return (
    <Section title={t('bookings')} more={<More to="/bookings">{t('allBookings')}</More>}>
      {!first ? (
        error ? (
          <Failed error={error} onRetry={() => void refetch()} />
        ) : (
          <Loading>
            <div className="space-y-3">
              <Skeleton className="h-48 sm:h-28" />
              <Skeleton className="h-48 sm:h-28" />
              <Skeleton className="h-48 sm:h-28" />
            </div>
          </Loading>
        )
      ) : first.length === 0 ? (
        <Empty
          icon={<CalendarCheck aria-hidden size={28} />}
          title={t('noBookings')}
          text={t('noBookingsText')}
        />
      ) : (
        <>
          {waiting.length > 0 && (
            <p className="mb-3 font-bold">{t('waitCount', { count: waiting.length })}</p>
          )}
          <div className="space-y-3">
            {[...waiting, ...others].slice(0, Math.max(SHOWN, waiting.length)).map((booking) => (
              <BookingCard key={booking.id} booking={booking} side="creator" />
            ))}
          </div>
        </>
      )}
    </Section>
  );
}

function OwnCard({ item }: { item: OwnPackage }) {
  const t = useT(work);
  const named = useName();
  return (
    <article className="relative flex h-full flex-col gap-3 rounded-card bg-card p-5 hover:bg-sunken">
      <p className="flex flex-wrap gap-2">
        <Pill
          tone={item.is_active ? 'good' : 'plain'}
          icon={item.is_active ? <Eye aria-hidden size={16} /> : <EyeOff aria-hidden size={16} />}
        >
          {t(item.is_active ? 'shown' : 'hidden')}
        </Pill>
        {item.instant && <Pill icon={<Zap aria-hidden size={16} />}>{t('instant')}</Pill>}
      </p>
      <h3 className="text-lg">
        <Link to={`/creator/packages/${item.id}`} className="stretched">
          {item.title}
        </Link>
      </h3>
      <p className="text-sm text-muted">
        {named(item.category)} · {t('days', { count: item.duration_days })}
      </p>
      <p className="mt-auto font-display text-2xl tabular-nums">{money(item.price, item.currency, false)}</p>
    </article>
  );
}

function Packages() {
  const t = useT(work);
  const { data, error, refetch } = useQuery(ownPackagesQuery());
  const more = data && data.packages.length > 0 && (
    <ButtonLink to="/creator/packages/new" look="second">
      <Plus aria-hidden size={20} />
      {t('newPackage')}
    </ButtonLink>
  );
  return (
    <Section title={t('packages')} more={more}>
      {!data ? (
        error ? (
          <Failed error={error} onRetry={() => void refetch()} />
        ) : (
          <Loading>
            <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
              <Skeleton className="h-44" />
              <Skeleton className="h-44" />
              <Skeleton className="h-44" />
            </div>
          </Loading>
        )
      ) : data.packages.length === 0 ? (
        <Empty
          icon={<ShoppingBag aria-hidden size={28} />}
          title={t('noPackages')}
          text={t('noPackagesText')}
        >
          <ButtonLink to="/creator/packages/new">{t('firstPackage')}</ButtonLink>
        </Empty>
      ) : (
        <ul className="grid gap-3 sm:grid-cols-2 md:gap-4 lg:grid-cols-3">
          {data.packages.map((item) => (
            <li key={item.id}>
              <OwnCard item={item} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

export default function CreatorDashboard() {
  const t = useT(work);
  const auth = useAuth();
  useTitle(t('title'));
  return (
    <div className="wrap py-8 md:py-12">
      <div className="mb-6 flex flex-wrap items-center justify-between gap-4">
        <h1 className="text-4xl md:text-5xl">{t('hello', { name: auth.name })}</h1>
        <div className="grid gap-3 max-sm:w-full min-[22rem]:grid-cols-2">
          <ButtonLink to="/creator/profile" look="second" className="max-sm:px-3">
            {t('editProfile')}
          </ButtonLink>
          <ButtonLink to="/creator/campaigns" className="max-sm:px-3">
            {t('findCampaigns')}
          </ButtonLink>
        </div>
      </div>
      <Figures />
      <Bookings />
      <Packages />
      <Section title={t('earnings')} more={<More to="/creator/earnings">{t('allEarnings')}</More>}>
        <EarningsChart days={days} currency={currency} />
      </Section>
    </div>
  );
}
