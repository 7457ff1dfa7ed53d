import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { brandProfile, creator, creatorDetail, creatorPage, facets, user } from '@/test/data';
import { visit, where } from '@/test/render';
import { answer, hold, refuse } from '@/test/server';

const brand = { user: user(), profile: brandProfile() };

test('asks for what its address says, and drops what is no filter', async () => {
  answer('get', '/creators/facets', facets());
  const asked = answer('get', '/creators', creatorPage());
  visit('/creators?category=Travel&max_price=50&min_rating=x&search=a&sort=price&evil=1');
  expect(await screen.findByRole('link', { name: 'tari_cooks' })).toBeVisible();
  expect(Object.fromEntries(asked[0]?.url.searchParams ?? [])).toEqual({
    category: 'Travel',
    max_price: '50',
    sort: 'price',
    per_page: '12',
  });
  expect(screen.getByText('1 creator')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Remove: Travel' }));
  expect(where()).toBe('/creators?max_price=50&min_rating=x&search=a&sort=price&evil=1');
});

test('filters, searches and sorts by the address', async () => {
  answer('get', '/creators/facets', facets());
  answer('get', '/creators', creatorPage());
  visit('/creators');
  const side = await screen.findByRole('complementary', { name: 'Filters' });
  await within(side).findByRole('option', { name: 'instagram (30)' });
  await userEvent.selectOptions(within(side).getByRole('combobox', { name: 'Platform' }), 'instagram');
  await userEvent.click(within(side).getByRole('button', { name: 'Show results' }));
  await waitFor(() => expect(where()).toBe('/creators?platform=instagram'));
  await userEvent.type(screen.getByRole('searchbox'), 'sadza{Enter}');
  await waitFor(() => expect(where()).toBe('/creators?platform=instagram&search=sadza'));
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Sort by' }), 'newest');
  await waitFor(() => expect(where()).toBe('/creators?platform=instagram&search=sadza&sort=newest'));
});

test('shows more after the cursor', async () => {
  answer('get', '/creators/facets', facets());
  const asked = answer('get', '/creators', ({ url }) =>
    url.searchParams.has('cursor')
      ? { creators: [creator({ id: 2, username: 'second' })], next_cursor: null }
      : { ...creatorPage(), total: 2, next_cursor: 'abc' },
  );
  visit('/creators');
  await userEvent.click(await screen.findByRole('button', { name: 'Show more' }));
  expect(await screen.findByRole('link', { name: 'second' })).toBeVisible();
  expect(asked.at(-1)?.url.searchParams.get('cursor')).toBe('abc');
  expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
});

test('nobody matches: the way back is one button', async () => {
  answer('get', '/creators/facets', facets());
  answer('get', '/creators', creatorPage([]));
  visit('/creators?category=Chess');
  expect(await screen.findByText('No creators match')).toBeVisible();
  await userEvent.click(screen.getAllByRole('button', { name: 'Clear filters' })[0] as HTMLElement);
  await waitFor(() => expect(where()).toBe('/creators'));
  expect(await screen.findByText('No creators yet')).toBeVisible();
});

test('loading, then failing, then here', async () => {
  answer('get', '/creators/facets', facets());
  const release = hold('get', '/creators', creatorPage());
  const { unmount } = visit('/creators');
  expect(await screen.findByText('Loading')).toBeInTheDocument();
  release();
  expect(await screen.findByRole('link', { name: 'tari_cooks' })).toBeVisible();
  unmount();
  refuse('get', '/creators', 500, 'internal');
  visit('/creators?sort=newest');
  const alert = await screen.findByRole('alert');
  answer('get', '/creators', creatorPage());
  await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('link', { name: 'tari_cooks' })).toBeVisible();
});

test('a heart shows at once, and is taken back when it fails', async () => {
  answer('get', '/creators/facets', facets());
  answer('get', '/creators', creatorPage());
  answer('get', '/brands/saved-creators', { creators: [], total: 0 });
  refuse('post', '/brands/saved-creators/{id}', 503, 'unavailable');
  visit('/creators', brand);
  const heart = await screen.findByRole('button', { name: 'Save tari_cooks' });
  await userEvent.click(heart);
  expect(await screen.findByText(/service is not available/)).toBeVisible();
  expect(heart).toHaveAttribute('aria-pressed', 'false');
});

test('five fast taps make at most two calls, and the last one holds', async () => {
  answer('get', '/creators/facets', facets());
  answer('get', '/creators', creatorPage());
  answer('get', '/brands/saved-creators', { creators: [creatorDetail({ id: 8 })], total: 1 });
  const release = hold('post', '/brands/saved-creators/{id}', { message: 'Saved' } as never);
  const undone = answer('delete', '/brands/saved-creators/{id}', { message: 'Let go' } as never);
  visit('/creators', brand);
  const heart = await screen.findByRole('button', { name: 'Save tari_cooks' });
  for (const pressed of ['true', 'false', 'true', 'false']) {
    await userEvent.click(heart);
    await waitFor(() => expect(heart).toHaveAttribute('aria-pressed', pressed));
  }
  release();
  await waitFor(() => expect(undone).toHaveLength(1));
  expect(heart).toHaveAttribute('aria-pressed', 'false');
});

test('a visitor’s heart leads to the login and back', async () => {
  answer('get', '/creators/facets', facets());
  answer('get', '/creators', creatorPage());
  visit('/creators?sort=price');
  expect(await screen.findByRole('link', { name: 'Log in to save tari_cooks' })).toHaveAttribute(
    'href',
    '/login?next=%2Fcreators%3Fsort%3Dprice',
  );
});
