// The forms of booking and paying.
import * as v from 'valibot';
import { short } from './fields';
import { LIMITS } from './limits';
import { isWallet, METHODS } from './payment';

// 0771234567, +263 77 123 4567
const PHONE = /^(?:\+?263|0)?7[0-9]{8}$/;
export const plainPhone = (typed: string) => typed.replace(/[\s()-]/g, '');

const fields = {
  payment_method: v.picklist(METHODS),
  phone: v.pipe(v.string(), v.transform(plainPhone)),
};
const phoneFits = ({ payment_method, phone }: { payment_method: string; phone: string }) =>
  !isWallet(payment_method) || PHONE.test(phone);

export const way = v.pipe(
  v.object(fields),
  v.forward(
    v.check((values) => phoneFits(values), 'phone'),
    ['phone'],
  ),
);
export type WayValues = v.InferOutput<typeof way>;

export const checkout = v.pipe(
  v.object({ ...fields, notes: short(LIMITS.longText) }),
  v.forward(
    v.check((values) => phoneFits(values), 'phone'),
    ['phone'],
  ),
);
export type CheckoutValues = v.InferOutput<typeof checkout>;
