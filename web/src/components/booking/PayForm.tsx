import { useForm } from 'react-hook-form';
import { PayFields, usePayWords } from '@/components/booking/PayFields';
import { Alert } from '@/components/ui/Alert';
import { Button } from '@/components/ui/Button';
import { useSubmit } from '@/hooks/useSubmit';
import { useT } from '@/i18n';
import checkout from '@/i18n/en/checkout';
import { isWallet } from '@/lib/payment';
import { way as schema, type WayValues } from '@/lib/schemas.money';
import { lastWay, rememberWay } from '@/lib/ways';
import { pay } from '@/services/mutations/bookings';
import type { Booking } from '@/services/queries/bookings';
import { money } from '@/utils/format';
import { leave } from '@/utils/leave';

interface Props {
  booking: Booking;
  // The last payment's reference.
  before: string | null;
  onStarted: () => void;
}

// Starts the payment of a booking.
export default function PayForm({ booking, before, onStarted }: Props) {
  const t = useT(checkout);
  const words = usePayWords();
  const form = useForm<WayValues>({ resolver: schema, defaultValues: lastWay() });
  const { refusal, busy, onSubmit, error } = useSubmit(form, async (values) => {
    const { payment_method, phone } = values;
    rememberWay(values);
    const way = { payment_method, phone: isWallet(payment_method) ? phone : null };
    const { payment } = await pay(booking.id, way, before);
    onStarted();
    if (payment.success && payment.redirect_url) leave(payment.redirect_url);
  });
  const method = form.watch('payment_method');
  return (
    <form noValidate method="post" onSubmit={onSubmit} className="space-y-6 rounded-card bg-card p-6 md:p-8">
      <Alert>
        {refusal && (
          <>
            {refusal} {t('safeRepeat')}
          </>
        )}
      </Alert>
      <PayFields
        method={method}
        methodInput={form.register('payment_method')}
        phoneInput={form.register('phone')}
        phoneError={error('phone')}
        amount={booking.amount}
        currency={booking.currency}
        paying={form.formState.isSubmitting}
        onShort={() => form.setValue('payment_method', 'ecocash')}
      />
      <Button type="submit" look="glow" wide busy={busy} busyText={t('sending')}>
        {words(method, money(booking.amount, booking.currency))}
      </Button>
    </form>
  );
}
