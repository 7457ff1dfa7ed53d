import { useQuery } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { useForm } from 'react-hook-form';
import { PayFields, usePayWords } from '@/components/booking/PayFields';
import { PriceLines } from '@/components/booking/PriceLines';
import { Summary } from '@/components/booking/Summary';
import { Missing } from '@/components/Missing';
import { Alert } from '@/components/ui/Alert';
import { Button, ButtonLink } from '@/components/ui/Button';
import { TextArea } from '@/components/ui/Field';
import { Empty, Failed, Loading, Skeleton } from '@/components/ui/State';
import { useDraft } from '@/hooks/useDraft';
import { useParams } from '@/hooks/useParams';
import { useSubmit } from '@/hooks/useSubmit';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import checkout from '@/i18n/en/checkout';
import { isWallet } from '@/lib/payment';
import { navigate } from '@/lib/router';
import { type CheckoutValues, checkout as schema } from '@/lib/schemas.money';
import { lastWay, rememberWay } from '@/lib/ways';
import { ApiError } from '@/services/api';
import { book } from '@/services/mutations/bookings';
import { type Quote, quoteQuery } from '@/services/queries/bookings';
import { packageQuery } from '@/services/queries/packages';
import { creatorName, money } from '@/utils/format';
import { leave } from '@/utils/leave';

function Form({ id, quote }: { id: number; quote: Quote }) {
  const t = useT(checkout);
  const words = usePayWords();
  const form = useForm<CheckoutValues>({
    resolver: schema,
    // A request names no way to pay yet.
    defaultValues: { notes: '', ...(quote.instant ? lastWay() : { payment_method: 'paynow', phone: '' }) },
  });
  const dropDraft = useDraft(form, `${quote.instant ? 'checkout' : 'request'}-${id}`);
  const { refusal, busy, onSubmit, error } = useSubmit(form, async ({ notes, payment_method, phone }) => {
    const way = { payment_method, phone: isWallet(payment_method) ? phone : null };
    const { booking, payment } = await book(id, quote, notes || null, quote.instant ? way : null);
    dropDraft();
    if (quote.instant) rememberWay({ payment_method, phone });
    navigate(booking.state === 'requested' ? `/bookings/${booking.id}` : `/bookings/${booking.id}/pay`, {
      replace: true,
    });
    // Of an earlier try it may be paid already.
    if (booking.state === 'awaiting_payment' && payment.success && payment.redirect_url)
      leave(payment.redirect_url);
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
      <TextArea
        label={t('brief')}
        hint={t('briefHint')}
        optional
        error={error('notes')}
        {...form.register('notes')}
      />
      {quote.instant ? (
        <PayFields
          method={method}
          methodInput={form.register('payment_method')}
          phoneInput={form.register('phone')}
          phoneError={error('phone')}
          amount={quote.total}
          currency={quote.currency}
          paying={form.formState.isSubmitting}
          onShort={() => form.setValue('payment_method', 'ecocash')}
        />
      ) : (
        <p>{t('requestText')}</p>
      )}
      <Button type="submit" look="glow" wide busy={busy} busyText={t('sending')}>
        {quote.instant ? words(method, money(quote.total, quote.currency)) : t('send')}
      </Button>
      <p className="flex gap-3 text-sm text-muted">
        <ShieldCheck aria-hidden className="shrink-0 text-good" />
        {t('held')}
      </p>
    </form>
  );
}

export default function Checkout() {
  const t = useT(checkout);
  const id = Number(useParams().id);
  const valid = Number.isSafeInteger(id) && id > 0;
  const item = useQuery({ ...packageQuery(id), enabled: valid });
  const price = useQuery({ ...quoteQuery(id), enabled: valid });
  const title = price.data?.instant === false ? t('titleAsk') : t('titleBook');
  useTitle(title);

  const error = item.error ?? price.error;
  if (!valid) return <Missing />;
  if (error instanceof ApiError && error.status === 404)
    return (
      <div className="wrap section">
        <h1 className="sr-only">{title}</h1>
        <Empty title={t('notOffered')} text={t('notOfferedText')}>
          <ButtonLink to="/creators">{t('findOther')}</ButtonLink>
        </Empty>
      </div>
    );
  return (
    <div className="wrap max-w-5xl py-8 md:py-14">
      <h1 className="text-4xl">{title}</h1>
      {item.data && price.data ? (
        <div className="mt-6 grid items-start gap-6 md:grid-cols-[1fr_22rem] md:gap-8">
          <section className="space-y-5 rounded-card bg-card p-6 md:order-2 md:sticky md:top-24">
            <Summary
              title={item.data.title}
              name={creatorName(item.data.creator)}
              person={creatorName(item.data.creator)}
              picture={item.data.creator.profile_picture}
              to={`/creators/${item.data.creator.id}`}
            />
            <PriceLines {...price.data} />
          </section>
          <Form key={id} id={id} quote={price.data} />
        </div>
      ) : error ? (
        <div className="mt-6">
          <Failed
            error={error}
            onRetry={() => {
              void item.refetch();
              void price.refetch();
            }}
          />
        </div>
      ) : (
        <Loading>
          <div className="mt-6 grid gap-6 md:grid-cols-[1fr_22rem] md:gap-8">
            <Skeleton className="h-64 md:order-2" />
            <Skeleton className="h-96" />
          </div>
        </Loading>
      )}
    </div>
  );
}
