import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { pack, packagePage } from '@/test/data';
import { application, balances, booking, buyer, campaign, payment } from '@/test/money';
import { visit, where } from '@/test/render';
import { answer, cut, refuse, says } from '@/test/server';

const page = (campaigns = [campaign()]) => ({
  campaigns,
  total: campaigns.length,
  pages: 1,
  current_page: 1,
});
const inbox = (applications = [application()]) => ({
  applications,
  count: applications.length,
  total: applications.length,
  pages: 1,
  current_page: 1,
});

function at(over: Parameters<typeof campaign>[0] = {}, applications = [application()]) {
  answer('get', '/campaigns/{id}', { ...campaign(over), packages: [] });
  answer('get', '/campaigns/{id}/applications', inbox(applications));
  answer('get', '/categories', { creator: [], package: [], campaign: ['Food & Beverage', 'Other'] });
}

test('lists them; a tab asks the server', async () => {
  const asked = answer('get', '/campaigns', page());
  visit('/brand/campaigns', buyer);
  expect(await screen.findByRole('link', { name: 'Winter warmers' })).toBeVisible();
  answer('get', '/campaigns', page([]));
  await userEvent.click(screen.getByRole('tab', { name: 'Draft' }));
  expect(await screen.findByText('None of your campaigns is here')).toBeVisible();
  expect(where()).toBe('/brand/campaigns?show=draft');
  expect(asked[0]?.url.searchParams.get('status')).toBeNull();
});

test('none yet; and none came', async () => {
  cut('get', '/campaigns');
  visit('/brand/campaigns', buyer);
  const retry = await screen.findByRole('button', { name: 'Try again' });
  answer('get', '/campaigns', page([]));
  await userEvent.click(retry);
  expect(await screen.findByText('No campaigns yet')).toBeVisible();
});

test('accepting an application says what it opens, and leads to paying', async () => {
  at();
  visit('/brand/campaigns/60', buyer);
  expect(await screen.findByText('Asks for US$300.00, in 10 days')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Accept' }));
  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).getByText(/opens a booking over US\$300.00/)).toBeVisible();
  const taken = application({ status: 'accepted', booking_id: 41 });
  const asked = answer('patch', '/campaigns/{id}/applications/{application_id}', {
    message: '',
    application: taken,
  });
  answer('get', '/campaigns/{id}/applications', inbox([taken]));
  await userEvent.click(within(dialog).getByRole('button', { name: 'Accept' }));
  expect(await screen.findByRole('link', { name: 'Pay or see the booking' })).toHaveAttribute(
    'href',
    '/bookings/41',
  );
  expect(asked[0]?.body).toEqual({ status: 'accepted' });
});

test('declining is asked about; a refusal stays with it', async () => {
  at();
  visit('/brand/campaigns/60', buyer);
  refuse('patch', '/campaigns/{id}/applications/{application_id}', 409, 'conflict');
  await userEvent.click(await screen.findByRole('button', { name: 'Decline' }));
  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).getByText(/cannot be taken back/)).toBeVisible();
  await userEvent.click(within(dialog).getByRole('button', { name: 'Decline' }));
  expect(await screen.findByText(says('conflict'))).toBeVisible();
});

test('a draft is opened to creators', async () => {
  at({ status: 'draft' }, []);
  visit('/brand/campaigns/60', buyer);
  expect(await screen.findByText('Open the campaign, and creators see it.')).toBeVisible();
  const asked = answer('put', '/campaigns/{id}', { message: '', campaign: campaign() });
  at({}, []);
  await userEvent.click(screen.getByRole('button', { name: 'Open it' }));
  expect(await screen.findByRole('button', { name: 'Pause' })).toBeVisible();
  expect(asked[0]?.body).toEqual({ status: 'active' });
});

test('a new one: what is wrong stands beside its field, what is right is sent', async () => {
  at({ status: 'draft' }, []);
  visit('/brand/campaigns/new', buyer);
  await userEvent.click(await screen.findByRole('button', { name: 'Open it to creators' }));
  expect(await screen.findAllByText('This is required.')).toHaveLength(5);
  await userEvent.type(screen.getByLabelText('Title'), 'Winter warmers');
  await userEvent.type(screen.getByLabelText('What is it about?'), 'Hot drinks');
  await userEvent.type(screen.getByLabelText('Budget'), '2500.50');
  await userEvent.type(screen.getByLabelText('First day'), '2026-06-01');
  await userEvent.type(screen.getByLabelText('Last day'), '2026-05-01');
  expect(await screen.findByText('It must not end before it starts.')).toBeVisible();
  await userEvent.clear(screen.getByLabelText('Last day'));
  await userEvent.type(screen.getByLabelText('Last day'), '2026-07-31');
  const asked = answer('post', '/campaigns', { message: '', campaign: campaign({ status: 'draft' }) });
  await userEvent.click(screen.getByRole('button', { name: 'Keep as a draft' }));
  await waitFor(() => expect(where()).toBe('/brand/campaigns/60'));
  expect(asked[0]?.body).toEqual({
    title: 'Winter warmers',
    description: 'Hot drinks',
    objectives: null,
    budget: '2500.50',
    currency: 'USD',
    start_date: '2026-06-01T00:00:00+02:00',
    end_date: '2026-07-31T23:59:00+02:00',
    category: 'Food & Beverage',
    status: 'draft',
  });
});

