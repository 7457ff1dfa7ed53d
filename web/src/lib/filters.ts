// What is looked for stands in the page's address, and nowhere else.
import type { CreatorFilters } from '@/services/queries/creators';

const TEXTS = ['search', 'category', 'platform', 'location', 'language'] as const;
const NUMBERS = ['min_price', 'max_price', 'min_rating', 'min_followers', 'max_days'] as const;
export const FILTERS = [...TEXTS, ...NUMBERS] as const;
export type FilterName = (typeof FILTERS)[number];
// The contract's least lengths: what is shorter is not asked for.
const LEAST: Partial<Record<FilterName, number>> = { search: 2, location: 3 };

// What is not well formed counts as left out: addresses are typed by hand.
export function readFilters(params: URLSearchParams): CreatorFilters {
  const filters: Record<string, string | number> = {};
  for (const name of TEXTS) {
    const text = params.get(name)?.trim().slice(0, 100);
    if (text && text.length >= (LEAST[name] ?? 1)) filters[name] = text;
  }
  for (const name of NUMBERS) {
    const value = Number(params.get(name) || Number.NaN);
    if (Number.isFinite(value) && value > 0 && value <= 1_000_000_000)
      filters[name] = Math.round(value * 100) / 100;
  }
  return filters;
}

export function readSort<S extends string>(params: URLSearchParams, known: readonly S[]): S | undefined {
  const sort = params.get('sort') as S;
  return known.includes(sort) ? sort : undefined;
}
