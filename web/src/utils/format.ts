// Numbers, money and days, as people here write them.  Chromium knows neither
// Shona nor Ndebele, so Intl always speaks English.
const LOCALES = ['en-ZW', 'en'];

// Each is made when wanted.  The first wakes the browser's tables of languages,
// which takes a cheap phone as long as the rest of a page's start: below.
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
const numbers = (options: Intl.NumberFormatOptions) => once(() => new Intl.NumberFormat(LOCALES, options));
const times = (options: Intl.DateTimeFormatOptions) => once(() => new Intl.DateTimeFormat(LOCALES, options));

const plain = numbers({});
const short = numbers({ notation: 'compact', maximumFractionDigits: 1 });
const whole = numbers({ maximumFractionDigits: 0 });
const cents = numbers({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
const signs: Record<string, string> = { USD: 'US$', ZWG: 'ZiG ' };

const DAY = { day: 'numeric', month: 'short' } as const;
const CLOCK = { hour: '2-digit', minute: '2-digit' } as const;
const day = times({ ...DAY, year: 'numeric' });
const moment = times({ ...DAY, ...CLOCK });
const momentThen = times({ ...DAY, year: 'numeric', ...CLOCK });
const clock = times(CLOCK);

// While the page waits for its data, in a task of its own.
if (globalThis.document) setTimeout(plain);

export const number = (value: number) => plain().format(value);
export const compact = (value: number) => short().format(value);
export const date = (iso: string) => day().format(new Date(iso));
// The year is told where it is another.
export function dateTime(iso: string, now = new Date()) {
  const at = new Date(iso);
  return (at.getFullYear() === now.getFullYear() ? moment : momentThen)().format(at);
}
export const time = (iso: string) => clock().format(new Date(iso));
export const percent = (value: number) => `${plain().format(value)}%`;

// How many midnights lie between: 0 is today, 1 yesterday.
export function daysAgo(iso: string, now = new Date()) {
  const midnight = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
  return Math.round((midnight(now) - midnight(new Date(iso))) / 86_400_000);
}

// Whole amounts go without cents where they only inform; `exact` never does.
export function money(amount: number, currency = 'USD', exact = true) {
  const form = exact || !Number.isInteger(amount) ? cents : whole;
  return `${amount < 0 ? '−' : ''}${signs[currency] ?? `${currency} `}${form().format(Math.abs(amount))}`;
}

// A creator need not have chosen a username.
export const creatorName = (creator: { username: string | null; id: number }) =>
  creator.username ?? `creator-${creator.id}`;

export const creatorPath = (creator: { id: number }) => `/creators/${creator.id}`;
export const packagePath = (item: { id: number }) => `/packages/${item.id}`;
