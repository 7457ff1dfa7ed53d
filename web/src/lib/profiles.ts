// What profiles choose from, and where people are found; the words are the
// contract's.
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

// Names that are the same in every language.
export const NETWORK_NAMES: Record<(typeof NETWORKS)[number], string | null> = {
  instagram: 'Instagram',
  tiktok: 'TikTok',
  youtube: 'YouTube',
  facebook: 'Facebook',
  twitter: 'X (Twitter)',
  threads: 'Threads',
  linkedin: 'LinkedIn',
  website: null,
};

// A text for each, as forms want them; and back, without the empty ones.
export const linksIn = <N extends string>(
  names: readonly N[],
  links: Partial<Record<string, string | null>>,
): Record<N, string> =>
  Object.fromEntries(names.map((name) => [name, links[name] ?? ''])) as Record<N, string>;
export const linksOut = (links: Record<string, string>) =>
  Object.fromEntries(Object.entries(links).filter(([, link]) => link));
