import { useSyncExternalStore } from 'react';
import { type Presence, presenceOf, subscribePresence } from '@/services/presence';

export const usePresence = (userId: number): Presence =>
  useSyncExternalStore(
    subscribePresence,
    () => presenceOf(userId),
    () => presenceOf(userId),
  );
