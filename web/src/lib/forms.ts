// What all forms share: refusals of the worker beside the inputs they mean.
import type { FieldValues, Path, UseFormReturn } from 'react-hook-form';
import { ApiError } from '@/services/api';

// The names of all inputs, in the order of the form; those of a part have a dot.
const namesOf = (values: object, before = ''): string[] =>
  Object.entries(values).flatMap(([name, value]) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? namesOf(value, `${before}${name}.`)
      : `${before}${name}`,
  );

// Puts each bad field beside its input, and tells whether there was one.
export function showRefusal<T extends FieldValues>(reason: unknown, form: UseFormReturn<T>): boolean {
  if (!(reason instanceof ApiError)) return false;
  const mine = namesOf(form.getValues()).filter((name) => reason.fields[name]);
  for (const [at, name] of mine.entries()) {
    const { code, min, max } = reason.reasons[name] ?? { code: 'server' };
    const type = [code, min, max].filter((part) => part !== undefined).join(':');
    form.setError(name as Path<T>, { type, message: reason.fields[name] }, { shouldFocus: at === 0 });
  }
  return mine.length > 0;
}
