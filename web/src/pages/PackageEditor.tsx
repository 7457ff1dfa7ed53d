import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { Missing } from '@/components/Missing';
import { Alert } from '@/components/ui/Alert';
import { Button } from '@/components/ui/Button';
import { Confirm } from '@/components/ui/Confirm';
import { Check, Field, TextArea } from '@/components/ui/Field';
import { Pill } from '@/components/ui/Pill';
import { Select } from '@/components/ui/Select';
import { Failed, Loading, Skeleton } from '@/components/ui/State';
import { toast } from '@/components/ui/Toast';
import { useAuth } from '@/hooks/useAuth';
import { useDraft } from '@/hooks/useDraft';
import { useErrors } from '@/hooks/useErrors';
import { useName } from '@/hooks/useName';
import { useParams } from '@/hooks/useParams';
import { useSubmit } from '@/hooks/useSubmit';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import offer from '@/i18n/en/offer';
import { navigate } from '@/lib/router';
import { type PackageForm, packageForm } from '@/lib/schemas';
import { ApiError } from '@/services/api';
import { changePackage, createPackage, deletePackage, showPackage } from '@/services/mutations/creator';
import { categoriesQuery } from '@/services/queries/categories';
import { type OwnPackage, ownPackageQuery } from '@/services/queries/creator';
import { typedAmount } from '@/utils/format';

const EMPTY: PackageForm = {
  title: '',
  description: '',
  category: '',
  price: '',
  currency: 'USD',
  duration_days: '7',
  revisions: '2',
  deliverables: '',
  instant: false,
};

const asForm = (item: OwnPackage): PackageForm => ({
  title: item.title,
  description: item.description,
  category: item.category,
  price: typedAmount(item.price),
  currency: item.currency,
  duration_days: String(item.duration_days),
  revisions: String(item.revisions),
  deliverables: item.deliverables.join('\n'),
  instant: item.instant,
});

function Form({ item, categories }: { item: OwnPackage | null; categories: readonly string[] }) {
  const t = useT(offer);
  const named = useName();
  const client = useQueryClient();
  const use = useForm<PackageForm>({
    resolver: packageForm,
    defaultValues: item ? asForm(item) : EMPTY,
  });
  const sent = useDraft(use, item ? `package-${item.id}` : 'package-new');
  const form = useSubmit(use, async (values) => {
    if (item) await changePackage(client, item.id, values);
    else await createPackage(client, values);
    sent();
    toast(t(item ? 'saved' : 'created'));
    navigate('/creator');
  });
  return (
    <form noValidate method="post" onSubmit={form.onSubmit} className="space-y-5">
      <Alert>{form.refusal}</Alert>
      <Field
        label={t('title')}
        hint={t('titleHint')}
        error={form.error('title')}
        {...use.register('title')}
      />
      <TextArea label={t('description')} error={form.error('description')} {...use.register('description')} />
      <TextArea
        label={t('deliverables')}
        hint={t('deliverablesHint')}
        optional
        rows={4}
        error={form.error('deliverables')}
        {...use.register('deliverables')}
      />
      <Select
        label={t('category')}
        error={form.error('category')}
        options={[
          { value: '', label: t('pickCategory') },
          ...categories.map((value) => ({ value, label: named(value) })),
        ]}
        {...use.register('category')}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <Field
          label={t('price')}
          hint={item ? t('bookedBefore') : undefined}
          inputMode="decimal"
          error={form.error('price')}
          {...use.register('price')}
        />
        <div className="sm:mt-auto">
          <Select
            label={t('currency')}
            error={form.error('currency')}
            options={[
              { value: 'USD', label: t('usd') },
              { value: 'ZWG', label: t('zwg') },
            ]}
            {...use.register('currency')}
          />
        </div>
        <Field
          label={t('days')}
          inputMode="numeric"
          error={form.error('duration_days')}
          {...use.register('duration_days')}
        />
        <Field
          label={t('revisions')}
          inputMode="numeric"
          error={form.error('revisions')}
          {...use.register('revisions')}
        />
      </div>
      <Check label={t('instant')} {...use.register('instant')} />
      <Button type="submit" busy={form.busy} wide className="sm:w-auto">
        {t(item ? 'save' : 'create')}
      </Button>
    </form>
  );
}

// Whether brands see it, and its end.
function Fate({ item }: { item: OwnPackage }) {
  const t = useT(offer);
  const say = useErrors();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState(false);

  async function turn() {
    setBusy(true);
    try {
      await showPackage(client, item, !item.is_active);
      toast(t(item.is_active ? 'hiddenDone' : 'shownDone'));
    } catch (reason) {
      toast(say(reason), true);
    } finally {
      setBusy(false);
    }
  }

  async function remove() {
    try {
      await deletePackage(client, item.id);
      toast(t('removed'));
      navigate('/creator', { replace: true });
    } catch (reason) {
      toast(say(reason), true);
      setAsking(false);
    }
  }

  return (
    <div className="mt-5 flex flex-wrap items-center gap-3 rounded-card bg-card p-5">
      <Pill
        tone={item.is_active ? 'good' : 'plain'}
        icon={item.is_active ? <Eye aria-hidden size={16} /> : <EyeOff aria-hidden size={16} />}
      >
        {t(item.is_active ? 'shown' : 'hidden')}
      </Pill>
      <div className="flex flex-wrap gap-3 sm:ms-auto">
        <Button look="second" busy={busy} onClick={() => void turn()}>
          {t(item.is_active ? 'hide' : 'show')}
        </Button>
        <Button look="danger" onClick={() => setAsking(true)}>
          {t('remove')}
        </Button>
      </div>
      <Confirm
        open={asking}
        onClose={() => setAsking(false)}
        title={t('removeTitle')}
        text={t('removeText')}
        yes={t('remove')}
        no={t('keep')}
        onYes={remove}
      />
    </div>
  );
}

export default function PackageEditor() {
  const t = useT(offer);
  const { id: wanted } = useParams();
  const id = Number(wanted);
  const valid = Number.isSafeInteger(id) && id > 0;
  const making = wanted === undefined;
  const { profile } = useAuth();
  const item = useQuery({ ...ownPackageQuery(id), enabled: valid });
  const categories = useQuery(categoriesQuery());
  useTitle(t(making ? 'newTitle' : 'editTitle'));

  const gone = item.error instanceof ApiError && item.error.status === 404;
  const strange = item.data && profile && item.data.creator_id !== profile.id;
  if (!making && (!valid || gone || strange)) return <Missing />;
  const failed = categories.error ?? (making ? null : item.error);
  const ready = categories.data && (making || item.data);
  return (
    <div className="wrap max-w-3xl py-8 md:py-12">
      <h1 className="text-4xl md:text-5xl">{t(making ? 'newTitle' : 'editTitle')}</h1>
      <p className="mt-2 text-lg text-muted">{t('lead')}</p>
      {item.data && <Fate item={item.data} />}
      <div className="mt-5 rounded-card bg-card p-5 md:p-8">
        {ready ? (
          <Form key={id} item={item.data ?? null} categories={categories.data.package} />
        ) : failed ? (
          <Failed
            error={failed}
            onRetry={() => {
              if (categories.error) void categories.refetch();
              if (item.error) void item.refetch();
            }}
          />
        ) : (
          <Loading>
            <div className="space-y-5">
              <Skeleton className="h-18" />
              <Skeleton className="h-40" />
              <Skeleton className="h-18" />
              <Skeleton className="h-18" />
            </div>
          </Loading>
        )}
      </div>
    </div>
  );
}
