// The page's one socket: first frame, backoff, replay, renewal, rest.  What the
// frames mean is told in app/events.md, and acted upon by whoever connects.
import type { components } from './schema';

export type Message = components['schemas']['Message'];
export interface Mark {
  user_id: number;
  other_id: number;
  up_to_id: number;
}

export type Event =
  | { type: 'message'; event_id: string; data: Message }
  | { type: 'message.delivered' | 'message.read'; event_id: string; data: Mark }
  | {
      type: 'notification';
      event_id: string;
      data: Omit<components['schemas']['Notification'], 'user_id' | 'is_read' | 'created_at'>;
    }
  | { type: 'notification.read'; event_id: string; data: { ids: number[] | null } }
  | {
      type: 'booking';
      event_id: string;
      data: { id: number; state: string; status: string; payment_status: string };
    };

export type Frame =
  | Event
  | { type: 'ready' | 'auth.refreshed'; user_id: number; expires_s: number }
  | { type: 'live' | 'resync'; event_id: string }
  | { type: 'message.sent'; client_id: string; data: Message }
  | { type: 'presence'; users: { user_id: number; online: boolean }[] }
  | { type: 'typing'; user_id: number; typing: boolean }
  | { type: 'going_away'; reconnect_ms: number }
  | {
      type: 'error';
      code: string;
      about: string | null;
      client_id: string | null;
      problem: components['schemas']['Problem'];
    };

export type Said =
  | { type: 'auth'; token: string; last_event_id: string | null }
  | { type: 'auth.refresh'; token: string }
  | {
      type: 'message.send';
      client_id: string;
      receiver_id: number;
      content: string;
      booking_id: number | null;
      attachment_url: string | null;
    }
  | { type: 'message.delivered' | 'message.read'; id: number }
  | { type: 'typing'; user_id: number; typing: boolean };

// off: resting, or between two tries.
export type LineState = 'off' | 'connecting' | 'live';

export interface Options {
  url: string;
  token: () => string | null;
  // A newer token than the one given; false where none could be had.
  renew: (stale: string | null) => Promise<boolean>;
  onFrame: (frame: Frame) => void;
  onState: (state: LineState) => void;
  // The session is over.
  onEnd: () => void;
}

export interface Line {
  // False where there is no line: ask by REST, or later.
  send: (said: Said) => boolean;
  // The line is there, and nothing comes: begin anew.
  drop: () => void;
  close: () => void;
}

export const FIRST_WAIT_MS = 1000;
export const LAST_WAIT_MS = 30_000;
// A page that one looks away from for so long rests.
export const REST_AFTER_MS = 60_000;
const ANSWER_MS = 15_000;
const RENEW_BEFORE_MS = 60_000;
const RENEW_AT_LEAST_MS = 30_000;
const REMEMBERED = 500;
const SESSION_ENDED = 4403;
const TOO_MANY = 4429;
const TOKEN_BAD = [4401, 4402];

// From half of it to all of it: not all pages come back at the same moment.
const chance = (ms: number) => ms / 2 + (ms / 2) * Math.random();

