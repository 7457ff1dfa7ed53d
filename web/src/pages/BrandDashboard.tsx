import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { BookingCard } from '@/components/booking/BookingCard';
import { CampaignCard } from '@/components/CampaignCard';
import { BarChart } from '@/components/charts/BarChart';
import { LineChart } from '@/components/charts/LineChart';
import { Stat, Stats } from '@/components/Stat';
import { Avatar } from '@/components/ui/Avatar';
import { ButtonLink } from '@/components/ui/Button';
import { Link } from '@/components/ui/Link';
import { Failed, Loading, Skeleton } from '@/components/ui/State';
import { useAuth } from '@/hooks/useAuth';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import brand from '@/i18n/en/brand';
import { brandFiguresQuery, DAYS, spendingQuery, viewsQuery } from '@/services/queries/analytics';
import { bookingListQuery } from '@/services/queries/bookings';
import { ownCampaignsQuery } from '@/services/queries/campaigns';
import { savedCreatorsQuery } from '@/services/queries/creators';
import { balancesQuery } from '@/services/queries/ledger';
import { creatorName, date, money, number } from '@/utils/format';

const FEW = 3;
const FACES = 8;

interface Answer {
  error: unknown;
  refetch: () => unknown;
}

// One part of the page: it waits, fails and is asked again by itself.
function Part<T>(props: {
  title: string;
  query: Answer;
  data: T | undefined;
  all?: { to: string; label: string };
  height: string;
  children: (data: T) => ReactNode;
}) {
  const { title, query, data, all, height, children } = props;
  return (
    <section>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-x-4">
        <h2 className="text-2xl">{title}</h2>
        {all && (
          <Link
            to={all.to}
            className="inline-flex min-h-11 items-center font-bold underline underline-offset-4"
          >
            {all.label}
          </Link>
        )}
      </div>
      {data !== undefined ? (
        children(data)
      ) : query.error ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Loading>
          <Skeleton className={height} />
        </Loading>
      )}
    </section>
  );
}

function Nothing({ text, children }: { text: string; children?: ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-4 rounded-card bg-card p-6">
      <p>{text}</p>
      {children}
    </div>
  );
}

function Figures() {
  const t = useT(brand);
  const { data: figures, error, refetch } = useQuery(brandFiguresQuery());
  const { data: spending } = useQuery(spendingQuery());
  const { data: owned, error: unowned } = useQuery(balancesQuery());
  const balances = owned?.balances.filter(({ account }) => account === 'brand_balance') ?? [];
  const held =
    balances.length > 0
      ? balances.map(({ amount, currency }) => money(amount, currency)).join(' + ')
      : money(0, figures?.currency);
  return (
    <section>
      <h2 className="mb-4 text-2xl">{t('figures')}</h2>
      {error && !figures ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : (
        <Stats waits={!figures}>
          <Stat
            label={t('spent', { days: DAYS })}
            value={figures ? money(figures.total_spending, figures.currency, false) : null}
            spark={spending?.spending.map(({ amount }) => amount) ?? null}
          />
          <Stat label={t('balance')} to="/brand/balance" value={owned ? held : unowned ? '–' : null} />
          <Stat
            label={t('active')}
            to="/bookings"
            value={figures ? number(figures.active_bookings) : null}
            note={figures ? t('doneNote', { count: number(figures.completed_bookings) }) : null}
          />
          <Stat
            label={t('campaignsCount')}
            to="/brand/campaigns"
            value={figures ? number(figures.total_campaigns) : null}
            note={figures ? t('viewsNote', { count: figures.campaign_views }) : null}
          />
        </Stats>
      )}
    </section>
  );
}

function Charts() {
  const t = useT(brand);
  const spending = useQuery(spendingQuery());
  const views = useQuery(viewsQuery());
  const figures = useQuery(brandFiguresQuery());
  const data =
    spending.data && views.data && figures.data
      ? { spending: spending.data, views: views.data, figures: figures.data }
      : undefined;
  const failed = [spending, views, figures].find(({ error }) => error) ?? spending;
  return (
    <Part title={t('charts')} query={failed} data={data} height="h-72">
      {({ spending: { spending: days, currency }, views: { views: seen }, figures: all }) => (
        <div className="grid gap-4 md:grid-cols-2">
          <div className="rounded-card bg-card p-6">
            <BarChart
              title={t('spendingTitle', { amount: money(all.total_spending, currency), days: DAYS })}
              heads={[t('day'), t('amount')]}
              points={days.map((day) => ({ label: date(day.date), value: day.amount }))}
              format={(value) => money(value, currency, false)}
            />
          </div>
          <div className="rounded-card bg-card p-6">
            <LineChart
              title={t('viewsTitle', { count: all.campaign_views, days: DAYS })}
              heads={[t('day'), t('views')]}
              points={seen.map((day) => ({ label: date(day.date), value: day.campaign }))}
              format={number}
            />
          </div>
        </div>
      )}
    </Part>
  );
}

export default function BrandDashboard() {
  const t = useT(brand);
  const session = useAuth();
  const bookings = useInfiniteQuery(bookingListQuery(''));
  const campaigns = useInfiniteQuery(ownCampaignsQuery());
  const saved = useQuery(savedCreatorsQuery());
  useTitle(t('title'));
  return (
    <div className="wrap space-y-12 py-8 md:py-14">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <h1 className="text-4xl">{t('hello', { name: session.name })}</h1>
        <ButtonLink to="/brand/campaigns/new">{t('newCampaign')}</ButtonLink>
      </div>
      <Figures />
      <Part
        title={t('bookings')}
        query={bookings}
        data={bookings.data?.pages[0]?.bookings}
        all={{ to: '/bookings', label: t('allBookings') }}
        height="h-72"
      >
        {(rows) =>
          rows.length === 0 ? (
            <Nothing text={t('noBookings')}>
              <ButtonLink to="/creators" look="second">
                {t('findCreator')}
              </ButtonLink>
            </Nothing>
          ) : (
            <div className="space-y-3">
              {rows.slice(0, FEW).map((booking) => (
                <BookingCard key={booking.id} booking={booking} side="brand" />
              ))}
            </div>
          )
        }
      </Part>
      <Charts />
      <Part
        title={t('campaigns')}
        query={campaigns}
        data={campaigns.data?.pages[0]?.campaigns}
        all={{ to: '/brand/campaigns', label: t('allCampaigns') }}
        height="h-48"
      >
        {(rows) =>
          rows.length === 0 ? (
            <Nothing text={t('noCampaigns')} />
          ) : (
            <div className="grid gap-4 md:grid-cols-3">
              {rows.slice(0, FEW).map((campaign) => (
                <CampaignCard key={campaign.id} campaign={campaign} />
              ))}
            </div>
          )
        }
      </Part>
      <Part title={t('saved')} query={saved} data={saved.data?.creators} height="h-24">
        {(rows) =>
          rows.length === 0 ? (
            <Nothing text={t('noSaved')} />
          ) : (
            <ul className="grid gap-3 md:grid-cols-4">
              {rows.slice(0, FACES).map((creator) => (
                <li key={creator.id}>
                  <Link
                    to={`/creators/${creator.id}`}
                    className="flex min-h-14 items-center gap-3 rounded-card bg-card p-3 hover:bg-sunken"
                  >
                    <Avatar name={creatorName(creator)} src={creator.profile_picture} />
                    <span className="min-w-0 truncate font-bold">{creatorName(creator)}</span>
                  </Link>
                </li>
              ))}
            </ul>
          )
        }
      </Part>
    </div>
  );
}
