import { expect, test } from 'vitest';
import { dateTime, money } from './format';

test('a moment of another year says which', () => {
  const now = new Date('2026-11-26T12:00:00Z');
  expect(dateTime('2026-03-01T08:00:00Z', now)).not.toContain('2026');
  expect(dateTime('2025-12-31T08:00:00Z', now)).toContain('2025');
});

test.each([
  [45, 'USD', true, 'US$45.00'],
  [45, 'USD', false, 'US$45'],
  [45.5, 'USD', false, 'US$45.50'],
  [-1234.5, 'ZWG', true, '−ZiG 1,234.50'],
])('%f %s, exact: %s, reads %s', (amount, currency, exact, text) => {
  expect(money(amount, currency, exact)).toBe(text);
});
