import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { ApplicationPill } from '@/components/ApplicationPill';
import { Missing } from '@/components/Missing';
import { Alert } from '@/components/ui/Alert';
import { Avatar } from '@/components/ui/Avatar';
import { Button, ButtonLink } from '@/components/ui/Button';
import { Field, TextArea } from '@/components/ui/Field';
import { Link } from '@/components/ui/Link';
import { Pill } from '@/components/ui/Pill';
import { Failed, Loading, Skeleton } from '@/components/ui/State';
import { toast } from '@/components/ui/Toast';
import { useDraft } from '@/hooks/useDraft';
import { useName } from '@/hooks/useName';
import { useParams } from '@/hooks/useParams';
import { useSubmit } from '@/hooks/useSubmit';
import { useTitle } from '@/hooks/useTitle';
import { useView } from '@/hooks/useView';
import { useT } from '@/i18n';
import seek from '@/i18n/en/seek';
import { type ApplicationForm, applicationForm } from '@/lib/schemas';
import { ApiError } from '@/services/api';
import { applyTo } from '@/services/mutations/creator';
import { type Application, appliedQuery, openCampaignQuery } from '@/services/queries/creator';
import { date, money } from '@/utils/format';

function Apply({ id, currency }: { id: number; currency: string }) {
  const t = useT(seek);
  const client = useQueryClient();
  const use = useForm<ApplicationForm>({
    resolver: applicationForm,
    defaultValues: { proposed_price: '', duration_days: '', deliverables: '', message: '' },
  });
  const sent = useDraft(use, `apply-${id}`);
  const form = useSubmit(use, async (values) => {
    await applyTo(client, id, values);
    sent();
    toast(t('sentDone'));
  });
  return (
    <form noValidate method="post" onSubmit={form.onSubmit} className="space-y-5">
      <Alert>{form.refusal}</Alert>
      <div className="grid items-end gap-5 sm:grid-cols-2">
        <Field
          label={t('price', { currency })}
          inputMode="decimal"
          error={form.error('proposed_price')}
          {...use.register('proposed_price')}
        />
        <Field
          label={t('days')}
          optional
          inputMode="numeric"
          error={form.error('duration_days')}
          {...use.register('duration_days')}
        />
      </div>
      <TextArea
        label={t('deliverables')}
        hint={t('deliverablesHint')}
        rows={4}
        error={form.error('deliverables')}
        {...use.register('deliverables')}
      />
      <TextArea label={t('message')} optional error={form.error('message')} {...use.register('message')} />
      <Button type="submit" busy={form.busy} wide className="sm:w-auto">
        {t('send')}
      </Button>
    </form>
  );
}

function Sent({ application }: { application: Application }) {
  const t = useT(seek);
  const booking = application.booking_id && `/bookings/${application.booking_id}`;
  return (
    <div className="space-y-4">
      <ApplicationPill status={application.status} />
      <p className="font-display text-xl tabular-nums">
        {t('yourPrice', { amount: money(application.proposed_price, application.currency) })}
      </p>
      <ul className="list-disc space-y-1 ps-5">
        {application.deliverables.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {application.application_message && (
        <p className="whitespace-pre-line text-muted">{application.application_message}</p>
      )}
      <p className="text-sm text-muted">{t('sent', { date: date(application.applied_at) })}</p>
      {booking && <ButtonLink to={booking}>{t('booking')}</ButtonLink>}
    </div>
  );
}

export default function SeekCampaign() {
  const t = useT(seek);
  const named = useName();
  const id = Number(useParams().id);
  const valid = Number.isSafeInteger(id) && id > 0;
  const { data, error, refetch } = useQuery({ ...openCampaignQuery(id), enabled: valid });
  const applied = useQuery({ ...appliedQuery(id), enabled: valid });
  useTitle(data?.title ?? t('title'));
  useView('campaign', data?.id);
  if (!valid || (error instanceof ApiError && error.status === 404)) return <Missing />;
  const application = applied.data?.applications[0];
  return (
    <div className="wrap max-w-3xl space-y-5 py-8 md:py-12">
      <Link
        to="/creator/campaigns"
        className="inline-flex min-h-11 items-center font-bold text-accent underline underline-offset-4"
      >
        {t('back')}
      </Link>
      {data ? (
        <>
          <h1 className="text-4xl md:text-5xl">{data.title}</h1>
          <div className="flex items-center gap-3">
            <Avatar name={data.brand.company_name} src={data.brand.logo} eager />
            <div className="min-w-0">
              <p className="font-bold">{data.brand.company_name}</p>
              {data.brand.location && <p className="text-sm text-muted">{data.brand.location}</p>}
            </div>
          </div>
          <div className="flex flex-wrap items-center gap-3">
            <Pill>{named(data.category)}</Pill>
            <span className="text-muted">
              {t('from', { start: date(data.start_date), end: date(data.end_date) })}
            </span>
          </div>
          <p className="font-display text-2xl tabular-nums">
            {t('budget', { amount: money(data.budget, data.currency, false) })}
          </p>
          <section className="space-y-4 rounded-card bg-card p-5 md:p-8">
            <h2 className="text-2xl">{t('about')}</h2>
            <p className="whitespace-pre-line">{data.description}</p>
            {data.objectives && (
              <>
                <h3 className="text-lg">{t('objectives')}</h3>
                <p className="whitespace-pre-line">{data.objectives}</p>
              </>
            )}
          </section>
          <section className="space-y-5 rounded-card bg-card p-5 md:p-8">
            <h2 className="text-2xl">{t(application ? 'yourApplication' : 'apply')}</h2>
            {applied.data ? (
              application ? (
                <Sent application={application} />
              ) : data.status === 'active' ? (
                <Apply id={id} currency={data.currency} />
              ) : (
                <p>{t('closed')}</p>
              )
            ) : applied.error ? (
              <Failed error={applied.error} onRetry={() => void applied.refetch()} />
            ) : (
              <Loading>
                <Skeleton className="h-56" />
              </Loading>
            )}
          </section>
        </>
      ) : error ? (
        <Failed asPage error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading>
          <h1 className="sr-only">{t('title')}</h1>
          <Skeleton className="h-12 w-2/3" />
          <Skeleton className="h-56 rounded-card" />
          <Skeleton className="h-72 rounded-card" />
        </Loading>
      )}
    </div>
  );
}
