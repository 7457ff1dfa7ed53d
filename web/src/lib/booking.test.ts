// Every cell of the map, and the map against the API's own table.
import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { BookingState } from '@/services/queries/bookings';
import {
  type Deed,
  type Facts,
  type Next,
  type Side,
  STEPS,
  stepOf,
  TONES,
  VIEWS,
  viewOf,
  waitsForMe,
} from './booking';

const sql = ['bookings', 'work']
  .map((name) => fs.readFileSync(`../sql/schema/deploy/${name}.sql`, 'utf8'))
  .join('\n');
const contract = parse(fs.readFileSync('../app/openapi.yaml', 'utf8')).components.schemas;
const states: BookingState[] = contract.BookingState.enum;

// ('accepted', 'start', 'creator', …
const moves = new Map<string, Set<string>>();
for (const [, state = '', act = '', actor = ''] of sql.matchAll(/\('(\w+)', '(\w+)', '(brand|creator)',/g)) {
  const key = `${state} ${actor}`;
  moves.set(key, (moves.get(key) ?? new Set()).add(act));
}
const NOW = Date.parse('2026-03-10T00:00:00Z');
const facts = (over: Partial<Facts> = {}): Facts => ({
  revisionsLeft: 1,
  cancelLateAt: '2026-03-09T00:00:00Z',
  reviewUntil: '2026-03-20T00:00:00Z',
  reviewed: false,
  asker: null,
  now: NOW,
  ...over,
});

test('the states are the contract’s', () => {
  expect(Object.keys(VIEWS).sort()).toEqual([...states].sort());
  for (const state of states) {
    expect(TONES[state]).toBeTruthy();
    expect(stepOf(state) ?? 0).toBeLessThan(STEPS.length);
  }
});

describe.each(states)('%s', (state) => {
  test.each(['brand', 'creator'] as const)('%s may do what the table allows, all of it', (side) => {
    const table = moves.get(`${state} ${side}`) ?? new Set();
    const called = [...table].filter((act) => contract.Act.enum.includes(act) || act === 'pay');
    const shown = VIEWS[state][side].deeds.filter((deed) => deed !== 'review');
    expect([...shown].sort()).toEqual(called.sort());
  });
});

const cells: [BookingState, Side, Next, Deed[], Partial<Facts>?][] = [
  ['requested', 'brand', 'creator', ['withdraw']],
  ['requested', 'creator', 'creator', ['accept', 'decline']],
  ['awaiting_payment', 'brand', 'brand', ['pay', 'withdraw']],
  ['awaiting_payment', 'creator', 'brand', ['decline']],
  ['accepted', 'brand', 'creator', ['approve', 'cancel', 'cancel_late']],
  ['accepted', 'brand', 'creator', ['approve', 'cancel'], { cancelLateAt: '2026-03-11T00:00:00Z' }],
  ['accepted', 'creator', 'creator', ['start', 'deliver', 'decline']],
  ['in_progress', 'brand', 'creator', ['approve', 'ask_cancel'], { cancelLateAt: null }],
  ['in_progress', 'brand', 'creator', ['approve', 'ask_cancel', 'cancel_late']],
  ['in_progress', 'creator', 'creator', ['deliver', 'ask_cancel']],
  ['delivered', 'brand', 'brand', ['approve', 'ask_revision', 'ask_cancel']],
  ['delivered', 'brand', 'brand', ['approve', 'ask_cancel'], { revisionsLeft: 0 }],
  ['delivered', 'creator', 'brand', ['ask_cancel']],
  ['revision', 'brand', 'creator', ['approve', 'ask_cancel', 'cancel_late']],
  ['revision', 'creator', 'creator', ['deliver', 'ask_cancel']],
  ['cancel_asked', 'brand', 'creator', ['revoke'], { asker: 'brand' }],
  ['cancel_asked', 'brand', 'brand', ['agree', 'refuse'], { asker: 'creator' }],
  ['cancel_asked', 'creator', 'creator', ['agree', 'refuse'], { asker: 'brand' }],
  ['cancel_asked', 'creator', 'brand', ['revoke'], { asker: 'creator' }],
  ['disputed', 'brand', 'us', []],
  ['disputed', 'creator', 'us', []],
  ['completed', 'brand', 'nobody', ['review']],
  ['completed', 'creator', 'nobody', ['review']],
  ['completed', 'brand', 'nobody', [], { reviewed: true }],
  ['completed', 'creator', 'nobody', [], { reviewUntil: '2026-03-09T00:00:00Z' }],
  ...(['rejected', 'cancelled', 'expired'] as const).flatMap((state) =>
    (['brand', 'creator'] as const).map((side): [BookingState, Side, Next, Deed[]] => [
      state,
      side,
      'nobody',
      [],
    ]),
  ),
];

test.each(cells)('%s, to the %s: %s next, may %o', (state, side, next, deeds, over) => {
  expect(viewOf(state, side, facts(over))).toEqual({ next, deeds });
});

test('no cell is left out', () => {
  const seen = new Set(cells.map(([state, side]) => `${state} ${side}`));
  expect(seen.size).toBe(states.length * 2);
});

test('what waits for me is marked', () => {
  expect(states.filter((state) => waitsForMe(state, 'brand'))).toEqual(['awaiting_payment', 'delivered']);
  expect(states.filter((state) => waitsForMe(state, 'creator'))).toEqual([
    'requested',
    'accepted',
    'in_progress',
    'revision',
  ]);
});
