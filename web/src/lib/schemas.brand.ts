// The forms of brands: campaigns and the profile.
import * as v from 'valibot';
import { amount, chosen, filled, short } from './fields';
import { CURRENCIES, LIMITS } from './limits';
import { BRAND_NETWORKS, SIZES } from './profiles';

export const campaign = v.pipe(
  v.object({
    title: filled(LIMITS.title),
    description: filled(LIMITS.longText),
    objectives: short(LIMITS.longText),
    budget: amount(LIMITS.priceMin, LIMITS.budgetMax),
    currency: v.picklist(CURRENCIES),
    start_date: chosen,
    end_date: chosen,
    category: chosen,
  }),
  v.forward(
    v.check(({ start_date, end_date }) => end_date >= start_date, 'end_before'),
    ['end_date'],
  ),
);
export type CampaignValues = v.InferOutput<typeof campaign>;

export const brandForm = v.object({
  company_name: filled(LIMITS.companyName),
  description: short(LIMITS.longText),
  industry: short(LIMITS.place),
  location: short(LIMITS.place),
  // Empty where it is not told.
  company_size: v.picklist(['', ...SIZES]),
  website: short(LIMITS.link),
  social_links: v.object(v.entriesFromList(BRAND_NETWORKS, short(LIMITS.link))),
});
export type BrandForm = v.InferOutput<typeof brandForm>;
