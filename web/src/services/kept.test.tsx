import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { queryClient } from '@/lib/queryClient';
import { brandProfile, conversation, message, user } from '@/test/data';
import { visit } from '@/test/render';
import { answer, cut } from '@/test/server';
import { newest, sockets } from '@/test/socket';
import { readRows } from '@/utils/database';
import { currentSession } from './tokens';

const ME = { user: user({ id: 7 }), profile: brandProfile() };
const page = { total: 1, pages: 1, current_page: 1 };

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
