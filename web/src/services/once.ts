// Writes that cost money.  Each is sent under one key until an answer has come,
// so that it happens once, whatever becomes of the line or the tab: the key
// lies on this phone beside what was sent.
import { forget, keep, recall } from '@/utils/storage';
import { ApiError } from './api';
import { currentSession } from './tokens';

// With the drafts, which go when the person logs out.
const place = (name: string) => `bb-draft:${currentSession().userId ?? 0}:once:${name}`;

function keyFor(at: string, sent: string): string {
  try {
    const kept = JSON.parse(recall(at) ?? '') as { key: string; sent: string };
    if (kept.sent === sent) return kept.key;
  } catch {
    // There was none.
  }
  const key = crypto.randomUUID();
  keep(at, JSON.stringify({ key, sent }));
  return key;
}

// No answer yet: the line, the server, the session or the limits were in the
// way, or the first try is still under way.
const unanswered = (reason: unknown) =>
  !(reason instanceof ApiError) ||
  reason.status === 0 ||
  reason.status === 401 ||
  reason.status === 429 ||
  reason.status >= 500 ||
  reason.code === 'idempotency_in_flight';

// `sent` is the body and, where the same may be meant once more later, what it
// is done to, as the person saw it: another state of that makes another write.
export async function once<T>(name: string, sent: unknown, send: (key: string) => Promise<T>): Promise<T> {
  const at = place(name);
  const key = keyFor(at, JSON.stringify(sent));
  try {
    const answer = await send(key);
    forget(at);
    return answer;
  } catch (reason) {
    if (!unanswered(reason)) forget(at);
    throw reason;
  }
}

// What was made under it is gone: the same again is to be made anew.
export const forgetOnce = (name: string) => forget(place(name));
