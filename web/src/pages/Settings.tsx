import { useQuery, useQueryClient } from '@tanstack/react-query';
import { MonitorSmartphone } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { Alert } from '@/components/ui/Alert';
import { Avatar } from '@/components/ui/Avatar';
import { Button, ButtonLink } from '@/components/ui/Button';
import { Check, Field, Whose } from '@/components/ui/Field';
import { Link } from '@/components/ui/Link';
import { Pill } from '@/components/ui/Pill';
import { Section as Card } from '@/components/ui/Section';
import { Select } from '@/components/ui/Select';
import { Failed, Loading, Skeleton } from '@/components/ui/State';
import { toast } from '@/components/ui/Toast';
import { logOut, refreshAccount, useAuth } from '@/hooks/useAuth';
import { setDataSaver, useDataSaver } from '@/hooks/useDataSaver';
import { useDraft, useKept } from '@/hooks/useDraft';
import { useErrors } from '@/hooks/useErrors';
import { useSubmit } from '@/hooks/useSubmit';
import { setTheme, type Theme, useTheme } from '@/hooks/useTheme';
import { useTitle } from '@/hooks/useTitle';
import { LANGUAGES, type Language, setLanguage, useLanguage, useT } from '@/i18n';
import account from '@/i18n/en/account';
import settings from '@/i18n/en/settings';
import ui from '@/i18n/en/ui';
import { navigate, useHash } from '@/lib/router';
import { changeEmail, changePassword, confirmEmail } from '@/lib/schemas';
import { api, ok } from '@/services/api';
import { prefer } from '@/services/mutations/account';
import { accountKeys, type Preference, preferencesQuery, sessionsQuery } from '@/services/queries/account';
import { changePassword as rules } from '@/services/rules';
import { accountPicture } from '@/services/tokens';
import { dateTime } from '@/utils/format';

// In this order; each has an address of its own, `#password`.
const PARTS = ['profile', 'notifications', 'phone', 'email', 'password', 'sessions'] as const;
type Part = (typeof PARTS)[number];

function useTitles(): Record<Part, string> {
  const t = useT(settings);
  const a = useT(account);
  const u = useT(ui);
  return {
    profile: t('profile'),
    notifications: u('notifications'),
    phone: t('phone'),
    email: a('email'),
    password: a('password'),
    sessions: t('sessions'),
  };
}

function Section({ part, children }: { part: Part; children: ReactNode }) {
  return (
    <Card part={part} title={useTitles()[part]}>
      {children}
    </Card>
  );
}

const EDITORS = { creator: '/creator/profile', brand: '/brand/profile' } as const;

function Profile() {
  const t = useT(settings);
  const auth = useAuth();
  const { role } = auth;
  if (role !== 'creator' && role !== 'brand') return null;
  return (
    <Section part="profile">
      <div className="flex flex-wrap items-center gap-4">
        <Avatar name={auth.name} src={accountPicture(auth)} eager />
        <p className="min-w-0 flex-1 basis-40">
          <span className="block font-bold">{auth.name}</span>
          <span className="text-muted">{t(role === 'brand' ? 'profileBrand' : 'profileCreator')}</span>
        </p>
        <ButtonLink to={EDITORS[role]} look="second">
          {t('profileEdit')}
        </ButtonLink>
      </div>
    </Section>
  );
}

const WAYS = ['in_page', 'by_mail'] as const;

function One({ item }: { item: Preference }) {
  const t = useT(settings);
  const say = useErrors();
  const { type } = item;
  if (type === 'account' || item.is_fixed)
    return (
      <li className="border-t-2 border-sunken py-3">
        <p className="font-bold">{t(`n_${type}`)}</p>
        <p className="text-sm text-muted">{t('fixed')}</p>
      </li>
    );
  return (
    <li className="border-t-2 border-sunken py-2">
      <fieldset className="flex flex-wrap items-center gap-x-6">
        <legend className="float-start min-w-0 flex-1 basis-52 py-1 font-bold">{t(`n_${type}`)}</legend>
        {WAYS.map((way) => (
          <Check
            key={way}
            label={t(way)}
            checked={item[way]}
            onChange={(event) => {
              prefer(type, { [way]: event.currentTarget.checked }).catch((reason) =>
                toast(`${t('notSaved')} ${say(reason)}`, true),
              );
            }}
          />
        ))}
      </fieldset>
    </li>
  );
}

