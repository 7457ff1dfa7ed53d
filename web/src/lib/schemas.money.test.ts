import fs from 'node:fs';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { METHODS } from './payment';
import { BRIEF_MAX, checkout, way } from './schemas.money';

const contract = parse(fs.readFileSync('../app/openapi.yaml', 'utf8'));

test('the limits are the contract’s', () => {
  const { notes } =
    contract.paths['/bookings'].post.requestBody.content['application/json'].schema.properties;
  expect(BRIEF_MAX).toBe(notes.maxLength);
  expect([...METHODS].sort()).toEqual([...contract.components.schemas.PaymentMethod.enum].sort());
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
