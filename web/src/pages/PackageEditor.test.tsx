import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { asCreator, brandProfile, categories, offer, user } from '@/test/data';
import { visit, where } from '@/test/render';
import { answer, cut, hold, refuse } from '@/test/server';

async function fillIn() {
  await userEvent.type(await screen.findByLabelText('Title'), 'One reel');
  await userEvent.type(screen.getByLabelText('What is in it'), 'A reel about your product.');
  await userEvent.type(screen.getByLabelText(/What you deliver/), 'One reel\n\nOne story');
  await userEvent.selectOptions(screen.getByLabelText('Category'), 'UGC');
  await userEvent.type(screen.getByLabelText('Price'), '45.50');
}
const publish = () => userEvent.click(screen.getByRole('button', { name: 'Publish the package' }));

test('publishes a package once, and goes to the dashboard', async () => {
  answer('get', '/categories', categories);
  const asked = answer('post', '/packages', { message: 'Package created', package: offer() });
  visit('/creator/packages/new', asCreator());
  await fillIn();
  await userEvent.click(screen.getByLabelText(/Book at once/));
  await publish();
  await waitFor(() => expect(where()).toBe('/creator'));
  expect(asked).toHaveLength(1);
  expect(asked[0]?.headers.get('idempotency-key')).toBeTruthy();
  expect(asked[0]?.body).toEqual({
    title: 'One reel',
    description: 'A reel about your product.',
    category: 'UGC',
    price: '45.50',
    currency: 'USD',
    duration_days: 7,
    revisions: 2,
    deliverables: ['One reel', 'One story'],
    instant: true,
  });
});

test('names what is wrong beside the inputs', async () => {
  answer('get', '/categories', categories);
  visit('/creator/packages/new', asCreator());
  const price = await screen.findByLabelText('Price');
  await userEvent.type(price, '45,5');
  await publish();
  await waitFor(() => expect(screen.getByLabelText('Title')).toHaveFocus());
  expect(price).toHaveAccessibleDescription('This must be a number with at most two decimals.');
});

test('keeps what was typed when the line is cut, and over a reload', async () => {
  answer('get', '/categories', categories);
  cut('post', '/packages');
  const { unmount } = visit('/creator/packages/new', asCreator());
  await fillIn();
  await publish();
  expect(await screen.findByText(/No answer came/)).toBeVisible();
  unmount();
  visit('/creator/packages/new', asCreator());
  await waitFor(() => expect(screen.getByLabelText('Title')).toHaveValue('One reel'));
});

test('puts what the server refuses beside the input', async () => {
  answer('get', '/categories', categories);
  refuse('post', '/packages', 422, 'fields_invalid', { fields: { title: 'is said already' } });
  visit('/creator/packages/new', asCreator());
  await fillIn();
  await publish();
  expect(await screen.findByText('is said already')).toBeVisible();
});

test('changes, hides and deletes one', async () => {
  answer('get', '/categories', categories);
  let item = offer();
  answer('get', '/packages/{id}', () => item);
  const asked = answer('put', '/packages/{id}', ({ body }) => {
    item = { ...item, ...(body as object) };
    return { message: 'Package updated', package: item };
  });
  const deleted = answer('delete', '/packages/{id}', { message: 'Package deleted' });
  visit('/creator/packages/21', asCreator());
  expect(await screen.findByLabelText('Price')).toHaveValue('45.50');
  await userEvent.click(screen.getByRole('button', { name: 'Hide from brands' }));
  expect(await screen.findByText('Hidden from brands')).toBeVisible();
  expect(asked[0]?.body).toEqual({ is_active: false });
  await userEvent.click(screen.getByRole('button', { name: 'Delete the package' }));
  expect(deleted).toHaveLength(0);
  const dialog = await screen.findByRole('dialog', { name: 'Delete this package?' });
  await userEvent.click(await within(dialog).findByRole('button', { name: 'Delete the package' }));
  await waitFor(() => expect(where()).toBe('/creator'));
  expect(deleted).toHaveLength(1);
});

test('waits, and tries again', async () => {
  const release = hold('get', '/categories', categories);
  refuse('get', '/packages/{id}', 503, 'unavailable');
  visit('/creator/packages/21', asCreator());
  expect(await screen.findByText('Loading')).toBeInTheDocument();
  release();
  const again = await screen.findByRole('button', { name: 'Try again' });
  answer('get', '/packages/{id}', offer());
  await userEvent.click(again);
  expect(await screen.findByLabelText('Title')).toHaveValue('One reel');
});

test.each([
  ['what is no number', '/creator/packages/x', offer()],
  ['another creator’s', '/creator/packages/21', offer({ creator_id: 99 })],
])('has no page for %s', async (_, path, item) => {
  answer('get', '/categories', categories);
  answer('get', '/packages/{id}', item);
  visit(path, asCreator());
  expect(await screen.findByRole('heading', { level: 1, name: 'There is no page here' })).toBeVisible();
});

test('is not for brands', async () => {
  visit('/creator/packages/new', { user: user(), profile: brandProfile() });
  expect(await screen.findByRole('heading', { level: 1 })).toHaveTextContent('not for your account');
});
