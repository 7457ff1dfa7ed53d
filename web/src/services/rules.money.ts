// What the fields of forms must be, by the contract; `npm run api` writes it.
import type { Rules } from '@/lib/check';

const phone = { word: 'phone', pattern: /^[ ()-]*(\+?[ ()-]*2[ ()-]*6[ ()-]*3[ ()-]*|0[ ()-]*)?7([ ()-]*[0-9]){8}[ ()-]*$/ } as const;

export const createBooking = {
  notes: { max: 5000 },
  phone: { max: 20, fit: phone },
} as const satisfies Rules;

export const payBooking = {
  phone: { max: 20, fit: phone },
} as const satisfies Rules;
