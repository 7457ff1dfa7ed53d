// The limits of the forms are the contract's.
import fs from 'node:fs';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { CURRENCIES, LIMITS as L } from './limits';
import { linesOf } from './lines';
import { METHODS } from './payment';
import { AVAILABILITIES, BRAND_NETWORKS, NETWORKS, SIZES } from './profiles';
import { registerBrand } from './schemas';
import { brandForm, campaign } from './schemas.brand';
import { applicationForm, packageForm } from './schemas.creator';
import { checkout, way } from './schemas.money';

const contract = parse(fs.readFileSync('../app/openapi.yaml', 'utf8'));
const schemas = contract.components.schemas;
const body = (path: string, method = 'post') =>
  contract.paths[path][method].requestBody.content['application/json'].schema.properties;
// A money type by its number.
const bounds = (name: string) => [schemas[name].oneOf[0].minimum, schemas[name].oneOf[0].maximum];
const sorted = (words: readonly unknown[]) => [...words].sort();

test('passwords and companies', () => {
  const { minLength, maxLength } = schemas.NewPassword;
  expect([L.passwordMin, L.passwordMax]).toEqual([minLength, maxLength]);
  expect(L.companyName).toBe(body('/auth/register/brand').company_name.maxLength);
});

test('packages', () => {
  expect([L.title, L.longText]).toEqual([schemas.Title.maxLength, schemas.LongText.maxLength]);
  expect([L.daysMin, L.daysMax]).toEqual([schemas.Days.minimum, schemas.Days.maximum]);
  expect([L.lines, L.line]).toEqual([schemas.Lines.maxItems, schemas.Lines.items.maxLength]);
  expect(L.revisionsMax).toBe(schemas.Revisions.maximum);
  expect([L.priceMin, L.moneyMax]).toEqual(bounds('PriceIn'));
  expect([0, L.moneyMax]).toEqual(bounds('MoneyIn'));
  expect(sorted(CURRENCIES)).toEqual(sorted(schemas.Currency.enum));
});

test('profiles of creators', () => {
  const fields = body('/creators/profile', 'put');
  expect([L.longText, L.longText]).toEqual([fields.bio.maxLength, fields.success_stories.maxLength]);
  expect([L.place, L.link]).toEqual([fields.location.maxLength, schemas.Link.maxLength]);
  expect([L.categories, L.languages]).toEqual([fields.categories.maxItems, fields.languages.maxItems]);
  expect([L.followersMax, L.engagementMax]).toEqual([
    fields.follower_count.maximum,
    fields.engagement_rate.maximum,
  ]);
  expect(L.revisionsMax).toBe(fields.free_revisions.maximum);
  expect(sorted(NETWORKS)).toEqual(sorted(schemas.CreatorLinks.propertyNames.enum));
  expect(L.link).toBe(schemas.CreatorLinks.additionalProperties.maxLength);
  expect([...AVAILABILITIES, null]).toEqual(fields.availability_status.enum);
});

test('profiles of brands', () => {
  const fields = body('/brands/profile', 'put');
  expect(L.companyName).toBe(fields.company_name.maxLength);
  expect([L.place, L.place, L.longText]).toEqual([
    fields.industry.maxLength,
    fields.location.maxLength,
    fields.description.maxLength,
  ]);
  expect([...SIZES, null]).toEqual(fields.company_size.enum);
  expect(sorted(BRAND_NETWORKS)).toEqual(sorted(schemas.BrandLinks.propertyNames.enum));
  expect(L.link).toBe(schemas.BrandLinks.additionalProperties.maxLength);
});

test('campaigns and applications', () => {
  expect([L.priceMin, L.budgetMax]).toEqual(bounds('BudgetIn'));
  expect(L.longText).toBe(body('/campaigns').objectives.maxLength);
  const fields = body('/campaigns/{id}/apply');
  expect([L.line, L.longText]).toEqual([fields.deliverables.items.maxLength, fields.message.maxLength]);
});

