import { type ReactNode, useEffect, useId, useRef } from 'react';
import { usePathname } from '@/lib/router';

interface Props {
  // What the button shows, and what it is called where that is a picture.
  button: ReactNode;
  label: string;
  children: ReactNode;
}

// A few links and buttons behind a button: the browser's popover, closed by
// Escape, by a tap outside, and by going elsewhere.
export function Menu({ button, label, children }: Props) {
  const id = useId();
  const ref = useRef<HTMLDivElement>(null);
  const pathname = usePathname();

  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes it
  useEffect(() => {
    if (ref.current?.matches(':popover-open')) ref.current.hidePopover();
  }, [pathname]);

  return (
    <div className="relative">
      <button
        type="button"
        popoverTarget={id}
        aria-label={label}
        className="flex min-h-11 min-w-11 items-center justify-center gap-2 rounded-full px-2 hover:bg-sunken"
      >
        {button}
      </button>
      <div
        ref={ref}
        id={id}
        popover="auto"
        className="fixed inset-auto end-4 top-16 m-0 min-w-56 rounded-card border-2 border-sunken bg-card p-2 text-ink"
      >
        {children}
      </div>
    </div>
  );
}

export const menuItem =
  'flex min-h-11 w-full items-center gap-3 rounded-photo px-4 py-2 text-start hover:bg-sunken';
