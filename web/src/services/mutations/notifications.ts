import { queryClient } from '@/lib/queryClient';
import { api, ok } from '@/services/api';
import { markNotificationsRead } from '@/services/patches';
import { notificationKeys, unreadQuery } from '@/services/queries/notifications';

const countDown = (by: number) =>
  queryClient.setQueryData(
    unreadQuery().queryKey,
    (data) => data && { ...data, count: Math.max(0, data.count - by) },
  );

// As the server has it, where it did not hear of what was shown.
const takeBack = () => queryClient.invalidateQueries({ queryKey: notificationKeys.all });

export async function readNotification(id: number) {
  markNotificationsRead([id]);
  countDown(1);
  try {
    await ok(api.PUT('/notifications/{id}/read', { params: { path: { id } } }));
  } catch (reason) {
    await takeBack();
    throw reason;
  }
}

// Up to the newest that is seen: what comes meanwhile stays unread.
export async function readAllNotifications(upTo: number) {
  try {
    await ok(api.PUT('/notifications/mark-all-read', { body: { up_to_id: upTo } }));
  } finally {
    await takeBack();
  }
}
