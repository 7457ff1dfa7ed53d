import { api, ok } from '@/services/api';
import { say } from '@/services/line';
import { markRead } from '@/services/patches';

// Shown as read at once; where the server does not hear of it, the next list
// says so.
export function readMessage(id: number, senderId: number, me: number) {
  markRead({ user_id: me, other_id: senderId, up_to_id: id }, me);
  if (!say({ type: 'message.read', id }))
    ok(api.PUT('/messages/{id}/read', { params: { path: { id } } })).catch(() => {});
}
