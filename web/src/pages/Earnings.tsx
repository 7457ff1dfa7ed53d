import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Wallet } from 'lucide-react';
import { EarningsChart } from '@/components/EarningsChart';
import { Stat, Stats } from '@/components/Stat';
import { Button } from '@/components/ui/Button';
import { Link } from '@/components/ui/Link';
import { Select } from '@/components/ui/Select';
import { Empty, Failed, Loading, Skeleton } from '@/components/ui/State';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import ui from '@/i18n/en/ui';
import work from '@/i18n/en/work';
import { CURRENCIES } from '@/lib/currencies';
import { useSearchParams } from '@/lib/router';
import { DASHBOARD } from '@/services/queries/creator';
import { balancesQuery, entriesQuery } from '@/services/queries/ledger';
import { dateTime, money } from '@/utils/format';

const PERIODS = [7, 30, 90, 365];

function Balances() {
  const t = useT(work);
  const { data, error, refetch } = useQuery(balancesQuery());
  if (!data)
    return error ? (
      <Failed error={error} onRetry={() => void refetch()} />
    ) : (
      <Loading>
        <Skeleton className="h-28" />
      </Loading>
    );
  const mine = data.balances.filter(({ account }) => account === 'creator_payable');
  const rows = mine.length > 0 ? mine : [{ currency: DASHBOARD.currency, amount: 0 }];
  return (
    <Stats>
      {rows.map(({ currency, amount }) => (
        <Stat key={currency} label={t('balance')} value={money(amount, currency)} />
      ))}
    </Stats>
  );
}

function Ledger() {
  const t = useT(work);
  const u = useT(ui);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    entriesQuery(),
  );
  if (!data)
    return error ? (
      <Failed error={error} onRetry={() => void refetch()} />
    ) : (
      <Loading>
        <div className="space-y-3">
          <Skeleton className="h-18" />
          <Skeleton className="h-18" />
          <Skeleton className="h-18" />
        </div>
      </Loading>
    );
  const postings = data.pages.flatMap((page) => page.entries);
  if (postings.length === 0)
    return <Empty icon={<Wallet aria-hidden size={28} />} title={t('noLedger')} text={t('noLedgerText')} />;
  return (
    <>
      <ul className="rounded-card bg-card px-5 py-2">
        {postings.map((one) => {
          return (
            <li
              key={`${one.id}-${one.account}-${one.currency}`}
              className="flex flex-wrap items-center justify-between gap-x-4 border-b-2 border-sunken py-3 last:border-0"
            >
              <div>
                <p className="font-bold">{t(one.act === 'release' ? 'act_release' : 'act_other')}</p>
                <p className="text-sm text-muted">{dateTime(one.created_at)}</p>
                {one.booking_id && (
                  <Link
                    to={`/bookings/${one.booking_id}`}
                    className="inline-flex min-h-11 items-center text-sm underline underline-offset-4"
                  >
                    {t('ofBooking', { id: one.booking_id })}
                  </Link>
                )}
              </div>
              <p className="font-bold tabular-nums">{money(one.amount, one.currency)}</p>
            </li>
          );
        })}
      </ul>
      {hasNextPage && (
        <Button
          look="second"
          wide
          className="mt-3"
          busy={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
        >
          {u('showMore')}
        </Button>
      )}
    </>
  );
}

export default function Earnings() {
  const t = useT(work);
  const [params, setParams] = useSearchParams();
  const days = PERIODS.find((one) => String(one) === params.get('days')) ?? DASHBOARD.days;
  const currency = CURRENCIES.find((one) => one === params.get('currency')) ?? DASHBOARD.currency;
  useTitle(t('earnings'));
  const change = (name: string, value: string) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        next.set(name, value);
        return next;
      },
      { replace: true },
    );
  return (
    <div className="wrap max-w-4xl py-8 md:py-12">
      <h1 className="mb-6 text-4xl md:text-5xl">{t('earnings')}</h1>
      <Balances />
      <div className="my-5 grid gap-4 sm:grid-cols-2">
        <Select
          label={t('period')}
          value={days}
          onChange={(event) => change('days', event.currentTarget.value)}
          options={PERIODS.map((count) => ({ value: String(count), label: t('lastDays', { count }) }))}
        />
        <Select
          label={t('currency')}
          value={currency}
          onChange={(event) => change('currency', event.currentTarget.value)}
          options={[
            { value: 'USD', label: t('usd') },
            { value: 'ZWG', label: t('zwg') },
          ]}
        />
      </div>
      <EarningsChart days={days} currency={currency} />
      <h2 className="mt-10 mb-4 text-2xl md:text-3xl">{t('ledger')}</h2>
      <Ledger />
    </div>
  );
}
