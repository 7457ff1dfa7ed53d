import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { booking, bookingPage, buyer, seller } from '@/test/money';
import { visit, where } from '@/test/render';
import { answer, cut } from '@/test/server';

test('lists them, and marks what waits for me', async () => {
  answer('get', '/bookings', bookingPage([booking(), booking({ id: 41, state: 'in_progress' })]));
  visit('/bookings', buyer);
  expect(await screen.findAllByRole('article')).toHaveLength(2);
  expect(screen.getAllByText('Waits for you')).toHaveLength(1);
  expect(screen.getAllByRole('link', { name: 'Three reels' })[0]).toHaveAttribute('href', '/bookings/40');
});

test('shows the creator what the creator gets', async () => {
  answer('get', '/bookings', bookingPage([booking({ state: 'accepted' })]));
  visit('/bookings', seller);
  expect(await screen.findByText('US$108.00')).toBeVisible();
  expect(screen.getByText('Baobab Foods')).toBeVisible();
});

test('a tab is an address, and asks the server', async () => {
  const asked = answer('get', '/bookings', bookingPage([]));
  visit('/bookings?show=completed', buyer);
  expect(await screen.findByText('None of your bookings is here')).toBeVisible();
  expect(asked[0]?.url.searchParams.get('status')).toBe('completed');
  await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
  await waitFor(() => expect(where()).toBe('/bookings'));
  expect(await screen.findByText('No bookings yet')).toBeVisible();
});

test('more are a page away', async () => {
  answer('get', '/bookings', ({ url }) =>
    url.searchParams.get('page') === '2'
      ? { ...bookingPage([booking({ id: 39 })]), pages: 2, current_page: 2 }
      : { ...bookingPage(), pages: 2 },
  );
  visit('/bookings', buyer);
  await userEvent.click(await screen.findByRole('button', { name: 'Show more' }));
  await waitFor(() => expect(screen.getAllByRole('article')).toHaveLength(2));
  expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
});

test('says when they did not come', async () => {
  cut('get', '/bookings');
  visit('/bookings', buyer);
  const retry = await screen.findByRole('button', { name: 'Try again' });
  answer('get', '/bookings', bookingPage());
  await userEvent.click(retry);
  expect(await screen.findByRole('article')).toBeVisible();
});
