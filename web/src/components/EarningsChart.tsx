import { useQuery } from '@tanstack/react-query';
import { LineChart } from '@/components/charts/LineChart';
import { Failed, Loading, Skeleton } from '@/components/ui/State';
import { useT } from '@/i18n';
import work from '@/i18n/en/work';
import { type Currency, earningsQuery } from '@/services/queries/creator';
import { date, money } from '@/utils/format';

// What was earned, day by day.
export function EarningsChart({ days, currency }: { days: number; currency: Currency }) {
  const t = useT(work);
  const { data, error, refetch } = useQuery(earningsQuery(days, currency));
  if (!data)
    return error ? (
      <Failed error={error} onRetry={() => void refetch()} />
    ) : (
      <Loading>
        <Skeleton className="h-72" />
      </Loading>
    );
  const best = data.earnings.reduce<{ date: string; amount: number } | null>(
    (most, day) => (day.amount > (most?.amount ?? 0) ? day : most),
    null,
  );
  if (!best) return <p className="rounded-card bg-card p-5 text-muted md:p-8">{t('noEarnings')}</p>;
  return (
    <div className="rounded-card bg-card p-5 md:p-8">
      <LineChart
        title={t('chart', { count: days, amount: money(best.amount, currency), day: date(best.date) })}
        points={data.earnings.map((day) => ({ label: date(day.date), value: day.amount }))}
        heads={[t('day'), t('amount')]}
        format={(value) => money(value, currency)}
      />
    </div>
  );
}
