// The limits of the forms are the contract's.
import fs from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { LIMITS } from './schemas';

const contract = parse(fs.readFileSync('../app/openapi.yaml', 'utf8'));
const body = (path: string, method = 'post') =>
  contract.paths[path][method].requestBody.content['application/json'].schema.properties;

test('passwords', () => {
  const { minLength, maxLength } = contract.components.schemas.NewPassword;
  expect([LIMITS.passwordMin, LIMITS.passwordMax]).toEqual([minLength, maxLength]);
});

test('the name of a company', () => {
  expect(LIMITS.companyName).toBe(body('/auth/register/brand').company_name.maxLength);
});
