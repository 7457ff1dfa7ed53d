import { useForm } from 'react-hook-form';
import { Alert } from '@/components/ui/Alert';
import { Button } from '@/components/ui/Button';
import { TextArea } from '@/components/ui/Field';
import { toast } from '@/components/ui/Toast';
import { useDraft } from '@/hooks/useDraft';
import { useSubmit } from '@/hooks/useSubmit';
import { useT } from '@/i18n';
import bookings from '@/i18n/en/bookings';
import { answerForm, type AnswerForm as Values } from '@/lib/schemas';
import { respond } from '@/services/mutations/reviews';
import type { Review } from '@/services/queries/reviews';

// What a creator says to what a brand said.
export default function AnswerForm({ review }: { review: Review }) {
  const t = useT(bookings);
  const use = useForm<Values>({
    resolver: answerForm,
    defaultValues: { response: review.creator_response ?? '' },
  });
  const dropDraft = useDraft(use, `answer-${review.id}`);
  const form = useSubmit(use, async ({ response }) => {
    await respond(review.id, response);
    dropDraft();
    toast(t('answered'));
  });
  return (
    <form noValidate method="post" onSubmit={form.onSubmit} className="space-y-4 rounded-card bg-card p-5">
      <Alert>{form.refusal}</Alert>
      <TextArea
        label={t('answer')}
        hint={t('answerHint')}
        rows={4}
        error={form.error('response')}
        {...use.register('response')}
      />
      <Button type="submit" busy={form.busy}>
        {t(review.creator_response ? 'answerChange' : 'answerSend')}
      </Button>
    </form>
  );
}
