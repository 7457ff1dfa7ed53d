import { useForm } from 'react-hook-form';
import { AccountPage } from '@/components/AccountPage';
import { Alert } from '@/components/ui/Alert';
import { Field } from '@/components/ui/Field';
import { Link } from '@/components/ui/Link';
import { Submit } from '@/components/ui/Submit';
import { useDraft } from '@/hooks/useDraft';
import { useSubmit } from '@/hooks/useSubmit';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import account from '@/i18n/en/account';
import { navigate } from '@/lib/router';
import { type Registration, registerBrand, registerCreator } from '@/lib/schemas';
import { api, ok } from '@/services/api';
import { registerCreator as rules } from '@/services/rules';

const SECRET = ['password'] as const;
const KINDS = {
  creator: { schema: registerCreator, title: 'joinCreator', lead: 'joinCreatorText' },
  brand: { schema: registerBrand, title: 'joinBrand', lead: 'joinBrandText' },
} as const;

export function RegisterForm({ kind }: { kind: keyof typeof KINDS }) {
  const t = useT(account);
  const { schema, title, lead } = KINDS[kind];
  useTitle(t(title));
  const use = useForm<Registration>({
    resolver: schema as never,
    defaultValues: { email: '', password: '', company_name: '' },
  });
  const drop = useDraft(use, `register-${kind}`, SECRET);
  const form = useSubmit(use, async ({ company_name, ...body }) => {
    const { user } = await ok(
      kind === 'brand'
        ? api.POST('/auth/register/brand', { body: { ...body, company_name } })
        : api.POST('/auth/register/creator', { body }),
    );
    drop();
    navigate('/verify', { state: { email: user.email, id: user.id } });
  });

  return (
    <AccountPage title={t(title)} lead={t(lead)}>
      <form noValidate method="post" onSubmit={form.onSubmit} className="space-y-5">
        <Alert>{form.refusal}</Alert>
        {kind === 'brand' && (
          <Field
            label={t('companyName')}
            autoComplete="organization"
            error={form.error('company_name')}
            {...use.register('company_name')}
          />
        )}
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
          hint={t('passwordHint', { min: rules.password.min })}
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
        <Submit busy={form.busy}>{t('create')}</Submit>
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
