import { useQuery } from '@tanstack/react-query';
import { Printer } from 'lucide-react';
import { Logo } from '@/components/Logo';
import { Missing } from '@/components/Missing';
import { Button, ButtonLink } from '@/components/ui/Button';
import { Empty, Failed, Loading, Skeleton } from '@/components/ui/State';
import { useParams } from '@/hooks/useParams';
import { useTitle } from '@/hooks/useTitle';
import { type Key, useT } from '@/i18n';
import checkout from '@/i18n/en/checkout';
import { ApiError } from '@/services/api';
import { bookingQuery, paymentQuery } from '@/services/queries/bookings';
import { creatorName, date, money } from '@/utils/format';

// To keep: it prints as it stands.
export default function Receipt() {
  const t = useT(checkout);
  const id = Number(useParams().id);
  const valid = Number.isSafeInteger(id) && id > 0;
  const booking = useQuery({ ...bookingQuery(id), enabled: valid });
  const payment = useQuery({ ...paymentQuery(id), enabled: valid });
  useTitle(`${t('receipt')} ${id}`);

  // Without the payment it is a receipt still.
  const { error } = booking;
  if (!valid || (error instanceof ApiError && error.status === 404)) return <Missing />;
  if (!booking.data || payment.isLoading)
    return (
      <div className="wrap max-w-2xl py-8 md:py-14">
        <h1 className="text-4xl">{t('receipt')}</h1>
        <div className="mt-6">
          {error ? (
            <Failed error={error} onRetry={() => void booking.refetch()} />
          ) : (
            <Loading>
              <Skeleton className="h-96" />
            </Loading>
          )}
        </div>
      </div>
    );

  const { amount, currency, payment_status, brand, creator, payment_reference } = booking.data;
  if (payment_status !== 'paid' && payment_status !== 'refunded')
    return (
      <div className="wrap max-w-2xl py-8 md:py-14">
        <h1 className="sr-only">{t('receipt')}</h1>
        <Empty title={t('noReceipt')} text={t('noReceiptText')}>
          <ButtonLink to={`/bookings/${id}`}>{t('toBooking')}</ButtonLink>
        </Empty>
      </div>
    );
  const told = payment.data?.success ? payment.data : null;
  const lines: [Key<typeof checkout>, string | null | undefined][] = [
    ['receiptNumber', String(id)],
    ['receiptDate', told?.paid_at && date(told.paid_at)],
    ['receiptFor', booking.data.package?.title ?? booking.data.campaign?.title],
    ['receiptFrom', brand.company_name],
    ['receiptTo', creatorName(creator)],
    ['receiptWay', told?.method && told.method in checkout ? t(told.method as 'ecocash') : null],
    ['receiptReference', payment_reference ?? told?.reference],
  ];
  return (
    <div className="wrap max-w-2xl py-8 md:py-14">
      <article className="rounded-card bg-card p-6 md:p-10">
        <div className="flex flex-wrap-reverse items-center justify-between gap-4">
          <h1 className="text-4xl">{t('receipt')}</h1>
          <Logo />
        </div>
        <dl className="mt-6">
          {lines.map(
            ([key, value]) =>
              value && (
                <div
                  key={key}
                  className="flex flex-wrap justify-between gap-x-6 border-t-2 border-sunken py-3"
                >
                  <dt className="text-muted">{t(key)}</dt>
                  <dd className="font-bold tabular-nums">{value}</dd>
                </div>
              ),
          )}
          <div className="flex flex-wrap items-baseline justify-between gap-x-6 border-t-2 border-line pt-4">
            <dt className="font-bold">{t('receiptPaid')}</dt>
            <dd className="font-display text-4xl tabular-nums">{money(amount, currency)}</dd>
          </div>
        </dl>
        {payment_status === 'refunded' && <p className="mt-4 font-bold">{t('receiptBack')}</p>}
      </article>
      <div className="no-print mt-5 grid gap-3 sm:flex">
        <Button onClick={() => print()}>
          <Printer aria-hidden size={20} />
          {t('print')}
        </Button>
        <ButtonLink to={`/bookings/${id}`} look="second">
          {t('toBooking')}
        </ButtonLink>
      </div>
    </div>
  );
}
