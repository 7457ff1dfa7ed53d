// Who is logged in here.  The access token lives in memory alone; the refresh
// token in a cookie that no script can read.  What localStorage keeps tells
// only whether asking for a session is worth the while, whose it was, and what
// they are called.
import { forget, keep, recall } from '@/utils/storage';
import type { components } from './schema';

export type User = components['schemas']['User'];
export type Profile = components['schemas']['Profile'];
export type Role = User['user_type'];

export interface Session {
  // unknown: a session was here and has not been asked for yet.
  state: 'out' | 'unknown' | 'in';
  role: Role | null;
  userId: number | null;
  // What the account is called where it is shown to itself.
  name: string;
  user: User | null;
  profile: Profile | null;
}

// `left`: the person has logged out; nothing of theirs is to stay here.
export type Tell = (left: boolean) => void;

const HINT = 'bb-session';
const NAMELESS = 'BantuBuzz';
const OUT: Session = { state: 'out', role: null, userId: null, name: NAMELESS, user: null, profile: null };

let access: string | null = null;
let session: Session = OUT;
const listeners = new Set<Tell>();
const channel =
  typeof window !== 'undefined' && 'BroadcastChannel' in window ? new BroadcastChannel('bb-session') : null;

type Told =
  | { type: 'token'; token: string; userId: number | null }
  | { type: 'in'; userId: number }
  | { type: 'out'; left: boolean };

function set(next: Session, left = false) {
  session = next;
  for (const tell of listeners) tell(left);
}

export function subscribe(tell: Tell) {
  listeners.add(tell);
  return () => {
    listeners.delete(tell);
  };
}

export const currentSession = () => session;
export const accessToken = () => access;

export function setAccessToken(token: string) {
  access = token;
  channel?.postMessage({ type: 'token', token, userId: session.userId } satisfies Told);
}

// After a login: this tab has all; the others ask for themselves.
export function begin(token: string, user: User, profile: Profile) {
  access = token;
  know(user, profile);
  channel?.postMessage({ type: 'in', userId: user.id } satisfies Told);
}

function nameOf(user: User, profile: Profile): string {
  if (profile && 'company_name' in profile) return profile.company_name;
  return (profile?.username ?? user.email).split('@')[0] || NAMELESS;
}

export function know(user: User, profile: Profile) {
  const who = { role: user.user_type, userId: user.id, name: nameOf(user, profile) };
  keep(HINT, JSON.stringify(who));
  set({ state: 'in', ...who, user, profile });
}

// `left`: by the person, not by the server.  `tell` is false in a tab that was
// told by another.
export function end(left = false, tell = true) {
  access = null;
  forget(HINT);
  set(OUT, left);
  if (tell) channel?.postMessage({ type: 'out', left } satisfies Told);
}

// At the start of the page; also when another tab has logged in.
export function recallSession(): Session {
  const hint = recall(HINT);
  if (!hint || session.state === 'in') return session;
  try {
    const { role, userId, name } = JSON.parse(hint) as { role: Role; userId: number; name?: string };
    set({ ...OUT, state: 'unknown', role, userId, name: name ?? NAMELESS });
  } catch {
    forget(HINT);
  }
  return session;
}

// What other tabs tell: `onIn` and `onOut` are the page's to answer.
export function listen(onIn: (userId: number) => void, onOut: Tell) {
  if (!channel) return;
  channel.onmessage = ({ data }: MessageEvent<Told>) => {
    if (data.type === 'token') {
      if (session.state !== 'out' && session.userId === data.userId) access = data.token;
    } else if (data.type === 'in') onIn(data.userId);
    else if (data.type === 'out') onOut(data.left);
  };
}

export function accountPicture({ profile }: Session): string | null {
  if (!profile) return null;
  return 'company_name' in profile ? profile.logo : profile.profile_picture;
}
