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
