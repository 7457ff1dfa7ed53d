import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { queryClient } from '@/lib/queryClient';
import { brandProfile, conversation, message, user } from '@/test/data';
import { booking, bookingPage, timeline } from '@/test/money';
import { visit } from '@/test/render';
import { answer, cut } from '@/test/server';
import { newest, sockets } from '@/test/socket';
import { readRows } from '@/utils/database';
import { currentSession } from './tokens';

const ME = { user: user({ id: 7 }), profile: brandProfile() };
const page = { total: 1, pages: 1, current_page: 1 };

test('own bookings are read without a line', async () => {
  answer('get', '/bookings', bookingPage());
  answer('get', '/bookings/{id}', booking({ notes: 'For our launch' }));
  answer('get', '/bookings/{id}/timeline', timeline());
  visit('/bookings', ME);
  await userEvent.click(await screen.findByRole('link', { name: 'Three reels' }));
  expect(await screen.findByText('For our launch')).toBeVisible();
  const wanted = ['["bookings","list",""]', '["bookings","detail",40]', '["bookings","timeline",40]'];
  await waitFor(async () =>
    expect((await readRows(7, 'kept')).map(({ key }) => key)).toEqual(expect.arrayContaining(wanted)),
  );
  cleanup();
  queryClient.clear();

  for (const path of ['/bookings', '/bookings/{id}', '/bookings/{id}/timeline'] as const) cut('get', path);
  visit('/bookings', ME);
  await userEvent.click(await screen.findByRole('link', { name: 'Three reels' }));
  expect(await screen.findByText('For our launch')).toBeVisible();
  expect(await screen.findByText('Booked', { selector: 'p' })).toBeVisible();
});

test('a thread is read without a line, and is gone when the session is', async () => {
  answer('get', '/messages/conversations', { ...page, conversations: [conversation()] });
  answer('get', '/messages', { ...page, has_more: false, messages: [message({ is_read: true })] });
  const first = visit('/messages/11', ME);
  await within(await screen.findByRole('log')).findByText('Mhoro!');
  await waitFor(async () =>
    expect((await readRows<{ key: string }>(7, 'kept')).map(({ key }) => key)).toContain(
      '["messages","thread",11]',
    ),
  );
  first.unmount();
  queryClient.clear();

  cut('get', '/messages/conversations');
  cut('get', '/messages');
  visit('/messages/11', ME);
  expect(await within(await screen.findByRole('log')).findByText('Mhoro!')).toBeVisible();
  expect(await screen.findByRole('heading', { level: 1, name: 'tari_cooks' })).toBeVisible();

  await waitFor(() => expect(sockets().length).toBeGreaterThan(0));
  newest().opens();
  newest().closes(4403);
  expect(currentSession().state).toBe('out');
  await waitFor(async () => expect(await readRows(7, 'kept')).toEqual([]));
});
