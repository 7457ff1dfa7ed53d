import { type ReactNode, type Ref, type SelectHTMLAttributes, useId } from 'react';
import { described, Frame, inputLook } from './Field';

type Props = Omit<SelectHTMLAttributes<HTMLSelectElement>, 'id' | 'className'> & {
  label: ReactNode;
  hint?: ReactNode;
  error?: string;
  optional?: boolean;
  options: readonly { value: string; label: string }[];
  ref?: Ref<HTMLSelectElement>;
};

// The phone's own picker.
export function Select({ label, hint, error, optional, options, ...rest }: Props) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error} optional={optional}>
      <select
        {...rest}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={described(id, hint, error)}
        className={inputLook}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Frame>
  );
}
