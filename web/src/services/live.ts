// From login to logout: the socket, and what its frames mean for this page.
// Visitors never load it.
import { queryClient } from '@/lib/queryClient';
import { origin, refreshOnce } from './api';
import { startKeeping } from './kept';
import { answered, say, setLine, setLineState } from './line';
import { apply, readAgain } from './patches';
import { forgetPresence, heardPresence, heardTyping } from './presence';
import { conversationsQuery, type Message } from './queries/messages';
import { connect, type Frame } from './socket';
import { accessToken, end } from './tokens';
import { dropUnsent, forgetUnsent, recallUnsent, sendUnsent } from './unsent';

export function start(me: number): () => void {
  let begun = false;
  // By sender, what came while the line could not be spoken on.
  const came = new Map<number, number>();

  const arrived = ({ id, sender_id, receiver_id, is_delivered }: Message) => {
    if (receiver_id !== me || is_delivered || say({ type: 'message.delivered', id })) return;
    came.set(sender_id, Math.max(id, came.get(sender_id) ?? 0));
  };

  async function begin() {
    // What was read before the line came may be old.
    if (!begun) readAgain();
    begun = true;
    void sendUnsent();
    for (const id of came.values()) say({ type: 'message.delivered', id });
    came.clear();
    const { pages } = await queryClient.fetchInfiniteQuery(conversationsQuery());
    for (const { last_message } of pages.flatMap((page) => page.conversations)) arrived(last_message);
  }

  function take(frame: Frame) {
    switch (frame.type) {
      case 'live':
        // Without an answer they are marked when the line comes the next time.
        begin().catch(() => {});
        return;
      case 'resync':
        return readAgain();
      case 'presence':
        for (const { user_id, online } of frame.users) heardPresence(user_id, online);
        return;
      case 'typing':
        return heardTyping(frame.user_id, frame.typing);
      case 'message.sent':
      case 'error':
        return answered(frame);
      case 'message':
        apply(frame, me);
        // Ours, though its answer may have been lost.
        if (frame.data.client_id) dropUnsent(frame.data.client_id);
        if (frame.data.receiver_id === me) {
          heardTyping(frame.data.sender_id, false);
          arrived(frame.data);
        }
        return;
      case 'message.delivered':
      case 'message.read':
      case 'notification':
      case 'notification.read':
      case 'booking':
        apply(frame, me);
    }
  }

  const line = connect({
    url: `${origin().replace(/^http/, 'ws')}/ws`,
    token: accessToken,
    renew: refreshOnce,
    onFrame: take,
    onState: (next) => {
      setLineState(next);
      if (next === 'off') forgetPresence();
    },
    onEnd: end,
  });
  setLine(line);
  const stopKeeping = startKeeping(me);
  const online = () => void sendUnsent();
  addEventListener('online', online);
  void recallUnsent(me);
  return () => {
    removeEventListener('online', online);
    line.close();
    stopKeeping();
    setLine(null);
    forgetUnsent();
  };
}
