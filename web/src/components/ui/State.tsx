// What stands where data will be, is not, or did not come.
import { CloudOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useT } from '@/i18n';
import ui from '@/i18n/en/ui';
import { ApiError } from '@/services/api';
import { classes } from '@/utils/classes';
import { Button } from './Button';

// A block of what is to come; give it that one's height and width by classes.
export function Skeleton({ className }: { className: string }) {
  return <div aria-hidden className={classes('waiting rounded-photo bg-sunken', className)} />;
}

// Skeletons of one kind, told once to who cannot see them.
export function Loading({ children }: { children: ReactNode }) {
  const t = useT(ui);
  return (
    <>
      <p role="status" className="sr-only">
        {t('loading')}
      </p>
      {children}
    </>
  );
}

interface EmptyProps {
  title: ReactNode;
  text?: ReactNode;
  icon?: ReactNode;
  children?: ReactNode;
}

export function Empty({ title, text, icon, children }: EmptyProps) {
  return (
    <div className="flex flex-col items-center gap-3 rounded-card bg-card px-6 py-12 text-center">
      {icon && (
        <div className="grid size-16 place-items-center rounded-full bg-sunken text-accent">{icon}</div>
      )}
      <h2 className="text-2xl">{title}</h2>
      {text && <p className="max-w-prose text-muted">{text}</p>}
      {children && <div className="mt-3 flex flex-wrap justify-center gap-3">{children}</div>}
    </div>
  );
}

interface FailedProps {
  error: unknown;
  onRetry: () => void;
  // What did not come, where the page can say it better.
  title?: ReactNode;
  // The page's own heading, where nothing else is on it.
  asPage?: boolean;
  // A part of a page, whose rest is there.
  small?: boolean;
}

export function Failed({ error, onRetry, title, asPage, small }: FailedProps) {
  const t = useT(ui);
  const Heading = asPage ? 'h1' : 'h2';
  const code = error instanceof ApiError ? `${error.code} ${error.status || ''}`.trim() : 'page';
  return (
    <div
      role="alert"
      className={classes(
        'flex flex-col items-center gap-3 rounded-card bg-card px-6 text-center',
        small ? 'py-6' : 'py-12',
      )}
    >
      {!small && (
        <div className="grid size-16 place-items-center rounded-full bg-sunken text-danger">
          <CloudOff aria-hidden size={28} />
        </div>
      )}
      <Heading className={small ? 'text-xl' : 'text-2xl'}>{title ?? t('failedTitle')}</Heading>
      <p className="max-w-prose text-muted">{t('failedText')}</p>
      <Button look="second" onClick={onRetry} className="mt-2">
        {t('retry')}
      </Button>
      <p className="text-sm text-muted">{t('code', { code })}</p>
    </div>
  );
}
