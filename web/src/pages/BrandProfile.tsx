import { useQuery } from '@tanstack/react-query';
import { useForm } from 'react-hook-form';
import { Send } from '@/components/picture/Send';
import { Alert } from '@/components/ui/Alert';
import { Avatar } from '@/components/ui/Avatar';
import { Button } from '@/components/ui/Button';
import { Field, TextArea } from '@/components/ui/Field';
import { Section } from '@/components/ui/Section';
import { Select } from '@/components/ui/Select';
import { Failed, Loading, Skeleton } from '@/components/ui/State';
import { toast } from '@/components/ui/Toast';
import { refreshAccount } from '@/hooks/useAuth';
import { useDraft } from '@/hooks/useDraft';
import { useSubmit } from '@/hooks/useSubmit';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import company from '@/i18n/en/company';
import myself from '@/i18n/en/myself';
import { BRAND_NETWORKS, linksIn, NETWORK_NAMES, SIZES } from '@/lib/profiles';
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

function Logo({ own }: { own: OwnBrand }) {
  const t = useT('company', company);
  return (
    <Section title={t('logo')}>
      <div className="flex flex-wrap items-center gap-5">
        <Avatar name={own.company_name} src={own.logo} size="lg" eager />
        <Send
          label={t(own.logo ? 'logoChange' : 'logoChoose')}
          shapes={['square']}
          send={async (picture, onProgress) => {
            await sendLogo(picture, onProgress);
            toast(t('logoDone'));
            await refreshAccount();
          }}
        />
      </div>
    </Section>
  );
}

function Words({ own }: { own: OwnBrand }) {
  const t = useT('company', company);
  const m = useT('myself', myself);
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
          <div className="mt-3 grid gap-4 sm:grid-cols-2">
            {BRAND_NETWORKS.filter((name) => name !== 'website').map((name) => (
              <Field
                key={name}
                label={NETWORK_NAMES[name]}
                inputMode="url"
                autoCapitalize="none"
                error={form.error(`social_links.${name}`)}
                {...use.register(`social_links.${name}`)}
              />
            ))}
          </div>
        </fieldset>
      </Section>
      <div className="sticky bottom-14 z-30 -mx-4 space-y-3 bg-sand px-4 py-3 md:bottom-0 md:mx-0 md:px-0">
        <Alert>{form.refusal}</Alert>
        <Button type="submit" busy={form.busy} wide className="sm:w-auto">
          {m('save')}
        </Button>
      </div>
    </form>
  );
}

export default function BrandProfile() {
  const t = useT('company', company);
  const m = useT('myself', myself);
  const { data, error, refetch } = useQuery(ownBrandQuery());
  useTitle(m('title'));
  return (
    <div className="wrap max-w-3xl space-y-5 py-8 md:py-12">
      <div>
        <h1 className="text-4xl md:text-5xl">{m('title')}</h1>
        <p className="mt-2 text-lg text-muted">{t('lead')}</p>
      </div>
      {data ? (
        <>
          <Logo own={data} />
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
    </div>
  );
}
