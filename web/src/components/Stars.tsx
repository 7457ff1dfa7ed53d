import { Star } from 'lucide-react';
import { useT } from '@/i18n';
import profile from '@/i18n/en/profile';
import { classes } from '@/utils/classes';

const ALL = [1, 2, 3, 4, 5];

export function Stars({ value }: { value: number }) {
  const t = useT(profile);
  return (
    <span className="flex text-accent">
      <span className="sr-only">{t('stars', { value })}</span>
      {ALL.map((at) => (
        <Star key={at} aria-hidden size={18} className={classes(at <= value && 'fill-accent')} />
      ))}
    </span>
  );
}
