// Forms take what the contract takes; test/integration/words.test.mjs holds the
// same values and words against the worker itself.
import fs from 'node:fs';
import type { FieldValues, Resolver } from 'react-hook-form';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { MAX_LENGTH } from '@/components/chat/Composer';
import { CURRENCIES } from './currencies';
import { linesOf } from './lines';
import { METHODS } from './payment';
import { AVAILABILITIES, BRAND_NETWORKS, NETWORKS, SIZES } from './profiles';
import * as forms from './schemas';
import { checkout, way } from './schemas.money';

const contract = parse(fs.readFileSync('../app/openapi.yaml', 'utf8'));
const { schemas } = contract.components;
const body = (path: string, method: string) =>
  contract.paths[path][method].requestBody.content['application/json'].schema.properties;
const sorted = (words: readonly unknown[]) => [...words].sort();

test('what is chosen from is what the contract has', () => {
  expect(sorted(CURRENCIES)).toEqual(sorted(schemas.Currency.enum));
  expect(sorted(METHODS)).toEqual(sorted(schemas.PaymentMethod.enum));
  expect(sorted(NETWORKS)).toEqual(sorted(schemas.CreatorLinks.propertyNames.enum));
  expect(sorted(BRAND_NETWORKS)).toEqual(sorted(schemas.BrandLinks.propertyNames.enum));
  expect([...AVAILABILITIES, null]).toEqual(body('/creators/profile', 'put').availability_status.enum);
  expect([...SIZES, null]).toEqual(body('/brands/profile', 'put').company_size.enum);
  expect(MAX_LENGTH).toBe(schemas.LongText.maxLength);
});

// What the form says of them, by name; nothing where they are good.
async function judge<V extends FieldValues>(form: Resolver<V>, values: NoInfer<V>) {
  const { errors } = await form(values, undefined, { fields: {}, shouldUseNativeValidation: false });
  const flat = (at: object, before = ''): [string, string][] =>
    Object.entries(at).flatMap(([name, error]) =>
      typeof error.type === 'string' ? [[before + name, error.type]] : flat(error, `${before}${name}.`),
    );
  return Object.fromEntries(flat(errors));
}

const item: forms.PackageForm = {
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
  ['price', '45,50', 'decimals'],
  ['price', '0.99', 'between:1:1000000'],
  ['price', '45.505', 'decimals'],
  ['price', '1000000.01', 'between:1:1000000'],
  ['price', '', 'required'],
  ['duration_days', '0', 'between:1:365'],
  ['duration_days', '2.5', 'whole'],
  ['revisions', '21', 'between:0:20'],
  ['title', '  ', 'required'],
  ['title', 'a\u0007', 'characters'],
  ['title', 'é'.repeat(201), 'too_long:200'],
  ['deliverables', 'x'.repeat(501), 'entry_long:500'],
  ['deliverables', 'x\n'.repeat(51), 'too_many:50'],
])('%s may not be %j', async (name, value, reason) => {
  expect(await judge(forms.packageForm, { ...item, [name]: value })).toEqual({ [name]: reason });
});

test('what may be is taken as it was typed, but for blanks around it', async () => {
  const { values } = await forms.packageForm({ ...item, title: ' A reel ' }, undefined, {
    fields: {},
    shouldUseNativeValidation: false,
  });
  expect(values).toEqual({ ...item, deliverables: item.deliverables.trim() });
  expect(linesOf(item.deliverables)).toEqual(['One reel', 'One story']);
});

test('characters are counted as the worker counts them', async () => {
  const one = { email: 'a@example.com', company_name: '' };
  expect(await judge(forms.registerCreator, { ...one, password: '😀'.repeat(7) })).toEqual({
    password: 'too_short:8',
  });
  expect(await judge(forms.registerCreator, { ...one, password: '😀'.repeat(8) })).toEqual({});
  expect(await judge(forms.registerCreator, { ...one, password: ' '.repeat(8) })).toEqual({});
});

