import {
  CircleCheck,
  CircleX,
  ExternalLink,
  Hourglass,
  type LucideIcon,
  ShieldQuestion,
  Smartphone,
  Undo2,
  WifiOff,
} from 'lucide-react';
import { useEffect, useState } from 'react';
import { useT } from '@/i18n';
import checkout from '@/i18n/en/checkout';
import type { Phase } from '@/lib/payment';
import type { Payment } from '@/services/queries/bookings';
import { classes } from '@/utils/classes';
import { dateTime } from '@/utils/format';

const SECOND = 1000;

function clock(ms: number) {
  const seconds = Math.max(0, Math.floor(ms / SECOND));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

// Told to nobody who listens: it would speak every second.
function Waited({ since }: { since: string }) {
  const t = useT(checkout);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND);
    return () => clearInterval(timer);
  }, []);
  return (
    <p aria-hidden className="text-sm text-muted tabular-nums">
      {t('waitingFor', { time: clock(now - Date.parse(since)) })}
    </p>
  );
}

type Shown = Exclude<Phase, 'none'>;
const LOOKS: Record<Shown, [LucideIcon, string]> = {
  starting: [Hourglass, 'text-info'],
  waiting: [Smartphone, 'text-info'],
  late: [Hourglass, 'text-info'],
  code: [Smartphone, 'text-info'],
  elsewhere: [ExternalLink, 'text-info'],
  returned: [Hourglass, 'text-info'],
  checking: [ShieldQuestion, 'text-info'],
  paid: [CircleCheck, 'text-good'],
  balance: [CircleCheck, 'text-good'],
  cancelled: [CircleX, 'text-danger'],
  failed: [CircleX, 'text-danger'],
  refunded: [Undo2, 'text-info'],
};

interface Props {
  phase: Shown;
  // What the payer needs of it; nothing where the gateway's page was that.
  payment?: Payment;
  phone?: string;
}

// How the payment stands, and what the payer does now.
export function PaymentState({ phase, payment, phone }: Props) {
  const t = useT(checkout);
  const [Icon, look] = LOOKS[phase];
  const told = payment?.success ? payment : null;
  const app = told?.method === 'innbucks' ? t('innbucks') : t('paynow');
  const texts: Record<Shown, string | null> = {
    starting: t('startingText'),
    waiting: null,
    late: t('lateText'),
    code: null,
    elsewhere: t('elsewhereText'),
    returned: t('returnedText'),
    checking: t('checkingText'),
    paid: t('paidText'),
    balance: t('onBalanceText'),
    cancelled: t('nothingPaid'),
    failed: t('nothingPaid'),
    refunded: null,
  };
  return (
    <section className="space-y-4 rounded-card bg-card p-6 md:p-8">
      <div role="status" className="flex items-start gap-4">
        <span className={classes('grid size-14 shrink-0 place-items-center rounded-full bg-sunken', look)}>
          <Icon aria-hidden size={28} />
        </span>
        <div className="min-w-0 space-y-1 pt-1">
          <h2 className="text-2xl">
            {phase === 'code' ? t('code', { app }) : t(phase === 'balance' ? 'onBalance' : phase)}
          </h2>
          {texts[phase] && <p>{texts[phase]}</p>}
        </div>
      </div>
      {phase === 'waiting' && (
        <>
          <h3 className="sr-only">{t('steps')}</h3>
          <ol className="list-decimal space-y-2 ps-6">
            <li>{phone ? t('step1', { phone }) : t('step1Plain')}</li>
            <li className="font-bold">{t('step2')}</li>
            <li>{t('step3')}</li>
          </ol>
        </>
      )}
      {phase === 'code' && (
        <p className="rounded-photo bg-sunken p-4 text-center font-display text-4xl tracking-widest tabular-nums">
          {told?.authorization_code}
        </p>
      )}
      {phase === 'code' && told?.authorization_expires && (
        <p className="text-sm text-muted">
          {t('codeExpires', { time: readable(told.authorization_expires) })}
        </p>
      )}
      {(phase === 'waiting' || phase === 'code') && told?.instructions && (
        <p className="text-sm text-muted">{told.instructions}</p>
      )}
      {(phase === 'waiting' || phase === 'late') && told?.started_at && <Waited since={told.started_at} />}
    </section>
  );
}

// The gateway's own way of writing a time stays as it is where it is none.
const readable = (time: string) => (Number.isNaN(Date.parse(time)) ? time : dateTime(time));

// It is the page that has no line; the payment needs none of it.
export function LineLost() {
  const t = useT(checkout);
  return (
    <p role="status" className="flex items-start gap-3 rounded-photo bg-sunken p-4">
      <WifiOff aria-hidden className="shrink-0" />
      {t('lineLost')}
    </p>
  );
}
