import { useQuery } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { Networks, Portrait, ProfilePage, Save } from '@/components/ProfileParts';
import { Field, TextArea } from '@/components/ui/Field';
import { Section } from '@/components/ui/Section';
import { Select } from '@/components/ui/Select';
import { Failed, Loading, Skeleton } from '@/components/ui/State';
import { toast } from '@/components/ui/Toast';
import { refreshAccount } from '@/hooks/useAuth';
import { useDraft } from '@/hooks/useDraft';
import { useSubmit } from '@/hooks/useSubmit';
import { useT } from '@/i18n';
import company from '@/i18n/en/company';
import myself from '@/i18n/en/myself';
import { BRAND_NETWORKS, linksIn, SIZES } from '@/lib/profiles';
import { type BrandForm, brandForm } from '@/lib/schemas';
import { changeBrand, sendLogo } from '@/services/mutations/brand';
import { type OwnBrand, ownBrandQuery } from '@/services/queries/brand';

const asForm = (own: OwnBrand): BrandForm => ({
  company_name: own.company_name,
  description: own.description ?? '',
  industry: own.industry ?? '',
  location: own.location ?? '',
  company_size: own.company_size ?? '',
  website: own.website ?? '',
  social_links: linksIn(BRAND_NETWORKS, own.social_links),
});

function Words({ own }: { own: OwnBrand }) {
  const t = useT(company);
  const m = useT(myself);
  const use = useForm<BrandForm>({ resolver: brandForm, defaultValues: asForm(own) });
  const dropDraft = useDraft(use, 'company');
  const form = useSubmit(use, async (values) => {
    await changeBrand(values);
    dropDraft();
    await refreshAccount().catch(() => {});
    toast(m('saved'));
  });
  return (
    <form noValidate method="post" onSubmit={form.onSubmit} className="space-y-5">
      <Section title={t('about')}>
        <Field
          label={t('name')}
          autoComplete="organization"
          error={form.error('company_name')}
          {...use.register('company_name')}
        />
        <TextArea
          label={t('description')}
          hint={t('descriptionHint')}
          optional
          error={form.error('description')}
          {...use.register('description')}
        />
        <div className="grid items-end gap-5 sm:grid-cols-2">
          <Field
            label={t('industry')}
            optional
            error={form.error('industry')}
            {...use.register('industry')}
          />
          <Field
            label={m('location')}
            optional
            autoComplete="address-level2"
            error={form.error('location')}
            {...use.register('location')}
          />
        </div>
        <Select
          label={t('size')}
          error={form.error('company_size')}
          options={[
            { value: '', label: t('sizeNone') },
            ...SIZES.map((value) => ({ value, label: t('people', { number: value.replace('-', '–') }) })),
          ]}
          {...use.register('company_size')}
        />
      </Section>
      <Section title={m('platforms')}>
        <Field
          label={m('website')}
          optional
          inputMode="url"
          autoCapitalize="none"
          error={form.error('website')}
          {...use.register('website')}
        />
        <fieldset>
          <legend className="text-sm text-muted">{m('platformsHint')}</legend>
          <Networks
            names={BRAND_NETWORKS.filter((name) => name !== 'website')}
            input={(name) => ({ error: form.error(name), ...use.register(name) })}
          />
        </fieldset>
      </Section>
      <Save refusal={form.refusal} busy={form.busy} />
    </form>
  );
}

export default function BrandProfile() {
  const t = useT(company);
  const { data, error, refetch } = useQuery(ownBrandQuery());
  return (
    <ProfilePage lead={t('lead')}>
      {data ? (
        <>
          <Portrait
            title={t('logo')}
            name={data.company_name}
            src={data.logo}
            label={t(data.logo ? 'logoChange' : 'logoChoose')}
            done={t('logoDone')}
            send={sendLogo}
          />
          <Words own={data} />
        </>
      ) : error ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading>
          <Skeleton className="h-56 rounded-card" />
          <Skeleton className="h-96 rounded-card" />
        </Loading>
      )}
    </ProfilePage>
  );
}
