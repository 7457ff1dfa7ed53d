import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { creator, creatorPage, facets } from '@/test/data';
import { visit, where } from '@/test/render';
import { answer, cut, hold, refuse } from '@/test/server';

test('shows who is here, in figures, fields and faces', async () => {
  answer('get', '/creators/facets', facets());
  answer('get', '/creators', creatorPage([creator({ id: 4, username: 'rudo' })]));
  visit('/');
  expect(await screen.findByRole('heading', { level: 1 })).toHaveTextContent(/creators/);
  expect(await screen.findByText('creators ready to work')).toBeVisible();
  expect(screen.getByRole('link', { name: /Food & Cooking/ })).toHaveAttribute(
    'href',
    '/creators?category=Food%20%26%20Cooking',
  );
  expect(screen.getByText('1 creator')).toBeVisible();
  expect(await screen.findByRole('link', { name: 'rudo' })).toHaveAttribute('href', '/creators/4');
  expect(screen.getByText('From US$45')).toBeVisible();
});

test('holds the place of what is still to come', async () => {
  answer('get', '/creators/facets', facets());
  const release = hold('get', '/creators', creatorPage());
  visit('/');
  expect(await screen.findByText('Loading')).toBeInTheDocument();
  release();
  expect(await screen.findByRole('link', { name: 'tari_cooks' })).toBeVisible();
  expect(screen.queryByText('Loading')).toBeNull();
});

test('says so when nobody is here yet', async () => {
  answer('get', '/creators/facets', facets({ total: 0, categories: [], places: [] }));
  answer('get', '/creators', creatorPage([]));
  visit('/');
  expect(await screen.findByText(/first creators are setting up/)).toBeVisible();
  await waitFor(() => expect(screen.queryByRole('heading', { name: 'Pick a field' })).toBeNull());
});

test('offers another try where the faces did not come', async () => {
  answer('get', '/creators/facets', facets());
  refuse('get', '/creators', 503, 'unavailable');
  visit('/');
  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent('unavailable 503');
  answer('get', '/creators', creatorPage());
  await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('link', { name: 'tari_cooks' })).toBeVisible();
});

test('leaves the fields out when they do not come', async () => {
  cut('get', '/creators/facets');
  answer('get', '/creators', creatorPage());
  visit('/');
  expect(await screen.findByRole('link', { name: 'tari_cooks' })).toBeVisible();
  await waitFor(() => expect(screen.queryByRole('heading', { name: 'Pick a field' })).toBeNull());
});

test('searches', async () => {
  answer('get', '/creators/facets', facets());
  answer('get', '/creators', creatorPage());
  visit('/');
  await userEvent.type(await screen.findByRole('searchbox'), 'food & fire{Enter}');
  expect(where()).toBe('/creators?search=food%20%26%20fire');
});
