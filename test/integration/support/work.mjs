// Work from the booking to its approval.
import { onThePage } from './gateway.mjs';
import { act, book, makePackage, seeBooking } from './people.mjs';
import { until } from './wait.mjs';

// A booking that was paid on the gateway's page.
export async function paidBooking(buyer, seller, extra = {}) {
  const made = await book(buyer, await makePackage(seller, extra));
  await onThePage(made.payment.redirect_url, 'pay');
  await until('the booking to be paid', async () => (await seeBooking(buyer, made.booking)).state === 'accepted');
  return made.booking;
}

// One that was delivered and approved too.
export async function completedBooking(buyer, seller, extra = {}) {
  const booking = await paidBooking(buyer, seller, extra);
  await act(seller, booking, 'deliver');
  await act(buyer, booking, 'approve');
  return booking;
}
