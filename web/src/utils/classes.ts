// The classes that hold, in one line.
export const classes = (...names: (string | false | null | undefined)[]) => names.filter(Boolean).join(' ');
