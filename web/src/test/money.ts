// Bookings, payments and what hangs on them, as the API gives them.

import type { Quote } from '@/services/queries/bookings';
import type { components } from '@/services/schema';
import { brandProfile, creatorDetail, pack, user } from './data';

type Schemas = components['schemas'];
const AT = '2026-03-01T08:00:00Z';

export const buyer = { user: user(), profile: brandProfile() };
export const seller = {
  user: user({ id: 11, email: 'tari@example.com', user_type: 'creator' }),
  profile: (({ user: _, ...rest }) => rest)(creatorDetail()),
};
const creatorWithUser = creatorDetail();
const brandWithUser = {
  ...brandProfile(),
  user: { id: 7, user_type: 'brand', is_verified: true, created_at: AT } as const,
};

export const packageWithCreator = (over: Partial<Schemas['PackageWithCreator']> = {}) =>
  pack({
    title: 'Three reels',
    description: 'Three short films of your product.',
    duration_days: 7,
    deliverables: ['Reel 1', 'Reel 2', 'Reel 3'],
    category: 'Food & Cooking',
    revisions: 2,
    ...over,
  });

export const ratedPackage = (over: Partial<Schemas['RatedPackage']> = {}): Schemas['RatedPackage'] => ({
  ...packageWithCreator(),
  review_stats: { average_rating: 0, total_reviews: 0 },
  ...over,
});

export const quote = (over: Partial<Quote> = {}): Quote => ({
  price: 120,
  fee: 12,
  payout: 108,
  total: 120,
  currency: 'USD',
  instant: true,
  ...over,
});

export const booking = (over: Partial<Schemas['Booking']> = {}): Schemas['Booking'] => ({
  id: 40,
  state: 'awaiting_payment',
  status: 'pending',
  payment_status: 'pending',
  amount: 120,
  fee: 12,
  payout: 108,
  currency: 'USD',
  package_id: 5,
  creator_id: 1,
  brand_id: 3,
  campaign_id: null,
  notes: 'For our launch',
  due_at: null,
  booking_date: AT,
  completion_date: null,
  revisions_used: 0,
  revisions_allowed: 2,
  payment_reference: null,
  created_at: AT,
  updated_at: AT,
  package: (({ creator: _, ...rest }) => rest)(packageWithCreator()),
  creator: creatorWithUser,
  brand: brandWithUser,
  campaign: null,
  ...over,
});

export const payment = (over: Partial<Schemas['PaymentStatus']> = {}): Schemas['PaymentStatus'] => ({
  success: true,
  paid: false,
  status: 'pending',
  reference: 'BB000000000040',
  amount: 120,
  currency: 'USD',
  state: 'sent',
  method: 'ecocash',
  redirect_url: null,
  instructions: null,
  authorization_code: null,
  authorization_expires: null,
  started_at: AT,
  paid_at: null,
  ...over,
});

export const returned = (over: Partial<Schemas['PaymentReturn']> = {}): Schemas['PaymentReturn'] => ({
  booking_id: 40,
  title: 'Three reels',
  amount: 120,
  currency: 'USD',
  method: 'paynow',
  state: 'sent',
  paid: false,
  on_balance: false,
  ...over,
});

export const started = (over: Partial<Schemas['PaymentStarted']> = {}): Schemas['PaymentStarted'] => ({
  success: true,
  method: 'ecocash',
  redirect_url: null,
  poll_url: '/api/bookings/40/payment-status',
  instructions: null,
  authorization_code: null,
  authorization_expires: null,
  reference: 'BB000000000040',
  state: 'sent',
  ...over,
});

export const timeline = (over: Partial<Schemas['BookingTimeline']> = {}): Schemas['BookingTimeline'] => ({
  state: 'awaiting_payment',
  entered_at: AT,
  clock: { act: 'expire', at: '2026-03-03T08:00:00Z' },
  cancel_late_at: null,
  review_until: null,
  reviewed: false,
  review_ids: [],
  entries: [{ act: 'book', actor: 'brand', state: 'awaiting_payment', note: null, at: AT }],
  ...over,
});

export const balances = (
  amount = 0,
): { balances: { account: 'brand_balance'; currency: 'USD'; amount: number }[]; total: number } => ({
  balances: [{ account: 'brand_balance', currency: 'USD', amount }],
  total: 1,
});

export const deliverable = (over: Partial<Schemas['Deliverable']> = {}): Schemas['Deliverable'] => ({
  id: 90,
  title: 'Reel 1',
  url: 'https://example.com/reel-1',
  description: null,
  type: null,
  state: 'submitted',
  status: 'pending_review',
  submitted_at: AT,
  approved_at: null,
  revision_notes: null,
  revision_requested_at: null,
  ...over,
});

export const work = (over: Partial<Schemas['Collaboration']> = {}): Schemas['Collaboration'] => ({
  id: 40,
  collaboration_type: 'package',
  campaign_application_id: null,
  booking_id: 40,
  brand_id: 3,
  creator_id: 1,
  title: 'Three reels',
  description: null,
  amount: 120,
  currency: 'USD',
  state: 'delivered',
  status: 'in_progress',
  progress_percentage: 0,
  deliverables: ['Reel 1', 'Reel 2', 'Reel 3'],
  submitted_deliverables: [],
  draft_deliverables: [],
  revision_requests: [],
  revisions_allowed: 2,
  total_revisions_used: 0,
  paid_revisions: 0,
  cancellation_request: null,
  start_date: AT,
  expected_completion_date: AT,
  actual_completion_date: null,
  last_update_date: null,
  notes: null,
  last_update: null,
  created_at: AT,
  updated_at: AT,
  creator: creatorWithUser,
  brand: brandWithUser,
  campaign_application: null,
  booking: {
    id: 40,
    state: 'delivered',
    status: 'in_progress',
    payment_status: 'paid',
    amount: 120,
    fee: 12,
    payout: 108,
    currency: 'USD',
  },
  ...over,
});

export const bookingPage = (
  bookings = [booking()],
): { bookings: Schemas['Booking'][]; total: number; pages: number; current_page: number } => ({
  bookings,
  total: bookings.length,
  pages: 1,
  current_page: 1,
});

export const campaign = (over: Partial<Schemas['CampaignWithBrand']> = {}): Schemas['CampaignWithBrand'] => ({
  id: 60,
  brand_id: 3,
  title: 'Winter warmers',
  description: 'Hot drinks for cold mornings',
  objectives: null,
  budget: 2500,
  currency: 'USD',
  start_date: '2026-05-31T22:00:00Z',
  end_date: '2026-07-31T21:59:00Z',
  status: 'active',
  requirements: {},
  category: 'Food & Beverage',
  packages_count: 0,
  applicants_count: 1,
  created_at: AT,
  updated_at: AT,
  brand: brandWithUser,
  ...over,
});

export const application = (
  over: Partial<Schemas['CampaignApplication']> = {},
): Schemas['CampaignApplication'] => ({
  id: 70,
  campaign_id: 60,
  creator_id: 1,
  status: 'pending',
  application_message: 'I cook.',
  proposed_price: 300,
  currency: 'USD',
  deliverables: ['Two reels'],
  duration_days: 10,
  booking_id: null,
  applied_at: AT,
  updated_at: AT,
  campaign: campaign(),
  creator: creatorWithUser,
  ...over,
});