test('bookings, payments, work and reviews', () => {
  expect(L.longText).toBe(body('/bookings').notes.maxLength);
  expect(L.longText).toBe(body('/bookings/{id}/acts').note.maxLength);
  expect(sorted(METHODS)).toEqual(sorted(schemas.PaymentMethod.enum));
  const piece = body('/collaborations/{id}/deliverables');
  expect([L.pieceLink, L.pieceText]).toEqual([schemas.WorkLink.maxLength, piece.description.maxLength]);
  expect([1, L.stars]).toEqual([schemas.Stars.minimum, schemas.Stars.maximum]);
});

const item = {
  title: 'A reel',
  description: 'One.',
  category: 'UGC',
  price: '45.50',
  currency: 'USD',
  duration_days: '5',
  revisions: '2',
  deliverables: 'One reel\n\n One story ',
  instant: false,
};

test.each([
  ['price', '45,50', 'price:1:1000000'],
  ['price', '0.99', 'price:1:1000000'],
  ['price', '45.505', 'price:1:1000000'],
  ['price', '1000000.01', 'price:1:1000000'],
  ['price', '', 'required'],
  ['duration_days', '0', 'between:1:365'],
  ['duration_days', '2.5', 'between:1:365'],
  ['revisions', '21', 'between:0:20'],
  ['title', '  ', 'required'],
  ['deliverables', 'x'.repeat(501), 'line_long:500'],
  ['deliverables', 'x\n'.repeat(51), 'too_many:50'],
])('%s may not be %j', (name, value, reason) => {
  const { issues } = v.safeParse(packageForm, { ...item, [name]: value });
  expect(issues?.[0]?.message).toBe(reason);
});

test('what may be is taken as it was typed', () => {
  expect(v.parse(packageForm, item)).toMatchObject({ price: '45.50', title: 'A reel' });
  expect(linesOf(item.deliverables)).toEqual(['One reel', 'One story']);
});

test('an application need not name days', () => {
  const one = { proposed_price: '50', duration_days: '', deliverables: 'One', message: '' };
  expect(v.safeParse(applicationForm, one).success).toBe(true);
  expect(v.safeParse(applicationForm, { ...one, duration_days: '900' }).issues?.[0]?.message).toBe(
    'between:1:365',
  );
  expect(v.safeParse(applicationForm, { ...one, deliverables: ' \n' }).issues?.[0]?.message).toBe('required');
});

test('a campaign ends after it begins', () => {
  const one = {
    title: 'Winter',
    description: 'Hot drinks',
    objectives: '',
    budget: '2500',
    currency: 'USD',
    start_date: '2026-06-02',
    end_date: '2026-06-01',
    category: 'Travel',
  };
  expect(v.safeParse(campaign, one).issues?.[0]?.message).toBe('end_before');
  expect(v.safeParse(campaign, { ...one, end_date: '2026-06-02' }).success).toBe(true);
  expect(v.safeParse(campaign, { ...one, budget: '2500.5.0' }).issues?.[0]?.message).toBe(
    'price:1:1000000000',
  );
});

test('a brand has a name, also on its profile', () => {
  const social_links = Object.fromEntries(BRAND_NETWORKS.map((name) => [name, '']));
  const one = { description: '', industry: '', location: '', company_size: '', website: '', social_links };
  expect(v.safeParse(brandForm, { ...one, company_name: ' ' }).issues?.[0]?.message).toBe('required');
  expect(v.safeParse(brandForm, { ...one, company_name: 'Baobab' }).success).toBe(true);
  const account = { email: 'a@example.com', password: 'long enough', company_name: ' ' };
  expect(v.safeParse(registerBrand, account).issues?.[0]?.message).toBe('required');
});

test.each(['0771234567', '077 123 4567', '+263 77 123 4567', '263771234567', '77-123-4567'])(
  '%s is a number',
  (phone) => {
    expect(v.is(way, { payment_method: 'ecocash', phone })).toBe(true);
  },
);

test.each(['', '0871234567', '077123456', '+44 7712 345678'])('"%s" is none', (phone) => {
  expect(v.is(way, { payment_method: 'onemoney', phone })).toBe(false);
  // and is not asked for where no prompt goes out
  expect(v.is(way, { payment_method: 'paynow', phone })).toBe(true);
  expect(v.is(checkout, { payment_method: 'balance', phone, notes: '' })).toBe(true);
});
