// What was written and is not known to have arrived.  It lies in this account's
// database, so that neither a bad line nor a killed tab loses it; its client_id
// makes it one message, however often and by whichever way it is sent.
import { come } from '@/lib/code';
import { dropRow, putRow, readRows } from '@/utils/database';
import { ApiError, api, ok } from './api';
import { ask } from './line';
import { putMessage } from './patches';
import type { Message } from './socket';

export interface Unsent {
  key: string; // the client_id
  sender_id: number;
  receiver_id: number;
  content: string;
  booking_id: number | null;
  picture: Blob | null;
  // Where the picture lies, once it does.
  path: string | null;
  at: number;
  // The code of a refusal: it goes again only when asked to.
  refused: { code: string; message: string } | null;
}

const AGAIN_MS = 15_000;

let rows: readonly Unsent[] = [];
let owner: number | null = null;
type Lane = 'pictures' | 'messages';
const busy = { pictures: false, messages: false };
const again: Partial<Record<Lane, ReturnType<typeof setTimeout>>> = {};
const listeners = new Set<() => void>();

export function subscribeUnsent(tell: () => void) {
  listeners.add(tell);
  return () => {
    listeners.delete(tell);
  };
}

export const allUnsent = () => rows;

function set(next: readonly Unsent[]) {
  rows = [...next].sort((a, b) => a.at - b.at);
  for (const tell of listeners) tell();
}

async function change(row: Unsent) {
  // Dropped meanwhile, or logged out: nothing of it comes back.
  if (!rows.some(({ key }) => key === row.key)) return;
  set(rows.map((one) => (one.key === row.key ? row : one)));
  await putRow(row.sender_id, 'unsent', row);
}

// It has arrived, or is not wanted any more.
export function dropUnsent(key: string) {
  const row = rows.find((one) => one.key === key);
  if (!row) return;
  set(rows.filter((one) => one !== row));
  void dropRow(row.sender_id, 'unsent', key);
}

export async function recallUnsent(me: number) {
  owner = me;
  const kept = await readRows<Unsent>(me, 'unsent');
  // Logged out meanwhile: nobody else sends what this one wrote.
  if (owner !== me) return;
  set([...rows, ...kept.filter(({ key }) => !rows.some((one) => one.key === key))]);
  await sendUnsent();
}

export function forgetUnsent() {
  owner = null;
  clearTimeout(again.pictures);
  clearTimeout(again.messages);
  set([]);
}

export function write(
  me: number,
  message: Pick<Unsent, 'receiver_id' | 'content' | 'booking_id' | 'picture'>,
) {
  const row: Unsent = {
    ...message,
    key: crypto.randomUUID(),
    sender_id: me,
    path: null,
    at: Date.now(),
    refused: null,
  };
  set([...rows, row]);
  // First onto the phone, then on its way.
  void putRow(me, 'unsent', row).then(() => go(row.picture ? 'pictures' : 'messages'));
}

export function tryAgain(key: string) {
  const row = rows.find((one) => one.key === key);
  // A picture that nothing used may be gone from the server.
  if (row) void change({ ...row, refused: null, path: null }).then(sendUnsent);
}

// Its picture has yet to be kept.
const bare = ({ picture, path }: Unsent) => picture !== null && path === null;

async function keepOne(row: Unsent) {
  // Few have one to send when they come.
  const { keepPicture } = await come(() => import('./attachments'));
  if (row.picture) await change({ ...row, path: await keepPicture(row.picture) });
  void go('messages');
}

async function transmit(row: Unsent): Promise<Message> {
  const body = {
    client_id: row.key,
    receiver_id: row.receiver_id,
    content: row.content,
    booking_id: row.booking_id,
    attachment_url: row.path,
  };
  const spoken = ask({ type: 'message.send', ...body });
  if (spoken)
    try {
      return await spoken;
    } catch (reason) {
      // The line broke under it: by the other way, at once.
      if (!(reason instanceof ApiError) || reason.status !== 0) throw reason;
    }
  return (await ok(api.POST('/messages', { body }))).data;
}

async function sendOne(row: Unsent) {
  putMessage(await transmit(row), row.sender_id);
  dropUnsent(row.key);
}

// Whether it is worth asking again by itself.  A picture that took too long is
// not: it would go the whole way anew.
const passing = (reason: unknown, row: Unsent) =>
  reason instanceof ApiError &&
  !(bare(row) && reason.code === 'timeout') &&
  (reason.status < 400 ||
    reason.status >= 500 ||
    [401, 429].includes(reason.status) ||
    reason.code === 'idempotency_in_flight');

// True where the next one may go.
async function tried(row: Unsent, act: (row: Unsent) => Promise<void>): Promise<boolean> {
  try {
    await act(row);
    return true;
  } catch (reason) {
    if (passing(reason, row)) return false;
    const now = rows.find(({ key }) => key === row.key);
    const { code, message } = reason instanceof ApiError ? reason : { code: 'crashed', message: '' };
    if (now) await change({ ...now, refused: { code, message } });
    return true;
  }
}

// One after the other, in the order of writing; what is refused lets the next
// one pass.  Messages wait for no picture of another: that may take minutes.
const lanes = {
  pictures: { mine: bare, act: keepOne },
  messages: { mine: (row: Unsent) => !bare(row), act: sendOne },
};

// A lane whose line failed waits for itself: a picture that goes from its
// beginning is not begun by each message that arrives.
async function go(which: Lane) {
  clearTimeout(again[which]);
  if (busy[which] || !navigator.onLine) return;
  const row = rows.find((one) => one.refused === null && lanes[which].mine(one));
  if (!row) return;
  busy[which] = true;
  const onward = await tried(row, lanes[which].act);
  busy[which] = false;
  if (onward) await go(which);
  else again[which] = setTimeout(() => void go(which), AGAIN_MS);
}

export async function sendUnsent() {
  await Promise.all([go('pictures'), go('messages')]);
}
