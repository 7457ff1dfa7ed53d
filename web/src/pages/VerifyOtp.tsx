import { useLayoutEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { AccountPage } from '@/components/AccountPage';
import { Alert } from '@/components/ui/Alert';
import { Button } from '@/components/ui/Button';
import { Field } from '@/components/ui/Field';
import { toast } from '@/components/ui/Toast';
import { useDraft } from '@/hooks/useDraft';
import { useErrors } from '@/hooks/useErrors';
import { useSubmit } from '@/hooks/useSubmit';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import account from '@/i18n/en/account';
import { navigate } from '@/lib/router';
import { verify as schema } from '@/lib/schemas';
import { api, ok } from '@/services/api';

const SECRET = ['code'] as const;

export default function VerifyOtp() {
  const t = useT(account);
  const say = useErrors();
  const { email: known = '', id } = (history.state ?? {}) as { email?: string; id?: number };
  // No code of another's registration of the same address counts then.
  const whose = id === undefined ? {} : { user_id: id };
  const [sending, setSending] = useState(false);
  useTitle(t('verifyTitle'));
  const use = useForm({ resolver: schema, defaultValues: { email: known, code: '' } });
  // Who comes back here from the letter by another way finds the address still.
  const drop = useDraft(use, 'verify', SECRET);
  useLayoutEffect(() => {
    if (known) use.setValue('email', known);
  }, [use, known]);
  const form = useSubmit(use, async (values) => {
    await ok(api.POST('/auth/verify-otp', { body: { ...values, ...whose } }));
    drop();
    toast(t('verified'));
    navigate('/login', { replace: true });
  });

  async function resend() {
    if (!(await use.trigger('email', { shouldFocus: true }))) return;
    setSending(true);
    try {
      await ok(api.POST('/auth/resend-otp', { body: { email: use.getValues('email').trim(), ...whose } }));
      toast(t('resent'));
    } catch (reason) {
      toast(say(reason), true);
    } finally {
      setSending(false);
    }
  }

  return (
    <AccountPage
      title={t('verifyTitle')}
      lead={known ? t('verifyLead', { email: known }) : t('verifyLeadPlain')}
    >
      <form noValidate method="post" onSubmit={form.onSubmit} className="space-y-5">
        <Alert>{form.refusal}</Alert>
        {!known && (
          <Field
            label={t('email')}
            type="email"
            inputMode="email"
            autoComplete="username"
            error={form.error('email')}
            {...use.register('email')}
          />
        )}
        <Field
          label={t('code')}
          hint={t('codeHint')}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={12}
          error={form.error('code')}
          {...use.register('code')}
        />
        <Button type="submit" wide busy={form.busy}>
          {t('verify')}
        </Button>
        <Button look="quiet" wide busy={sending} onClick={() => void resend()}>
          {t('resend')}
        </Button>
      </form>
    </AccountPage>
  );
}
