import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { message } from '@/test/data';
import { look, newest, online, sockets } from '@/test/socket';
import { connect, type Event, LAST_WAIT_MS, type Line, type Options, REST_AFTER_MS } from './socket';

let line: Line;
let token: string | null;
let renew: ReturnType<typeof vi.fn<Options['renew']>>;
let heard: string[];
let states: string[];
let ends: number;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(1);
  token = 't1';
  heard = [];
  states = [];
  ends = 0;
  renew = vi.fn<Options['renew']>(async () => {
    token = `t${Number(token?.slice(1) ?? 0) + 1}`;
    return true;
  });
  line = connect({
    url: 'ws://here/ws',
    token: () => token,
    renew,
    onFrame: (frame) => heard.push('event_id' in frame ? `${frame.type} ${frame.event_id}` : frame.type),
    onState: (state) => states.push(state),
    onEnd: () => {
      ends += 1;
    },
  });
});
afterEach(() => {
  line.close();
  vi.useRealTimers();
});

const event = (event_id: string): Event => ({ type: 'message', event_id, data: message() });

test('says who it is in the first frame, and never in the address', () => {
  newest().opens();
  expect(newest().url).toBe('ws://here/ws');
  expect(newest().said).toEqual([{ type: 'auth', token: 't1', last_event_id: null }]);
});

test('speaks only when all that was missed has been told', () => {
  newest().opens();
  expect(line.send({ type: 'message.read', id: 1 })).toBe(false);
  newest().lives();
  expect(line.send({ type: 'message.read', id: 1 })).toBe(true);
  expect(states).toEqual(['connecting', 'live']);
});

test('goes on after the last event that it saw', async () => {
  newest().lives('e4');
  newest().tells(event('e5'), event('e6'));
  newest().closes();
  await vi.advanceTimersByTimeAsync(1000);
  newest().opens();
  expect(newest().saidOf('auth')[0]?.last_event_id).toBe('e6');
});

test('acts upon an event once, though it comes twice', async () => {
  newest().lives('e4');
  newest().tells(event('e5'), event('e5'));
  newest().closes();
  await vi.advanceTimersByTimeAsync(1000);
  newest().opens();
  newest().tells(event('e5'), event('e6'));
  expect(heard.filter((one) => one.startsWith('message'))).toEqual(['message e5', 'message e6']);
});

test('a cursor that is too old begins where the relay says', async () => {
  newest().lives('e4');
  newest().closes();
  await vi.advanceTimersByTimeAsync(1000);
  newest().opens();
  newest().tells({ type: 'resync', event_id: 'e90' });
  expect(heard).toContain('resync e90');
  newest().closes();
  await vi.advanceTimersByTimeAsync(2000);
  newest().opens();
  expect(newest().saidOf('auth')[0]?.last_event_id).toBe('e90');
});

test('waits twice as long each time, up to the last, and begins anew after success', async () => {
  const waits: number[] = [];
  for (let n = 0; n < 7; n += 1) {
    const before = sockets().length;
    const from = Date.now();
    newest().closes();
    while (sockets().length === before) await vi.advanceTimersByTimeAsync(500);
    waits.push(Date.now() - from);
  }
  expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, LAST_WAIT_MS, LAST_WAIT_MS]);
  newest().lives();
  newest().closes();
  const before = sockets().length;
  await vi.advanceTimersByTimeAsync(1000);
  expect(sockets()).toHaveLength(before + 1);
});

test('chance takes up to half of a wait off', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
  newest().closes();
  await vi.advanceTimersByTimeAsync(499);
  expect(sockets()).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(sockets()).toHaveLength(2);
});

test('a relay that ends says how long to wait', async () => {
  newest().lives();
  newest().tells({ type: 'going_away', reconnect_ms: 5000 });
  newest().closes(1001);
  await vi.advanceTimersByTimeAsync(4999);
  expect(sockets()).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(sockets()).toHaveLength(2);
});

test('without a line at all it waits until there is one', async () => {
  newest().lives();
  online(false);
  expect(states.at(-1)).toBe('off');
  await vi.advanceTimersByTimeAsync(10 * LAST_WAIT_MS);
  expect(sockets()).toHaveLength(1);
  online(true);
  expect(sockets()).toHaveLength(2);
});

test('rests when nobody looks, and catches up when somebody does', async () => {
  newest().lives('e7');
  look(true);
  await vi.advanceTimersByTimeAsync(REST_AFTER_MS - 1);
  expect(states.at(-1)).toBe('live');
  await vi.advanceTimersByTimeAsync(1);
  expect(states.at(-1)).toBe('off');
  await vi.advanceTimersByTimeAsync(10 * LAST_WAIT_MS);
  expect(sockets()).toHaveLength(1);
  look(false);
  newest().opens();
  expect(newest().saidOf('auth')[0]?.last_event_id).toBe('e7');
});

test('after the phone slept it does not trust the old line', () => {
  newest().lives();
  look(true);
  // Asleep: no timer has run.
  vi.setSystemTime(Date.now() + REST_AFTER_MS);
  look(false);
  expect(sockets()).toHaveLength(2);
});

test('renews its token on the open socket', async () => {
  newest().lives('e1', Date.now() / 1000 + 600);
  await vi.advanceTimersByTimeAsync(540_000);
  expect(renew).toHaveBeenCalledExactlyOnceWith('t1');
  expect(newest().saidOf('auth.refresh')).toEqual([{ type: 'auth.refresh', token: 't2' }]);
  newest().tells({ type: 'auth.refreshed', user_id: 7, expires_s: Date.now() / 1000 + 600 });
  await vi.advanceTimersByTimeAsync(540_000);
  expect(renew).toHaveBeenLastCalledWith('t2');
  expect(sockets()).toHaveLength(1);
});

test('an expired token is renewed, and the line is back at once', async () => {
  newest().lives();
  newest().closes(4402);
  await vi.advanceTimersByTimeAsync(0);
  newest().opens();
  expect(newest().saidOf('auth')[0]?.token).toBe('t2');
});

test('a token that stays bad is not tried without end', async () => {
  newest().opens();
  newest().closes(4401);
  await vi.advanceTimersByTimeAsync(0);
  expect(sockets()).toHaveLength(2);
  newest().opens();
  newest().closes(4401);
  await vi.advanceTimersByTimeAsync(0);
  expect(sockets()).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(2000);
  expect(sockets()).toHaveLength(3);
});

test('an ended session ends it', async () => {
  newest().lives();
  newest().closes(4403);
  expect(ends).toBe(1);
  await vi.advanceTimersByTimeAsync(10 * LAST_WAIT_MS);
  expect(sockets()).toHaveLength(1);
});

test('a relay that says nothing is left', async () => {
  newest().opens();
  await vi.advanceTimersByTimeAsync(15_000 + 1000);
  expect(sockets()).toHaveLength(2);
});
