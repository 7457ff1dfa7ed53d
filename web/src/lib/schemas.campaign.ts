import * as v from 'valibot';

export const CAMPAIGN_LIMITS = { title: 200, text: 5000 } as const;

const text = (max: number) =>
  v.pipe(v.string(), v.trim(), v.nonEmpty('required'), v.maxLength(max, `too_long:${max}`));

export const campaign = v.pipe(
  v.object({
    title: text(CAMPAIGN_LIMITS.title),
    description: text(CAMPAIGN_LIMITS.text),
    objectives: v.pipe(
      v.string(),
      v.trim(),
      v.maxLength(CAMPAIGN_LIMITS.text, `too_long:${CAMPAIGN_LIMITS.text}`),
    ),
    budget: v.pipe(v.string(), v.trim(), v.regex(/^0*[1-9][0-9]{0,9}(\.[0-9]{1,2})?$/, 'amount')),
    currency: v.picklist(['USD', 'ZWG']),
    start_date: v.pipe(v.string(), v.nonEmpty('required')),
    end_date: v.pipe(v.string(), v.nonEmpty('required')),
    category: v.pipe(v.string(), v.nonEmpty('required')),
  }),
  v.forward(
    v.check(({ start_date, end_date }) => end_date >= start_date, 'end_before'),
    ['end_date'],
  ),
);
export type CampaignValues = v.InferOutput<typeof campaign>;
