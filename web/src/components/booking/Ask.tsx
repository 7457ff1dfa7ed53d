import { useId } from 'react';
import { useForm } from 'react-hook-form';
import { Alert } from '@/components/ui/Alert';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { Field, TextArea } from '@/components/ui/Field';
import { useDraft } from '@/hooks/useDraft';
import { useSubmit } from '@/hooks/useSubmit';
import { useT } from '@/i18n';
import bookings from '@/i18n/en/bookings';
import type { Asked } from '@/lib/booking';
import { type AskForm, askForm } from '@/lib/schemas';
import { act } from '@/services/mutations/bookings';
import type { Booking } from '@/services/queries/bookings';
import { money } from '@/utils/format';

const NOTES: Partial<Record<Asked, { label: 'noteChange' | 'noteWhy' | 'noteDeliver'; needed: boolean }>> = {
  ask_revision: { label: 'noteChange', needed: true },
  ask_cancel: { label: 'noteWhy', needed: true },
  deliver: { label: 'noteDeliver', needed: false },
};

// What cannot be undone is asked about first; comes when it is tapped.  What
// was typed is still there when it is opened again.
export default function Ask(props: { deed: Asked; bad: boolean; booking: Booking; onClose: () => void }) {
  const { deed, bad, booking, onClose } = props;
  const t = useT(bookings);
  const id = useId();
  const asks = NOTES[deed];
  const use = useForm<AskForm>({
    resolver: askForm(asks?.needed ?? false),
    defaultValues: { note: '', creator_share: '0' },
  });
  const dropDraft = useDraft(use, `${deed}-${booking.id}`);
  const form = useSubmit(use, async ({ note, creator_share }) => {
    await act(booking, deed, {
      ...(note ? { note } : {}),
      ...(deed === 'ask_cancel' ? { creator_share: creator_share || '0' } : {}),
    });
    dropDraft();
    onClose();
  });
  const slots = {
    amount: money(booking.amount, booking.currency),
    payout: money(booking.payout, booking.currency),
  };

  return (
    <Dialog
      open
      onClose={onClose}
      title={t(`d_${deed}`)}
      foot={
        <>
          <Button type="submit" form={id} look={bad ? 'danger' : 'main'} busy={form.busy}>
            {t(`d_${deed}`)}
          </Button>
          <Button look="second" onClick={onClose}>
            {t('keep')}
          </Button>
        </>
      }
    >
      <form id={id} noValidate method="post" onSubmit={form.onSubmit} className="space-y-4">
        <Alert>{form.refusal}</Alert>
        <p>{t(`c_${deed}`, slots)}</p>
        {asks && (
          <TextArea
            label={t(asks.label)}
            optional={!asks.needed}
            rows={4}
            error={form.error('note')}
            {...use.register('note')}
          />
        )}
        {deed === 'ask_cancel' && (
          <Field
            label={t('share', slots)}
            hint={t('shareHint')}
            inputMode="decimal"
            error={form.error('creator_share')}
            {...use.register('creator_share')}
          />
        )}
      </form>
    </Dialog>
  );
}
