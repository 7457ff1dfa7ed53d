// One message at a time, for what changed off screen: toast('Saved').
import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useT } from '@/i18n';
import ui from '@/i18n/en/ui';

const SHOWN_MS = 7000;

interface Message {
  id: number;
  text: string;
  failed: boolean;
}

let message: Message | null = null;
const listeners = new Set<() => void>();

function show(next: Message | null) {
  message = next;
  for (const tell of listeners) tell();
}

export function toast(text: string, failed = false) {
  show({ id: (message?.id ?? 0) + 1, text, failed });
}

function subscribe(tell: () => void) {
  listeners.add(tell);
  return () => {
    listeners.delete(tell);
  };
}

export function Toasts() {
  const t = useT(ui);
  const current = useSyncExternalStore(
    subscribe,
    () => message,
    () => null,
  );
  // It waits while a finger or the focus is on it.
  const [held, setHeld] = useState(false);

  useEffect(() => {
    if (!current || held) return;
    const timer = setTimeout(() => show(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [current, held]);

  return (
    <div
      role={current?.failed ? 'alert' : 'status'}
      className="no-print pointer-events-none fixed inset-x-4 bottom-20 z-50 grid place-items-center md:bottom-6"
    >
      {current && (
        // biome-ignore lint/a11y/noStaticElementInteractions: only to hold what it says in view
        <div
          key={current.id}
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onBlur={() => setHeld(false)}
          className="pointer-events-auto flex max-w-lg items-center gap-3 rounded-photo bg-ink py-2 ps-5 pe-2 text-sand"
        >
          {current.failed ? (
            <CircleAlert aria-hidden className="shrink-0" />
          ) : (
            <CircleCheck aria-hidden className="shrink-0" />
          )}
          <span className="py-2">{current.text}</span>
          <button
            type="button"
            aria-label={t('close')}
            onClick={() => show(null)}
            className="grid size-11 shrink-0 place-items-center rounded-full"
          >
            <X aria-hidden size={20} />
          </button>
        </div>
      )}
    </div>
  );
}
