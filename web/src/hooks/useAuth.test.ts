import { beforeEach, expect, test, vi } from 'vitest';
import { api, ok } from '@/services/api';
import { accessToken, begin, currentSession } from '@/services/tokens';
import { brandProfile, user } from '@/test/data';
import { answer, refuse } from '@/test/server';
import { putRow, readRows } from '@/utils/database';
import { reload } from '@/utils/leave';
import { logIn, logOut, startSession } from './useAuth';

vi.mock('@/utils/leave', () => ({ reload: vi.fn() }));

const DRAFT = 'bb-draft:7:package-5';

async function logsIn(id: number) {
  answer('post', '/auth/login', {
    message: '',
    access_token: 'a.b.c',
    user: user({ id }),
    profile: brandProfile(),
  } as never);
  await logIn('rudo@example.com', 'secret');
}

// Asked after all that was begun before: deletions come one after the other.
const left = async () => ({
  drafts: Object.keys(localStorage).filter((key) => key.startsWith('bb-draft:')),
  unsent: (await readRows(7, 'unsent')).length,
  kept: (await readRows(7, 'kept')).length,
});
const nothing = { drafts: [], unsent: 0, kept: 0 };

beforeEach(async () => {
  begin('a.b.c', user({ id: 7 }), brandProfile());
  localStorage.setItem(DRAFT, '{"notes":"Two reels"}');
  await putRow(7, 'unsent', { key: 'a' });
  await putRow(7, 'kept', { key: 'b' });
});

async function overByServer() {
  refuse('get', '/auth/me', 401, 'token_expired');
  refuse('post', '/auth/refresh', 401, 'session_ended');
  await expect(ok(api.GET('/auth/me'))).rejects.toMatchObject({ status: 401 });
  expect(currentSession().state).toBe('out');
}

test('a session that the server ends takes what was read, not what was written', async () => {
  await overByServer();
  await expect.poll(left).toEqual({ drafts: [DRAFT], unsent: 1, kept: 0 });
  await logsIn(7);
  expect(await left()).toEqual({ drafts: [DRAFT], unsent: 1, kept: 0 });
});

test('whoever else logs in finds nothing of it', async () => {
  await overByServer();
  await logsIn(8);
  await expect.poll(left).toEqual(nothing);
});

test('logging out leaves nothing, though the server knows no session any more', async () => {
  refuse('post', '/auth/logout', 401, 'token_expired');
  refuse('post', '/auth/refresh', 401, 'session_ended');
  await expect(logOut()).rejects.toMatchObject({ status: 401 });
  await expect.poll(async () => (await indexedDB.databases()).length).toBe(0);
  expect(await left()).toEqual(nothing);
});

test('what another tab tells is as here', async () => {
  await startSession();
  const other = new BroadcastChannel('bb-session');
  other.postMessage({ type: 'out', left: false });
  await expect.poll(() => currentSession().state).toBe('out');
  await expect.poll(left).toEqual({ drafts: [DRAFT], unsent: 1, kept: 0 });
  other.postMessage({ type: 'out', left: true });
  await expect.poll(left).toEqual(nothing);
  other.close();
});

test('a tab in which another account logs in leaves nothing of the first going', async () => {
  await startSession();
  begin('a.b.c', user({ id: 7 }), brandProfile());
  const other = new BroadcastChannel('bb-session');
  other.postMessage({ type: 'token', token: 'of.some.body', userId: 8 });
  other.postMessage({ type: 'token', token: 'd.e.f', userId: 7 });
  await expect.poll(accessToken).toBe('d.e.f');
  other.postMessage({ type: 'token', token: 'of.some.body', userId: 8 });
  other.postMessage({ type: 'in', userId: 8 });
  await expect.poll(() => vi.mocked(reload).mock.calls.length).toBe(1);
  expect(accessToken()).toBe('d.e.f');
  other.close();
});
