// The page's line, for who has something to say on it; services/live.ts makes
// it.  Without one, what must arrive goes by REST.
import { ApiError, refusal } from './api';
import type { Frame, Line, LineState, Message, Said } from './socket';

const ANSWER_MS = 15_000;

let line: Line | null = null;
// Until it has said so itself, it is on its way.
let state: LineState = 'connecting';
const listeners = new Set<() => void>();
const asked = new Map<string, { done: (message: Message) => void; failed: (reason: ApiError) => void }>();

export function subscribeLine(tell: () => void) {
  listeners.add(tell);
  return () => {
    listeners.delete(tell);
  };
}

export const lineState = () => state;

export function setLine(next: Line | null) {
  line = next;
}

export function setLineState(next: LineState) {
  state = next;
  if (next === 'off') {
    for (const { failed } of asked.values()) failed(new ApiError(0, 'network'));
    asked.clear();
  }
  for (const tell of listeners) tell();
}

// What is only worth saying now: typing, a mark.
export const say = (said: Said) => line?.send(said) ?? false;

// The message as it was kept, or an ApiError; null where there is no line.
export function ask(said: Extract<Said, { type: 'message.send' }>): Promise<Message> | null {
  if (!say(said)) return null;
  return new Promise<Message>((done, failed) => {
    asked.set(said.client_id, { done, failed });
    setTimeout(() => {
      // A line that does not answer is none.
      if (asked.has(said.client_id)) line?.drop();
    }, ANSWER_MS);
  });
}

export function answered(frame: Extract<Frame, { type: 'message.sent' | 'error' }>) {
  const { client_id } = frame;
  const one = client_id === null ? undefined : asked.get(client_id);
  if (!one || client_id === null) return;
  asked.delete(client_id);
  if (frame.type === 'message.sent') one.done(frame.data);
  else {
    one.failed(refusal(frame.problem.status, frame.problem));
  }
}
