// Who is logged in, and the acts that change it.
import { useSyncExternalStore } from 'react';
import { queryClient } from '@/lib/queryClient';
import { api, ok, resume } from '@/services/api';
import { begin, currentSession, end, know, listen, recallSession, subscribe } from '@/services/tokens';
import { forgetDatabases, forgetKept } from '@/utils/database';
import { reload } from '@/utils/leave';
import { forgetAll } from '@/utils/storage';

export const useAuth = () => useSyncExternalStore(subscribe, currentSession, currentSession);

export async function logIn(email: string, password: string) {
  const answer = await ok(api.POST('/auth/login', { body: { email, password, session: 'cookie' } }));
  queryClient.clear();
  begin(answer.access_token, answer.user, answer.profile);
  // What somebody else left here, whose session the server had ended.
  forgetAll('bb-draft:', `bb-draft:${answer.user.id}:`);
  void forgetDatabases(answer.user.id);
  return answer.user;
}

// Nothing of the account stays on the phone, whether the server hears of it or
// not; then the cookie goes when its time is over.
export async function logOut() {
  try {
    await ok(api.POST('/auth/logout'));
  } finally {
    end(true);
  }
}

// However the session ends: by us, by another tab, by the server.  What was
// written goes only with who wrote it: a session that was lost on the way is no
// reason to lose that too.
subscribe((left) => {
  if (currentSession().state !== 'out') return;
  queryClient.clear();
  if (left) {
    forgetAll('bb-draft:');
    void forgetDatabases();
  } else void forgetKept();
});

// After a change of one's own profile.
export async function refreshAccount() {
  const { user, profile } = await ok(api.GET('/auth/me'));
  know(user, profile);
}

async function restore() {
  if (recallSession().state !== 'unknown') return;
  try {
    if (await resume()) await refreshAccount();
  } catch {
    // Without an answer the hint stays, and the next call asks again.
  }
}

// Once, when the page starts.
export function startSession() {
  listen(
    (userId) => {
      // Somebody else is here now: nothing of the one before is to go on.
      if (currentSession().state !== 'out' && currentSession().userId !== userId) reload();
      else void restore();
    },
    (left) => end(left, false),
  );
  return restore();
}
