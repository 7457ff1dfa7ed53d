// The bounds of what forms take, from the contract (schemas.test.ts holds them
// against app/openapi.yaml).
export const LIMITS = {
  passwordMin: 8,
  passwordMax: 1024,
  companyName: 200,
  title: 200,
  longText: 5000,
  daysMin: 1,
  daysMax: 365,
  revisionsMax: 20,
  lines: 50,
  line: 500,
  priceMin: 1,
  moneyMax: 1_000_000,
  budgetMax: 1_000_000_000,
  place: 100,
  link: 255,
  pieceLink: 500,
  pieceText: 2000,
  categories: 10,
  languages: 20,
  followersMax: 10_000_000_000,
  engagementMax: 100,
  stars: 5,
} as const;

export const CURRENCIES = ['USD', 'ZWG'] as const;
export const AVAILABILITIES = ['available', 'busy', 'unavailable'] as const;
export const SIZES = ['1-10', '11-50', '51-200', '201-500', '500+'] as const;
// Where people are found, those of brands first.
export const BRAND_NETWORKS = [
  'instagram',
  'tiktok',
  'youtube',
  'facebook',
  'twitter',
  'linkedin',
  'website',
] as const;
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
