// A WebSocket of the tests: it opens, says and closes when the test lets it.
import { vi } from 'vitest';
import type { Frame, Said } from '@/services/socket';

export class FakeSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSED = 3;
  static all: FakeSocket[] = [];
  readonly url: string;
  readyState = FakeSocket.CONNECTING;
  said: Said[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor(url: string) {
    this.url = url;
    FakeSocket.all.push(this);
  }
  send(text: string) {
    this.said.push(JSON.parse(text) as Said);
  }
  close() {
    this.readyState = FakeSocket.CLOSED;
  }

  // What the relay does.
  opens() {
    this.readyState = FakeSocket.OPEN;
    this.onopen?.();
  }
  tells(...frames: Frame[]) {
    for (const frame of frames) this.onmessage?.({ data: JSON.stringify(frame) });
  }
  closes(code = 1006) {
    this.readyState = FakeSocket.CLOSED;
    this.onclose?.({ code });
  }
  // As far as `live`, from where `at` is.
  lives(at = 'e0', expires_s = Date.now() / 1000 + 3600) {
    this.opens();
    this.tells({ type: 'ready', user_id: 7, expires_s }, { type: 'live', event_id: at });
  }
  saidOf<T extends Said['type']>(type: T) {
    return this.said.filter((one): one is Extract<Said, { type: T }> => one.type === type);
  }
}

export const sockets = () => FakeSocket.all;
export const newest = () => FakeSocket.all.at(-1) as FakeSocket;

// The page is looked away from, or the phone's line goes; and back.
export function look(hidden: boolean) {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);
  document.dispatchEvent(new Event('visibilitychange'));
}
export function online(on: boolean) {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(on);
  dispatchEvent(new Event(on ? 'online' : 'offline'));
}
