// How a payment stands, as the page shows it.
import type { Method, Payment, Returned } from '@/services/queries/bookings';

export type Phase =
  | 'none'
  | 'starting'
  | 'waiting' // for the PIN
  | 'late' // for the PIN, longer than prompts live
  | 'code' // for a code to be typed into the payer's app
  | 'elsewhere' // the gateway's own page
  | 'returned' // from there, before it has told us anything
  | 'checking' // nobody knows: never pay again
  | 'paid'
  | 'balance' // paid when nothing was due: it is on the balance
  | 'cancelled'
  | 'failed'
  | 'refunded';

export const METHODS = [
  'ecocash',
  'onemoney',
  'innbucks',
  'paynow',
  'balance',
] as const satisfies readonly Method[];
export const isWallet = (method: string) =>
  method === 'ecocash' || method === 'onemoney' || method === 'innbucks';

// Wallets drop a prompt that nobody answers for so long.
export const PROMPT_MS = 120_000;

type Told = Pick<
  Extract<Payment, { success: true }>,
  'success' | 'paid' | 'state' | 'method' | 'authorization_code' | 'started_at'
>;

export function phaseOf(payment: Told | Extract<Payment, { success: false }>, now: number): Phase {
  if (!payment.success) return 'none';
  if (payment.paid) return 'paid';
  switch (payment.state) {
    case 'initiating':
      return 'starting';
    case 'sent':
      if (payment.method === 'paynow') return 'elsewhere';
      if (payment.authorization_code) return 'code';
      return payment.started_at && now - Date.parse(payment.started_at) > PROMPT_MS ? 'late' : 'waiting';
    case 'cancelled':
    case 'failed':
    case 'refunded':
      return payment.state;
    case 'unknown':
    case 'review':
    case 'disputed':
    case 'paid':
      return 'checking';
    default:
      return 'none';
  }
}

// As who comes back from the gateway's page sees it.
export function returnedPhase(payment: Returned): Phase {
  if (payment.on_balance) return 'balance';
  const told = { ...payment, success: true, authorization_code: null, started_at: null } as const;
  const phase = phaseOf(told, 0);
  return phase === 'elsewhere' ? 'returned' : phase;
}

const OPEN: readonly Phase[] = ['starting', 'waiting', 'late', 'code', 'elsewhere', 'returned', 'checking'];
export const isOpen = (phase: Phase) => OPEN.includes(phase);

// Another payment may be started beside it.
const RETRY: readonly Phase[] = ['none', 'late', 'code', 'elsewhere', 'cancelled', 'failed', 'refunded'];
export const mayRetry = (phase: Phase) => RETRY.includes(phase);

const FIRST_GAP_MS = 3000;
const LAST_GAP_MS = 30_000;
const GROWTH = 1.25;

// The wait before the server is asked again, after so many times.
export const gap = (asked: number) => Math.min(FIRST_GAP_MS * GROWTH ** asked, LAST_GAP_MS);
