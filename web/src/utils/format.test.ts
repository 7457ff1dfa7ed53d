import { expect, test, vi } from 'vitest';
import { setLanguage } from '@/i18n';
import { files } from '@/i18n/files';
import { date, dateTime, money, number, percent, rating, typedAmount } from './format';

test('a moment of another year says which', () => {
  const now = new Date('2026-11-26T12:00:00Z');
  expect(dateTime('2026-03-01T08:00:00Z', now)).not.toContain('2026');
  expect(dateTime('2025-12-31T08:00:00Z', now)).toContain('2025');
});

test.each([
  [45, 'USD', true, 'US$45.00'],
  [45, 'USD', false, 'US$45'],
  [45.5, 'USD', false, 'US$45.50'],
  [-1234.5, 'ZWG', true, '-ZiG\u00a01,234.50'],
  [1_000_000, 'ZWG', false, 'ZiG\u00a01,000,000'],
])('%f %s, exact: %s, reads %s', (amount, currency, exact, text) => {
  expect(money(amount, currency, exact)).toBe(text);
});

test('parts of a hundred, ratings and great numbers', () => {
  expect([percent(10), percent(4.37), percent(0)]).toEqual(['10%', '4.37%', '0%']);
  expect([rating(4), rating(4.26)]).toEqual(['4.0', '4.3']);
  expect(number(10_000_000_000)).toBe('10,000,000,000');
});

// Node, unlike Chromium, has them.
test.each(['sn', 'nd'] as const)('months in %s are those of Unicode', async (language) => {
  const { texts } = (await files[`./${language}/dates.ts`]?.())?.default ?? {};
  const months = Array.from({ length: 12 }, (_, month) => [
    `m${month}`,
    new Intl.DateTimeFormat(language, { month: 'short' }).format(new Date(2026, month, 2)),
  ]);
  expect(texts).toEqual(Object.fromEntries(months));
});

test('a day is said with the month of the language', async () => {
  const said = () => date('2026-08-03T10:00:00Z');
  const english = said();
  setLanguage('sn');
  await vi.waitFor(() => expect(said()).toBe(english.replace('Aug', 'Nya')));
  setLanguage('en');
  expect(said()).toBe(english);
});

test.each([
  [2500, '2500'],
  [2500.5, '2500.50'],
])('%f is typed as %s', (amount, typed) => {
  expect(typedAmount(amount)).toBe(typed);
});
