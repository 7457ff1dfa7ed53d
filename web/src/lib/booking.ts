// What a booking's state means to each side: the heading, who acts next, and
// what one may do.  The states and acts are the API's (booking.test.ts holds
// them against its table); screens only draw what stands here.
import type { Act, Booking, BookingState, Timeline, Work } from '@/services/queries/bookings';

export type Side = 'brand' | 'creator';
// pay and review have pages and calls of their own.
export type Deed = Act | 'pay' | 'review';
// Acts that are asked about before they are done.
export type Asked = Exclude<Act, 'accept' | 'start' | 'revoke'>;
export type Next = Side | 'nobody' | 'us';

export interface View {
  next: Next;
  // The first is the main one.
  deeds: readonly Deed[];
}

const over: Record<Side, View> = {
  brand: { next: 'nobody', deeds: [] },
  creator: { next: 'nobody', deeds: [] },
};

export const VIEWS: Record<BookingState, Record<Side, View>> = {
  requested: {
    brand: { next: 'creator', deeds: ['withdraw'] },
    creator: { next: 'creator', deeds: ['accept', 'decline'] },
  },
  awaiting_payment: {
    brand: { next: 'brand', deeds: ['pay', 'withdraw'] },
    creator: { next: 'brand', deeds: ['decline'] },
  },
  accepted: {
    brand: { next: 'creator', deeds: ['approve', 'cancel', 'cancel_late'] },
    creator: { next: 'creator', deeds: ['start', 'deliver', 'decline'] },
  },
  in_progress: {
    brand: { next: 'creator', deeds: ['approve', 'ask_cancel', 'cancel_late'] },
    creator: { next: 'creator', deeds: ['deliver', 'ask_cancel'] },
  },
  delivered: {
    brand: { next: 'brand', deeds: ['approve', 'ask_revision', 'ask_cancel'] },
    creator: { next: 'brand', deeds: ['ask_cancel'] },
  },
  revision: {
    brand: { next: 'creator', deeds: ['approve', 'ask_cancel', 'cancel_late'] },
    creator: { next: 'creator', deeds: ['deliver', 'ask_cancel'] },
  },
  cancel_asked: {
    brand: { next: 'brand', deeds: ['agree', 'refuse', 'revoke'] },
    creator: { next: 'creator', deeds: ['agree', 'refuse', 'revoke'] },
  },
  disputed: { brand: { next: 'us', deeds: [] }, creator: { next: 'us', deeds: [] } },
  completed: {
    brand: { next: 'nobody', deeds: ['review'] },
    creator: { next: 'nobody', deeds: ['review'] },
  },
  rejected: over,
  cancelled: over,
  expired: over,
};

export interface Facts {
  revisionsLeft: number;
  // When late work may be cancelled, and work reviewed until.
  cancelLateAt: string | null;
  reviewUntil: string | null;
  reviewed: boolean;
  // Who asked to cancel.
  asker: Side | null;
  now: number;
}

export function factsOf(
  booking: Booking,
  timeline: Timeline | undefined,
  work: Work | undefined,
  now: number,
): Facts {
  return {
    revisionsLeft: booking.revisions_allowed - booking.revisions_used,
    cancelLateAt: timeline?.cancel_late_at ?? null,
    reviewUntil: timeline?.review_until ?? null,
    reviewed: timeline?.reviewed ?? true,
    asker: work?.cancellation_request?.requested_by ?? null,
    now,
  };
}

const passed = (at: string | null, now: number) => at !== null && Date.parse(at) <= now;

function allowed(deed: Deed, side: Side, facts: Facts): boolean {
  switch (deed) {
    case 'ask_revision':
      return facts.revisionsLeft > 0;
    case 'cancel_late':
      return passed(facts.cancelLateAt, facts.now);
    case 'agree':
    case 'refuse':
      return facts.asker !== null && facts.asker !== side;
    case 'revoke':
      return facts.asker === side;
    case 'review':
      return !facts.reviewed && facts.reviewUntil !== null && !passed(facts.reviewUntil, facts.now);
    default:
      return true;
  }
}

// With what is known of this one.
export function viewOf(state: BookingState, side: Side, facts: Facts): View {
  const { next, deeds } = VIEWS[state][side];
  const other = side === 'brand' ? 'creator' : 'brand';
  return {
    next: state === 'cancel_asked' ? (facts.asker === side ? other : side) : next,
    deeds: deeds.filter((deed) => allowed(deed, side, facts)),
  };
}

// Lists mark what waits for me; who asked to cancel they do not know.
export const waitsForMe = (state: BookingState, side: Side) =>
  state !== 'cancel_asked' && VIEWS[state][side].next === side;

export const PAID_STATES: readonly BookingState[] = [
  'accepted',
  'in_progress',
  'delivered',
  'revision',
  'cancel_asked',
  'disputed',
  'completed',
];

// The creator sends work in these.
export const WORK_STATES: readonly BookingState[] = ['accepted', 'in_progress', 'delivered', 'revision'];
// The brand judges pieces in these.
export const JUDGE_STATES: readonly BookingState[] = ['in_progress', 'delivered', 'revision'];

export type Tone = 'plain' | 'good' | 'info' | 'danger' | 'glow';
export const TONES: Record<BookingState, Tone> = {
  requested: 'info',
  awaiting_payment: 'glow',
  accepted: 'info',
  in_progress: 'info',
  delivered: 'glow',
  revision: 'info',
  cancel_asked: 'danger',
  disputed: 'danger',
  completed: 'good',
  rejected: 'plain',
  cancelled: 'plain',
  expired: 'plain',
};

// Where it stands on the whole way; null where it left it.
export const STEPS = ['booked', 'paid', 'delivered', 'completed'] as const;
const AT: Record<BookingState, number | null> = {
  requested: 0,
  awaiting_payment: 0,
  accepted: 1,
  in_progress: 1,
  revision: 1,
  cancel_asked: 1,
  disputed: 1,
  delivered: 2,
  completed: 3,
  rejected: null,
  cancelled: null,
  expired: null,
};
export const stepOf = (state: BookingState) => AT[state];

// What happened, of the log's acts that a person wants to read.
export const TOLD = [
  'book',
  'accept',
  'decline',
  'withdraw',
  'expire',
  'paid',
  'pay_from_balance',
  'start',
  'progress',
  'submit',
  'deliver',
  'late',
  'approve_piece',
  'ask_change',
  'ask_revision',
  'approve',
  'cancel',
  'cancel_late',
  'ask_cancel',
  'agree',
  'refuse',
  'revoke',
  'refunded',
  'disputed',
  'dispute_lifted',
] as const;
export type Told = (typeof TOLD)[number];
export const isTold = (act: string): act is Told => (TOLD as readonly string[]).includes(act);
