// The forms of creators: packages, the profile, applications.
import * as v from 'valibot';
import { amount, chosen, few, filled, short, whole } from './fields';
import { CURRENCIES, LIMITS as L } from './limits';
import { lines, linesOf } from './lines';
import { AVAILABILITIES, NETWORKS } from './profiles';

const USERNAME = /^([A-Za-z0-9_]{3,20})?$/;

export const packageForm = v.object({
  title: filled(L.title),
  description: filled(L.longText),
  category: chosen,
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
  categories: few(L.categories),
  languages: few(L.languages),
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
