import type { ReactNode } from 'react';
import { classes } from '@/utils/classes';

type Tone = 'plain' | 'good' | 'info' | 'danger' | 'glow';

const TONES: Record<Tone, string> = {
  plain: 'bg-sunken text-ink',
  good: 'bg-sunken text-good font-bold',
  info: 'bg-sunken text-info font-bold',
  danger: 'bg-sunken text-danger font-bold',
  glow: 'bg-glow text-on-glow font-bold',
};

// A word or two; a colour never comes without icon or word.
export function Pill({
  tone = 'plain',
  icon,
  children,
}: {
  tone?: Tone;
  icon?: ReactNode;
  children: ReactNode;
}) {
  return (
    <span className={classes('inline-flex items-center gap-1.5 rounded-full px-3 py-1 text-sm', TONES[tone])}>
      {icon}
      {children}
    </span>
  );
}
