import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { AccountPage } from '@/components/AccountPage';
import { Alert } from '@/components/ui/Alert';
import { Button, ButtonLink } from '@/components/ui/Button';
import { Field } from '@/components/ui/Field';
import { useDraft } from '@/hooks/useDraft';
import { useSubmit } from '@/hooks/useSubmit';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import account from '@/i18n/en/account';
import { forgot as schema } from '@/lib/schemas';
import { api, ok } from '@/services/api';

export default function ForgotPassword() {
  const t = useT(account);
  const [sentTo, setSentTo] = useState<string | null>(null);
  useTitle(t('forgotTitle'));
  const use = useForm({ resolver: schema, defaultValues: { email: '' } });
  const drop = useDraft(use, 'forgot');
  const form = useSubmit(use, async ({ email }) => {
    await ok(api.POST('/auth/forgot-password', { body: { email } }));
    drop();
    setSentTo(email);
  });

  if (sentTo)
    return (
      <AccountPage title={t('forgotSent')}>
        <p role="status">{t('forgotSentText', { email: sentTo })}</p>
        <ButtonLink to="/login" className="mt-6">
          {t('login')}
        </ButtonLink>
      </AccountPage>
    );
  return (
    <AccountPage title={t('forgotTitle')} lead={t('forgotLead')}>
      <form noValidate method="post" onSubmit={form.onSubmit} className="space-y-5">
        <Alert>{form.refusal}</Alert>
        <Field
          label={t('email')}
          type="email"
          inputMode="email"
          autoComplete="username"
          error={form.error('email')}
          {...use.register('email')}
        />
        <Button type="submit" wide busy={form.busy}>
          {t('forgotSend')}
        </Button>
      </form>
    </AccountPage>
  );
}
