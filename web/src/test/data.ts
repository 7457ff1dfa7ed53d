// Rows as the API gives them; a test says what it cares about.
import type { components } from '@/services/schema';

type Schemas = components['schemas'];
const AT = '2026-03-01T08:00:00Z';

export const user = (over: Partial<Schemas['User']> = {}): Schemas['User'] => ({
  id: 7,
  email: 'tari@example.com',
  user_type: 'brand',
  is_verified: true,
  is_active: true,
  last_login: null,
  created_at: AT,
  updated_at: AT,
  ...over,
});

export const creator = (over: Partial<Schemas['ListedCreator']> = {}): Schemas['ListedCreator'] => ({
  id: 1,
  user_id: 11,
  bio: 'I cook.',
  profile_picture: null,
  portfolio_url: null,
  location: 'Harare',
  categories: ['Food & Cooking'],
  languages: ['Shona', 'English'],
  social_links: {},
  follower_count: 18200,
  engagement_rate: 4.2,
  availability_status: 'available',
  success_stories: null,
  username: 'tari_cooks',
  gallery: [],
  free_revisions: 2,
  revision_fee: 10,
  created_at: AT,
  updated_at: AT,
  user: { id: 11, user_type: 'creator', is_verified: true, created_at: AT },
  review_stats: { average_rating: 4.8, total_reviews: 12 },
  cheapest_package_price: 45,
  ...over,
});

export const brandProfile = (over: Partial<Schemas['BrandProfile']> = {}): Schemas['BrandProfile'] => ({
  id: 3,
  user_id: 7,
  company_name: 'Baobab Foods',
  logo: null,
  website: null,
  description: null,
  industry: null,
  location: null,
  company_size: null,
  social_links: {},
  verified_status: false,
  created_at: AT,
  updated_at: AT,
  ...over,
});

export const facets = (over: Partial<Schemas['Facets']> = {}): Schemas['Facets'] => ({
  total: 40,
  complete: true,
  categories: [
    { value: 'Food & Cooking', count: 9 },
    { value: 'Travel', count: 1 },
  ],
  platforms: [{ value: 'instagram', count: 30 }],
  places: [{ value: 'Harare', count: 20 }],
  prices: [{ from: 0, to: 25, count: 3 }],
  ...over,
});

export const creatorPage = (creators = [creator()]): Schemas['CreatorPage'] => ({
  creators,
  total: creators.length,
  pages: 1,
  current_page: 1,
  next_cursor: null,
});

export const message = (over: Partial<Schemas['Message']> = {}): Schemas['Message'] => ({
  id: 100,
  sender_id: 11,
  receiver_id: 7,
  booking_id: null,
  content: 'Mhoro!',
  is_read: false,
  is_delivered: false,
  attachment_url: null,
  client_id: null,
  created_at: AT,
  ...over,
});

export const person = (over: Partial<Schemas['Person']> = {}): Schemas['Person'] => ({
  id: 11,
  user_type: 'creator',
  is_verified: true,
  created_at: AT,
  display_name: 'tari_cooks',
  picture: null,
  ...over,
});

export const conversation = (over: Partial<Schemas['Conversation']> = {}): Schemas['Conversation'] => ({
  id: 11,
  user: person(),
  last_message: message(),
  unread_count: 1,
  ...over,
});

export const notification = (over: Partial<Schemas['Notification']> = {}): Schemas['Notification'] => ({
  id: 50,
  user_id: 7,
  type: 'booking',
  title: 'Work delivered',
  message: 'tari_cooks has delivered.',
  is_read: false,
  action_url: '/bookings/5',
  created_at: AT,
  notice: null,
  params: null,
  ...over,
});

export const creatorDetail = (over: Partial<Schemas['CreatorWithUser']> = {}): Schemas['CreatorWithUser'] => {
  const { review_stats: _stats, cheapest_package_price: _price, ...rest } = creator();
  return { ...rest, ...over };
};

export const pack = (over: Partial<Schemas['PackageWithCreator']> = {}): Schemas['PackageWithCreator'] => ({
  id: 5,
  creator_id: 1,
  title: 'One cooking reel',
  description: 'Sadza three ways.',
  price: 120,
  currency: 'USD',
  duration_days: 5,
  deliverables: ['1 reel', '3 stories'],
  category: 'UGC',
  is_active: true,
  revisions: 1,
  instant: true,
  created_at: AT,
  updated_at: AT,
  creator: creatorDetail(),
  ...over,
});

export const rated = (over: Partial<Schemas['RatedPackage']> = {}): Schemas['RatedPackage'] => ({
  ...pack(),
  review_stats: { average_rating: 4.5, total_reviews: 2 },
  ...over,
});

export const packagePage = (packages = [pack()]): Schemas['PackagePage'] => ({
  packages,
  total: packages.length,
  pages: 1,
  current_page: 1,
  next_cursor: null,
});

export const review = (over: Partial<Schemas['Review']> = {}): Schemas['Review'] => ({
  id: 9,
  brand_id: 3,
  creator_id: 1,
  collaboration_id: 4,
  side: 'brand',
  rating: 5,
  title: 'On time',
  comment: 'Sold out in a week.',
  communication_rating: 5,
  quality_rating: 5,
  professionalism_rating: null,
  timeliness_rating: 4,
  would_recommend: true,
  creator_response: 'Come back soon.',
  creator_response_date: AT,
  visible_at: AT,
  created_at: AT,
  updated_at: AT,
  brand: { ...brandProfile(), user: { id: 7, user_type: 'brand', is_verified: true, created_at: AT } },
  creator: creatorDetail(),
  collaboration: { id: 4, title: 'One cooking reel', collaboration_type: 'package' },
  ...over,
});

// Of who is logged in as a creator.
export const creatorProfile = (over: Partial<Schemas['CreatorWithUser']> = {}) =>
  creatorDetail({ user_id: 7, ...over });

export const offer = (over: Partial<Schemas['RatedPackage']> = {}) =>
  rated({
    id: 21,
    title: 'One reel',
    description: 'A reel about your product.',
    price: 45.5,
    deliverables: ['One reel', 'One story'],
    revisions: 2,
    instant: false,
    creator: creatorProfile(),
    review_stats: { average_rating: 0, total_reviews: 0 },
    ...over,
  });

export const categories = {
  creator: ['Food & Cooking', 'Travel'],
  package: ['UGC', 'Other'],
  campaign: ['Travel', 'Other'],
};

// Logged in as a creator.
export const asCreator = () => {
  const { user: _, ...profile } = creatorProfile();
  return { user: user({ user_type: 'creator' }), profile };
};
