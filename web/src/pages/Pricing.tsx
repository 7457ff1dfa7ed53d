import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import { ButtonLink } from '@/components/ui/Button';
import { Failed, Loading, Skeleton } from '@/components/ui/State';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import pricing from '@/i18n/en/pricing';
import { rulesQuery } from '@/services/queries/rules';
import { number, percent } from '@/utils/format';

export default function Pricing() {
  const t = useT(pricing);
  const { data, error, refetch } = useQuery(rulesQuery());
  useTitle(t('title'));
  const days = (hours: number) => t('hours', { count: hours, number: number(hours) });
  return (
    <div className="wrap py-8 md:py-12">
      <h1 className="max-w-3xl text-4xl md:text-5xl">{t('heading')}</h1>
      <p className="mt-4 max-w-prose text-lg">{t('lead')}</p>
      {data ? (
        <>
          <div className="mt-8 grid gap-4 md:grid-cols-2 md:gap-5">
            <section className="rounded-card bg-card p-6 md:p-10">
              <h2 className="text-2xl">{t('brands')}</h2>
              <p className="mt-4 font-display text-5xl tabular-nums md:text-7xl">{percent(0)}</p>
              <p className="mt-3 text-lg">{t('brandsText')}</p>
            </section>
            <section className="rounded-card bg-glow p-6 text-on-glow md:p-10">
              <h2 className="text-2xl">{t('creators')}</h2>
              <p className="mt-4 font-display text-5xl tabular-nums md:text-7xl">
                {percent(data.fee_percent)}
              </p>
              <p className="mt-3 text-lg">{t('creatorsText', { fee: percent(data.fee_percent) })}</p>
            </section>
          </div>
          <section className="pt-14">
            <h2 className="text-3xl">{t('clocks')}</h2>
            <dl className="mt-6 grid gap-3 md:grid-cols-3 md:gap-5">
              {[
                [days(data.answer_hours), t('answer')],
                [days(data.payment_hours), t('payment')],
                [days(data.review_hours), t('review')],
              ].map(([value, label]) => (
                <div key={label} className="flex flex-col-reverse justify-end rounded-card bg-card p-6">
                  <dt className="mt-2">{label}</dt>
                  <dd className="font-display text-3xl tabular-nums">{value}</dd>
                </div>
              ))}
            </dl>
          </section>
        </>
      ) : error ? (
        <div className="mt-8">
          <Failed error={error} onRetry={() => void refetch()} />
        </div>
      ) : (
        <Loading>
          <div className="mt-8 grid gap-4 md:grid-cols-2 md:gap-5">
            <Skeleton className="h-64 rounded-card" />
            <Skeleton className="h-64 rounded-card" />
          </div>
        </Loading>
      )}
      <section className="pt-14">
        <h2 className="text-3xl">{t('questions')}</h2>
        <div className="mt-4 max-w-3xl">
          {([1, 2, 3, 4] as const).map((at) => (
            <details key={at} className="group border-b-2 border-sunken py-2">
              <summary className="flex min-h-12 items-center justify-between gap-4 font-bold">
                {t(`q${at}`)}
                <ChevronRight aria-hidden className="shrink-0 text-accent group-open:rotate-90" />
              </summary>
              <p className="pb-4">{t(`a${at}`)}</p>
            </details>
          ))}
        </div>
        <ButtonLink to="/packages" className="mt-8">
          {t('act')}
        </ButtonLink>
      </section>
    </div>
  );
}