test('changing one begins with what it is, in the days of Harare', async () => {
  at();
  visit('/brand/campaigns/60/edit', buyer);
  expect(await screen.findByLabelText('Title')).toHaveValue('Winter warmers');
  expect(screen.getByLabelText('First day')).toHaveValue('2026-06-01');
  expect(screen.getByLabelText('Last day')).toHaveValue('2026-07-31');
});

test('somebody else’s is not there', async () => {
  refuse('get', '/campaigns/{id}', 404, 'not_found');
  visit('/brand/campaigns/61', buyer);
  expect(await screen.findByText('There is no page here')).toBeVisible();
});

test('one is deleted after it was asked about', async () => {
  at({}, []);
  visit('/brand/campaigns/60', buyer);
  await userEvent.click(await screen.findByRole('button', { name: 'Delete it' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText(/Bookings that nobody has paid are withdrawn/)).toBeVisible();
  refuse('delete', '/campaigns/{id}', 503, 'unavailable');
  await userEvent.click(dialog.getByRole('button', { name: 'Delete it' }));
  expect(await dialog.findByText(/The service is not available/)).toBeVisible();
  const asked = answer('delete', '/campaigns/{id}', { message: 'Deleted' });
  answer('get', '/campaigns', page([]));
  await userEvent.click(dialog.getByRole('button', { name: 'Delete it' }));
  await waitFor(() => expect(where()).toBe('/brand/campaigns'));
  expect(asked[0]?.url.pathname).toBe('/api/campaigns/60');
  expect(await screen.findByText('No campaigns yet')).toBeVisible();
});

test('a package is found and put into it, which books it', async () => {
  at({}, []);
  const sought = answer(
    'get',
    '/packages',
    packagePage([pack(), pack({ id: 6, title: 'Asked first', instant: false })]),
  );
  visit('/brand/campaigns/60', buyer);
  await userEvent.click(await screen.findByRole('button', { name: 'Add a package' }));
  await userEvent.type(await screen.findByLabelText('Which package?'), 'reel{Enter}');
  await waitFor(() => expect(sought.at(-1)?.url.searchParams.get('search')).toBe('reel'));
  await userEvent.click(await screen.findByRole('button', { name: /^One cooking reel/ }));
  expect(await screen.findByText(/You pay next/)).toBeVisible();
  const asked = answer('post', '/campaigns/{id}/packages', {
    message: '',
    package: pack(),
    booking_id: 41,
    collaboration: null,
  });
  answer('get', '/bookings/{id}', booking({ id: 41 }));
  answer('get', '/bookings/{id}/payment-status', payment());
  answer('get', '/balances', balances());
  await userEvent.click(screen.getByRole('button', { name: 'Book it for US$120.00' }));
  await waitFor(() => expect(where()).toBe('/bookings/41/pay'));
  expect(asked[0]?.body).toEqual({ package_id: 5 });
  expect(asked[0]?.headers.get('Idempotency-Key')).toBeTruthy();
});

test('one that is paid stays in it', async () => {
  answer('get', '/campaigns/{id}', { ...campaign(), packages: [{ ...pack(), booking_id: 41 }] });
  answer('get', '/campaigns/{id}/applications', inbox([]));
  visit('/brand/campaigns/60', buyer);
  expect(await screen.findByRole('link', { name: 'Pay or see the booking' })).toHaveAttribute(
    'href',
    '/bookings/41',
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Take out' }));
  const dialog = within(await screen.findByRole('dialog'));
  refuse('delete', '/campaigns/{id}/packages/{package_id}', 409, 'wrong_state');
  await userEvent.click(dialog.getByRole('button', { name: 'Take out' }));
  expect(await dialog.findByText(says('wrong_state'))).toBeVisible();
  const asked = answer('delete', '/campaigns/{id}/packages/{package_id}', { message: '' });
  answer('get', '/campaigns/{id}', { ...campaign(), packages: [] });
  await userEvent.click(dialog.getByRole('button', { name: 'Take out' }));
  expect(await screen.findByText(/You need not wait for applications/)).toBeVisible();
  expect(asked[0]?.url.pathname).toBe('/api/campaigns/60/packages/5');
});
