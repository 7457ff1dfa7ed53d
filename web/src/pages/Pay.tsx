import { useQuery } from '@tanstack/react-query';
import { WifiOff } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { PaymentState } from '@/components/booking/PaymentState';
import { PriceLines } from '@/components/booking/PriceLines';
import { Summary } from '@/components/booking/Summary';
import { Missing } from '@/components/Missing';
import { Button, ButtonLink } from '@/components/ui/Button';
import { Empty, Failed, Loading, Skeleton } from '@/components/ui/State';
import { useParams } from '@/hooks/useParams';
import { usePayment } from '@/hooks/usePayment';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import checkout from '@/i18n/en/checkout';
import { mayRetry } from '@/lib/payment';
import { lastWay } from '@/lib/ways';
import { ApiError } from '@/services/api';
import { type Booking, bookingQuery } from '@/services/queries/bookings';
import { creatorName } from '@/utils/format';
import { leave } from '@/utils/leave';

// It comes where there is something to pay.
const PayForm = lazy(() => import('@/components/booking/PayForm'));

function Ways({ booking, receipt }: { booking: Booking; receipt?: boolean }) {
  const t = useT('checkout', checkout);
  return (
    <div className="flex flex-wrap gap-3">
      <ButtonLink to={`/bookings/${booking.id}`}>{t('toBooking')}</ButtonLink>
      {receipt && (
        <ButtonLink to={`/bookings/${booking.id}/receipt`} look="second">
          {t('toReceipt')}
        </ButtonLink>
      )}
    </div>
  );
}

// The payment of one booking, live.
function Live({ booking }: { booking: Booking }) {
  const t = useT('checkout', checkout);
  const { data, error, phase, refetch, restart } = usePayment(booking.id);
  const [again, setAgain] = useState(false);
  const { phone, payment_method } = lastWay();

  if (!data || !phase)
    return error ? (
      <Failed error={error} onRetry={() => void refetch()} />
    ) : (
      <Loading>
        <Skeleton className="h-64" />
      </Loading>
    );
  if (phase === 'paid' || booking.payment_status === 'paid')
    return (
      <div className="space-y-5">
        <PaymentState phase="paid" payment={data} phone="" />
        <Ways booking={booking} receipt />
      </div>
    );
  if (booking.state !== 'awaiting_payment')
    return (
      <Empty
        title={t(booking.state === 'requested' ? 'requested' : 'noPayment')}
        text={t(booking.state === 'requested' ? 'requestedText' : 'noPaymentText')}
      >
        <Ways booking={booking} />
      </Empty>
    );

  // What is under way stands alone, until the person asks for another.
  const asks = phase === 'none' || phase === 'cancelled' || phase === 'failed' || phase === 'refunded';
  return (
    <div className="space-y-5">
      {phase !== 'none' && (
        <PaymentState
          phase={phase}
          payment={data}
          phone={data.success && data.method === payment_method ? phone : ''}
        />
      )}
      {error && (
        <p role="status" className="flex items-start gap-3 rounded-photo bg-sunken p-4">
          <WifiOff aria-hidden className="shrink-0" />
          {t('lineLost')}
        </p>
      )}
      {phase === 'elsewhere' && data.success && data.redirect_url && (
        <Button look="glow" wide onClick={() => leave(data.redirect_url ?? '')}>
          {t('openPage')}
        </Button>
      )}
      {asks || (again && mayRetry(phase)) ? (
        <Suspense fallback={<Skeleton className="h-96" />}>
          <PayForm
            booking={booking}
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
    </div>
  );
}

export default function Pay() {
  const t = useT('checkout', checkout);
  const id = Number(useParams().id);
  const valid = Number.isSafeInteger(id) && id > 0;
  const { data, error, refetch } = useQuery({ ...bookingQuery(id), enabled: valid });
  useTitle(t('payTitle'));

  if (!valid || (error instanceof ApiError && error.status === 404)) return <Missing />;
  return (
    <div className="wrap max-w-5xl py-8 md:py-14">
      <h1 className="text-4xl">{t('payTitle')}</h1>
      {data ? (
        <div className="mt-6 grid items-start gap-6 md:grid-cols-[1fr_22rem] md:gap-8">
          <Live booking={data} />
          <section className="space-y-5 rounded-card bg-card p-6">
            <Summary
              title={data.package?.title ?? data.campaign?.title ?? t('booking', { id })}
              name={creatorName(data.creator)}
              picture={data.creator.profile_picture}
              to={`/bookings/${id}`}
            />
            <PriceLines
              price={data.amount}
              fee={data.fee}
              payout={data.payout}
              total={data.amount}
              currency={data.currency}
            />
          </section>
        </div>
      ) : error ? (
        <div className="mt-6">
          <Failed error={error} onRetry={() => void refetch()} />
        </div>
      ) : (
        <Loading>
          <div className="mt-6 grid gap-6 md:grid-cols-[1fr_22rem] md:gap-8">
            <Skeleton className="h-80" />
            <Skeleton className="h-64" />
          </div>
        </Loading>
      )}
    </div>
  );
}
