// Numbers, as people here write them.
export const LOCALES = ['en-ZW', 'en'];

// What is dear to make is made when wanted.
export function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

const plain = once(() => new Intl.NumberFormat(LOCALES));
export const number = (value: number) => plain().format(value);
