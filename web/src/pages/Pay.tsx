import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { LineLost, PaymentState } from '@/components/booking/PaymentState';
import { PriceLines } from '@/components/booking/PriceLines';
import { Summary } from '@/components/booking/Summary';
import { Missing } from '@/components/Missing';
import { Button, ButtonLink } from '@/components/ui/Button';
import { Empty, Failed, Loading, Skeleton } from '@/components/ui/State';
import { useOnline } from '@/hooks/useOnline';
import { useParams } from '@/hooks/useParams';
import { usePayment } from '@/hooks/usePayment';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import checkout from '@/i18n/en/checkout';
import { come } from '@/lib/code';
import { mayRetry } from '@/lib/payment';
import { lastWay } from '@/lib/ways';
import { ApiError } from '@/services/api';
import { type Booking, bookingQuery } from '@/services/queries/bookings';
import { creatorName } from '@/utils/format';
import { leave } from '@/utils/leave';

const GRID = 'mt-6 grid items-start gap-6 md:grid-cols-[1fr_22rem] md:gap-x-8';

// It comes where there is something to pay.
const PayForm = lazy(() => come(() => import('@/components/booking/PayForm')));

function Ways({ booking, receipt }: { booking: Booking; receipt?: boolean }) {
  const t = useT(checkout);
  return (
    <div className="flex flex-wrap gap-3 max-sm:*:grow">
      <ButtonLink to={`/bookings/${booking.id}`}>{t('toBooking')}</ButtonLink>
      {receipt && (
        <ButtonLink to={`/bookings/${booking.id}/receipt`} look="second">
          {t('toReceipt')}
        </ButtonLink>
      )}
    </div>
  );
}

// What is charged: below how it stands, above what would charge it.
function Price({ booking }: { booking: Booking }) {
  const t = useT(checkout);
  const name = creatorName(booking.creator);
  return (
    <section className="space-y-5 rounded-card bg-card p-6 md:col-start-2 md:row-span-2 md:row-start-1">
      <Summary
        title={booking.package?.title ?? booking.campaign?.title ?? t('booking', { id: booking.id })}
        name={name}
        person={name}
        picture={booking.creator.profile_picture}
        to={`/bookings/${booking.id}`}
      />
      <PriceLines
        price={booking.amount}
        fee={booking.fee}
        payout={booking.payout}
        total={booking.amount}
        currency={booking.currency}
      />
    </section>
  );
}

function Waiting() {
  return (
    <Loading>
      <Skeleton className="h-80" />
      <Skeleton className="h-64" />
    </Loading>
  );
}

// The payment of one booking, live.
function Live({ booking }: { booking: Booking }) {
  const t = useT(checkout);
  const online = useOnline();
  const { data, error, phase, refetch, restart } = usePayment(booking.id);
  const [again, setAgain] = useState(false);
  const { phone, payment_method } = lastWay();
  const price = <Price booking={booking} />;

  if (!data || !phase)
    return error ? (
      <>
        <Failed error={error} onRetry={() => void refetch()} />
        {price}
      </>
    ) : (
      // How it stands and the price may change places: neither stands before.
      <Waiting />
    );
  if (phase === 'paid' || booking.payment_status === 'paid')
    return (
      <>
        <div className="space-y-5">
          <PaymentState phase="paid" />
          <Ways booking={booking} receipt />
        </div>
        {price}
      </>
    );
  if (booking.state !== 'awaiting_payment')
    return (
      <>
        <Empty
          title={t(booking.state === 'requested' ? 'requested' : 'noPayment')}
          text={t(booking.state === 'requested' ? 'requestedText' : 'noPaymentText')}
        >
          <Ways booking={booking} />
        </Empty>
        {price}
      </>
    );

  // What is under way stands alone, until the person asks for another.
  const asks = phase === 'none' || phase === 'cancelled' || phase === 'failed' || phase === 'refunded';
  const lost = error !== null || !online;
  return (
    <>
      {(phase !== 'none' || lost) && (
        <div className="space-y-5">
          {phase !== 'none' && (
            <PaymentState
              phase={phase}
              payment={data}
              phone={data.success && data.method === payment_method ? phone : ''}
            />
          )}
          {lost && <LineLost />}
          {phase === 'elsewhere' && data.success && data.redirect_url && (
            <Button look="glow" wide onClick={() => leave(data.redirect_url ?? '')}>
              {t('openPage')}
            </Button>
          )}
        </div>
      )}
      {price}
      {asks || (again && mayRetry(phase)) ? (
        <Suspense fallback={<Skeleton className="h-96" />}>
          <PayForm
            booking={booking}
            before={data.success ? data.reference : null}
            onStarted={() => {
              setAgain(false);
              restart();
            }}
          />
        </Suspense>
      ) : (
        mayRetry(phase) && (
          <Button look="second" wide onClick={() => setAgain(true)}>
            {t('otherWay')}
          </Button>
        )
      )}
    </>
  );
}

export default function Pay() {
  const t = useT(checkout);
  const id = Number(useParams().id);
  const valid = Number.isSafeInteger(id) && id > 0;
  const { data, error, refetch } = useQuery({ ...bookingQuery(id), enabled: valid });
  useTitle(t('payTitle'));

  if (!valid || (error instanceof ApiError && error.status === 404)) return <Missing />;
  return (
    <div className="wrap max-w-5xl py-8 md:py-14">
      <h1 className="text-4xl">{t('payTitle')}</h1>
      {data ? (
        <div className={GRID}>
          <Live booking={data} />
        </div>
      ) : error ? (
        <div className="mt-6">
          <Failed error={error} onRetry={() => void refetch()} />
        </div>
      ) : (
        <div className={GRID}>
          <Waiting />
        </div>
      )}
    </div>
  );
}