function Notifications() {
  const t = useT(settings);
  const { data, error, refetch } = useQuery(preferencesQuery());
  return (
    <Section part="notifications">
      <p className="text-muted">{t('notificationsText')}</p>
      {data ? (
        <ul>
          {data.preferences.map((item) => (
            <One key={item.type} item={item} />
          ))}
        </ul>
      ) : error ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading>
          <Skeleton className="h-80" />
        </Loading>
      )}
    </Section>
  );
}

function Phone() {
  const t = useT(settings);
  const language = useLanguage();
  const theme = useTheme();
  const saver = useDataSaver();
  return (
    <Section part="phone">
      <Select
        label={t('language')}
        hint={language === 'en' ? undefined : t('unchecked')}
        value={language}
        onChange={(event) => setLanguage(event.currentTarget.value as Language)}
        options={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))}
      />
      <Select
        label={t('theme')}
        value={theme}
        onChange={(event) => setTheme(event.currentTarget.value as Theme)}
        options={[
          { value: '', label: t('themeSystem') },
          { value: 'light', label: t('themeLight') },
          { value: 'dark', label: t('themeDark') },
        ]}
      />
      <Check
        label={t('saver')}
        checked={saver}
        onChange={(event) => setDataSaver(event.currentTarget.checked)}
      />
    </Section>
  );
}

const SECRET = ['current_password'] as const;

function Email() {
  const t = useT(settings);
  const a = useT(account);
  const { user } = useAuth();
  // Whoever has gone to read the letter comes back to where the code belongs.
  const [asked, setAsked] = useKept('email-asked');
  const use = useForm({
    resolver: changeEmail,
    defaultValues: { email: '', current_password: '' },
  });
  const drop = useDraft(use, 'email', SECRET);
  const form = useSubmit(use, async (body) => {
    await ok(api.PUT('/users/profile', { body }));
    setAsked(body.email);
    use.reset();
    drop();
  });
  const useCode = useForm({ resolver: confirmEmail, defaultValues: { code: '' } });
  const code = useSubmit(useCode, async (body) => {
    await ok(api.POST('/auth/confirm-email', { body }));
    await refreshAccount();
    setAsked(null);
    useCode.reset();
    toast(t('emailChanged'));
  });
  return (
    <Section part="email">
      <p>{t('emailNow', { email: user?.email ?? '' })}</p>
      {asked ? (
        <form noValidate method="post" onSubmit={code.onSubmit} className="space-y-5">
          <p role="status">{t('emailAsked', { email: asked })}</p>
          <Alert>{code.refusal}</Alert>
          <Field
            label={a('code')}
            inputMode="numeric"
            autoComplete="one-time-code"
            error={code.error('code')}
            {...useCode.register('code')}
          />
          <div className="flex flex-wrap gap-3">
            <Button type="submit" busy={code.busy}>
              {t('emailConfirm')}
            </Button>
            <Button look="quiet" onClick={() => setAsked(null)}>
              {t('emailOther')}
            </Button>
          </div>
        </form>
      ) : (
        <form noValidate method="post" onSubmit={form.onSubmit} className="space-y-5">
          <Alert>{form.refusal}</Alert>
          <Whose email={user?.email ?? ''} />
          <Field
            label={t('emailNew')}
            type="email"
            inputMode="email"
            autoComplete="email"
            error={form.error('email')}
            {...use.register('email')}
          />
          <Field
            label={t('currentPassword')}
            type="password"
            autoComplete="current-password"
            error={form.error('current_password')}
            {...use.register('current_password')}
          />
          <Button type="submit" look="second" busy={form.busy}>
            {t('emailChange')}
          </Button>
        </form>
      )}
    </Section>
  );
}

function Password() {
  const t = useT(settings);
  const a = useT(account);
  const { user } = useAuth();
  const client = useQueryClient();
  const use = useForm({
    resolver: changePassword,
    defaultValues: { current_password: '', password: '' },
  });
  const form = useSubmit(use, async (body) => {
    await ok(api.POST('/auth/change-password', { body }));
    use.reset();
    toast(t('passwordChanged'));
    await client.invalidateQueries({ queryKey: accountKeys.sessions() });
  });
  return (
    <Section part="password">
      <form noValidate method="post" onSubmit={form.onSubmit} className="space-y-5">
        <Alert>{form.refusal}</Alert>
        <Whose email={user?.email ?? ''} />
        <Field
          label={t('currentPassword')}
          type="password"
          autoComplete="current-password"
          error={form.error('current_password')}
          {...use.register('current_password')}
        />
        <Field
          label={a('newPassword')}
          hint={a('passwordHint', { min: rules.password.min })}
          type="password"
          autoComplete="new-password"
          error={form.error('password')}
          {...use.register('password')}
        />
        <Button type="submit" look="second" busy={form.busy}>
          {t('passwordChange')}
        </Button>
      </form>
    </Section>
  );
}

