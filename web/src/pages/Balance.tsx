import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Stat, Stats } from '@/components/Stat';
import { Button } from '@/components/ui/Button';
import { Link } from '@/components/ui/Link';
import { Empty, Failed, Loading, Skeleton } from '@/components/ui/State';
import { useTitle } from '@/hooks/useTitle';
import { type Key, useT } from '@/i18n';
import brand from '@/i18n/en/brand';
import ui from '@/i18n/en/ui';
import { balancesQuery, entriesQuery } from '@/services/queries/ledger';
import { classes } from '@/utils/classes';
import { dateTime, money } from '@/utils/format';

// What lies on a brand's balance, and how it came there.
export default function Balance() {
  const t = useT(brand);
  const u = useT(ui);
  const balances = useQuery(balancesQuery());
  const entries = useInfiniteQuery(entriesQuery());
  useTitle(t('balanceTitle'));
  const rows = entries.data?.pages.flatMap((page) => page.entries);
  const word = (act: string) => t((act in brand ? act : 'other') as Key<typeof brand>);
  const error = balances.error ?? entries.error;
  return (
    <div className="wrap max-w-3xl space-y-8 py-8 md:py-14">
      <div>
        <h1 className="text-4xl">{t('balanceTitle')}</h1>
        <p className="mt-2 text-muted">{t('balanceText')}</p>
      </div>
      {balances.data && rows ? (
        <>
          <Stats>
            {balances.data.balances.length === 0 && <Stat label={t('balance')} value={money(0)} />}
            {balances.data.balances.map(({ currency, amount }) => (
              <Stat key={currency} label={`${t('balance')}, ${currency}`} value={money(amount, currency)} />
            ))}
          </Stats>
          {rows.length === 0 ? (
            <Empty title={t('noEntries')} text={t('noEntriesText')} />
          ) : (
            <section>
              <h2 className="text-2xl">{t('entries')}</h2>
              <ul className="mt-4 rounded-card bg-card px-6 py-2">
                {rows.map(({ id, act, amount, currency, booking_id, created_at }) => (
                  <li
                    key={`${id} ${currency}`}
                    className="flex justify-between gap-4 border-t-2 border-sunken py-3 first:border-t-0"
                  >
                    <div>
                      <p className="font-bold">{word(act)}</p>
                      {booking_id && (
                        <Link
                          to={`/bookings/${booking_id}`}
                          className="inline-flex min-h-6 items-center underline underline-offset-4"
                        >
                          {t('booking', { id: booking_id })}
                        </Link>
                      )}
                      <p className="text-sm text-muted">{dateTime(created_at)}</p>
                    </div>
                    <p
                      className={classes(
                        'font-bold min-[18rem]:whitespace-nowrap tabular-nums',
                        amount > 0 && 'text-good',
                      )}
                    >
                      {amount > 0 && '+'}
                      {money(amount, currency)}
                    </p>
                  </li>
                ))}
              </ul>
              {entries.hasNextPage && (
                <Button
                  look="second"
                  wide
                  className="mt-4"
                  busy={entries.isFetchingNextPage}
                  onClick={() => void entries.fetchNextPage()}
                >
                  {u('showMore')}
                </Button>
              )}
            </section>
          )}
        </>
      ) : error ? (
        <Failed
          error={error}
          onRetry={() => {
            void balances.refetch();
            void entries.refetch();
          }}
        />
      ) : (
        <Loading>
          <Skeleton className="h-28" />
          <Skeleton className="h-64" />
        </Loading>
      )}
    </div>
  );
}
