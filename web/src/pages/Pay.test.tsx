import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { expect, test, vi } from 'vitest';
import { queryClient } from '@/lib/queryClient';
import { bookingKeys } from '@/services/queries/bookings';
import { balances, booking, buyer, payment, started } from '@/test/money';
import { visit } from '@/test/render';
import { answer, cut, refuse, server } from '@/test/server';
import { leave } from '@/utils/leave';

vi.mock('@/utils/leave', () => ({ leave: vi.fn() }));

const now = () => new Date().toISOString();

function at(
  status: Parameters<typeof payment>[0] | null,
  over: Parameters<typeof booking>[0] = {},
  waits = true,
) {
  answer('get', '/balances', balances());
  answer('get', '/bookings/{id}', booking(over));
  answer(
    'get',
    '/bookings/{id}/payment-status',
    status ? payment({ started_at: now(), ...status }) : { success: false, error: 'None' },
  );
  visit('/bookings/40/pay', buyer);
  return waits;
}

const again = () => queryClient.refetchQueries({ queryKey: bookingKeys.payment(40) });

test('waits for the PIN, then says that it is paid', async () => {
  at({});
  expect(await screen.findByRole('heading', { name: 'Enter your PIN on your phone' })).toBeVisible();
  expect(screen.queryByRole('button', { name: /Send/ })).toBeNull();
  answer('get', '/bookings/{id}', booking({ state: 'accepted', payment_status: 'paid' }));
  answer('get', '/bookings/{id}/payment-status', payment({ state: 'paid', status: 'paid', paid: true }));
  await again();
  expect(await screen.findByRole('heading', { name: 'Paid' })).toBeVisible();
  expect(screen.getByRole('link', { name: 'See the receipt' })).toHaveAttribute(
    'href',
    '/bookings/40/receipt',
  );
});

test('a killed tab comes back to what is under way', async () => {
  at({});
  await screen.findByRole('heading', { name: 'Enter your PIN on your phone' });
  cleanup();
  queryClient.clear();
  at({ state: 'unknown' });
  expect(await screen.findByRole('heading', { name: 'Do not pay again, we are checking' })).toBeVisible();
  expect(screen.queryByRole('button', { name: /Send|Try/ })).toBeNull();
  cleanup();
  queryClient.clear();
  at({ state: 'failed' });
  expect(await screen.findByRole('button', { name: /Send prompt/ })).toBeVisible();
});

test('asks by itself', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  try {
    at({});
    await screen.findByRole('heading', { name: 'Enter your PIN on your phone' });
    answer('get', '/bookings/{id}', booking({ state: 'accepted', payment_status: 'paid' }));
    answer('get', '/bookings/{id}/payment-status', payment({ state: 'paid', status: 'paid', paid: true }));
    await vi.advanceTimersByTimeAsync(4000);
    expect(await screen.findByRole('heading', { name: 'Paid' })).toBeVisible();
  } finally {
    vi.useRealTimers();
  }
});

test('never lets one pay again while nobody knows', async () => {
  at({ state: 'unknown' });
  expect(await screen.findByRole('heading', { name: 'Do not pay again, we are checking' })).toBeVisible();
  expect(screen.queryByRole('button', { name: /Send|pay/i })).toBeNull();
  expect(screen.queryByText('How do you want to pay?')).toBeNull();
});

test.each([
  ['cancelled', 'The payment was cancelled'],
  ['failed', 'The payment did not go through'],
] as const)('%s: nothing was taken, and another can be started', async (state, heading) => {
  at({ state, status: 'failed' });
  expect(await screen.findByRole('heading', { name: heading })).toBeVisible();
  const asked = answer('post', '/bookings/{id}/payments', {
    message: '',
    booking: booking(),
    payment: started(),
  });
  answer('get', '/bookings/{id}/payment-status', payment({ started_at: now() }));
  await userEvent.type(screen.getByLabelText('Number of the wallet'), '0771234567');
  await userEvent.click(screen.getByRole('button', { name: 'Send prompt to my phone' }));
  expect(await screen.findByRole('heading', { name: 'Enter your PIN on your phone' })).toBeVisible();
  expect(screen.getByText('The prompt is on its way to 0771234567')).toBeVisible();
  expect(asked[0]?.body).toEqual({ payment_method: 'ecocash', phone: '0771234567' });
});

