import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { queryClient } from '@/lib/queryClient';
import { booking, buyer, payment } from '@/test/money';
import { visit } from '@/test/render';
import { answer, cut, refuse } from '@/test/server';
import { readRows } from '@/utils/database';

function at(over: Parameters<typeof booking>[0]) {
  answer('get', '/bookings/{id}', booking(over));
  answer(
    'get',
    '/bookings/{id}/payment-status',
    payment({ state: 'paid', status: 'paid', paid: true, paid_at: '2026-03-01T09:30:00Z' }),
  );
  visit('/bookings/40/receipt', buyer);
}

test('says who paid what to whom, by which way, and prints', async () => {
  const printed = vi.spyOn(globalThis, 'print').mockImplementation(() => {});
  at({ state: 'accepted', payment_status: 'paid', payment_reference: '8811223' });
  expect(await screen.findByText('8811223')).toBeVisible();
  for (const text of ['Three reels', 'Baobab Foods', 'tari_cooks', 'EcoCash', 'US$120.00', '01 Mar, 2026'])
    expect(within(screen.getByRole('article')).getByText(text)).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Print or save as PDF' }));
  expect(printed).toHaveBeenCalledOnce();
});

test('without a line it is still one', async () => {
  at({ state: 'accepted', payment_status: 'paid', payment_reference: '8811223' });
  await screen.findByText('8811223');
  await waitFor(async () =>
    expect((await readRows(7, 'kept')).map(({ key }) => key)).toContain('["bookings","payment",40]'),
  );
  cleanup();
  queryClient.clear();
  for (const path of ['/bookings/{id}', '/bookings/{id}/payment-status'] as const) cut('get', path);
  visit('/bookings/40/receipt', buyer);
  expect(await screen.findByText('8811223')).toBeVisible();
  for (const text of ['US$120.00', 'EcoCash', '01 Mar, 2026']) expect(screen.getByText(text)).toBeVisible();
});

test('says when the money came back', async () => {
  at({ state: 'cancelled', payment_status: 'refunded' });
  expect(await screen.findByText(/Given back to you since then/)).toBeVisible();
});

test('there is none before the money has come', async () => {
  at({});
  expect(await screen.findByText('There is no receipt yet')).toBeVisible();
});

test('of somebody else’s booking there is none', async () => {
  refuse('get', '/bookings/{id}', 404, 'not_found');
  refuse('get', '/bookings/{id}/payment-status', 404, 'not_found');
  visit('/bookings/41/receipt', buyer);
  expect(await screen.findByText('There is no page here')).toBeVisible();
});
