import { useCallback } from 'react';
import { type Key, type Slots, useT } from '@/i18n';
import errors from '@/i18n/en/errors';
import { ApiError } from '@/services/api';

// Words for refusals: by code, for fields, and for whatever was thrown.
export function useErrors() {
  const t = useT('errors', errors);
  const code = useCallback(
    (word: string, slots?: Slots) =>
      word in errors ? t(word as Key<typeof errors>, slots) : t('other', { code: word }),
    [t],
  );
  // A reason from a schema is a code with its limits, `too_short:8` or `between:1:365`; one from
  // the server stands as it came.
  const field = useCallback(
    (message: string | undefined) => {
      if (!message) return undefined;
      const [word = '', min = '', max = min] = message.split(':');
      return word in errors ? t(word as Key<typeof errors>, { min, max }) : message;
    },
    [t],
  );
  const thrown = useCallback(
    (reason: unknown) => code(reason instanceof ApiError ? reason.code : 'crashed'),
    [code],
  );
  return { code, field, thrown };
}
