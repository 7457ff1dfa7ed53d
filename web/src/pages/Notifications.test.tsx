import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { setLanguage } from '@/i18n';
import type { components } from '@/services/schema';
import { brandProfile, notification, user } from '@/test/data';
import { visit, where } from '@/test/render';
import { answer, hold, refuse, server } from '@/test/server';
import { newest, sockets } from '@/test/socket';
import { date } from '@/utils/format';

type Row = components['schemas']['Notification'];
const ME = { user: user({ id: 7 }), profile: brandProfile() };
const page = (notifications: Row[], has_more = false) => ({
  notifications,
  has_more,
  total: notifications.length,
  pages: 1,
  current_page: 1,
  unread_count: notifications.filter((one) => !one.is_read).length,
});

const MESSAGE = notification({
  id: 51,
  type: 'message',
  title: 'tari_cooks wrote to you',
  action_url: '/messages?user_id=11',
});
const ELSEWHERE = notification({ id: 50, title: 'Odd', action_url: 'https://evil.example/' });

test('lists what happened, and leads only to pages of ours', async () => {
  answer('get', '/notifications', page([MESSAGE, ELSEWHERE]));
  visit('/notifications', ME);
  expect(await screen.findByRole('link', { name: 'tari_cooks wrote to you' })).toHaveAttribute(
    'href',
    '/messages?user_id=11',
  );
  expect(screen.getByRole('heading', { name: /Odd/ })).toBeVisible();
  expect(screen.queryByRole('link', { name: /Odd/ })).toBeNull();
  expect(await screen.findByText('2 unread notifications')).toBeInTheDocument();
  expect(screen.getByRole('link', { name: 'Choose what you are told' })).toHaveAttribute(
    'href',
    '/settings#notifications',
  );
});

test('following one reads it', async () => {
  answer('get', '/notifications', page([MESSAGE]));
  const read: string[] = [];
  server.use(
    http.put('*/api/notifications/:id/read', ({ params }) => {
      read.push(String(params.id));
      return HttpResponse.json({ message: 'Done' });
    }),
    http.get('*/api/messages', () => HttpResponse.json(page([]))),
  );
  visit('/notifications', ME);
  await userEvent.click(await screen.findByRole('link', { name: 'tari_cooks wrote to you' }));
  await waitFor(() => expect(where()).toBe('/messages/11'));
  await waitFor(() => expect(read).toEqual(['51']));
});

test('one is marked at once, and taken back where the server refuses', async () => {
  answer('get', '/notifications', page([ELSEWHERE]));
  refuse('put', '/notifications/{id}/read', 503, 'unavailable');
  visit('/notifications', ME);
  await userEvent.click(await screen.findByRole('button', { name: 'Mark as read: Odd' }));
  expect(await screen.findByText('That could not be marked as read. Try again.')).toBeVisible();
  expect(await screen.findByRole('button', { name: 'Mark as read: Odd' })).toBeVisible();
  answer('put', '/notifications/{id}/read', { message: 'Done' });
  await userEvent.click(screen.getByRole('button', { name: 'Mark as read: Odd' }));
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Mark as read: Odd' })).toBeNull());
  expect(screen.queryByText('1 unread notification')).toBeNull();
});

test('all are read up to what was seen', async () => {
  let rows = [MESSAGE, ELSEWHERE];
  answer('get', '/notifications', () => page(rows));
  const asked = answer('put', '/notifications/mark-all-read', () => {
    rows = rows.map((one) => ({ ...one, is_read: true }));
    return { message: 'Done' };
  });
  visit('/notifications', ME);
  await userEvent.click(await screen.findByRole('button', { name: 'Mark all as read' }));
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Mark all as read' })).toBeNull());
  expect(asked[0]?.body).toEqual({ up_to_id: 51 });
});

test('older ones come when asked for', async () => {
  const asked = answer('get', '/notifications', ({ url }) =>
    url.searchParams.has('before') ? page([ELSEWHERE]) : page([MESSAGE], true),
  );
  visit('/notifications', ME);
  await userEvent.click(await screen.findByRole('button', { name: 'Show more' }));
  expect(await screen.findByRole('heading', { name: /Odd/ })).toBeVisible();
  expect(asked.at(-1)?.url.searchParams.get('before')).toBe('51');
});

test('what comes meanwhile is here without a reload', async () => {
  let rows: Row[] = [ELSEWHERE];
  answer('get', '/notifications', () => page(rows));
  visit('/notifications', ME);
  await screen.findByRole('heading', { name: /Odd/ });
  await waitFor(() => expect(sockets()).toHaveLength(1));
  newest().lives();
  rows = [MESSAGE, ELSEWHERE];
  newest().tells({ type: 'notification', event_id: 'e1', data: MESSAGE });
  expect(await screen.findByRole('link', { name: 'tari_cooks wrote to you' })).toBeVisible();
});

test('says when there is nothing, holds its place, and says when it fails', async () => {
  const release = hold('get', '/notifications', page([]));
  visit('/notifications', ME);
  expect((await within(screen.getByRole('main')).findAllByText('Loading')).length).toBe(1);
  release();
  expect(await screen.findByRole('heading', { name: 'Nothing new' })).toBeVisible();
});

test('a list that fails offers another try', async () => {
  refuse('get', '/notifications', 503, 'unavailable');
  visit('/notifications', ME);
  expect(await screen.findByText('Your notifications did not load')).toBeVisible();
  answer('get', '/notifications', page([MESSAGE]));
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('link', { name: 'tari_cooks wrote to you' })).toBeVisible();
});

test('what is told is told in the language of the page, of its parts', async () => {
  setLanguage('sn');
  const told = notification({
    title: 'Late reel is late',
    message: 'In English',
    notice: 'work_late',
    params: { package: 'Late reel', due: '3 Aug 2026', due_at: '2026-08-03T10:00:00Z', late_days: 7 },
  });
  const strange = notification({ id: 49, title: 'New here', notice: 'not_known_yet', params: {} });
  answer('get', '/notifications', page([told, strange]));
  visit('/notifications', ME);
  expect(await screen.findByText('Late reel yanonoka')).toBeVisible();
  await waitFor(() =>
    expect(
      screen.getByText(
        `Basa reLate reel raifanira kupera musi wa${date('2026-08-03T10:00:00Z')}. Unogona kurikanzura mazuva 7 apfuura ipapo.`,
      ),
    ).toBeVisible(),
  );
  await waitFor(() => expect(date('2026-08-03T10:00:00Z')).toContain('Nya'));
  expect(screen.getByText('New here')).toBeVisible();
});
