// A form's journey to the server: what it refuses goes beside the inputs, the
// rest above the form.
import { useState } from 'react';
import type { FieldValues, Path, UseFormReturn } from 'react-hook-form';
import { showRefusal } from '@/lib/forms';
import { useErrors } from './useErrors';
import { useReasons } from './useReasons';

export function useSubmit<T extends FieldValues>(form: UseFormReturn<T>, send: (values: T) => Promise<void>) {
  const say = useErrors();
  const reason = useReasons();
  const [refusal, setRefusal] = useState<string | null>(null);
  const submit = form.handleSubmit(async (values) => {
    setRefusal(null);
    try {
      await send(values);
    } catch (thrown) {
      if (!showRefusal(thrown, form)) setRefusal(say(thrown));
    }
  });
  return {
    refusal,
    busy: form.formState.isSubmitting,
    onSubmit: (event: { preventDefault: () => void }) => {
      void submit(event as never);
    },
    error: (name: Path<T>) => reason(form.getFieldState(name, form.formState).error),
  };
}
