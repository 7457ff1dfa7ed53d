import { useEffect, useState } from 'react';

// The first few of a list, then a few more with every idle moment, so that no
// task holds a slow phone.
export function useStaged<T>(items: readonly T[], step: number): readonly T[] {
  const [shown, setShown] = useState(step);
  useEffect(() => {
    if (shown >= items.length) return;
    const timer = setTimeout(() => setShown((count) => count + step), 0);
    return () => clearTimeout(timer);
  }, [shown, items.length, step]);
  return items.slice(0, shown);
}
