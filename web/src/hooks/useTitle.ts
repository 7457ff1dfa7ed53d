import { useEffect } from 'react';

// What the page is called that the build writes.
export const built = { title: '' };

// The page's title; Preact has no <title> inside of components.
export function useTitle(title: string) {
  const whole = title ? `${title} · BantuBuzz` : 'BantuBuzz';
  if (import.meta.env.SSR) built.title = whole;
  useEffect(() => {
    document.title = whole;
  }, [whole]);
}
