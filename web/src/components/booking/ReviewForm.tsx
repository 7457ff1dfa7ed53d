import { useForm } from 'react-hook-form';
import { StarsField } from '@/components/booking/StarsField';
import { Alert } from '@/components/ui/Alert';
import { Button } from '@/components/ui/Button';
import { Check, Field, TextArea } from '@/components/ui/Field';
import { useDraft } from '@/hooks/useDraft';
import { useSubmit } from '@/hooks/useSubmit';
import { useT } from '@/i18n';
import bookings from '@/i18n/en/bookings';
import profile from '@/i18n/en/profile';
import type { Side } from '@/lib/booking';
import { PARTS, reviewForm, type ReviewForm as Values } from '@/lib/schemas';
import { review } from '@/services/mutations/reviews';

export default function ReviewForm({ id, side }: { id: number; side: Side }) {
  const t = useT(bookings);
  const p = useT(profile);
  const use = useForm<Values>({
    resolver: reviewForm,
    defaultValues: {
      rating: '',
      title: '',
      comment: '',
      communication_rating: '',
      quality_rating: '',
      professionalism_rating: '',
      timeliness_rating: '',
      would_recommend: true,
    },
  });
  const dropDraft = useDraft(use, `review-${id}`);
  const form = useSubmit(use, async (values) => {
    await review(id, values);
    dropDraft();
  });
  const typed = use.watch();
  return (
    <form
      noValidate
      method="post"
      onSubmit={form.onSubmit}
      className="space-y-4 rounded-card bg-card p-6 md:p-8"
    >
      <h2 className="text-2xl">{t('reviewTitle')}</h2>
      <p className="text-muted">{t('reviewHidden')}</p>
      <Alert>{form.refusal}</Alert>
      <StarsField
        label={t('rating')}
        value={typed.rating}
        error={form.error('rating')}
        input={use.register('rating')}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        {PARTS.filter((part) => side === 'brand' || part !== 'quality').map((part) => (
          <StarsField
            key={part}
            label={p(part)}
            optional
            value={typed[`${part}_rating`]}
            error={form.error(`${part}_rating`)}
            input={use.register(`${part}_rating`)}
          />
        ))}
      </div>
      <Field label={t('reviewHeading')} optional error={form.error('title')} {...use.register('title')} />
      <TextArea label={t('comment')} rows={4} error={form.error('comment')} {...use.register('comment')} />
      <Check label={t('again')} {...use.register('would_recommend')} />
      <Button type="submit" busy={form.busy}>
        {t('sendReview')}
      </Button>
    </form>
  );
}
