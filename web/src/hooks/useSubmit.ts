// A form's journey to the server: what it refuses goes beside the inputs, the
// rest above the form.
import { useState } from 'react';
import type { FieldValues, Path, UseFormReturn } from 'react-hook-form';
import { applyServerErrors } from '@/lib/forms';
import { useErrors } from './useErrors';

export function useSubmit<T extends FieldValues>(
  form: UseFormReturn<T>,
  names: readonly Path<T>[],
  send: (values: T) => Promise<void>,
) {
  const errors = useErrors();
  const [refusal, setRefusal] = useState<string | null>(null);
  const submit = form.handleSubmit(async (values) => {
    setRefusal(null);
    try {
      await send(values);
    } catch (reason) {
      setRefusal(applyServerErrors(reason, form.setError, names, errors.code));
    }
  });
  return {
    refusal,
    busy: form.formState.isSubmitting,
    onSubmit: (event: { preventDefault: () => void }) => {
      void submit(event as never);
    },
    error: (name: Path<T>) => errors.field(form.getFieldState(name, form.formState).error?.message),
  };
}
