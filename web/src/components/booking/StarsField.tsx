import { CircleAlert, Star } from 'lucide-react';
import { useId } from 'react';
import type { UseFormRegisterReturn } from 'react-hook-form';
import { useT } from '@/i18n';
import bookings from '@/i18n/en/bookings';
import ui from '@/i18n/en/ui';
import { createReview } from '@/services/rules';
import { classes } from '@/utils/classes';

const ALL = Array.from({ length: createReview.rating.max }, (_, at) => at + 1);

interface Props {
  label: string;
  value: string;
  error?: string;
  optional?: boolean;
  input: UseFormRegisterReturn;
}

// One to five, by tap or by arrow keys.
export function StarsField({ label, value, error, optional, input }: Props) {
  const t = useT(bookings);
  const u = useT(ui);
  const id = useId();
  return (
    <fieldset aria-describedby={error ? id : undefined}>
      <legend className="font-bold">
        {label}
        {optional && <span className="font-normal text-muted"> ({u('optional')})</span>}
      </legend>
      <div className="mt-1 -ms-2 flex">
        {ALL.map((count) => (
          <label
            key={count}
            className="grid size-11 place-items-center rounded-full has-focus-visible:outline-3 has-focus-visible:outline-info"
          >
            <input type="radio" value={String(count)} className="sr-only" {...input} />
            <span className="sr-only">{t('stars', { count })}</span>
            <Star
              aria-hidden
              size={optional ? 24 : 32}
              className={classes('text-accent', count <= Number(value) && 'fill-accent')}
            />
          </label>
        ))}
      </div>
      {error && (
        <p id={id} className="flex items-start gap-1.5 text-sm font-bold text-danger">
          <CircleAlert aria-hidden size={18} className="shrink-0" />
          {error}
        </p>
      )}
    </fieldset>
  );
}
