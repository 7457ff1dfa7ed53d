// Who is there and who is typing: told by the socket, kept nowhere.
export const TYPING_MS = 10_000; // who hears nothing for so long takes it for over

export interface Presence {
  online: boolean;
  typing: boolean;
}
const AWAY: Presence = { online: false, typing: false };

let people = new Map<number, Presence>();
const over = new Map<number, ReturnType<typeof setTimeout>>();
const listeners = new Set<() => void>();

export function subscribePresence(tell: () => void) {
  listeners.add(tell);
  return () => {
    listeners.delete(tell);
  };
}

export const presenceOf = (userId: number) => people.get(userId) ?? AWAY;

function put(userId: number, change: Partial<Presence>) {
  people.set(userId, { ...presenceOf(userId), ...change });
  for (const tell of listeners) tell();
}

export function heardPresence(userId: number, online: boolean) {
  put(userId, online ? { online } : AWAY);
}

export function heardTyping(userId: number, typing: boolean) {
  clearTimeout(over.get(userId));
  if (typing)
    over.set(
      userId,
      setTimeout(() => put(userId, { typing: false }), TYPING_MS),
    );
  put(userId, { typing });
}

// Without a line nothing is known of anybody.
export function forgetPresence() {
  for (const timer of over.values()) clearTimeout(timer);
  over.clear();
  people = new Map();
  for (const tell of listeners) tell();
}
