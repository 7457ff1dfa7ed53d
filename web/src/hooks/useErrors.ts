import { useCallback } from 'react';
import { type Key, useT, useTold } from '@/i18n';
import errors from '@/i18n/en/errors';

interface Refused {
  code: string;
  message: string;
}
const isRefused = (reason: unknown): reason is Refused => typeof (reason as Refused)?.code === 'string';

// Words for whatever was thrown: what happens here in our own; what the worker
// refuses by its code, or, where that has no other words, as it said it.
export function useErrors() {
  const t = useT(errors);
  const told = useTold('refusals');
  return useCallback(
    (reason: unknown) => {
      const { code, message } = isRefused(reason) ? reason : { code: 'crashed', message: '' };
      return code in errors
        ? t(code as Key<typeof errors>)
        : (told(code) ?? (message || t('other', { code })));
    },
    [t, told],
  );
}
