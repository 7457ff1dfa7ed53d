import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { type Match, match, takeFirst } from '@/lib/routes';
import { creatorDetail, rated, user } from '@/test/data';
import { visit } from '@/test/render';
import { answer, cut, hold, refuse } from '@/test/server';

test('says what one gets, from whom, and for how much', async () => {
  answer('get', '/packages/{id}', rated());
  const seen = answer('post', '/analytics/views', { message: 'View counted' });
  visit('/packages/5');
  expect(await screen.findByRole('heading', { level: 1, name: 'One cooking reel' })).toBeVisible();
  await waitFor(() =>
    expect(seen.map(({ body }) => body)).toEqual([{ entity_type: 'package', entity_id: 5 }]),
  );
  expect(screen.getByText('US$120.00')).toBeVisible();
  expect(screen.getByText('3 stories')).toBeVisible();
  expect(screen.getByText('2 reviews')).toBeVisible();
  expect(screen.getByRole('link', { name: /tari_cooks/ })).toHaveAttribute('href', '/creators/1');
  for (const link of screen.getAllByRole('link', { name: 'Book this package' }))
    expect(link).toHaveAttribute('href', '/checkout/5');
});

// No handler answers: a call would fail the page.
test('one that came with the page is not asked for again', async () => {
  const came = document.createElement('script');
  came.id = 'first';
  came.type = 'application/json';
  came.textContent = JSON.stringify(
    rated({ title: '</script>', review_stats: { average_rating: 0, total_reviews: 0 } }),
  );
  document.body.append(came);
  takeFirst(match('/packages/5') as Match);
  came.remove();
  visit('/packages/5');
  expect(await screen.findByRole('heading', { level: 1, name: '</script>' })).toBeVisible();
  expect(screen.queryByText(/review/)).toBeNull();
});

test('one that is not instant is asked for', async () => {
  answer('get', '/packages/{id}', rated({ instant: false }));
  visit('/packages/5');
  expect(await screen.findAllByRole('link', { name: 'Ask for this package' })).not.toHaveLength(0);
});

test('one that is not offered, or a creator looking, cannot book', async () => {
  answer('get', '/packages/{id}', rated({ is_active: false }));
  const { unmount } = visit('/packages/5');
  expect(await screen.findAllByText('This package is not for sale at the moment.')).not.toHaveLength(0);
  unmount();
  answer('get', '/packages/{id}', rated({ id: 6 }));
  visit('/packages/6', { user: user({ user_type: 'creator' }), profile: creatorDetail() });
  expect(await screen.findAllByText(/Only brands can book/)).not.toHaveLength(0);
  expect(screen.queryByRole('link', { name: 'Book this package' })).toBeNull();
});

test('loading, failing, not there', async () => {
  const release = hold('get', '/packages/{id}', rated());
  const first = visit('/packages/5');
  expect(await screen.findByText('Loading')).toBeInTheDocument();
  release();
  expect(await screen.findByRole('heading', { level: 1, name: 'One cooking reel' })).toBeVisible();
  first.unmount();
  cut('get', '/packages/{id}');
  const second = visit('/packages/6');
  expect(await screen.findByRole('button', { name: 'Try again' })).toBeVisible();
  second.unmount();
  refuse('get', '/packages/{id}', 404, 'not_found');
  visit('/packages/7');
  expect(await screen.findByRole('heading', { level: 1, name: 'There is no page here' })).toBeVisible();
});
