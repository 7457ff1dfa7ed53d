import { useState } from 'react';
import { Alert } from '@/components/ui/Alert';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { Field, TextArea } from '@/components/ui/Field';
import { useErrors } from '@/hooks/useErrors';
import { useT } from '@/i18n';
import bookings from '@/i18n/en/bookings';
import type { Asked } from '@/lib/booking';
import { LIMITS } from '@/lib/limits';
import { act } from '@/services/mutations/bookings';
import type { Booking } from '@/services/queries/bookings';
import { money } from '@/utils/format';

const NOTES: Partial<Record<Asked, { label: 'noteChange' | 'noteWhy' | 'noteDeliver'; needed: boolean }>> = {
  ask_revision: { label: 'noteChange', needed: true },
  ask_cancel: { label: 'noteWhy', needed: true },
  deliver: { label: 'noteDeliver', needed: false },
};

// What cannot be undone is asked about first; comes when it is tapped.
export default function Ask(props: { deed: Asked; bad: boolean; booking: Booking; onClose: () => void }) {
  const { deed, bad, booking, onClose } = props;
  const t = useT('bookings', bookings);
  const errors = useErrors();
  const [note, setNote] = useState('');
  const [share, setShare] = useState('0');
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const asks = NOTES[deed];
  const slots = {
    amount: money(booking.amount, booking.currency),
    payout: money(booking.payout, booking.currency),
  };

  async function go() {
    const said = note.trim();
    if (asks?.needed && !said) return setMissing(true);
    setBusy(true);
    setRefusal(null);
    try {
      await act(booking.id, deed, {
        ...(said ? { note: said } : {}),
        ...(deed === 'ask_cancel' ? { creator_share: share.trim() || '0' } : {}),
      });
      onClose();
    } catch (reason) {
      setRefusal(errors.thrown(reason));
      setBusy(false);
    }
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t(`d_${deed}`)}
      foot={
        <>
          <Button look={bad ? 'danger' : 'main'} busy={busy} onClick={() => void go()}>
            {t(`d_${deed}`)}
          </Button>
          <Button look="second" onClick={onClose}>
            {t('keep')}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        <Alert>{refusal}</Alert>
        <p>{t(`c_${deed}`, slots)}</p>
        {asks && (
          <TextArea
            label={t(asks.label)}
            optional={!asks.needed}
            rows={4}
            maxLength={LIMITS.longText}
            value={note}
            error={missing && !note.trim() ? errors.code('required') : undefined}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        )}
        {deed === 'ask_cancel' && (
          <Field
            label={t('share', slots)}
            hint={t('shareHint')}
            inputMode="decimal"
            value={share}
            onChange={(event) => setShare(event.currentTarget.value)}
          />
        )}
      </div>
    </Dialog>
  );
}
