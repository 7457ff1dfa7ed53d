import { useEffect } from 'react';

// The page's title; Preact has no <title> inside of components.
export function useTitle(title: string) {
  useEffect(() => {
    document.title = title ? `${title} · BantuBuzz` : 'BantuBuzz';
  }, [title]);
}
