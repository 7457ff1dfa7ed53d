import { useQuery, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { useForm } from 'react-hook-form';
import { Photo } from '@/components/Photo';
import { Networks, Portrait, ProfilePage, Save } from '@/components/ProfileParts';
import { Send } from '@/components/picture/Send';
import { Confirm } from '@/components/ui/Confirm';
import { Check, Field, TextArea } from '@/components/ui/Field';
import { Link } from '@/components/ui/Link';
import { Section } from '@/components/ui/Section';
import { Select } from '@/components/ui/Select';
import { Failed, Loading, Skeleton } from '@/components/ui/State';
import { toast } from '@/components/ui/Toast';
import { refreshAccount } from '@/hooks/useAuth';
import { useDraft } from '@/hooks/useDraft';
import { useErrors } from '@/hooks/useErrors';
import { useName } from '@/hooks/useName';
import { useSubmit } from '@/hooks/useSubmit';
import { useT } from '@/i18n';
import myself from '@/i18n/en/myself';
import { AVAILABILITIES, linksIn, NETWORKS } from '@/lib/profiles';
import { type ProfileForm, profileForm } from '@/lib/schemas';
import { addToGallery, changeProfile, removeFromGallery, sendFace } from '@/services/mutations/creator';
import { categoriesQuery } from '@/services/queries/categories';
import { type OwnProfile, ownProfileQuery } from '@/services/queries/creator';
import { creatorName, typedAmount } from '@/utils/format';

const LANGUAGES = ['English', 'Shona', 'Ndebele', 'Chewa', 'Kalanga', 'Nambya', 'Sotho', 'Tonga', 'Venda'];
const asForm = (own: OwnProfile): ProfileForm => ({
  username: own.username ?? '',
  bio: own.bio ?? '',
  location: own.location ?? '',
  categories: own.categories,
  languages: own.languages,
  availability_status: own.availability_status,
  follower_count: String(own.follower_count),
  engagement_rate: String(own.engagement_rate),
  portfolio_url: own.portfolio_url ?? '',
  success_stories: own.success_stories ?? '',
  free_revisions: String(own.free_revisions),
  revision_fee: typedAmount(own.revision_fee),
  social_links: linksIn(NETWORKS, own.social_links),
});

function Choices({ label, error, children }: { label: string; error?: string; children: ReactNode }) {
  const id = useId();
  return (
    <fieldset aria-describedby={error ? id : undefined}>
      <legend className="font-bold">{label}</legend>
      <div className="mt-1 grid grid-cols-1 gap-x-5 sm:grid-cols-2">{children}</div>
      {error && (
        <p id={id} className="text-sm font-bold text-danger">
          {error}
        </p>
      )}
    </fieldset>
  );
}

function Gallery({ own }: { own: OwnProfile }) {
  const t = useT(myself);
  const say = useErrors();
  const client = useQueryClient();
  const [going, setGoing] = useState<{ at: number; src: string } | null>(null);

  async function remove() {
    try {
      if (going) await removeFromGallery(client, going.at, going.src);
    } catch (reason) {
      toast(say(reason), true);
    } finally {
      setGoing(null);
    }
  }

  return (
    <Section title={t('gallery')}>
      <p className="text-muted">{t(own.gallery.length > 0 ? 'galleryText' : 'galleryEmpty')}</p>
      {own.gallery.length > 0 && (
        <ul className="grid grid-cols-2 gap-3 sm:grid-cols-4">
          {own.gallery.map((src, at) => (
            <li key={src} className="relative">
              <Photo
                src={src}
                alt={t('galleryPicture', { number: at + 1 })}
                width={240}
                height={240}
                className="aspect-square rounded-photo"
              />
              <button
                type="button"
                aria-label={t('galleryRemove', { number: at + 1 })}
                onClick={() => setGoing({ at, src })}
                className="absolute end-2 top-2 z-20 grid size-11 place-items-center rounded-full bg-card text-ink"
              >
                <X aria-hidden size={20} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <Send
        label={t('galleryAdd')}
        shapes={['whole', 'square', 'tall']}
        send={(picture, onProgress) => addToGallery(client, picture, onProgress)}
      />
      <Confirm
        open={going !== null}
        onClose={() => setGoing(null)}
        title={t('galleryRemoveTitle')}
        text={t('galleryRemoveText')}
        yes={t('remove')}
        no={t('keep')}
        onYes={remove}
      />
    </Section>
  );
}

function Words({ own, categories }: { own: OwnProfile; categories: readonly string[] }) {
  const t = useT(myself);
  const named = useName();
  const client = useQueryClient();
  const use = useForm<ProfileForm>({ resolver: profileForm, defaultValues: asForm(own) });
  const dropDraft = useDraft(use, 'profile');
  const form = useSubmit(use, async (values) => {
    await changeProfile(client, values);
    dropDraft();
    await refreshAccount().catch(() => {});
    toast(t('saved'));
  });
  // What the profile has and we do not know stays among the choices.
  const languages = [...LANGUAGES, ...own.languages.filter((one) => !LANGUAGES.includes(one))];
  return (
    <form noValidate method="post" onSubmit={form.onSubmit} className="space-y-5">
      <Section title={t('about')}>
        <Field
          label={t('username')}
          hint={t('usernameHint')}
          optional
          autoComplete="username"
          error={form.error('username')}
          {...use.register('username')}
        />
        <TextArea label={t('bio')} optional error={form.error('bio')} {...use.register('bio')} />
        <Field
          label={t('location')}
          optional
          autoComplete="address-level2"
          error={form.error('location')}
          {...use.register('location')}
        />
        <Select
          label={t('availability')}
          error={form.error('availability_status')}
          options={AVAILABILITIES.map((value) => ({ value, label: t(value) }))}
          {...use.register('availability_status')}
        />
        <Choices label={t('categories')} error={form.error('categories')}>
          {categories.map((value) => (
            <Check key={value} label={named(value)} value={value} {...use.register('categories')} />
          ))}
        </Choices>
        <Choices label={t('languages')} error={form.error('languages')}>
          {languages.map((value) => (
            <Check key={value} label={named(value)} value={value} {...use.register('languages')} />
          ))}
        </Choices>
      </Section>
      <Section title={t('audience')}>
        <div className="grid items-end gap-5 sm:grid-cols-2">
          <Field
            label={t('followers')}
            inputMode="numeric"
            error={form.error('follower_count')}
            {...use.register('follower_count')}
          />
          <Field
            label={t('engagement')}
            inputMode="decimal"
            error={form.error('engagement_rate')}
            {...use.register('engagement_rate')}
          />
        </div>
        <fieldset>
          <legend className="font-bold">{t('platforms')}</legend>
          <p className="mt-1 text-sm text-muted">{t('platformsHint')}</p>
          <Networks names={NETWORKS} input={(name) => ({ error: form.error(name), ...use.register(name) })} />
        </fieldset>
        <Field
          label={t('portfolio')}
          hint={t('portfolioHint')}
          optional
          inputMode="url"
          autoCapitalize="none"
          error={form.error('portfolio_url')}
          {...use.register('portfolio_url')}
        />
        <TextArea
          label={t('stories')}
          optional
          error={form.error('success_stories')}
          {...use.register('success_stories')}
        />
      </Section>
      <Section title={t('terms')}>
        <div className="grid items-end gap-5 sm:grid-cols-2">
          <Field
            label={t('freeRevisions')}
            inputMode="numeric"
            error={form.error('free_revisions')}
            {...use.register('free_revisions')}
          />
          <Field
            label={t('revisionFee')}
            inputMode="decimal"
            error={form.error('revision_fee')}
            {...use.register('revision_fee')}
          />
        </div>
      </Section>
      <Save refusal={form.refusal} busy={form.busy} />
    </form>
  );
}

export default function ProfileEditor() {
  const t = useT(myself);
  const client = useQueryClient();
  const own = useQuery(ownProfileQuery());
  const categories = useQuery(categoriesQuery());
  const failed = own.error ?? categories.error;
  const page = own.data && `/creators/${own.data.id}`;
  return (
    <ProfilePage
      lead={t('lead')}
      way={
        page && (
          <Link
            to={page}
            className="inline-flex min-h-11 items-center font-bold text-accent underline underline-offset-4"
          >
            {t('see')}
          </Link>
        )
      }
    >
      {own.data && categories.data ? (
        <>
          <Portrait
            title={t('face')}
            name={creatorName(own.data)}
            src={own.data.profile_picture}
            label={t(own.data.profile_picture ? 'faceChange' : 'faceChoose')}
            done={t('faceDone')}
            send={(picture, onProgress) => sendFace(client, picture, onProgress)}
          />
          <Gallery own={own.data} />
          <Words own={own.data} categories={categories.data.creator} />
        </>
      ) : failed ? (
        <Failed
          error={failed}
          onRetry={() => {
            if (own.error) void own.refetch();
            if (categories.error) void categories.refetch();
          }}
        />
      ) : (
        <Loading>
          <Skeleton className="h-56 rounded-card" />
          <Skeleton className="h-56 rounded-card" />
          <Skeleton className="h-96 rounded-card" />
        </Loading>
      )}
    </ProfilePage>
  );
}
