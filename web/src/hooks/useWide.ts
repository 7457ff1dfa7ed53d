import { useSyncExternalStore } from 'react';

// From where pages have a column beside (lg: in the classes).
const wide = globalThis.matchMedia?.('(min-width: 64rem)');

function subscribe(tell: () => void) {
  wide?.addEventListener('change', tell);
  return () => wide?.removeEventListener('change', tell);
}

export const useWide = () =>
  useSyncExternalStore(
    subscribe,
    () => wide?.matches ?? false,
    () => false,
  );
