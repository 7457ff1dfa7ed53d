// The forms of booking and paying.
import { createBooking, payBooking } from '@/services/rules.money';
import { type Rule, type Rules, resolver, type Typed } from './check';
import { isWallet, type METHODS } from './payment';

type Method = { payment_method: (typeof METHODS)[number] };

// The number is asked for where a prompt goes out.
const prompting =
  ({ phone, ...rest }: Rules & { phone: Rule }) =>
  ({ payment_method }: Method): Rules =>
    isWallet(payment_method) ? { ...rest, phone: { ...phone, required: true } } : rest;

export type WayValues = Typed<typeof payBooking> & Method;
export const way = resolver<WayValues>(prompting(payBooking));

export type CheckoutValues = Typed<typeof createBooking> & Method;
export const checkout = resolver<CheckoutValues>(prompting(createBooking));
