import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { useT } from '@/i18n';
import ui from '@/i18n/en/ui';
import { classes } from '@/utils/classes';
import { Link } from './Link';

// main: one a view; glow: the money action (Book, Pay).
export type Look = 'main' | 'glow' | 'second' | 'quiet' | 'danger' | 'plum';

const LOOKS: Record<Look, string> = {
  main: 'bg-action text-on-action hover:opacity-90',
  glow: 'bg-glow text-on-glow hover:opacity-90',
  second: 'border-2 border-line text-ink hover:bg-sunken',
  quiet: 'text-ink underline underline-offset-4 hover:bg-sunken',
  danger: 'border-2 border-danger text-danger hover:bg-sunken',
  plum: 'border-2 border-on-brand text-on-brand hover:opacity-80',
};

const shape = (look: Look, wide?: boolean, extra?: string) =>
  classes(
    'inline-grid min-h-12 place-items-center rounded-full px-6 py-2 text-center font-bold text-balance transition-[opacity,background-color]',
    LOOKS[look],
    wide && 'w-full',
    extra,
  );

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> {
  look?: Look;
  wide?: boolean;
  // While true it keeps its width, says so, and takes no second tap.
  busy?: boolean;
  busyText?: string;
  className?: string;
  children: ReactNode;
}

export function Button({
  look = 'main',
  wide,
  busy,
  busyText,
  children,
  className,
  onClick,
  type,
  ...rest
}: Props) {
  const t = useT(ui);
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={classes(shape(look, wide, className), 'disabled:opacity-60')}
    >
      <span className={classes('col-start-1 row-start-1 flex items-center gap-2', busy && 'invisible')}>
        {children}
      </span>
      {busy && (
        <span role="status" className="col-start-1 row-start-1">
          {busyText ?? t('working')}
        </span>
      )}
    </button>
  );
}

interface LinkProps {
  to: string;
  look?: Look;
  wide?: boolean;
  className?: string;
  children: ReactNode;
}

export function ButtonLink({ to, look = 'main', wide, className, children }: LinkProps) {
  return (
    <Link to={to} className={shape(look, wide, className)}>
      <span className="flex items-center gap-2">{children}</span>
    </Link>
  );
}
