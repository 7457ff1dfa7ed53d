import { Star } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Alert } from '@/components/ui/Alert';
import { Button } from '@/components/ui/Button';
import { TextArea } from '@/components/ui/Field';
import { useErrors } from '@/hooks/useErrors';
import { useT } from '@/i18n';
import bookings from '@/i18n/en/bookings';
import { review } from '@/services/mutations/work';
import { classes } from '@/utils/classes';

const ALL = [1, 2, 3, 4, 5];

export default function ReviewForm({ id }: { id: number }) {
  const t = useT('bookings', bookings);
  const errors = useErrors();
  const [rating, setRating] = useState(0);
  const [comment, setComment] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  async function send(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (!rating || !comment.trim()) return;
    setBusy(true);
    setRefusal(null);
    try {
      await review(id, rating, comment.trim());
    } catch (reason) {
      setRefusal(errors.thrown(reason));
    }
    setBusy(false);
  }

  return (
    <form
      noValidate
      method="post"
      onSubmit={(event) => void send(event)}
      className="space-y-4 rounded-card bg-card p-6 md:p-8"
    >
      <h2 className="text-2xl">{t('reviewTitle')}</h2>
      <p className="text-muted">{t('reviewHidden')}</p>
      <Alert>{refusal ?? (tried && !rating ? `${t('rating')}: ${errors.code('required')}` : null)}</Alert>
      <fieldset>
        <legend className="font-bold">{t('rating')}</legend>
        <div className="mt-1 flex">
          {ALL.map((count) => (
            <label
              key={count}
              className="grid size-12 place-items-center rounded-full has-focus-visible:outline-3 has-focus-visible:outline-info"
            >
              <input
                type="radio"
                name="rating"
                value={count}
                checked={rating === count}
                onChange={() => setRating(count)}
                className="sr-only"
              />
              <span className="sr-only">{t('stars', { count })}</span>
              <Star
                aria-hidden
                size={32}
                className={classes('text-accent', count <= rating && 'fill-accent')}
              />
            </label>
          ))}
        </div>
      </fieldset>
      <TextArea
        label={t('comment')}
        rows={4}
        maxLength={5000}
        value={comment}
        error={tried && !comment.trim() ? errors.code('required') : undefined}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      <Button type="submit" busy={busy}>
        {t('sendReview')}
      </Button>
    </form>
  );
}
