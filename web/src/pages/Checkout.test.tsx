import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { balances, booking, buyer, payment, quote, ratedPackage, seller, started } from '@/test/money';
import { visit, where } from '@/test/render';
import { answer, cut, hold, refuse, says } from '@/test/server';
import { leave } from '@/utils/leave';

vi.mock('@/utils/leave', () => ({ leave: vi.fn() }));

function offer(over: Parameters<typeof quote>[0] = {}, owned = 0) {
  answer('get', '/packages/{id}', ratedPackage({ instant: over.instant ?? true }));
  answer('get', '/packages/{id}/quote', quote(over));
  answer('get', '/balances', balances(owned));
}

function after(over: Parameters<typeof booking>[0] = {}) {
  answer('get', '/bookings/{id}', booking(over));
  answer('get', '/bookings/{id}/payment-status', payment());
}

const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }));

test('price, fee and total stand there before anything is charged', async () => {
  offer();
  visit('/checkout/5', buyer);
  expect(await screen.findByRole('heading', { name: 'Book and pay' })).toBeVisible();
  const lines = (await screen.findByText('You pay')).closest('dl') as HTMLElement;
  expect(
    within(lines)
      .getAllByRole('definition')
      .map((one) => one.textContent),
  ).toEqual(['US$120.00', 'US$12.00', 'US$108.00', 'US$120.00']);
  expect(screen.queryByLabelText(/Your BantuBuzz balance/)).toBeNull();
});

test('books with the brief and the wallet, and goes on to the payment', async () => {
  offer();
  const asked = answer('post', '/bookings', { message: '', booking: booking(), payment: started() });
  after();
  visit('/checkout/5', buyer);
  await userEvent.type(await screen.findByLabelText(/What should the creator know/), 'Our launch');
  await userEvent.type(screen.getByLabelText('Number of the wallet'), '077 123 4567');
  await press('Send prompt to my phone');
  await waitFor(() => expect(where()).toBe('/bookings/40/pay'));
  expect(asked[0]?.body).toEqual({
    package_id: 5,
    amount: 120,
    currency: 'USD',
    notes: 'Our launch',
    payment_method: 'ecocash',
    phone: '077 123 4567',
  });
  expect(asked[0]?.headers.get('Idempotency-Key')).toMatch(/^[0-9a-f-]{36}$/);
});

test('a lost answer: nothing typed is lost, and the next try is the same booking', async () => {
  offer();
  cut('post', '/bookings');
  visit('/checkout/5', buyer);
  await userEvent.type(await screen.findByLabelText('Number of the wallet'), '0771234567');
  await press('Send prompt to my phone');
  expect(await screen.findByText(/it is booked and paid once only/)).toBeVisible();
  const kept = Object.entries(localStorage).find(([key]) => key.includes(':once:book-5'))?.[1] as string;
  const { key } = JSON.parse(kept) as { key: string };
  expect(screen.getByLabelText('Number of the wallet')).toHaveValue('0771234567');

  const asked = answer('post', '/bookings', { message: '', booking: booking(), payment: started() });
  after();
  await press('Send prompt to my phone');
  await waitFor(() => expect(where()).toBe('/bookings/40/pay'));
  expect(asked[0]?.headers.get('Idempotency-Key')).toBe(key);
  expect(Object.keys(localStorage).some((name) => name.includes(':once:'))).toBe(false);
});

test('a killed tab: what was typed is there again', async () => {
  offer();
  const first = visit('/checkout/5', buyer);
  await userEvent.type(await screen.findByLabelText(/What should the creator know/), 'Our launch');
  first.unmount();
  visit('/checkout/5', buyer);
  expect(await screen.findByLabelText(/What should the creator know/)).toHaveValue('Our launch');
});

test('a card goes to the payment page', async () => {
  offer();
  answer('post', '/bookings', {
    message: '',
    booking: booking(),
    payment: started({ method: 'paynow', redirect_url: 'https://gateway.example/pay' }),
  });
  after();
  visit('/checkout/5', buyer);
  await userEvent.click(await screen.findByLabelText(/Card or bank/));
  expect(screen.queryByLabelText('Number of the wallet')).toBeNull();
  await press('Go to the payment page');
  await waitFor(() => expect(leave).toHaveBeenCalledWith('https://gateway.example/pay'));
});

