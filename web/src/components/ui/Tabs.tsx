import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';
import { classes } from '@/utils/classes';

interface Props<K extends string> {
  label: string;
  tabs: readonly { key: K; label: ReactNode }[];
  current: K;
  onChange: (key: K) => void;
  children: ReactNode;
}

// Which tab is open belongs to the page, best in its URL.
export function Tabs<K extends string>({ label, tabs, current, onChange, children }: Props<K>) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);

  function move(event: KeyboardEvent) {
    const at = tabs.findIndex((tab) => tab.key === current);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = step ? tabs[(at + step + tabs.length) % tabs.length] : undefined;
    if (!next) return;
    event.preventDefault();
    onChange(next.key);
    list.current?.querySelector<HTMLElement>(`[data-tab="${next.key}"]`)?.focus();
  }

  return (
    <div>
      <div ref={list} role="tablist" aria-label={label} className="-mx-1 flex gap-2 overflow-x-auto p-1">
        {tabs.map((tab) => (
          <button
            key={tab.key}
            type="button"
            role="tab"
            data-tab={tab.key}
            id={`${id}-${tab.key}`}
            aria-selected={tab.key === current}
            aria-controls={`${id}-panel`}
            tabIndex={tab.key === current ? 0 : -1}
            onClick={() => onChange(tab.key)}
            onKeyDown={move}
            className={classes(
              'min-h-11 shrink-0 rounded-full px-5 font-bold transition-colors',
              tab.key === current ? 'bg-ink text-sand' : 'bg-sunken text-ink',
            )}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${current}`} className="pt-6">
        {children}
      </div>
    </div>
  );
}
