import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Dashboard } from '@/services/queries/creator';
import { asCreator, offer } from '@/test/data';
import { booking } from '@/test/money';
import { visit, where } from '@/test/render';
import { answer, refuse } from '@/test/server';

const dashboard = (over: Partial<Dashboard> = {}): Dashboard => ({
  currency: 'USD' as const,
  days: 30,
  total_bookings: 5,
  total_earnings: 432.5,
  active_bookings: 2,
  completed_bookings: 3,
  total_packages: 1,
  profile_views: 1280,
  package_views: 400,
  saves: 9,
  conversion_rate: 1.5,
  response_time_s: 3600,
  average_rating: 4.75,
  total_reviews: 3,
  ...over,
});
const page = { total: 1, pages: 1, current_page: 1 };
const earned = (...amounts: number[]) => ({
  total: amounts.length,
  currency: 'USD' as const,
  earnings: amounts.map((amount, at) => ({ date: `2026-03-0${at + 1}`, amount })),
});

function full() {
  answer('get', '/analytics/dashboard', dashboard());
  answer('get', '/balances', {
    total: 1,
    balances: [{ account: 'creator_payable', currency: 'USD', amount: 180 }],
  });
  answer('get', '/bookings', {
    ...page,
    bookings: [booking({ id: 41, state: 'delivered' }), booking({ id: 40, state: 'requested' })],
  });
  answer('get', '/packages', { packages: [offer(), offer({ id: 22, is_active: false })], total: 2 });
  answer('get', '/analytics/earnings', earned(0, 108, 20));
}

test('shows figures, bookings with what waits first, packages and the best day', async () => {
  full();
  visit('/creator', asCreator());
  expect(await screen.findByText('US$432.50')).toBeVisible();
  expect(await screen.findByText('Yours, to be paid out: US$180.00')).toBeVisible();
  expect(screen.getByText('4.8')).toBeVisible();
  expect(await screen.findByText('1 booking waits for you.')).toBeVisible();
  const bookings = within(screen.getByRole('region', { name: 'Bookings' })).getAllByRole('article');
  expect(within(bookings[0] as HTMLElement).getByText('Waits for you')).toBeVisible();
  expect(within(bookings[1] as HTMLElement).queryByText('Waits for you')).toBeNull();
  const packages = screen.getByRole('region', { name: 'Packages' });
  expect(within(packages).getAllByRole('link', { name: 'One reel' })[0]).toHaveAttribute(
    'href',
    '/creator/packages/21',
  );
  expect(within(packages).getByText('Hidden')).toBeVisible();
  expect(screen.getByRole('img', { name: /^Best of the last 30 days: US\$108\.00/ })).toBeInTheDocument();
});

test('says what will be here while there is nothing', async () => {
  answer('get', '/analytics/dashboard', dashboard({ total_reviews: 0, total_earnings: 0 }));
  answer('get', '/balances', { total: 0, balances: [] });
  answer('get', '/bookings', { total: 0, pages: 0, current_page: 1, bookings: [] });
  answer('get', '/packages', { packages: [], total: 0 });
  answer('get', '/analytics/earnings', earned(0, 0));
  visit('/creator', asCreator());
  expect(await screen.findByText('No bookings yet')).toBeVisible();
  expect(await screen.findByRole('link', { name: 'Make your first package' })).toHaveAttribute(
    'href',
    '/creator/packages/new',
  );
  expect(await screen.findByText(/Nothing earned in this time/)).toBeVisible();
  expect(await screen.findByText('None yet')).toBeVisible();
});

test('one part that fails leaves the others, and comes when asked again', async () => {
  full();
  refuse('get', '/packages', 503, 'unavailable');
  visit('/creator', asCreator());
  const packages = await screen.findByRole('region', { name: 'Packages' });
  const again = await within(packages).findByRole('button', { name: 'Try again' });
  expect(await screen.findByText('US$432.50')).toBeVisible();
  answer('get', '/packages', { packages: [offer()], total: 1 });
  await userEvent.click(again);
  expect(await within(packages).findByRole('link', { name: 'One reel' })).toBeVisible();
});

test('earnings: every movement, and a chart for the time one wants', async () => {
  full();
  const asked = answer('get', '/analytics/earnings', earned(5, 108));
  answer('get', '/ledger', ({ url }) => ({
    total: 2,
    pages: 2,
    current_page: Number(url.searchParams.get('page') ?? 1),
    entries: [
      {
        id: url.searchParams.get('page') === '2' ? 8 : 9,
        account: 'creator_payable' as const,
        act: 'release',
        booking_id: 40,
        amount: url.searchParams.get('page') === '2' ? 20 : 108,
        currency: 'USD' as const,
        created_at: '2026-03-02T08:00:00Z',
      },
    ],
  }));
  visit('/creator/earnings?days=7', asCreator());
  expect(await screen.findByText('Work approved')).toBeVisible();
  expect(await screen.findByText('US$180.00')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
  expect(await screen.findAllByText('Work approved')).toHaveLength(2);
  await userEvent.selectOptions(screen.getByLabelText('Time'), '90');
  expect(where()).toBe('/creator/earnings?days=90');
  expect(await screen.findByRole('img', { name: /last 90 days/ })).toBeInTheDocument();
  expect(asked.map(({ url }) => url.searchParams.get('days'))).toEqual(['7', '90']);
});

test('earnings: nothing yet, and what failed', async () => {
  answer('get', '/balances', { total: 0, balances: [] });
  answer('get', '/ledger', { total: 0, pages: 0, current_page: 1, entries: [] });
  refuse('get', '/analytics/earnings', 503, 'unavailable');
  visit('/creator/earnings', asCreator());
  expect(await screen.findByText('Nothing has moved yet')).toBeVisible();
  expect(await screen.findByText('US$0.00')).toBeVisible();
  expect(await screen.findByRole('alert')).toHaveTextContent('unavailable 503');
});
