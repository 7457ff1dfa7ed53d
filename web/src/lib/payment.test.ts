import { expect, test } from 'vitest';
import { payment } from '@/test/money';
import { gap, isOpen, mayRetry, type Phase, PROMPT_MS, phaseOf } from './payment';

const NOW = Date.parse('2026-03-01T08:00:10Z');

test.each<[Parameters<typeof payment>[0], Phase]>([
  [{ state: 'initiating' }, 'starting'],
  [{ state: 'sent' }, 'waiting'],
  [{ state: 'sent', started_at: new Date(NOW - PROMPT_MS - 1).toISOString() }, 'late'],
  [{ state: 'sent', method: 'innbucks', authorization_code: '12345' }, 'code'],
  [{ state: 'sent', method: 'paynow' }, 'elsewhere'],
  [{ state: 'unknown' }, 'checking'],
  [{ state: 'review' }, 'checking'],
  [{ state: 'disputed' }, 'checking'],
  [{ state: 'failed', status: 'failed' }, 'failed'],
  [{ state: 'cancelled', status: 'failed' }, 'cancelled'],
  [{ state: 'refunded', status: 'refunded' }, 'refunded'],
  [{ state: 'paid', status: 'paid', paid: true }, 'paid'],
  [{ state: 'paid' }, 'checking'], // the booking has not heard of it yet
  [{ state: null }, 'none'],
])('%o', (over, phase) => {
  expect(phaseOf(payment(over), NOW)).toBe(phase);
});

test('none was started', () => {
  expect(phaseOf({ success: false, error: 'None' }, NOW)).toBe('none');
});

test('what nobody knows is asked on and never paid again', () => {
  for (const phase of ['starting', 'checking', 'waiting'] as const) {
    expect(isOpen(phase)).toBe(true);
    expect(mayRetry(phase)).toBe(false);
  }
  for (const phase of ['paid', 'failed', 'cancelled', 'none', 'refunded'] as const)
    expect(isOpen(phase)).toBe(false);
});

test('gaps grow up to a half minute', () => {
  expect(gap(0)).toBe(3000);
  expect(gap(5)).toBeGreaterThan(gap(4));
  expect(gap(99)).toBe(30_000);
});
