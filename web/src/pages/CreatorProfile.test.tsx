import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test, vi } from 'vitest';
import { type Match, match, takeFirst } from '@/lib/routes';
import { asCreator, creatorDetail, pack, packagePage, review, user } from '@/test/data';
import { visit } from '@/test/render';
import { answer, hold, refuse, server } from '@/test/server';

const none = {
  reviews: [],
  total: 0,
  pages: 0,
  current_page: 1,
  average_ratings: {
    overall: null,
    communication: null,
    quality: null,
    professionalism: null,
    timeliness: null,
  },
};

beforeEach(() => {
  answer('get', '/packages', packagePage([pack()]));
  answer('get', '/reviews/creator/{id}', none);
});

test('a visitor may write, after logging in; another creator has no such link', async () => {
  answer('get', '/creators/{id}', creatorDetail({ user_id: 7 }));
  const { unmount } = visit('/creators/1');
  expect(await screen.findByRole('link', { name: 'Write a message' })).toHaveAttribute('href', '/messages/7');
  unmount();
  visit('/creators/1', asCreator());
  await screen.findByRole('button', { name: 'Share this page' });
  expect(screen.queryByRole('link', { name: 'Write a message' })).toBeNull();
});

test('a visit is counted, not the owner’s, and a line that is cut is not told of', async () => {
  answer('get', '/creators/{id}', ({ url }) =>
    creatorDetail({ id: Number(url.pathname.split('/').at(-1)), user_id: 7 }),
  );
  const seen = answer('post', '/analytics/views', { message: 'View counted' });
  const { unmount } = visit('/creators/1');
  await waitFor(() =>
    expect(seen.map(({ body }) => body)).toEqual([{ entity_type: 'profile', entity_id: 1 }]),
  );
  unmount();
  // logged in as user 7, then as another
  const own = visit('/creators/2', asCreator());
  await screen.findByRole('heading', { level: 1 });
  own.unmount();
  const line = vi.fn(() => HttpResponse.error());
  server.use(http.post('*/api/analytics/views', line));
  visit('/creators/3', { ...asCreator(), user: user({ id: 8, user_type: 'creator' }) });
  await screen.findByRole('heading', { level: 1 });
  await waitFor(() => expect(line).toHaveBeenCalled());
  expect(screen.queryByRole('alert')).toBeNull();
  expect(seen).toHaveLength(1);
});

test('is a media kit: words, packages, pictures, links, reviews', async () => {
  answer(
    'get',
    '/creators/{id}',
    creatorDetail({
      gallery: ['/uploads/a-m.webp'],
      success_stories: 'Two cooks were hired.',
      social_links: { instagram: 'https://instagram.com/tari', website: 'javascript:alert(1)' },
    }),
  );
  answer('get', '/reviews/creator/{id}', {
    ...none,
    reviews: [review()],
    total: 1,
    pages: 1,
    average_ratings: { overall: 4.75, communication: 5, quality: 5, professionalism: null, timeliness: 4 },
  });
  visit('/creators/1');
  expect(await screen.findByRole('heading', { level: 1, name: 'tari_cooks' })).toBeVisible();
  await waitFor(() => expect(document.title).toBe('tari_cooks · BantuBuzz'));
  expect(await screen.findByRole('link', { name: 'One cooking reel' })).toHaveAttribute(
    'href',
    '/packages/5',
  );
  expect(screen.getByRole('img', { name: 'Picture 1 of tari_cooks’s work' })).toHaveAttribute(
    'src',
    '/uploads/a-s.webp',
  );
  expect(screen.getByText('Two cooks were hired.')).toBeVisible();
  expect(screen.getByRole('link', { name: /instagram/ })).toHaveAttribute(
    'href',
    'https://instagram.com/tari',
  );
  expect(screen.queryByRole('link', { name: /website/ })).toBeNull();
  expect(await screen.findByText('Sold out in a week.')).toBeVisible();
  expect(screen.getByText('Come back soon.')).toBeVisible();
  expect(screen.getByText('5 of 5 stars')).toBeInTheDocument();
});

test('says what there is not', async () => {
  answer('get', '/creators/{id}', creatorDetail());
  answer('get', '/packages', packagePage([]));
  visit('/creators/1');
  expect(await screen.findByText('No packages for sale at the moment.')).toBeVisible();
  expect(await screen.findByText(/No reviews yet/)).toBeVisible();
  expect(screen.queryByRole('heading', { name: 'Portfolio' })).toBeNull();
});

test.each(['/creators/0', '/creators/x', '/creators/1e99'])(
  '%s is no page, and nothing is asked',
  async (path) => {
    visit(path);
    expect(await screen.findByRole('heading', { level: 1, name: 'There is no page here' })).toBeVisible();
  },
);

test('who is not there is no page', async () => {
  refuse('get', '/creators/{id}', 404, 'not_found');
  visit('/creators/7');
  expect(await screen.findByRole('heading', { level: 1, name: 'There is no page here' })).toBeVisible();
});

test('loading, failing, here', async () => {
  const release = hold('get', '/creators/{id}', creatorDetail());
  const { unmount } = visit('/creators/1');
  expect(await screen.findByText('Loading')).toBeInTheDocument();
  release();
  expect(await screen.findByRole('heading', { level: 1, name: 'tari_cooks' })).toBeVisible();
  unmount();
  refuse('get', '/creators/{id}', 503, 'unavailable');
  visit('/creators/2');
  const alert = await screen.findByRole('alert');
  expect(within(alert).getByRole('heading', { level: 1 })).toBeVisible();
  answer('get', '/creators/{id}', creatorDetail({ username: null, id: 2 }));
  await userEvent.click(within(alert).getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('heading', { level: 1, name: 'creator-2' })).toBeVisible();
});

// No handler answers for the creator: a call would fail the page.
test('one that came with the page is not asked for again', async () => {
  const came = document.createElement('script');
  came.id = 'first';
  came.type = 'application/json';
  came.textContent = JSON.stringify(creatorDetail({ id: 1 }));
  document.body.append(came);
  takeFirst(match('/creators/1') as Match);
  came.remove();
  visit('/creators/1');
  expect(await screen.findByRole('heading', { level: 1, name: 'tari_cooks' })).toBeVisible();
});
