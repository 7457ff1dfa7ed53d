import { CircleAlert } from 'lucide-react';
import {
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type TextareaHTMLAttributes,
  useId,
  useState,
} from 'react';
import { useT } from '@/i18n';
import ui from '@/i18n/en/ui';
import { classes } from '@/utils/classes';

export const inputLook =
  'block w-full min-h-12 rounded-input border-2 border-line bg-card px-4 py-2.5 text-ink aria-invalid:border-danger disabled:bg-sunken disabled:text-muted';

interface FrameProps {
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  error?: string;
  optional?: boolean;
  children: ReactNode;
}

// What joins a label, a hint and an error to the input of that id.
export function Frame({ id, label, hint, error, optional, children }: FrameProps) {
  const t = useT(ui);
  return (
    <div className="space-y-1.5">
      <label htmlFor={id} className="block font-bold">
        {label}
        {optional && <span className="font-normal text-muted"> ({t('optional')})</span>}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
      {children}
      {error && (
        <p id={`${id}-error`} className="flex items-start gap-1.5 text-sm font-bold text-danger">
          <CircleAlert aria-hidden size={18} className="shrink-0" />
          {error}
        </p>
      )}
    </div>
  );
}

export const described = (id: string, hint: unknown, error: unknown) =>
  classes(hint ? `${id}-hint` : null, error ? `${id}-error` : null) || undefined;

interface Common {
  label: ReactNode;
  hint?: ReactNode;
  error?: string;
  optional?: boolean;
}

type InputProps = Common &
  Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'className'> & { ref?: Ref<HTMLInputElement> };

export function Field({ label, hint, error, optional, type, ...rest }: InputProps) {
  const id = useId();
  const t = useT(ui);
  const [shown, setShown] = useState(false);
  const secret = type === 'password';
  const input = (
    <input
      {...rest}
      id={id}
      type={secret && shown ? 'text' : type}
      aria-invalid={error ? true : undefined}
      aria-describedby={described(id, hint, error)}
      className={classes(inputLook, secret && 'pe-20')}
    />
  );
  return (
    <Frame id={id} label={label} hint={hint} error={error} optional={optional}>
      {secret ? (
        <div className="relative">
          {input}
          <button
            type="button"
            aria-pressed={shown}
            aria-controls={id}
            onClick={() => setShown(!shown)}
            className="absolute inset-y-0 end-1 min-w-14 rounded-full px-3 text-sm font-bold text-accent"
          >
            {shown ? t('hidePassword') : t('showPassword')}
          </button>
        </div>
      ) : (
        input
      )}
    </Frame>
  );
}

type AreaProps = Common &
  Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id' | 'className'> & { ref?: Ref<HTMLTextAreaElement> };

export function TextArea({ label, hint, error, optional, rows = 5, ...rest }: AreaProps) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error} optional={optional}>
      <textarea
        {...rest}
        id={id}
        rows={rows}
        aria-invalid={error ? true : undefined}
        aria-describedby={described(id, hint, error)}
        className={inputLook}
      />
    </Frame>
  );
}

type CheckProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'type'> & {
  label: ReactNode;
  ref?: Ref<HTMLInputElement>;
};

export function Check({ label, ...rest }: CheckProps) {
  return (
    <label className="flex min-h-11 items-center gap-3 py-1">
      <input {...rest} type="checkbox" className="size-6 shrink-0 accent-action" />
      <span>{label}</span>
    </label>
  );
}

// Whose password a form is about, for who keeps passwords.
export function Whose({ email }: { email: string }) {
  return <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />;
}
