import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { facets, pack, packagePage } from '@/test/data';
import { visit } from '@/test/render';
import { answer, cut, hold } from '@/test/server';

test('shows packages with price, days and rounds', async () => {
  answer('get', '/packages/facets', facets());
  const asked = answer('get', '/packages', packagePage([pack({ currency: 'ZWG', price: 1200.5 })]));
  visit('/packages?max_days=7');
  expect(await screen.findByRole('link', { name: 'One cooking reel' })).toHaveAttribute(
    'href',
    '/packages/5',
  );
  expect(screen.getByText('ZiG 1,200.50')).toBeVisible();
  expect(screen.getByText('5 days')).toBeVisible();
  expect(screen.getByText('1 round of changes')).toBeVisible();
  expect(asked[0]?.url.searchParams.get('max_days')).toBe('7');
});

test('loading, empty, failing', async () => {
  answer('get', '/packages/facets', facets());
  const release = hold('get', '/packages', packagePage([]));
  const { unmount } = visit('/packages');
  expect(await screen.findByText('Loading')).toBeInTheDocument();
  release();
  expect(await screen.findByText('No packages yet')).toBeVisible();
  unmount();
  cut('get', '/packages');
  visit('/packages?sort=price');
  const alert = await screen.findByRole('alert');
  answer('get', '/packages', packagePage());
  await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('link', { name: 'One cooking reel' })).toBeVisible();
});
