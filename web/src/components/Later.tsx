import { type ComponentType, lazy, Suspense } from 'react';

// What lies below what one sees first comes to life in a task of its own, so
// that none holds a slow phone; what the build wrote stands there meanwhile.
export function later<P extends object>(Part: ComponentType<P>) {
  const Lazy = lazy(
    () => new Promise<{ default: ComponentType<P> }>((come) => setTimeout(come, 0, { default: Part })),
  );
  return (props: P) => (
    <Suspense>
      <Lazy {...props} />
    </Suspense>
  );
}
