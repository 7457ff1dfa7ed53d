// What forms accept, from the contract's limits (schemas.test.ts compares them
// with app/openapi.yaml).  A reason is a code of i18n/en/errors, with its limit.
import * as v from 'valibot';

export const LIMITS = {
  passwordMin: 8,
  passwordMax: 1024,
  companyName: 200,
} as const;

const EMAIL = /^\s*[^@\s]+@[^@\s]+\s*$/;

const required = v.pipe(v.string(), v.nonEmpty('required'));
export const email = v.pipe(required, v.regex(EMAIL, 'email'), v.trim());

export const login = v.object({
  email,
  password: v.pipe(required, v.maxLength(LIMITS.passwordMax, `too_long:${LIMITS.passwordMax}`)),
});
export type Login = v.InferOutput<typeof login>;
