import { expect, test } from 'vitest';
import { type Catalogue, fill, pick, type Texts } from '.';

const english = import.meta.glob<{ default: Texts }>('./en/*.ts', { eager: true });
const others = import.meta.glob<{ default: Catalogue<Texts> }>('./{sn,nd}/*.ts', { eager: true });
const slots = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

for (const [file, { default: texts }] of Object.entries(english))
  for (const language of ['sn', 'nd'])
    test(`${language} has all of ${file}, with the same slots`, () => {
      const other = others[file.replace('/en/', `/${language}/`)]?.default;
      expect(Object.keys(other?.texts ?? {}).sort()).toEqual(Object.keys(texts).sort());
      for (const [key, text] of Object.entries(texts))
        expect(slots(other?.texts[key] ?? '')).toEqual(slots(text));
      for (const key of other?.checked ?? []) expect(texts).toHaveProperty([key]);
    });

// What the worker says in English itself has no file there.
const of = (language: string) =>
  Object.keys(others)
    .filter((file) => file.startsWith(`./${language}/`))
    .map((file) => file.slice(5));
test('both others have the same areas and texts', () => {
  expect(of('sn')).toEqual(of('nd'));
  for (const file of of('sn').filter((name) => !(`./en/${name}` in english)))
    expect(Object.keys(others[`./sn/${file}`]?.default.texts ?? {})).toEqual(
      Object.keys(others[`./nd/${file}`]?.default.texts ?? {}),
    );
});

test('one is one; none and more are many', () => {
  const texts = { a_one: 'one', a_other: 'many' };
  expect([0, 1, 2].map((count) => pick(texts, 'a', { count }))).toEqual(['many', 'one', 'many']);
  expect(fill('{a} of {b}', { a: 1 })).toBe('1 of {b}');
  expect(fill('{a} of {b}', { a: 12_345, b: 1.5 })).toBe('12,345 of 1.5');
});
