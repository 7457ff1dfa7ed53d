import { useState } from 'react';
import { Alert } from '@/components/ui/Alert';
import { Button, ButtonLink, type Look } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { Field, TextArea } from '@/components/ui/Field';
import { useErrors } from '@/hooks/useErrors';
import { useT } from '@/i18n';
import bookings from '@/i18n/en/bookings';
import type { Deed, Side, View } from '@/lib/booking';
import { act } from '@/services/mutations/bookings';
import type { Act, Booking } from '@/services/queries/bookings';
import { money } from '@/utils/format';

const AT_ONCE: readonly Deed[] = ['accept', 'start', 'revoke'];
const BAD: readonly Deed[] = ['decline', 'withdraw', 'cancel', 'cancel_late', 'ask_cancel'];
type Asked = Exclude<Act, 'accept' | 'start' | 'revoke'>;
const NOTES: Partial<Record<Asked, { label: 'noteChange' | 'noteWhy' | 'noteDeliver'; needed: boolean }>> = {
  ask_revision: { label: 'noteChange', needed: true },
  ask_cancel: { label: 'noteWhy', needed: true },
  deliver: { label: 'noteDeliver', needed: false },
};

const look = (deed: Deed, first: boolean): Look => {
  if (BAD.includes(deed)) return 'danger';
  return first ? 'main' : 'second';
};

function Ask({ deed, booking, onClose }: { deed: Asked; booking: Booking; onClose: () => void }) {
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
          <Button look={BAD.includes(deed) ? 'danger' : 'main'} busy={busy} onClick={() => void go()}>
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
            maxLength={5000}
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

// What one may do now; what cannot be undone is asked about first.
export function Deeds({ booking, side, view }: { booking: Booking; side: Side; view: View }) {
  const t = useT('bookings', bookings);
  const errors = useErrors();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [busy, setBusy] = useState<Act | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);

  async function atOnce(deed: Act) {
    setBusy(deed);
    setRefusal(null);
    try {
      await act(booking.id, deed);
    } catch (reason) {
      setRefusal(errors.thrown(reason));
    }
    setBusy(null);
  }

  const deeds = view.deeds.filter((deed) => deed !== 'review');
  if (deeds.length === 0) return null;
  return (
    <div className="space-y-3">
      <Alert>{refusal}</Alert>
      <div className="flex flex-wrap gap-3">
        {deeds.map((deed, at) => {
          if (deed === 'pay')
            return (
              <ButtonLink key={deed} to={`/bookings/${booking.id}/pay`} look="glow">
                {t('d_pay')}
              </ButtonLink>
            );
          // Approving before anything was sent in is no main act.
          const main = at === 0 && view.next === side;
          return (
            <Button
              key={deed}
              look={look(deed, main)}
              busy={busy === deed}
              onClick={() => (AT_ONCE.includes(deed) ? void atOnce(deed as Act) : setAsked(deed as Asked))}
            >
              {t(`d_${deed}`)}
            </Button>
          );
        })}
      </div>
      {asked && <Ask deed={asked} booking={booking} onClose={() => setAsked(null)} />}
    </div>
  );
}
