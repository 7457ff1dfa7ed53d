import { useEffect } from 'react';
import { useAuth } from './useAuth';

// Keeps the page's socket from login to logout; its code comes with the login.
export function useLive() {
  const { state, userId } = useAuth();
  const me = state === 'out' ? null : userId;

  useEffect(() => {
    if (me === null) return;
    let left = false;
    let stop = () => {};
    const begin = () => {
      import('@/inside').then(
        ({ start }) => {
          if (!left) stop = start(me);
        },
        // Code that did not come is asked for again when the line is back.
        () => addEventListener('online', begin, { once: true }),
      );
    };
    begin();
    return () => {
      left = true;
      removeEventListener('online', begin);
      stop();
    };
  }, [me]);
}
