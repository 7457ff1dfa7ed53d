import { useMemo, useSyncExternalStore } from 'react';
import { allUnsent, subscribeUnsent } from '@/services/unsent';

// What is still on its way to somebody, oldest first.
export function useUnsent(receiverId: number) {
  const rows = useSyncExternalStore(subscribeUnsent, allUnsent, allUnsent);
  return useMemo(() => rows.filter(({ receiver_id }) => receiver_id === receiverId), [rows, receiverId]);
}
