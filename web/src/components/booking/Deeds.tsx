import { lazy, Suspense, useEffect, useState } from 'react';
import { Alert } from '@/components/ui/Alert';
import { Button, ButtonLink, type Look } from '@/components/ui/Button';
import { useErrors } from '@/hooks/useErrors';
import { useT } from '@/i18n';
import bookings from '@/i18n/en/bookings';
import type { Asked, Deed, Side, View } from '@/lib/booking';
import { come } from '@/lib/code';
import { act } from '@/services/mutations/bookings';
import type { Act, Booking } from '@/services/queries/bookings';

const AT_ONCE: readonly Deed[] = ['accept', 'start', 'revoke'];
const BAD: readonly Deed[] = ['decline', 'withdraw', 'cancel', 'cancel_late', 'ask_cancel'];

const Ask = lazy(() => come(() => import('@/components/booking/Ask')));

const look = (deed: Deed, first: boolean): Look => {
  if (BAD.includes(deed)) return 'danger';
  return first ? 'main' : 'second';
};

// What one may do now; what cannot be undone is asked about first.
export function Deeds({ booking, side, view }: { booking: Booking; side: Side; view: View }) {
  const t = useT(bookings);
  const say = useErrors();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [busy, setBusy] = useState<Act | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);

  async function atOnce(deed: Act) {
    setBusy(deed);
    setRefusal(null);
    try {
      await act(booking, deed);
    } catch (reason) {
      setRefusal(say(reason));
    }
    setBusy(null);
  }

  const deeds = view.deeds.filter((deed) => deed !== 'review');
  // Where the answer was lost the act may be done: there is nothing to ask then.
  const possible = asked !== null && deeds.includes(asked);
  useEffect(() => {
    if (asked && !possible) setAsked(null);
  }, [asked, possible]);

  if (deeds.length === 0) return null;
  return (
    <div className="space-y-3">
      <Alert>{refusal}</Alert>
      <div className="grid gap-3 sm:flex sm:flex-wrap">
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
      {asked && possible && (
        <Suspense fallback={null}>
          <Ask deed={asked} bad={BAD.includes(asked)} booking={booking} onClose={() => setAsked(null)} />
        </Suspense>
      )}
    </div>
  );
}
