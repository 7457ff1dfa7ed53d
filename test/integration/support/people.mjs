// Creators, brands, what they sell and what they book.
import { randomBytes } from 'node:crypto';
import { call, post, put } from './client.mjs';
import { codeFor } from './mail.mjs';
import { rows } from './db.mjs';

export const PASSWORD = 'correct horse battery staple';

// Every test comes from one address; what is counted by address would stop
// them, so only what is counted by account stays as it is.
await rows(`update settings set value = 1000000
             where (name like '%\\_address\\_tries' or name in ('prompt_phone_tries', 'book_user_tries', 'campaign_user_tries'))
               and value <> 1000000`);

export const unique = (prefix = 'x') => `${prefix}${randomBytes(6).toString('hex')}`;
export const address = (prefix) => `${unique(prefix)}@example.com`;

export async function register(kind, email = address(kind), extra = {}) {
  const body = { email, password: PASSWORD, ...(kind === 'brand' ? { company_name: `Company of ${email.split('@')[0]}` } : {}), ...extra };
  const answer = await post(`/api/auth/register/${kind}`, body, { status: 201 });
  return { email, password: body.password, kind, answer };
}

export async function verify(person) {
  const code = await codeFor(person.email);
  return post('/api/auth/verify-otp', { email: person.email, code }, { status: 200 });
}

export async function login(person, extra = {}, options = {}) {
  const { json, ...answer } = await post('/api/auth/login',
    { email: person.email, password: person.password, ...extra }, { status: 200, ...options });
  Object.assign(person, {
    access: json.access_token,
    refresh: json.refresh_token,
    id: json.user.id,
    profile: json.profile,
  });
  return { ...answer, json };
}

async function person(kind) {
  const made = await register(kind);
  await verify(made);
  await login(made);
  return made;
}

export const creator = () => person('creator');
export const brand = () => person('brand');

// One of each kind, made at first use and shared within a test file.
const kept = {};
export const theCreator = () => (kept.creator ??= creator());
export const theBrand = () => (kept.brand ??= brand());

export const aPackage = (extra = {}) => ({
  title: 'Three reels',
  description: 'Three reels about your product',
  price: 150.0,
  duration_days: 7,
  category: 'Content Creation',
  deliverables: ['Three reels', 'One story'],
  ...extra,
});

export async function makePackage(owner, { is_active: active = true, ...extra } = {}) {
  const made = (await post('/api/packages', aPackage(extra), { as: owner, status: 201 })).json.package;
  if (active) return made;
  return (await put(`/api/packages/${made.id}`, { is_active: false }, { as: owner, status: 200 })).json.package;
}

export async function book(buyer, bought, extra = {}, options = {}) {
  return (await post('/api/bookings', { package_id: bought.id ?? bought, ...extra }, { as: buyer, status: 201, ...options })).json;
}

export async function act(who, booking, name, extra = {}) {
  return post(`/api/bookings/${booking.id ?? booking}/acts`, { act: name, ...extra.body }, { as: who, status: 200, ...extra.options });
}

export const seeBooking = async (who, booking) =>
  (await call('GET', `/api/bookings/${booking.id ?? booking}`, { as: who, status: 200 })).json;

export const change = (who, kind, body, options) => put(`/api/${kind}s/profile`, body, { as: who, status: 200, ...options });
