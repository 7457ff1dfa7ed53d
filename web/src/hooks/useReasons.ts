import { useCallback } from 'react';
import type { FieldError } from 'react-hook-form';
import { type Key, type Told, type Translate, useT, useTold } from '@/i18n';
import rules from '@/i18n/en/rules';
import { number } from '@/utils/format';

// Why a field is refused, in words: by the rule that it breaks, wherever that
// was found; a rule that only the worker knows comes with its own sentence.
export function reasonOf(
  { type, message }: Pick<FieldError, 'type' | 'message'>,
  t: Translate<typeof rules>,
  told: Told,
) {
  const [word = '', ...limits] = type.split(':');
  const [min = '', max = min] = limits.map((limit) => number(Number(limit)));
  return word in rules ? t(word as Key<typeof rules>, { min, max }) : (told(word) ?? message);
}

export function useReasons() {
  const t = useT(rules);
  const told = useTold('refusals');
  return useCallback((error: FieldError | undefined) => error && reasonOf(error, t, told), [t, told]);
}
