import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { Alert } from '@/components/ui/Alert';
import { Field } from '@/components/ui/Field';
import { Link } from '@/components/ui/Link';
import { Submit } from '@/components/ui/Submit';
import { logIn, useAuth } from '@/hooks/useAuth';
import { useErrors } from '@/hooks/useErrors';
import { usePlaces } from '@/hooks/usePlaces';
import { useReasons } from '@/hooks/useReasons';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import login from '@/i18n/en/login';
import { showRefusal } from '@/lib/forms';
import { Navigate, navigate, useSearchParams } from '@/lib/router';
import { login as schema, type Login as Values } from '@/lib/schemas';
import { ApiError } from '@/services/api';

// Only a path of ours; `//elsewhere` is none.
const inside = (next: string | null) => (next && /^\/(?![/\\])/.test(next) ? next : null);

export default function Login() {
  const t = useT(login);
  const say = useErrors();
  const reason = useReasons();
  const { state } = useAuth();
  const [params] = useSearchParams();
  const { home } = usePlaces();
  const next = inside(params.get('next')) ?? home;
  const [refusal, setRefusal] = useState<string | null>(null);
  const form = useForm<Values>({
    resolver: schema,
    defaultValues: { email: '', password: '' },
  });
  const { register, handleSubmit, formState } = form;
  useTitle(t('title'));

  if (state === 'in') return <Navigate to={next} />;

  const submit = handleSubmit(async (values) => {
    setRefusal(null);
    try {
      await logIn(values.email, values.password);
    } catch (thrown) {
      if (thrown instanceof ApiError && thrown.body.requires_verification)
        navigate('/verify', { state: { email: thrown.body.email, id: thrown.body.user_id } });
      else if (!showRefusal(thrown, form)) setRefusal(say(thrown));
    }
  });

  return (
    <div className="wrap section max-w-lg">
      <h1 className="text-4xl">{t('title')}</h1>
      <p className="mt-2 text-lg text-muted">{params.has('next') ? t('next') : t('welcome')}</p>
      <form
        noValidate
        method="post"
        onSubmit={(event) => void submit(event)}
        className="mt-8 space-y-5 rounded-card bg-card p-6 md:p-8"
      >
        <Alert>{refusal}</Alert>
        <Field
          label={t('email')}
          type="email"
          inputMode="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          error={reason(formState.errors.email)}
          {...register('email')}
        />
        <Field
          label={t('password')}
          type="password"
          autoComplete="current-password"
          error={reason(formState.errors.password)}
          {...register('password')}
        />
        <Submit busy={formState.isSubmitting} busyText={t('busy')}>
          {t('submit')}
        </Submit>
        <p className="text-center">
          <Link
            to="/forgot-password"
            className="inline-flex min-h-11 items-center font-bold underline underline-offset-4"
          >
            {t('forgot')}
          </Link>
        </p>
      </form>
      <p className="mt-6 text-center">
        {t('noAccount')}{' '}
        <Link
          to="/register"
          className="inline-flex min-h-11 items-center font-bold underline underline-offset-4"
        >
          {t('join')}
        </Link>
      </p>
    </div>
  );
}
