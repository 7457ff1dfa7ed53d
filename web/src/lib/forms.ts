// What all forms share: refusals of the server beside the inputs they mean,
// and words for both sides' reasons.
import type { FieldValues, Path, UseFormSetError } from 'react-hook-form';
import { ApiError } from '@/services/api';

// Puts each bad field beside its input; answers what is left for the alert
// above the form, or null where nothing is.
export function applyServerErrors<T extends FieldValues>(
  reason: unknown,
  setError: UseFormSetError<T>,
  names: readonly Path<T>[],
  // The sentence for the person, by the refusal's code.
  say: (code: string) => string,
): string | null {
  if (!(reason instanceof ApiError)) return say('crashed');
  const mine = names.filter((name) => reason.fields[name]);
  for (const [at, name] of mine.entries())
    setError(name, { type: 'server', message: reason.fields[name] }, { shouldFocus: at === 0 });
  return mine.length > 0 ? null : say(reason.code);
}