export function connect({ url, token, renew, onFrame, onState, onEnd }: Options): Line {
  let socket: WebSocket | null = null;
  let state: LineState | null = null;
  let ended = false;
  let opening = false;
  let tries = 0;
  let told: number | null = null; // how long the relay asked us to wait
  let used: string | null = null; // the token that the relay has
  let last: string | null = null;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let answer: ReturnType<typeof setTimeout> | undefined;
  let renewal: ReturnType<typeof setTimeout> | undefined;
  let rest: ReturnType<typeof setTimeout> | undefined;
  let hiddenAt: number | null = null;
  const seen = new Set<string>();

  const wanted = () => !ended && navigator.onLine && rested() === false;
  const rested = () => hiddenAt !== null && Date.now() - hiddenAt >= REST_AFTER_MS;

  function now(next: LineState) {
    if (state === next) return;
    state = next;
    onState(next);
  }

  function later(ms: number) {
    clearTimeout(waiting);
    waiting = setTimeout(() => void open(), ms);
  }

  function again() {
    if (!wanted()) return;
    const wait = told ?? Math.min(LAST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries);
    told = null;
    tries += 1;
    later(chance(wait));
  }

  function unhook() {
    clearTimeout(answer);
    clearTimeout(renewal);
    const old = socket;
    socket = null;
    if (old) old.onopen = old.onmessage = old.onclose = null;
    now('off');
    return old;
  }

  function renewBefore(expires_s: number) {
    clearTimeout(renewal);
    const wait = Math.max(RENEW_AT_LEAST_MS, expires_s * 1000 - Date.now() - RENEW_BEFORE_MS);
    // Where it fails, the relay closes when the time is over, and we begin anew.
    renewal = setTimeout(async () => {
      if (!(await renew(used).catch(() => false))) return;
      const fresh = token();
      if (fresh && send({ type: 'auth.refresh', token: fresh })) used = fresh;
    }, wait);
  }

  function take(text: string) {
    let frame: Frame;
    try {
      frame = JSON.parse(text) as Frame;
    } catch {
      return;
    }
    if (frame.type === 'ready' || frame.type === 'auth.refreshed') {
      clearTimeout(answer);
      renewBefore(frame.expires_s);
    } else if (frame.type === 'going_away') told = frame.reconnect_ms;
    else if (frame.type === 'live' || frame.type === 'resync') {
      last = frame.event_id;
      if (frame.type === 'live') {
        tries = 0;
        now('live');
      }
    } else if ('event_id' in frame) {
      // Each is acted upon once, whatever the line did in between.
      if (seen.has(frame.event_id)) return;
      seen.add(frame.event_id);
      if (seen.size > REMEMBERED) seen.delete(seen.values().next().value as string);
      onFrame(frame);
      last = frame.event_id;
      return;
    }
    onFrame(frame);
  }

  async function closed(code: number) {
    unhook();
    if (ended) return;
    if (code === SESSION_ENDED) {
      close();
      onEnd();
      return;
    }
    if (TOKEN_BAD.includes(code)) {
      opening = true;
      const fresh = await renew(used).catch(() => false);
      opening = false;
      if (fresh && tries === 0) {
        tries = 1;
        return void open();
      }
    }
    if (code === TOO_MANY) tries = Math.ceil(Math.log2(LAST_WAIT_MS / FIRST_WAIT_MS));
    again();
  }

  async function open() {
    clearTimeout(waiting);
    if (socket || opening || !wanted()) return;
    now('connecting');
    if (token() === null) {
      opening = true;
      const had = await renew(null).catch(() => false);
      opening = false;
      if (!wanted()) return now('off');
      if (!had) {
        now('off');
        return again();
      }
    }
    const mine = new WebSocket(url);
    socket = mine;
    answer = setTimeout(drop, ANSWER_MS);
    mine.onopen = () => {
      used = token();
      if (used) mine.send(JSON.stringify({ type: 'auth', token: used, last_event_id: last } satisfies Said));
      else drop();
    };
    mine.onmessage = ({ data }: MessageEvent<string>) => take(data);
    mine.onclose = ({ code }) => void closed(code);
  }

  function drop() {
    unhook()?.close();
    again();
  }

  function pause() {
    clearTimeout(waiting);
    unhook()?.close();
  }

  function send(said: Said) {
    if (state !== 'live' || socket?.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(said));
    return true;
  }

  function looked() {
    clearTimeout(rest);
    if (document.hidden) {
      hiddenAt ??= Date.now();
      rest = setTimeout(pause, REST_AFTER_MS);
      return;
    }
    // A phone that slept may think that a line is there long after it broke.
    if (rested()) pause();
    hiddenAt = null;
    comeBack();
  }

  function comeBack() {
    if (socket || opening) return;
    tries = 0;
    void open();
  }

  function close() {
    ended = true;
    clearTimeout(rest);
    document.removeEventListener('visibilitychange', looked);
    removeEventListener('online', comeBack);
    removeEventListener('offline', pause);
    pause();
  }

  document.addEventListener('visibilitychange', looked);
  addEventListener('online', comeBack);
  addEventListener('offline', pause);
  if (document.hidden) looked();
  void open();
  if (state === null) now('off');
  return { send, drop, close };
}