test.each(['a@b', 'a@b..co', '@b.co', 'a b@c.co', 'a@@b.co', 'é@b.co', 'a@b.co,c@d.co', 'a@.co', 'a@b.'])(
  '%s is no address',
  async (email) => {
    expect(await judge(forms.forgot, { email })).toEqual({ email: 'email' });
  },
);
test.each(['a@b.co', ' Tari.M+x@example.co.zw ', "o'neil@a-b.org"])('%s is one', async (email) => {
  expect(await judge(forms.forgot, { email })).toEqual({});
});

test('an application need not name days', async () => {
  const one = { proposed_price: '50', duration_days: '', deliverables: 'One', message: '' };
  expect(await judge(forms.applicationForm, one)).toEqual({});
  expect(await judge(forms.applicationForm, { ...one, duration_days: '900' })).toEqual({
    duration_days: 'between:1:365',
  });
  expect(await judge(forms.applicationForm, { ...one, deliverables: ' \n' })).toEqual({
    deliverables: 'required',
  });
});

test('a campaign ends after it begins', async () => {
  const one: forms.CampaignValues = {
    title: 'Winter',
    description: 'Hot drinks',
    objectives: '',
    budget: '2500',
    currency: 'USD',
    start_date: '2026-06-02',
    end_date: '2026-06-01',
    category: 'Travel',
  };
  expect(await judge(forms.campaign, one)).toEqual({ end_date: 'dates_wrong' });
  expect(await judge(forms.campaign, { ...one, end_date: '' })).toEqual({ end_date: 'required' });
  expect(await judge(forms.campaign, { ...one, end_date: '2026-06-02' })).toEqual({});
});

test('a brand has a name; its links are told apart', async () => {
  const none = Object.fromEntries(BRAND_NETWORKS.map((name) => [name, ''])) as Record<
    (typeof BRAND_NETWORKS)[number],
    string
  >;
  const one: forms.BrandForm = {
    company_name: 'Baobab',
    description: '',
    industry: '',
    location: '',
    company_size: '',
    website: '',
    social_links: none,
  };
  expect(await judge(forms.brandForm, one)).toEqual({});
  const wrong = { ...one, company_name: ' ', website: 'www.example.com' };
  expect(
    await judge(forms.brandForm, { ...wrong, social_links: { ...none, tiktok: 'x'.repeat(256) } }),
  ).toEqual({
    company_name: 'required',
    website: 'link',
    'social_links.tiktok': 'too_long:255',
  });
});

test('an act that needs a word does not go without', async () => {
  const none = { note: '', creator_share: '' };
  expect(await judge(forms.askForm(true), none)).toEqual({ note: 'required' });
  expect(await judge(forms.askForm(false), none)).toEqual({});
});

test('a piece of work is a link or a file', async () => {
  const one = { title: 'A reel', url: '', description: '' };
  expect(await judge(forms.pieceForm(false), one)).toEqual({ url: 'required' });
  expect(await judge(forms.pieceForm(true), one)).toEqual({});
});

test.each(['0771234567', '077 123 4567', '+263 77 123 4567', '263771234567', '77-123-4567'])(
  '%s is a number',
  async (phone) => {
    expect(await judge(way, { payment_method: 'ecocash', phone })).toEqual({});
  },
);

test.each(['0871234567', '077123456', '+44 7712 345678'])('"%s" is none', async (phone) => {
  expect(await judge(way, { payment_method: 'onemoney', phone })).toEqual({ phone: 'phone' });
  expect(await judge(way, { payment_method: 'onemoney', phone: '' })).toEqual({ phone: 'required' });
  // and is not asked for where no prompt goes out
  expect(await judge(way, { payment_method: 'paynow', phone })).toEqual({});
  expect(await judge(checkout, { payment_method: 'balance', phone, notes: '' })).toEqual({});
});
