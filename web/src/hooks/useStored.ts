// A setting of this phone: data saver, theme.  All who use it hear of a change.
import { useSyncExternalStore } from 'react';
import { forget, keep, recall } from '@/utils/storage';

const listeners = new Set<() => void>();

function subscribe(tell: () => void) {
  listeners.add(tell);
  return () => {
    listeners.delete(tell);
  };
}

export function setStored(key: string, value: string) {
  if (value) keep(key, value);
  else forget(key);
  for (const tell of listeners) tell();
}

export const useStored = (key: string) =>
  useSyncExternalStore(
    subscribe,
    () => recall(key) ?? '',
    () => '',
  );
