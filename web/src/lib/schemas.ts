// The forms of an account.
import * as v from 'valibot';
import { filled } from './fields';
import { LIMITS } from './limits';

const EMAIL = /^\s*[^@\s]+@[^@\s]+\s*$/;

const required = v.pipe(v.string(), v.nonEmpty('required'));
export const email = v.pipe(required, v.regex(EMAIL, 'email'), v.trim());

export const login = v.object({
  email,
  password: v.pipe(required, v.maxLength(LIMITS.passwordMax, `too_long:${LIMITS.passwordMax}`)),
});
export type Login = v.InferOutput<typeof login>;

const newPassword = v.pipe(
  required,
  v.minLength(LIMITS.passwordMin, `too_short:${LIMITS.passwordMin}`),
  v.maxLength(LIMITS.passwordMax, `too_long:${LIMITS.passwordMax}`),
);
const code = v.pipe(required, v.trim(), v.regex(/^[0-9]{6}$/, 'code'));

export const registerCreator = v.object({ email, password: newPassword });
export const registerBrand = v.object({
  email,
  password: newPassword,
  company_name: filled(LIMITS.companyName),
});
export type Registration = v.InferOutput<typeof registerBrand>;
export const verify = v.object({ email, code });
export const forgot = v.object({ email });
export const reset = v.object({ password: newPassword });
export const changePassword = v.object({ current_password: required, password: newPassword });
export const changeEmail = v.object({ email, current_password: required });
export const confirmEmail = v.object({ code });