// Each calls itself by the names of those below it as well.
const BROWSERS = [
  ['Samsung Internet', /SamsungBrowser/],
  ['Opera', /OPR\/|Opera/],
  ['Edge', /Edg/],
  ['Firefox', /Firefox|FxiOS/],
  ['Chrome', /Chrome|CriOS/],
  ['Safari', /Safari/],
] as const;
const SYSTEMS = [
  ['Android', /Android/],
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['ChromeOS', /CrOS/],
  ['Linux', /Linux/],
] as const;

// What a browser is called where people speak of it.
function browser(agent: string | null) {
  const named = [BROWSERS, SYSTEMS].map((all) => all.find(([, sign]) => sign.test(agent ?? ''))?.[0]);
  return named.filter(Boolean).join(' · ') || agent;
}

function Sessions() {
  const t = useT(settings);
  const say = useErrors();
  const client = useQueryClient();
  const { data, error, refetch } = useQuery(sessionsQuery());
  const [ending, setEnding] = useState<string | null>(null);

  async function end(session: string | null) {
    setEnding(session ?? 'others');
    try {
      if (session) await ok(api.DELETE('/auth/sessions/{session}', { params: { path: { session } } }));
      else await ok(api.DELETE('/auth/sessions'));
      await client.invalidateQueries({ queryKey: accountKeys.sessions() });
    } catch (reason) {
      toast(say(reason), true);
    } finally {
      setEnding(null);
    }
  }

  async function leave() {
    await logOut().catch(() => {});
    navigate('/');
  }

  return (
    <Section part="sessions">
      {data ? (
        <>
          <ul className="space-y-4">
            {data.sessions.map((session) => (
              <li key={session.id} className="flex flex-wrap items-center gap-x-4 gap-y-2">
                <MonitorSmartphone aria-hidden className="shrink-0 text-accent" />
                <div className="min-w-0 flex-1 basis-52">
                  <p className="line-clamp-2 font-bold">
                    {browser(session.user_agent) || t('unknownBrowser')}
                  </p>
                  <p className="text-sm text-muted">
                    {t('lastUsed', { when: dateTime(session.last_used_at), address: session.address })}
                  </p>
                </div>
                {session.current ? (
                  <Pill tone="good">{t('thisOne')}</Pill>
                ) : (
                  <Button look="second" busy={ending === session.id} onClick={() => void end(session.id)}>
                    {t('endSession')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
          <div className="flex flex-wrap gap-3">
            {data.sessions.length > 1 && (
              <Button look="danger" busy={ending === 'others'} onClick={() => void end(null)}>
                {t('endOthers')}
              </Button>
            )}
            <Button look="second" onClick={() => void leave()}>
              {t('logOut')}
            </Button>
          </div>
        </>
      ) : error ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading>
          <Skeleton className="h-16" />
          <Skeleton className="h-16" />
        </Loading>
      )}
    </Section>
  );
}

export default function Settings() {
  const t = useT(settings);
  const { role } = useAuth();
  const titles = useTitles();
  const hash = useHash();
  useTitle(t('title'));

  // Who comes to one part begins there.
  useEffect(() => {
    if (hash) document.getElementById(`${hash.slice(1)}-title`)?.focus();
  }, [hash]);

  return (
    <div className="wrap max-w-5xl py-8 md:py-12">
      <h1 className="mb-6 text-4xl md:text-5xl">{t('title')}</h1>
      <div className="grid items-start gap-5 md:grid-cols-[14rem_1fr] md:gap-8">
        <nav aria-label={t('parts')} className="md:sticky md:top-24">
          <ul className="grid grid-cols-2 gap-2 md:grid-cols-1">
            {PARTS.filter((part) => part !== 'profile' || role !== 'admin').map((part) => (
              <li key={part} className="flex">
                <Link
                  to={`#${part}`}
                  className="flex min-h-11 flex-1 items-center rounded-photo bg-card px-4 py-2 hover:bg-sunken"
                >
                  {titles[part]}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="min-w-0 space-y-5">
          <Profile />
          <Notifications />
          <Phone />
          <Email />
          <Password />
          <Sessions />
        </div>
      </div>
    </div>
  );
}
