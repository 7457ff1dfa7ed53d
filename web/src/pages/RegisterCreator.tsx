import { valibotResolver } from '@hookform/resolvers/valibot';
import { useForm } from 'react-hook-form';
import { useNavigate } from 'react-router';
import { AccountPage } from '@/components/AccountPage';
import { Alert } from '@/components/ui/Alert';
import { Button } from '@/components/ui/Button';
import { Field } from '@/components/ui/Field';
import { Link } from '@/components/ui/Link';
import { useDraft } from '@/hooks/useDraft';
import { useSubmit } from '@/hooks/useSubmit';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import account from '@/i18n/en/account';
import { LIMITS } from '@/lib/limits';
import { registerCreator as schema } from '@/lib/schemas';
import { api, ok } from '@/services/api';

const SECRET = ['password'] as const;

export default function RegisterCreator() {
  const t = useT('account', account);
  const navigate = useNavigate();
  useTitle(t('joinCreator'));
  const use = useForm({
    resolver: valibotResolver(schema),
    defaultValues: { email: '', password: '' },
  });
  const drop = useDraft(use, 'register-creator', SECRET);
  const form = useSubmit(use, ['email', 'password'], async (values) => {
    const { user } = await ok(api.POST('/auth/register/creator', { body: values }));
    drop();
    await navigate('/verify', { state: { email: user.email } });
  });

  return (
    <AccountPage title={t('joinCreator')} lead={t('joinCreatorText')}>
      <form noValidate method="post" onSubmit={form.onSubmit} className="space-y-5">
        <Alert>{form.refusal}</Alert>
        <Field
          label={t('email')}
          type="email"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          error={form.error('email')}
          {...use.register('email')}
        />
        <Field
          label={t('password')}
          hint={t('passwordHint', { min: LIMITS.passwordMin })}
          type="password"
          autoComplete="new-password"
          error={form.error('password')}
          {...use.register('password')}
        />
        <p className="text-sm text-muted">
          {t('agree')}{' '}
          <Link to="/terms" className="underline underline-offset-4">
            {t('terms')}
          </Link>
          {' · '}
          <Link to="/privacy" className="underline underline-offset-4">
            {t('privacy')}
          </Link>
        </p>
        <Button type="submit" wide busy={form.busy}>
          {t('create')}
        </Button>
        <p className="text-center">
          {t('haveAccount')}{' '}
          <Link
            to="/login"
            className="inline-flex min-h-11 items-center font-bold underline underline-offset-4"
          >
            {t('login')}
          </Link>
        </p>
      </form>
    </AccountPage>
  );
}
