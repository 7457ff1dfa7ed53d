import { ButtonLink } from '@/components/ui/Button';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import ui from '@/i18n/en/ui';

// What is not there, in place of a page.
export function Missing() {
  const t = useT(ui);
  useTitle(t('notFoundTitle'));
  return (
    <div className="wrap section flex flex-col items-start gap-5">
      <p aria-hidden className="font-display text-7xl text-accent">
        404
      </p>
      <h1 className="text-4xl">{t('notFoundTitle')}</h1>
      <p className="text-lg text-muted">{t('notFoundText')}</p>
      <ButtonLink to="/">{t('backHome')}</ButtonLink>
    </div>
  );
}
