import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { balances, booking, bookingPage, buyer, campaign, packageWithCreator } from '@/test/money';
import { visit } from '@/test/render';
import { answer, cut } from '@/test/server';

function at(full: boolean) {
  answer('get', '/analytics/dashboard', {
    currency: 'USD',
    days: 30,
    total_campaigns: 1,
    total_spending: 240,
    total_bookings: 2,
    active_bookings: 1,
    completed_bookings: 1,
    campaign_views: 12,
    saved_creators: 1,
  });
  answer('get', '/analytics/spending', {
    spending: [
      { date: '2026-03-01', amount: 120 },
      { date: '2026-03-02', amount: 120 },
    ],
    total: 2,
    currency: 'USD',
  });
  answer('get', '/analytics/views', {
    views: [{ date: '2026-03-01', profile: 0, package: 0, campaign: 12 }],
    total: 1,
  });
  answer('get', '/balances', balances(80));
  answer('get', '/bookings', bookingPage(full ? [booking()] : []));
  answer('get', '/campaigns', {
    campaigns: full ? [campaign()] : [],
    total: 0,
    pages: 1,
    current_page: 1,
  });
  const { creator } = packageWithCreator();
  answer('get', '/brands/saved-creators', { creators: full ? [creator] : [], total: 0 });
}

test('figures, bookings, charts, campaigns and saved creators', async () => {
  at(true);
  visit('/brand', buyer);
  expect(await screen.findByRole('heading', { name: 'Hello, Baobab Foods' })).toBeVisible();
  expect(await screen.findByText('US$240')).toBeVisible();
  expect(await screen.findByText('US$80.00')).toBeVisible();
  expect(await screen.findByRole('link', { name: 'Three reels' })).toBeVisible();
  expect(await screen.findByRole('link', { name: 'Winter warmers' })).toHaveAttribute(
    'href',
    '/brand/campaigns/60',
  );
  expect(await screen.findByRole('link', { name: 'tari_cooks' })).toHaveAttribute('href', '/creators/1');
  expect(
    await screen.findByRole('img', { name: 'You spent US$240.00 in the last 30 days' }),
  ).toBeInTheDocument();
  expect(
    screen.getByRole('img', { name: 'Your campaigns were seen 12 times in the last 30 days' }),
  ).toBeInTheDocument();
});

test('a new brand is told what will be where', async () => {
  at(false);
  visit('/brand', buyer);
  expect(await screen.findByText('You have booked nobody yet.')).toBeVisible();
  expect(await screen.findByText(/A campaign says what you need/)).toBeVisible();
  expect(await screen.findByText(/Press the heart/)).toBeVisible();
});

test('a part that did not come fails alone, and is asked for alone', async () => {
  at(true);
  cut('get', '/campaigns');
  visit('/brand', buyer);
  expect(await screen.findByRole('link', { name: 'Three reels' })).toBeVisible();
  const retry = await screen.findByRole('button', { name: 'Try again' });
  at(true);
  await userEvent.click(retry);
  expect(await screen.findByRole('link', { name: 'Winter warmers' })).toBeVisible();
});
