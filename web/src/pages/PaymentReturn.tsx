import { LineLost, PaymentState } from '@/components/booking/PaymentState';
import { Missing } from '@/components/Missing';
import { ButtonLink } from '@/components/ui/Button';
import { Failed, Loading, Skeleton } from '@/components/ui/State';
import { useAuth } from '@/hooks/useAuth';
import { useOnline } from '@/hooks/useOnline';
import { useParams } from '@/hooks/useParams';
import { useReturned } from '@/hooks/usePayment';
import { useTitle } from '@/hooks/useTitle';
import { type Key, useT } from '@/i18n';
import checkout from '@/i18n/en/checkout';
import type { Phase } from '@/lib/payment';
import { ApiError } from '@/services/api';
import { money } from '@/utils/format';

// Where one goes on, and what the link says.
type On = [label: Key<typeof checkout>, to: string];
function onwards(phase: Phase, id: number): On {
  switch (phase) {
    case 'paid':
      return ['toReceipt', `/bookings/${id}/receipt`];
    case 'balance':
      return ['toBalance', '/brand/balance'];
    case 'refunded':
      return ['toBooking', `/bookings/${id}`];
    case 'cancelled':
    case 'failed':
      return ['tryAgain', `/bookings/${id}/pay`];
    default:
      return ['seePayment', `/bookings/${id}/pay`];
  }
}

// Where the gateway's page leads back to, in whatever browser that is: whoever
// holds the address is told how that one payment stands.
export default function PaymentReturn() {
  const t = useT(checkout);
  const online = useOnline();
  const { state } = useAuth();
  const { token = '' } = useParams();
  const { data, error, phase, refetch } = useReturned(token);
  useTitle(t('returnTitle'));

  const [label, to] = onwards(phase ?? 'none', data?.booking_id ?? 0);
  if (error instanceof ApiError && error.status === 404) return <Missing />;
  return (
    <div className="wrap max-w-2xl space-y-6 py-8 md:py-14">
      <h1 className="text-4xl">{t('returnTitle')}</h1>
      {data && phase && phase !== 'none' ? (
        <>
          <PaymentState phase={phase} />
          {(error || !online) && <LineLost />}
          <section className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2 rounded-card bg-card p-6">
            <p className="font-bold">{data.title}</p>
            <p className="font-display text-3xl tabular-nums">{money(data.amount, data.currency)}</p>
          </section>
          <ButtonLink to={to} wide>
            {t(label)}
          </ButtonLink>
          {state === 'out' && <p className="text-muted">{t('returnOut')}</p>}
        </>
      ) : error ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading>
          <Skeleton className="h-40" />
          <Skeleton className="h-20" />
        </Loading>
      )}
    </div>
  );
}
