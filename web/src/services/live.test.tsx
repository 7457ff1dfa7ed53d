import { screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { queryClient } from '@/lib/queryClient';
import { brandProfile, conversation, message, user } from '@/test/data';
import { visit } from '@/test/render';
import { answer } from '@/test/server';
import { newest, sockets } from '@/test/socket';
import { presenceOf, TYPING_MS } from './presence';
import { conversationsQuery, threadQuery } from './queries/messages';
import { unreadQuery } from './queries/notifications';
import { currentSession } from './tokens';

const ME = { user: user({ id: 7 }), profile: brandProfile() };
const list = () =>
  queryClient.getQueryData(conversationsQuery().queryKey)?.pages.flatMap((page) => page.conversations);
const thread = () =>
  queryClient.getQueryData(threadQuery(11).queryKey)?.pages.flatMap((page) => page.messages);

beforeEach(() => {
  const page = { total: 2, pages: 1, current_page: 1 };
  answer('get', '/messages/conversations', {
    ...page,
    conversations: [
      conversation({ id: 12, last_message: message({ id: 90, sender_id: 12 }) }),
      conversation({ unread_count: 0, last_message: message({ id: 80, is_read: true, is_delivered: true }) }),
    ],
  });
});

async function inside() {
  visit('/no/such/page', ME);
  await waitFor(() => expect(sockets()).toHaveLength(1));
  newest().lives();
  await waitFor(() =>
    expect(newest().saidOf('message.delivered')).toEqual([{ type: 'message.delivered', id: 90 }]),
  );
  queryClient.setQueryData(threadQuery(11).queryKey, {
    pages: [
      {
        messages: [message({ id: 79, sender_id: 7, receiver_id: 11 }), message({ id: 80 })],
        has_more: false,
      },
    ],
    pageParams: [null],
  });
}

test('a visitor has no socket; a login brings one, a logout ends it', async () => {
  answer('post', '/auth/logout', { message: 'Done' });
  visit('/no/such/page', ME);
  await waitFor(() => expect(sockets()).toHaveLength(1));
  (await screen.findByText('Log out')).click();
  await waitFor(() => expect(newest().readyState).toBe(WebSocket.CLOSED));
});

test('a message goes into its thread and onto the top of the list, once', async () => {
  await inside();
  const data = message({ id: 101, content: 'New' });
  newest().tells({ type: 'message', event_id: 'e1', data }, { type: 'message', event_id: 'e2', data });
  expect(thread()?.map(({ id }) => id)).toEqual([79, 80, 101]);
  expect(list()?.map(({ id, unread_count }) => [id, unread_count])).toEqual([
    [11, 1],
    [12, 1],
  ]);
  expect(newest().saidOf('message.delivered').at(-1)).toEqual({ type: 'message.delivered', id: 101 });
});

test('what came while it could not speak is told as delivered afterwards', async () => {
  await inside();
  newest().closes();
  await waitFor(() => expect(sockets()).toHaveLength(2), { timeout: 3000 });
  newest().opens();
  newest().tells({ type: 'message', event_id: 'e1', data: message({ id: 101 }) });
  expect(newest().saidOf('message.delivered')).toEqual([]);
  newest().tells({ type: 'live', event_id: 'e1' });
  expect(newest().saidOf('message.delivered')).toContainEqual({ type: 'message.delivered', id: 101 });
});

test('marks of delivery and reading reach thread and list, on both sides', async () => {
  await inside();
  newest().tells({
    type: 'message.delivered',
    event_id: 'e1',
    data: { user_id: 11, other_id: 7, up_to_id: 79 },
  });
  expect(thread()?.[0]).toMatchObject({ is_delivered: true, is_read: false });
  newest().tells({ type: 'message.read', event_id: 'e2', data: { user_id: 11, other_id: 7, up_to_id: 79 } });
  expect(thread()?.[0]).toMatchObject({ is_read: true });
  // Read in another tab of ours.
  newest().tells({ type: 'message.read', event_id: 'e3', data: { user_id: 7, other_id: 12, up_to_id: 90 } });
  expect(list()?.find(({ id }) => id === 12)?.unread_count).toBe(0);
});

test('presence and typing are known while the line is there', async () => {
  await inside();
  newest().tells({ type: 'presence', users: [{ user_id: 11, online: true }] });
  newest().tells({ type: 'typing', user_id: 11, typing: true });
  expect(presenceOf(11)).toEqual({ online: true, typing: true });
  newest().tells({ type: 'message', event_id: 'e1', data: message({ id: 101 }) });
  expect(presenceOf(11)).toEqual({ online: true, typing: false });
  newest().closes();
  expect(presenceOf(11)).toEqual({ online: false, typing: false });
});

test('who falls silent is not typing any more', async () => {
  await inside();
  vi.useFakeTimers();
  newest().tells({ type: 'typing', user_id: 11, typing: true });
  vi.advanceTimersByTime(TYPING_MS);
  expect(presenceOf(11).typing).toBe(false);
  vi.useRealTimers();
});

test('a notification counts once, whether it was counted before or not', async () => {
  await inside();
  queryClient.setQueryData(unreadQuery().queryKey, { count: 2, newest: 50 });
  const told = (id: number, event_id: string) =>
    newest().tells({
      type: 'notification',
      event_id,
      data: { id, type: 'booking', title: 'T', message: 'M', action_url: null, notice: null, params: null },
    });
  told(50, 'e1');
  told(51, 'e2');
  expect(queryClient.getQueryData(unreadQuery().queryKey)).toEqual({ count: 3, newest: 51 });
});

test('a creator’s figures follow the bookings, both sides of a campaign its notices', async () => {
  await inside();
  const figures = ['analytics', 'own', 'dashboard', 30, 'USD'];
  const campaigns = [
    ['campaigns', 'own', 'applied', 4],
    ['campaigns', 'applications', 4],
  ];
  for (const key of [figures, ...campaigns]) queryClient.setQueryData(key, {});
  newest().tells({
    type: 'booking',
    event_id: 'e1',
    data: { id: 5, state: 'completed', status: 'completed', payment_status: 'paid' },
  });
  expect(queryClient.getQueryState(figures)?.isInvalidated).toBe(true);
  for (const key of campaigns) expect(queryClient.getQueryState(key)?.isInvalidated).toBe(false);
  newest().tells({
    type: 'notification',
    event_id: 'e2',
    data: { id: 9, type: 'campaign', title: 'T', message: 'M', action_url: null, notice: null, params: null },
  });
  for (const key of campaigns) expect(queryClient.getQueryState(key)?.isInvalidated).toBe(true);
});

test('a booking that changed is read again', async () => {
  await inside();
  queryClient.setQueryData(['bookings', 'detail', 5], { id: 5 });
  newest().tells({
    type: 'booking',
    event_id: 'e1',
    data: { id: 5, state: 'accepted', status: 'accepted', payment_status: 'paid' },
  });
  expect(queryClient.getQueryState(['bookings', 'detail', 5])?.isInvalidated).toBe(true);
});

test("where events are missing, all of one's own is read again", async () => {
  await inside();
  queryClient.setQueryData(['creators', 'featured'], {});
  newest().tells({ type: 'resync', event_id: 'e9' });
  expect(queryClient.getQueryState(threadQuery(11).queryKey)?.isInvalidated).toBe(true);
  expect(queryClient.getQueryState(['creators', 'featured'])?.isInvalidated).toBe(false);
});

test('a session that the server ended leaves nothing to be seen, and what was typed to who comes back', async () => {
  await inside();
  localStorage.setItem('bb-draft:7:x', '{}');
  newest().closes(4403);
  expect(currentSession().state).toBe('out');
  expect(thread()).toBeUndefined();
  expect(localStorage.getItem('bb-draft:7:x')).toBe('{}');
});
