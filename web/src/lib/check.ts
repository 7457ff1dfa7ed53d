// What is wrong with what somebody typed, by the rules of the contract: the
// worker's own tests, in its order, with its words for the reasons.
import type { FieldErrors, FieldValues, Resolver } from 'react-hook-form';
import { linesOf } from './lines';

export interface Rule {
  // None: a text.
  readonly kind?: 'secret' | 'whole' | 'decimals' | 'list' | 'texts';
  readonly required?: boolean;
  // Of characters, of entries, or the number itself.
  readonly min?: number;
  readonly max?: number;
  // The characters of an entry.
  readonly each?: number;
  // The pattern, and the reason where it does not fit.
  readonly fit?: { readonly word: string; readonly pattern: RegExp };
}
export type Rules = Readonly<Record<string, Rule>>;

// All inputs are texts, also those of numbers and lists.
export type Typed<R extends Rules> = {
  -readonly [K in keyof R]: R[K] extends { kind: 'texts' } ? Record<string, string> : string;
};

// All control characters but tab and line ends.
const isControl = (char: string) => char === '\x7f' || (char < ' ' && !'\t\n\r'.includes(char));
const NUMBERS = { whole: /^\d+$/, decimals: /^\d{1,10}(\.\d{1,2})?$/ };

// What the worker takes off: no blanks but these.
const trimmed = (text: string) => text.replace(/^[ \t-\r]+|[ \t-\r]+$/g, '');
const count = (text: string) => [...text].length;

function textFault(text: string, { kind, required, min = 0, max = Infinity, fit }: Rule): string | undefined {
  if (kind === 'secret' ? text.includes('\0') : [...text].some(isControl)) return 'characters';
  if (!text) return required ? 'required' : undefined;
  if (kind === 'whole' || kind === 'decimals') {
    if (!NUMBERS[kind].test(text)) return kind;
    return Number(text) < min || Number(text) > max ? `between:${min}:${max}` : undefined;
  }
  if (count(text) < min) return `too_short:${min}`;
  if (count(text) > max) return `too_long:${max}`;
  return fit && !fit.pattern.test(text) ? fit.word : undefined;
}

function listFault(entries: string[], { required, max = Infinity, each = Infinity }: Rule) {
  if (entries.length > max) return `too_many:${max}`;
  if (entries.some((entry) => count(entry) > each)) return `entry_long:${each}`;
  return required && entries.length === 0 ? 'required' : undefined;
}

// A reason is a word and its limits: `too_short:8`, `between:1:365`.
export function fault(rule: Rule, value: string | string[]): string | undefined {
  if (rule.kind === 'list') return listFault(typeof value === 'string' ? linesOf(value) : value, rule);
  return textFault(value as string, rule);
}

// Rules may go by what else was typed; `more` is what several fields have to be
// together, where each is good by itself.
export function resolver<V extends FieldValues>(
  given: Rules | ((values: V) => Rules),
  more?: (values: V) => Partial<Record<keyof V, string | false>>,
): Resolver<V> {
  return (typed) => {
    const rules = typeof given === 'function' ? given(typed) : given;
    const values: FieldValues = { ...typed };
    const errors: FieldValues = {};
    const note = (at: FieldValues, name: string, reason: string | false | undefined) => {
      if (reason) at[name] ??= { type: reason };
    };
    for (const [name, rule] of Object.entries(rules)) {
      const value = values[name];
      if (rule.kind === 'texts') {
        const bad = {};
        for (const [key, text] of Object.entries<string>(value))
          note(bad, key, textFault(trimmed(text), { max: rule.each }));
        if (Object.keys(bad).length > 0) errors[name] = bad;
        continue;
      }
      if (typeof value === 'string' && rule.kind !== 'secret') values[name] = trimmed(value);
      note(errors, name, fault(rule, values[name]));
    }
    if (more && Object.keys(errors).length === 0)
      for (const [name, reason] of Object.entries(more(values as V))) note(errors, name, reason);
    return Object.keys(errors).length > 0
      ? { values: {}, errors: errors as FieldErrors<V> }
      : { values: values as V, errors: {} };
  };
}