test('the same number again after a prompt that failed is another prompt', async () => {
  at({ state: 'failed', status: 'failed', reference: 'BB000000000001' });
  await userEvent.type(await screen.findByLabelText('Number of the wallet'), '0771234567');
  const keys: (string | null)[] = [];
  server.use(
    http.post('*/api/bookings/40/payments', ({ request }) => {
      keys.push(request.headers.get('Idempotency-Key'));
      return HttpResponse.error();
    }),
  );
  const send = async (times: number) => {
    await userEvent.click(screen.getByRole('button', { name: 'Send prompt to my phone' }));
    await waitFor(() => expect(keys).toHaveLength(times));
    await screen.findByText(/No answer came/);
  };
  await send(1);
  await send(2);
  answer(
    'get',
    '/bookings/{id}/payment-status',
    payment({ state: 'failed', status: 'failed', reference: 'BB000000000002', started_at: now() }),
  );
  await again();
  await send(3);
  expect(keys[1]).toBe(keys[0]);
  expect(keys[2]).not.toBe(keys[0]);
});

test('a prompt that ran out can be sent again', async () => {
  at({ started_at: '2026-03-01T08:00:00Z' });
  expect(await screen.findByRole('heading', { name: 'No answer from your phone yet' })).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Send again or pay another way' }));
  expect(screen.getByRole('button', { name: 'Send prompt to my phone' })).toBeVisible();
});

test('shows the code of InnBucks', async () => {
  at({ method: 'innbucks', authorization_code: '701 482 913' });
  expect(await screen.findByText('701 482 913')).toBeVisible();
  expect(screen.getByRole('heading', { name: 'Type this code into your InnBucks app' })).toBeVisible();
});

test('a card that is not finished opens its page again', async () => {
  at({ method: 'paynow', redirect_url: 'https://gateway.example/pay' });
  await userEvent.click(await screen.findByRole('button', { name: 'Open the payment page' }));
  expect(leave).toHaveBeenCalledWith('https://gateway.example/pay');
});

test('a lost line keeps what is known and asks on', async () => {
  at({});
  await screen.findByRole('heading', { name: 'Enter your PIN on your phone' });
  cut('get', '/bookings/{id}/payment-status');
  await again();
  expect(await screen.findByText(/The payment goes on without this page/)).toBeVisible();
  expect(screen.getByRole('heading', { name: 'Enter your PIN on your phone' })).toBeVisible();
});

test('a phone without a line says so at once, before anything was asked', async () => {
  at({});
  await screen.findByRole('heading', { name: 'Enter your PIN on your phone' });
  const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  dispatchEvent(new Event('offline'));
  expect(await screen.findByText(/The payment goes on without this page/)).toBeVisible();
  online.mockRestore();
  dispatchEvent(new Event('online'));
  await waitFor(() => expect(screen.queryByText(/The payment goes on without this page/)).toBeNull());
});

test('a payment that was never started starts here', async () => {
  at(null);
  expect(await screen.findByText('How do you want to pay?')).toBeVisible();
});

test.each([
  ['requested', 'The creator answers first'],
  ['expired', 'Nothing to pay here'],
] as const)('%s: no payment is waited for', async (state, title) => {
  at(null, { state });
  expect(await screen.findByRole('heading', { name: title })).toBeVisible();
  expect(screen.queryByText('How do you want to pay?')).toBeNull();
});

test('somebody else’s booking is not there; one that did not come is asked for again', async () => {
  refuse('get', '/bookings/{id}', 404, 'not_found');
  const first = visit('/bookings/41/pay', buyer);
  expect(await screen.findByText('There is no page here')).toBeVisible();
  first.unmount();
  cut('get', '/bookings/{id}');
  visit('/bookings/40/pay', buyer);
  const retry = await screen.findByRole('button', { name: 'Try again' });
  at({});
  await userEvent.click(retry);
  await waitFor(() => expect(screen.getAllByText('Enter your PIN on your phone').length).toBeGreaterThan(0));
});
