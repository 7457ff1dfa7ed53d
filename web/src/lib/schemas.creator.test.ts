// The limits of creators' forms are the contract's.
import fs from 'node:fs';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  AVAILABILITIES,
  applicationForm,
  CREATOR_LIMITS as L,
  linesOf,
  NETWORKS,
  packageForm,
} from './schemas.creator';

const contract = parse(fs.readFileSync('../app/openapi.yaml', 'utf8'));
const schemas = contract.components.schemas;
const body = (path: string, method: string) =>
  contract.paths[path][method].requestBody.content['application/json'].schema.properties;

test('packages', () => {
  expect([L.title, L.longText]).toEqual([schemas.Title.maxLength, schemas.LongText.maxLength]);
  expect([L.daysMin, L.daysMax]).toEqual([schemas.Days.minimum, schemas.Days.maximum]);
  expect([L.lines, L.line]).toEqual([schemas.Lines.maxItems, schemas.Lines.items.maxLength]);
  expect(L.revisionsMax).toBe(schemas.Revisions.maximum);
  expect([L.priceMin, L.moneyMax]).toEqual([
    schemas.PriceIn.oneOf[0].minimum,
    schemas.PriceIn.oneOf[0].maximum,
  ]);
});

test('profiles', () => {
  const fields = body('/creators/profile', 'put');
  expect([L.longText, L.longText]).toEqual([fields.bio.maxLength, fields.success_stories.maxLength]);
  expect([L.place, L.link]).toEqual([fields.location.maxLength, schemas.Link.maxLength]);
  expect([L.categories, L.languages]).toEqual([fields.categories.maxItems, fields.languages.maxItems]);
  expect([L.followersMax, L.engagementMax]).toEqual([
    fields.follower_count.maximum,
    fields.engagement_rate.maximum,
  ]);
  expect([L.revisionsMax, L.moneyMax]).toEqual([
    fields.free_revisions.maximum,
    schemas.MoneyIn.oneOf[0].maximum,
  ]);
  expect([...NETWORKS].sort()).toEqual([...schemas.CreatorLinks.propertyNames.enum].sort());
  expect([...AVAILABILITIES, null]).toEqual(fields.availability_status.enum);
});

test('applications', () => {
  const fields = body('/campaigns/{id}/apply', 'post');
  expect([L.line, L.longText]).toEqual([fields.deliverables.items.maxLength, fields.message.maxLength]);
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