test('the balance is offered where it is enough', async () => {
  offer({}, 120);
  const asked = answer('post', '/bookings', {
    message: '',
    booking: booking({ state: 'accepted', payment_status: 'paid' }),
    payment: started({ method: 'balance', state: 'paid' }),
  });
  after({ state: 'accepted', payment_status: 'paid' });
  visit('/checkout/5', buyer);
  await userEvent.click(await screen.findByLabelText(/Your BantuBuzz balance/));
  await press('Pay US$120.00 from balance');
  await waitFor(() => expect(asked[0]?.body).toMatchObject({ payment_method: 'balance', phone: null }));
});

test('a price that changed meanwhile: nothing is charged, and the new one stands there', async () => {
  offer({}, 1000);
  refuse('post', '/bookings', 409, 'price_changed');
  visit('/checkout/5', buyer);
  await userEvent.type(await screen.findByLabelText(/What should the creator know/), 'Our launch');
  await userEvent.click(await screen.findByLabelText(/Your BantuBuzz balance/));
  answer('get', '/packages/{id}/quote', quote({ price: 900, fee: 90, payout: 810, total: 900 }));
  await press('Pay US$120.00 from balance');
  expect(await screen.findByText(new RegExp(says('price_changed')))).toBeVisible();
  expect(await screen.findByRole('button', { name: 'Pay US$900.00 from balance' })).toBeVisible();
  expect(screen.getByLabelText(/What should the creator know/)).toHaveValue('Our launch');
});

test('a package on request asks first and charges nothing', async () => {
  offer({ instant: false });
  const requested = booking({ state: 'requested' });
  const asked = answer('post', '/bookings', {
    message: '',
    booking: requested,
    payment: { success: false, error: 'The creator answers first' },
  });
  visit('/checkout/5', buyer);
  expect(await screen.findByRole('heading', { name: 'Ask for this package' })).toBeVisible();
  expect(screen.queryByText('How do you want to pay?')).toBeNull();
  await press('Send the request');
  await waitFor(() => expect(where()).toBe('/bookings/40'));
  expect(asked[0]?.body).toEqual({ package_id: 5, amount: 120, currency: 'USD', notes: null });
});

test('a number that is none is named beside its field; nothing is sent', async () => {
  offer();
  visit('/checkout/5', buyer);
  await userEvent.type(await screen.findByLabelText('Number of the wallet'), '123');
  await press('Send prompt to my phone');
  expect(await screen.findByText('This must be a number like 077 123 4567.')).toBeVisible();
});

test('a refusal of the server is said in words', async () => {
  offer();
  refuse('post', '/bookings', 409, 'already_booked');
  visit('/checkout/5', buyer);
  await userEvent.type(await screen.findByLabelText('Number of the wallet'), '0771234567');
  await press('Send prompt to my phone');
  expect(await screen.findByText(new RegExp(says('already_booked')))).toBeVisible();
});

test('what is not on offer leads on', async () => {
  refuse('get', '/packages/{id}', 404, 'not_found');
  refuse('get', '/packages/{id}/quote', 404, 'not_found');
  visit('/checkout/5', buyer);
  expect(await screen.findByText('This package is not on offer now')).toBeVisible();
});

test('waits for the price, and asks again where it did not come', async () => {
  answer('get', '/packages/{id}', ratedPackage());
  answer('get', '/balances', balances());
  const release = hold('get', '/packages/{id}/quote', quote());
  const first = visit('/checkout/5', buyer);
  await screen.findByRole('heading', { name: 'Book and pay' });
  expect(screen.queryByRole('button', { name: 'Send prompt to my phone' })).toBeNull();
  release();
  await screen.findByRole('button', { name: 'Send prompt to my phone' });
  first.unmount();

  cut('get', '/packages/{id}/quote');
  visit('/checkout/6', buyer);
  const retry = await screen.findByRole('button', { name: 'Try again' });
  answer('get', '/packages/{id}/quote', quote());
  await userEvent.click(retry);
  await screen.findByRole('button', { name: 'Send prompt to my phone' });
});

test('is for brands; who is not logged in comes back to it', async () => {
  visit('/checkout/5', seller);
  expect(await screen.findByText('This page is not for your account')).toBeVisible();
});

test('a visitor logs in first', async () => {
  visit('/checkout/5');
  await waitFor(() => expect(where()).toBe('/login?next=%2Fcheckout%2F5'));
});
