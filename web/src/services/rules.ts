// What the fields of forms must be, by the contract; `npm run api` writes it.
import type { Rules } from '@/lib/check';

const email = { word: 'email', pattern: /^\s*[!#-'*+./0-9=?A-Z^_`a-z{|}~-]+@[!#-'*+/0-9=?A-Z^_`a-z{|}~-]+(\.[!#-'*+/0-9=?A-Z^_`a-z{|}~-]+)+\s*$/ } as const;
const code = { word: 'code', pattern: /^\s*[0-9]{6}\s*$/ } as const;
const username = { word: 'username', pattern: /^\s*[A-Za-z0-9_]*\s*$/ } as const;
const link = { word: 'link', pattern: /^\s*((\/api)?\/uploads\/(?!\S*\.\.)[^ \t-\r"'<>\\^`{|}]*|[Hh][Tt][Tt][Pp][Ss]?:\/\/[A-Za-z0-9](?![^/?#]*@)[^ \t-\r"'<>\\^`{|}]*)?\s*$/ } as const;

export const login = {
  email: { required: true, max: 120, fit: email },
  password: { required: true, kind: 'secret', max: 1024 },
} as const satisfies Rules;

export const registerCreator = {
  email: { required: true, max: 120, fit: email },
  password: { required: true, kind: 'secret', min: 8, max: 1024 },
} as const satisfies Rules;

export const registerBrand = {
  email: { required: true, max: 120, fit: email },
  password: { required: true, kind: 'secret', min: 8, max: 1024 },
  company_name: { required: true, max: 200 },
} as const satisfies Rules;

export const verifyCode = {
  email: { required: true, max: 120, fit: email },
  code: { required: true, fit: code },
} as const satisfies Rules;

export const forgotPassword = {
  email: { required: true, max: 120, fit: email },
} as const satisfies Rules;

export const resetPassword = {
  password: { required: true, kind: 'secret', min: 8, max: 1024 },
} as const satisfies Rules;

export const changePassword = {
  current_password: { required: true, kind: 'secret', max: 1024 },
  password: { required: true, kind: 'secret', min: 8, max: 1024 },
} as const satisfies Rules;

export const updateOwnProfile = {
  email: { required: true, max: 120, fit: email },
  current_password: { required: true, kind: 'secret', max: 1024 },
} as const satisfies Rules;

export const confirmEmail = {
  code: { required: true, fit: code },
} as const satisfies Rules;

export const updateCreatorProfile = {
  username: { min: 3, max: 20, fit: username },
  bio: { max: 5000 },
  location: { max: 100 },
  categories: { kind: 'list', max: 10, each: 100 },
  languages: { kind: 'list', max: 20, each: 50 },
  follower_count: { kind: 'whole', min: 0, max: 10000000000 },
  engagement_rate: { kind: 'decimals', min: 0, max: 100 },
  portfolio_url: { max: 255, fit: link },
  success_stories: { max: 5000 },
  free_revisions: { kind: 'whole', min: 0, max: 20 },
  revision_fee: { kind: 'decimals', min: 0, max: 1000000 },
  social_links: { kind: 'texts', each: 255 },
} as const satisfies Rules;

export const updateBrandProfile = {
  company_name: { required: true, max: 200 },
  description: { max: 5000 },
  industry: { max: 100 },
  location: { max: 100 },
  website: { max: 255, fit: link },
  social_links: { kind: 'texts', each: 255 },
} as const satisfies Rules;

export const createPackage = {
  title: { required: true, max: 200 },
  description: { required: true, max: 5000 },
  category: { required: true, max: 100 },
  price: { required: true, kind: 'decimals', min: 1, max: 1000000 },
  duration_days: { required: true, kind: 'whole', min: 1, max: 365 },
  revisions: { kind: 'whole', min: 0, max: 20 },
  deliverables: { kind: 'list', max: 50, each: 500 },
} as const satisfies Rules;

export const createCampaign = {
  title: { required: true, max: 200 },
  description: { required: true, max: 5000 },
  objectives: { max: 5000 },
  budget: { required: true, kind: 'decimals', min: 1, max: 1000000000 },
  start_date: { required: true, max: 40 },
  end_date: { required: true, max: 40 },
  category: { required: true, max: 100 },
} as const satisfies Rules;

export const applyToCampaign = {
  proposed_price: { required: true, kind: 'decimals', min: 1, max: 1000000 },
  duration_days: { kind: 'whole', min: 1, max: 365 },
  deliverables: { required: true, kind: 'list', max: 50, each: 500 },
  message: { max: 5000 },
} as const satisfies Rules;

export const actOnBooking = {
  note: { max: 5000 },
  creator_share: { kind: 'decimals', min: 0, max: 1000000 },
} as const satisfies Rules;

export const addDeliverable = {
  title: { required: true, max: 200 },
  url: { required: true, max: 500, fit: link },
  description: { max: 2000 },
} as const satisfies Rules;

export const reviseDeliverable = {
  notes: { required: true, max: 5000 },
} as const satisfies Rules;

export const createReview = {
  rating: { required: true, kind: 'whole', min: 1, max: 5 },
  title: { max: 200 },
  comment: { required: true, max: 5000 },
  communication_rating: { kind: 'whole', min: 1, max: 5 },
  quality_rating: { kind: 'whole', min: 1, max: 5 },
  professionalism_rating: { kind: 'whole', min: 1, max: 5 },
  timeliness_rating: { kind: 'whole', min: 1, max: 5 },
} as const satisfies Rules;

export const respondToReview = {
  response: { required: true, max: 5000 },
} as const satisfies Rules;
