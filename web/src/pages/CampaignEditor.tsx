import { useQuery } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { Missing } from '@/components/Missing';
import { Alert } from '@/components/ui/Alert';
import { Button } from '@/components/ui/Button';
import { Field, TextArea } from '@/components/ui/Field';
import { Select } from '@/components/ui/Select';
import { Failed, Loading, Skeleton } from '@/components/ui/State';
import { useDraft } from '@/hooks/useDraft';
import { useName } from '@/hooks/useName';
import { useParams } from '@/hooks/useParams';
import { useSubmit } from '@/hooks/useSubmit';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import campaigns from '@/i18n/en/campaigns';
import { CURRENCIES } from '@/lib/currencies';
import { navigate } from '@/lib/router';
import { type CampaignValues, campaign as schema } from '@/lib/schemas';
import { ApiError } from '@/services/api';
import { type CampaignIn, createCampaign, updateCampaign } from '@/services/mutations/campaigns';
import { type Campaign, campaignQuery } from '@/services/queries/campaigns';
import { categoriesQuery } from '@/services/queries/categories';
import { typedAmount } from '@/utils/format';

// A day of the form is the day in Harare, from its first to its last minute.
const sent = ({ start_date, end_date, objectives, ...rest }: CampaignValues): CampaignIn => ({
  ...rest,
  objectives: objectives || null,
  start_date: `${start_date}T00:00:00+02:00`,
  end_date: `${end_date}T23:59:00+02:00`,
});
const days = new Intl.DateTimeFormat('en-CA', { timeZone: 'Africa/Harare' });
const day = (iso: string) => days.format(new Date(iso));

const valuesOf = (one?: Campaign): CampaignValues => ({
  title: one?.title ?? '',
  description: one?.description ?? '',
  objectives: one?.objectives ?? '',
  budget: one ? typedAmount(one.budget) : '',
  currency: one?.currency ?? 'USD',
  start_date: one ? day(one.start_date) : '',
  end_date: one ? day(one.end_date) : '',
  category: one?.category ?? '',
});

function Form({ campaign, categories }: { campaign?: Campaign; categories: readonly string[] }) {
  const t = useT(campaigns);
  const named = useName();
  const form = useForm<CampaignValues>({
    resolver: schema,
    defaultValues: { ...valuesOf(campaign), category: campaign?.category ?? categories[0] ?? '' },
  });
  const dropDraft = useDraft(form, `campaign-${campaign?.id ?? 'new'}`);
  const save = (status?: 'draft' | 'active') => async (values: CampaignValues) => {
    const { id } = campaign
      ? await updateCampaign(campaign.id, sent(values))
      : await createCampaign(sent(values), status ?? 'draft');
    dropDraft();
    navigate(`/brand/campaigns/${id}`, { replace: true });
  };
  const main = useSubmit(form, save('active'));
  const draft = useSubmit(form, save('draft'));
  const { error } = main;
  return (
    <form
      noValidate
      method="post"
      onSubmit={main.onSubmit}
      className="space-y-5 rounded-card bg-card p-6 md:p-8"
    >
      <Alert>{main.refusal ?? draft.refusal}</Alert>
      <Field label={t('name')} error={error('title')} {...form.register('title')} />
      <TextArea label={t('description')} error={error('description')} {...form.register('description')} />
      <TextArea
        label={t('objectives')}
        optional
        rows={3}
        error={error('objectives')}
        {...form.register('objectives')}
      />
      <Select
        label={t('category')}
        options={categories.map((value) => ({ value, label: named(value) }))}
        error={error('category')}
        {...form.register('category')}
      />
      <div className="grid items-end gap-5 md:grid-cols-2">
        <Field
          label={t('budget')}
          hint={t('budgetHint')}
          inputMode="decimal"
          error={error('budget')}
          {...form.register('budget')}
        />
        <Select
          label={t('currency')}
          options={CURRENCIES.map((value) => ({ value, label: value }))}
          error={error('currency')}
          {...form.register('currency')}
        />
        <Field label={t('start')} type="date" error={error('start_date')} {...form.register('start_date')} />
        <Field label={t('end')} type="date" error={error('end_date')} {...form.register('end_date')} />
      </div>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" busy={main.busy}>
          {t(campaign ? 'save' : 'publish')}
        </Button>
        {!campaign && (
          <Button look="second" busy={draft.busy} onClick={draft.onSubmit}>
            {t('saveDraft')}
          </Button>
        )}
      </div>
    </form>
  );
}

export default function CampaignEditor() {
  const t = useT(campaigns);
  const { id: asked } = useParams();
  const id = Number(asked);
  const isNew = asked === undefined;
  const valid = isNew || (Number.isSafeInteger(id) && id > 0);
  const campaign = useQuery({ ...campaignQuery(id), enabled: valid && !isNew });
  const categories = useQuery(categoriesQuery());
  const title = t(isNew ? 'new' : 'edit');
  useTitle(title);

  const error = campaign.error ?? categories.error;
  if (!valid || (campaign.error instanceof ApiError && campaign.error.status === 404)) return <Missing />;
  return (
    <div className="wrap max-w-3xl py-8 md:py-14">
      <h1 className="mb-6 text-4xl">{title}</h1>
      {categories.data && (isNew || campaign.data) ? (
        <Form campaign={campaign.data} categories={categories.data.campaign} />
      ) : error ? (
        <Failed
          error={error}
          onRetry={() => {
            void categories.refetch();
            if (!isNew) void campaign.refetch();
          }}
        />
      ) : (
        <Loading>
          <Skeleton className="h-96" />
        </Loading>
      )}
    </div>
  );
}
