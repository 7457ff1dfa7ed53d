// The forms of creators: packages, the profile, applications.  All inputs are
// texts; amounts are sent as they were typed.
import * as v from 'valibot';

export const CREATOR_LIMITS = {
  title: 200,
  longText: 5000,
  daysMin: 1,
  daysMax: 365,
  revisionsMax: 20,
  lines: 50,
  line: 500,
  priceMin: 1,
  moneyMax: 1_000_000,
  place: 100,
  link: 255,
  categories: 10,
  languages: 20,
  followersMax: 10_000_000_000,
  engagementMax: 100,
} as const;
const L = CREATOR_LIMITS;

export const NETWORKS = [
  'instagram',
  'tiktok',
  'youtube',
  'facebook',
  'twitter',
  'threads',
  'linkedin',
  'website',
] as const;
export const AVAILABILITIES = ['available', 'busy', 'unavailable'] as const;
export const CURRENCIES = ['USD', 'ZWG'] as const;
const USERNAME = /^([A-Za-z0-9_]{3,20})?$/;
const AMOUNT = /^[0-9]{1,7}(\.[0-9]{1,2})?$/;

const short = (max: number) => v.pipe(v.string(), v.trim(), v.maxLength(max, `too_long:${max}`));
const filled = (max: number) =>
  v.pipe(v.string(), v.trim(), v.nonEmpty('required'), v.maxLength(max, `too_long:${max}`));
const whole = (min: number, max: number) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.nonEmpty('required'),
    v.check(
      (text) => /^[0-9]+$/.test(text) && Number(text) >= min && Number(text) <= max,
      `between:${min}:${max}`,
    ),
  );
const amount = (min: number, max: number) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.nonEmpty('required'),
    v.check((text) => AMOUNT.test(text) && Number(text) >= min && Number(text) <= max, `price:${min}:${max}`),
  );

// One a line; empty ones do not count.
export const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
const lines = v.pipe(
  v.string(),
  v.check((text) => linesOf(text).length <= L.lines, `too_many:${L.lines}`),
  v.check((text) => linesOf(text).every((line) => line.length <= L.line), `line_long:${L.line}`),
);

export const packageForm = v.object({
  title: filled(L.title),
  description: filled(L.longText),
  category: v.pipe(v.string(), v.nonEmpty('required')),
  price: amount(L.priceMin, L.moneyMax),
  currency: v.picklist(CURRENCIES),
  duration_days: whole(L.daysMin, L.daysMax),
  revisions: whole(0, L.revisionsMax),
  deliverables: lines,
  instant: v.boolean(),
});
export type PackageForm = v.InferOutput<typeof packageForm>;

export const profileForm = v.object({
  username: v.pipe(v.string(), v.trim(), v.regex(USERNAME, 'username')),
  bio: short(L.longText),
  location: short(L.place),
  categories: v.pipe(v.array(v.string()), v.maxLength(L.categories, `too_many:${L.categories}`)),
  languages: v.pipe(v.array(v.string()), v.maxLength(L.languages, `too_many:${L.languages}`)),
  availability_status: v.picklist(AVAILABILITIES),
  follower_count: whole(0, L.followersMax),
  engagement_rate: amount(0, L.engagementMax),
  portfolio_url: short(L.link),
  success_stories: short(L.longText),
  free_revisions: whole(0, L.revisionsMax),
  revision_fee: amount(0, L.moneyMax),
  social_links: v.object(v.entriesFromList(NETWORKS, short(L.link))),
});
export type ProfileForm = v.InferOutput<typeof profileForm>;

export const applicationForm = v.object({
  proposed_price: amount(L.priceMin, L.moneyMax),
  duration_days: v.union(
    [v.pipe(v.string(), v.trim(), v.value('')), whole(L.daysMin, L.daysMax)],
    (issue) => {
      return issue.issues?.at(-1)?.message ?? 'required';
    },
  ),
  deliverables: v.pipe(
    lines,
    v.check((text) => linesOf(text).length > 0, 'required'),
  ),
  message: short(L.longText),
});
export type ApplicationForm = v.InferOutput<typeof applicationForm>;
