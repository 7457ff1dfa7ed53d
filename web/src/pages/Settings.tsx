import { valibotResolver } from '@hookform/resolvers/valibot';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { MonitorSmartphone } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useNavigate } from 'react-router';
import { Alert } from '@/components/ui/Alert';
import { Button } from '@/components/ui/Button';
import { Check, Field, Whose } from '@/components/ui/Field';
import { Pill } from '@/components/ui/Pill';
import { Select } from '@/components/ui/Select';
import { Failed, Loading, Skeleton } from '@/components/ui/State';
import { toast } from '@/components/ui/Toast';
import { logOut, refreshAccount, useAuth } from '@/hooks/useAuth';
import { useDataSaver } from '@/hooks/useDataSaver';
import { useErrors } from '@/hooks/useErrors';
import { setStored } from '@/hooks/useStored';
import { useSubmit } from '@/hooks/useSubmit';
import { setTheme, type Theme, useTheme } from '@/hooks/useTheme';
import { useTitle } from '@/hooks/useTitle';
import { LANGUAGES, type Language, setLanguage, useLanguage, useT } from '@/i18n';
import account from '@/i18n/en/account';
import settings from '@/i18n/en/settings';
import { changeEmail, changePassword, confirmEmail, LIMITS } from '@/lib/schemas';
import { api, ok } from '@/services/api';
import { accountKeys, sessionsQuery } from '@/services/queries/account';
import { dateTime } from '@/utils/format';

function Section({ title, children }: { title: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="rounded-card bg-card p-6 md:p-8">
      <h2 id={id} className="text-2xl">
        {title}
      </h2>
      <div className="mt-5 space-y-5">{children}</div>
    </section>
  );
}

function Phone() {
  const t = useT('settings', settings);
  const language = useLanguage();
  const theme = useTheme();
  const saver = useDataSaver();
  return (
    <Section title={t('phone')}>
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
        onChange={(event) => setStored('bb-data-saver', event.currentTarget.checked ? 'on' : 'off')}
      />
    </Section>
  );
}

function Email() {
  const t = useT('settings', settings);
  const a = useT('account', account);
  const { user } = useAuth();
  const [asked, setAsked] = useState<string | null>(null);
  const use = useForm({
    resolver: valibotResolver(changeEmail),
    defaultValues: { email: '', current_password: '' },
  });
  const form = useSubmit(use, ['email', 'current_password'], async (body) => {
    await ok(api.PUT('/users/profile', { body }));
    setAsked(body.email);
    use.reset();
  });
  const useCode = useForm({ resolver: valibotResolver(confirmEmail), defaultValues: { code: '' } });
  const code = useSubmit(useCode, ['code'], async (body) => {
    await ok(api.POST('/auth/confirm-email', { body }));
    await refreshAccount();
    setAsked(null);
    useCode.reset();
    toast(t('emailChanged'));
  });
  return (
    <Section title={a('email')}>
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
          <Button type="submit" busy={code.busy}>
            {t('emailConfirm')}
          </Button>
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
  const t = useT('settings', settings);
  const a = useT('account', account);
  const { user } = useAuth();
  const client = useQueryClient();
  const use = useForm({
    resolver: valibotResolver(changePassword),
    defaultValues: { current_password: '', password: '' },
  });
  const form = useSubmit(use, ['current_password', 'password'], async (body) => {
    await ok(api.POST('/auth/change-password', { body }));
    use.reset();
    toast(t('passwordChanged'));
    await client.invalidateQueries({ queryKey: accountKeys.sessions() });
  });
  return (
    <Section title={a('password')}>
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
          hint={a('passwordHint', { min: LIMITS.passwordMin })}
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

function Sessions() {
  const t = useT('settings', settings);
  const errors = useErrors();
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(sessionsQuery());
  const [ending, setEnding] = useState<string | null>(null);

  async function end(session: string | null) {
    setEnding(session ?? 'others');
    try {
      if (session) await ok(api.DELETE('/auth/sessions/{session}', { params: { path: { session } } }));
      else await ok(api.DELETE('/auth/sessions'));
      await client.invalidateQueries({ queryKey: accountKeys.sessions() });
    } catch (reason) {
      toast(errors.thrown(reason), true);
    } finally {
      setEnding(null);
    }
  }

  async function leave() {
    await logOut().catch(() => {});
    await navigate('/');
  }

  return (
    <Section title={t('sessions')}>
      {data ? (
        <>
          <ul className="space-y-4">
            {data.sessions.map((session) => (
              <li key={session.id} className="flex flex-wrap items-center gap-x-4 gap-y-2">
                <MonitorSmartphone aria-hidden className="shrink-0 text-accent" />
                <div className="min-w-0 flex-1 basis-52">
                  <p className="line-clamp-2 text-sm">{session.user_agent || t('unknownBrowser')}</p>
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
  const t = useT('settings', settings);
  useTitle(t('title'));
  return (
    <div className="wrap max-w-3xl space-y-5 py-8 md:py-12">
      <h1 className="text-4xl md:text-5xl">{t('title')}</h1>
      <Phone />
      <Email />
      <Password />
      <Sessions />
    </div>
  );
}
