// What was typed into a form, kept on this phone until it is sent: phones with
// little memory end tabs.  Per user; logging out drops all of them.
import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { FieldValues, Path, UseFormReturn } from 'react-hook-form';
import { currentSession } from '@/services/tokens';
import { forget, keep, recall } from '@/utils/storage';

const draftKey = (name: string) => `bb-draft:${currentSession().userId ?? 0}:${name}`;

// Fills the form with what was kept, keeps what is typed, and answers a
// function that drops it.  `secret` fields are never kept.
export function useDraft<T extends FieldValues>(
  form: UseFormReturn<T>,
  name: string,
  secret: readonly (keyof T)[] = [],
) {
  const left = useRef(secret);
  // Before what was typed without a script is given back, which is newer.
  useLayoutEffect(() => {
    const kept = recall(draftKey(name));
    if (kept) {
      try {
        for (const [field, value] of Object.entries(JSON.parse(kept)))
          form.setValue(field as Path<T>, value as never);
      } catch {
        forget(draftKey(name));
      }
    }
    const { unsubscribe } = form.watch((values) => {
      const plain = Object.fromEntries(Object.entries(values).filter(([key]) => !left.current.includes(key)));
      keep(draftKey(name), JSON.stringify(plain));
    });
    return unsubscribe;
  }, [form, name]);
  return useCallback(() => forget(draftKey(name)), [name]);
}

// One text, kept alike, that is in no form.
export function useKept(name: string) {
  const [text, setText] = useState(() => recall(draftKey(name)));
  const set = useCallback(
    (next: string | null) => {
      if (next) keep(draftKey(name), next);
      else forget(draftKey(name));
      setText(next);
    },
    [name],
  );
  return [text, set] as const;
}
