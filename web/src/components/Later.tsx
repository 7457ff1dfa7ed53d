import { type ComponentType, lazy, Suspense } from 'react';

let asleep = 0;
const told = new Set<() => void>();

function awake() {
  asleep -= 1;
  if (asleep > 0) return;
  for (const tell of told) tell();
  told.clear();
}

// Once no part of the page is still to come to life.
export const alive = () =>
  new Promise<void>((tell) => {
    if (asleep === 0) tell();
    else told.add(tell);
  });

// What lies below what one sees first comes to life in a task of its own, so
// that none holds a slow phone; what the build wrote stands there meanwhile, or
// as much room as keeps what is below out of sight.
export function later<P extends object>(Part: ComponentType<P>) {
  const Lazy = lazy(() => {
    asleep += 1;
    return new Promise<{ default: ComponentType<P> }>((come) =>
      setTimeout(() => {
        come({ default: Part });
        // By the next task it is drawn, or the page has been left.
        setTimeout(awake);
      }),
    );
  });
  return (props: P) => (
    <Suspense fallback={<div className="min-h-dvh" />}>
      <Lazy {...props} />
    </Suspense>
  );
}
