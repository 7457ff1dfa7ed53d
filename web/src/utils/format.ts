// Numbers, money and days, as people here write them.  Chromium knows neither
// Shona nor Ndebele: Intl always speaks English, and months have words of ours.
import { tell, want } from '@/i18n';
import { LOCALES, number, once } from './number';

export { number };

want('dates');

// Each is made when wanted.  The first wakes the browser's tables of languages,
// which takes a cheap phone as long as the rest of a page's start: below.
const numbers = (options: Intl.NumberFormatOptions) => once(() => new Intl.NumberFormat(LOCALES, options));
const times = (options: Intl.DateTimeFormatOptions) => once(() => new Intl.DateTimeFormat(LOCALES, options));

const short = numbers({ notation: 'compact', maximumFractionDigits: 1 });
const tenths = numbers({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
const parts = numbers({ style: 'percent', maximumFractionDigits: 2 });
const amounts = (options?: Intl.NumberFormatOptions) => {
  const made = new Map<string, Intl.NumberFormat>();
  return (amount: number, currency: string) => {
    if (!made.has(currency))
      made.set(currency, new Intl.NumberFormat(LOCALES, { ...options, style: 'currency', currency }));
    return made.get(currency)?.format(amount) ?? '';
  };
};
const exactly = amounts();
const roughly = amounts({ trailingZeroDisplay: 'stripIfInteger' });

const DAY = { day: 'numeric', month: 'short' } as const;
const CLOCK = { hour: '2-digit', minute: '2-digit' } as const;
const day = times({ ...DAY, year: 'numeric' });
const moment = times({ ...DAY, ...CLOCK });
const momentThen = times({ ...DAY, year: 'numeric', ...CLOCK });
const clock = times(CLOCK);

// While the page waits for its data, in a task of its own.
if (globalThis.document) setTimeout(() => number(0));

export const compact = (value: number) => short().format(value);
export const rating = (value: number) => tenths().format(value);
export const percent = (value: number) => parts().format(value / 100);

function spoken(format: Intl.DateTimeFormat, at: Date) {
  const month = tell('dates', `m${at.getMonth()}`);
  if (!month) return format.format(at);
  return format
    .formatToParts(at)
    .map(({ type, value }) => (type === 'month' ? month : value))
    .join('');
}
export const date = (iso: string) => spoken(day(), new Date(iso));
// The year is told where it is another.
export function dateTime(iso: string, now = new Date()) {
  const at = new Date(iso);
  return spoken((at.getFullYear() === now.getFullYear() ? moment : momentThen)(), at);
}
export const time = (iso: string) => clock().format(new Date(iso));

// How many midnights lie between: 0 is today, 1 yesterday.
export function daysAgo(iso: string, now = new Date()) {
  const midnight = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
  return Math.round((midnight(now) - midnight(new Date(iso))) / 86_400_000);
}

// Whole amounts go without cents where they only inform; `exact` never does.
// Unicode does not say yet what people call the money of Zimbabwe.
export function money(amount: number, currency = 'USD', exact = true) {
  return (exact ? exactly : roughly)(amount, currency).replace('ZWG', 'ZiG');
}

// As one would type it: 2500, or 2500.50.
export const typedAmount = (amount: number) =>
  Number.isInteger(amount) ? String(amount) : amount.toFixed(2);

// A creator need not have chosen a username.
export const creatorName = (creator: { username: string | null; id: number }) =>
  creator.username ?? `creator-${creator.id}`;

export const creatorPath = (creator: { id: number }) => `/creators/${creator.id}`;
export const packagePath = (item: { id: number }) => `/packages/${item.id}`;
