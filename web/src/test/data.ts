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
  ...over,
});
