import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { queryClient } from '@/lib/queryClient';
import { bookingKeys } from '@/services/queries/bookings';
import { booking, buyer, returned } from '@/test/money';
import { visit, where } from '@/test/render';
import { answer, cut, refuse } from '@/test/server';

const TOKEN = '7c9e6679-7425-40de-944b-e07fc1f90ae7';
const at = (over: Parameters<typeof returned>[0], session?: typeof buyer) => {
  answer('get', '/payment/return/{token}', returned(over));
  visit(`/payment/return/${TOKEN}`, session);
};

test.each([
  ['sent', 'We are asking how it ended', 'Go on from the booking', '/bookings/40/pay'],
  ['unknown', 'Do not pay again, we are checking', 'Go on from the booking', '/bookings/40/pay'],
  ['cancelled', 'The payment was cancelled', 'Try again', '/bookings/40/pay'],
  ['failed', 'The payment did not go through', 'Try again', '/bookings/40/pay'],
  ['refunded', 'The payment was given back', 'Go to the booking', '/bookings/40'],
] as const)('%s: %s', async (state, heading, link, to) => {
  at({ state }, buyer);
  expect(await screen.findByRole('heading', { name: heading })).toBeVisible();
  expect(screen.getByText('Three reels')).toBeVisible();
  expect(screen.getByText(/120\.00/)).toBeVisible();
  expect(screen.getByRole('link', { name: link })).toHaveAttribute('href', to);
  expect(screen.queryByText(/not logged in here/)).toBeNull();
});

test('money that came when none was due is on the balance', async () => {
  at({ state: 'paid', paid: true, on_balance: true }, buyer);
  expect(await screen.findByRole('heading', { name: 'Paid, and on your balance' })).toBeVisible();
  expect(screen.getByRole('link', { name: 'See your balance' })).toHaveAttribute('href', '/brand/balance');
});

test('asks by itself, and what it learns the booking’s pages ask anew', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  try {
    at({}, buyer);
    await screen.findByRole('heading', { name: 'We are asking how it ended' });
    queryClient.setQueryData(bookingKeys.detail(40), {});
    answer('get', '/payment/return/{token}', returned({ state: 'paid', paid: true }));
    await vi.advanceTimersByTimeAsync(4000);
    expect(await screen.findByRole('heading', { name: 'Paid' })).toBeVisible();
    expect(screen.getByRole('link', { name: 'See the receipt' })).toHaveAttribute(
      'href',
      '/bookings/40/receipt',
    );
    expect(queryClient.getQueryState(bookingKeys.detail(40))?.isInvalidated).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});

test('in another browser it says the same, and that one logs in to go on', async () => {
  const asked = answer('get', '/bookings/{id}', booking());
  at({ state: 'failed' });
  expect(await screen.findByRole('heading', { name: 'The payment did not go through' })).toBeVisible();
  expect(screen.getByText(/not logged in here/)).toBeVisible();
  await userEvent.click(screen.getByRole('link', { name: 'Try again' }));
  expect(await screen.findByRole('heading', { name: 'Log in' })).toBeVisible();
  expect(where()).toBe('/login?next=%2Fbookings%2F40%2Fpay');
  expect(asked).toEqual([]);
});

test('an address of none is no page; one that does not come is asked for again', async () => {
  refuse('get', '/payment/return/{token}', 404, 'not_found');
  const first = visit(`/payment/return/${TOKEN}`);
  expect(await screen.findByText('There is no page here')).toBeVisible();
  first.unmount();
  queryClient.clear();
  cut('get', '/payment/return/{token}');
  visit(`/payment/return/${TOKEN}`);
  const retry = await screen.findByRole('button', { name: 'Try again' });
  answer('get', '/payment/return/{token}', returned({ state: 'paid', paid: true }));
  await userEvent.click(retry);
  expect(await screen.findByRole('heading', { name: 'Paid' })).toBeVisible();
});
