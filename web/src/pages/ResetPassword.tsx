import { useForm } from 'react-hook-form';
import { AccountPage } from '@/components/AccountPage';
import { Alert } from '@/components/ui/Alert';
import { Button } from '@/components/ui/Button';
import { Field, Whose } from '@/components/ui/Field';
import { Link } from '@/components/ui/Link';
import { toast } from '@/components/ui/Toast';
import { useParams } from '@/hooks/useParams';
import { useSubmit } from '@/hooks/useSubmit';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import account from '@/i18n/en/account';
import { navigate } from '@/lib/router';
import { reset as schema } from '@/lib/schemas';
import { api, ok } from '@/services/api';
import { resetPassword as rules } from '@/services/rules';

export default function ResetPassword() {
  const t = useT(account);
  const { token = '' } = useParams();
  useTitle(t('resetTitle'));
  const use = useForm({ resolver: schema, defaultValues: { password: '' } });
  const form = useSubmit(use, async (body) => {
    await ok(api.POST('/auth/reset-password/{token}', { params: { path: { token } }, body }));
    toast(t('resetDone'));
    navigate('/login', { replace: true });
  });

  return (
    <AccountPage title={t('resetTitle')} lead={t('resetLead')}>
      <form noValidate method="post" onSubmit={form.onSubmit} className="space-y-5">
        <Alert>{form.refusal}</Alert>
        <Whose email="" />
        <Field
          label={t('newPassword')}
          hint={t('passwordHint', { min: rules.password.min })}
          type="password"
          autoComplete="new-password"
          error={form.error('password')}
          {...use.register('password')}
        />
        <Button type="submit" wide busy={form.busy}>
          {t('resetSave')}
        </Button>
        <p className="text-center">
          <Link
            to="/forgot-password"
            className="inline-flex min-h-11 items-center underline underline-offset-4"
          >
            {t('resetAgain')}
          </Link>
        </p>
      </form>
    </AccountPage>
  );
}
