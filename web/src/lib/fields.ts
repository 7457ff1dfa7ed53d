// What schemas are made of.  All inputs are texts; amounts are sent as they
// were typed.  A reason is a code of i18n/en/errors, with its limits.
import * as v from 'valibot';

const AMOUNT = /^[0-9]{1,10}(\.[0-9]{1,2})?$/;

export const short = (max: number) => v.pipe(v.string(), v.trim(), v.maxLength(max, `too_long:${max}`));
export const filled = (max: number) =>
  v.pipe(v.string(), v.trim(), v.nonEmpty('required'), v.maxLength(max, `too_long:${max}`));
export const chosen = v.pipe(v.string(), v.nonEmpty('required'));
export const whole = (min: number, max: number) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.nonEmpty('required'),
    v.check(
      (text) => /^[0-9]+$/.test(text) && Number(text) >= min && Number(text) <= max,
      `between:${min}:${max}`,
    ),
  );
export const amount = (min: number, max: number) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.nonEmpty('required'),
    v.check((text) => AMOUNT.test(text) && Number(text) >= min && Number(text) <= max, `price:${min}:${max}`),
  );
export const few = (max: number) => v.pipe(v.array(v.string()), v.maxLength(max, `too_many:${max}`));
