import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Posting } from '@/services/queries/ledger';
import { balances, buyer } from '@/test/money';
import { visit } from '@/test/render';
import { answer, cut } from '@/test/server';

const posting = (over: Partial<Posting>): Posting => ({
  id: 1,
  act: 'give_back',
  account: 'brand_balance',
  currency: 'USD',
  amount: 120,
  booking_id: 40,
  created_at: '2026-03-01T08:00:00Z',
  ...over,
});
const page = (entries: Posting[]) => ({ entries, total: entries.length, pages: 1, current_page: 1 });

test('what lies there, and how it came and went', async () => {
  answer('get', '/balances', balances(40));
  answer('get', '/ledger', page([posting({ id: 2, act: 'hold_from_balance', amount: -80 }), posting({})]));
  visit('/brand/balance', buyer);
  expect(await screen.findByText('US$40.00')).toBeVisible();
  expect(screen.getByText('-US$80.00')).toBeVisible();
  expect(screen.getByText('Given back')).toBeVisible();
  expect(screen.getByText('Paid for a booking')).toBeVisible();
  expect(screen.getAllByRole('link', { name: 'Booking 40' })[0]).toHaveAttribute('href', '/bookings/40');
});

test('nothing yet, and nothing came', async () => {
  answer('get', '/balances', { balances: [], total: 0 });
  cut('get', '/ledger');
  visit('/brand/balance', buyer);
  const retry = await screen.findByRole('button', { name: 'Try again' });
  answer('get', '/ledger', page([]));
  await userEvent.click(retry);
  expect(await screen.findByText('Nothing has moved on your balance yet.')).toBeVisible();
});
