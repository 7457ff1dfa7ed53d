// Several things in one input.
import * as v from 'valibot';
import { LIMITS } from './limits';

// One a line; empty ones do not count.
export const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
export const lines = v.pipe(
  v.string(),
  v.check((text) => linesOf(text).length <= LIMITS.lines, `too_many:${LIMITS.lines}`),
  v.check((text) => linesOf(text).every((line) => line.length <= LIMITS.line), `line_long:${LIMITS.line}`),
);
