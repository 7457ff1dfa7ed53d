// The words of the pages, by area.  English is part of the code; Shona and
// Ndebele come when somebody wants them, area by area.
import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { number } from '@/utils/number';

export type Language = 'en' | 'sn' | 'nd';
export const LANGUAGES: Record<Language, string> = { en: 'English', sn: 'chiShona', nd: 'isiNdebele' };

export type Texts = Record<string, string>;

// `checked` names the texts that a person who speaks the language has read;
// the others stand as they were first translated.
export interface Catalogue<T extends Texts> {
  checked: readonly (keyof T)[];
  texts: { [K in keyof T]: string };
}

export function catalogue<T extends Texts>(checked: readonly (keyof T)[], texts: { [K in keyof T]: string }) {
  return { checked, texts } satisfies Catalogue<T>;
}

export type Slots = Record<string, string | number>;
// A text that counts is written twice, as name_one and name_other.
type Counted<K> = K extends `${infer Stem}_one` ? Stem : never;
export type Key<T> = Extract<keyof T, string> | Counted<keyof T>;
export type Translate<T extends Texts> = (key: Key<T>, slots?: Slots) => string;

const loaded = new Map<string, Texts>();
const coming = new Map<string, Promise<void>>();
// The areas of the code that has come, and the English texts of each.
const wanted = new Set<string>();
const areas = new Map<Texts, string>();
const listeners = new Set<() => void>();

const fileOf = (language: Language, area: string) => `./${language}/${area}.ts`;

// A cookie, so that nginx knows in which language a page is wanted.
const stored = () =>
  (/(?:^|; )bb_language=(sn|nd)/.exec(globalThis.document?.cookie ?? '')?.[1] ?? 'en') as Language;

let state = { language: stored(), version: 0 };

// Of a page that the build wrote in the language: its texts came with it.
const came = globalThis.document?.getElementById('texts')?.textContent;
if (came && document.documentElement.lang === state.language)
  for (const [area, texts] of Object.entries<Texts>(JSON.parse(came)))
    loaded.set(fileOf(state.language, area), texts);

function changed(language: Language) {
  state = { language, version: state.version + 1 };
  for (const tell of listeners) tell();
}

function subscribe(tell: () => void) {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

async function fetched(name: string) {
  try {
    const { files } = await import('./files');
    const file = await files[name]?.();
    if (!file) return;
    loaded.set(name, file.default.texts);
    changed(state.language);
  } catch {
    // English stays; who asks next tries again.
    coming.delete(name);
  }
}

function load(name: string): Promise<void> {
  const promise = coming.get(name) ?? fetched(name);
  coming.set(name, promise);
  return promise;
}

// An area that has no English of its own: what it names comes in English.
export function want(area: string) {
  wanted.add(area);
}

// An area's English texts, by which useT knows it.
export function area<const T extends Texts>(name: string, english: T): T {
  want(name);
  areas.set(english, name);
  return english;
}

// Once the texts of all code that has come are here too, or cannot be had: no
// page is shown in English first to who reads another language.
export async function translated(): Promise<void> {
  const { language } = state;
  if (language === 'en') return;
  const files = [...wanted].map((area) => fileOf(language, area));
  await Promise.all(files.filter((file) => !loaded.has(file)).map(load));
}

// The texts of an area in the language that was chosen; none in English, nor
// where they have not come yet: then they are sent for.
function texts({ language }: typeof state, area: string): Texts | undefined {
  if (language === 'en') return undefined;
  const name = fileOf(language, area);
  if (import.meta.env.SSR) used.add(area);
  if (!loaded.has(name)) void load(name);
  return loaded.get(name);
}

export function tell(area: string, key: string, slots?: Slots): string | undefined {
  const known = texts(state, area);
  const text = known && pick(known, key, slots);
  return text && fill(text, slots);
}

// For the build: what a page in this language will have asked for, once it is
// written.
const used = new Set<string>();
export async function speak(language: Language) {
  const { files } = await import('./files');
  for (const [name, file] of Object.entries(files))
    if (name.startsWith(`./${language}/`)) loaded.set(name, (await file()).default.texts);
  used.clear();
  changed(language);
}
export const spoken = () =>
  Object.fromEntries([...used].map((area) => [area, loaded.get(fileOf(state.language, area))]));

const YEAR_S = 31_536_000;

export function setLanguage(language: Language) {
  // biome-ignore lint/suspicious/noDocumentCookie: Cookie Store is younger than our oldest browsers
  document.cookie = `bb_language=${language}; path=/; max-age=${YEAR_S}; samesite=lax`;
  document.documentElement.lang = language;
  changed(language);
}

// At the start: the language that was chosen here before.  Tells whether the
// page came in it.
export function nameLanguage(element: HTMLElement): boolean {
  // Naming it anew would have the whole page's style worked out again.
  if (element.lang === state.language) return true;
  element.lang = state.language;
  return false;
}

// A number is written as numbers are; a small one looks the same anyway, and
// wakes no tables.
const written = (value: string | number) =>
  typeof value === 'number' && !(Number.isInteger(value) && Math.abs(value) < 1000) ? number(value) : value;

export function fill(text: string, slots: Slots = {}) {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(written(slots[name] ?? whole)));
}

// Zero and everything above one are many, in all three.
export function pick(texts: Texts, key: string, slots?: Slots): string | undefined {
  return Object.hasOwn(texts, key) ? texts[key] : texts[`${key}_${slots?.count === 1 ? 'one' : 'other'}`];
}

export const useLanguage = () =>
  useSyncExternalStore(
    subscribe,
    () => state,
    () => state,
  ).language;

export type Told = (key: string, slots?: Slots) => string | undefined;

// What comes in English from the worker, by area and its own word for it, where
// the language is another; in English, and until it has come, there is none.
export function useTold(area: string): Told {
  const now = useSyncExternalStore(
    subscribe,
    () => state,
    () => state,
  );
  // Before they are asked for: what is told at once is not told again.
  useEffect(() => {
    texts(now, area);
  }, [area, now]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: texts have come since, or another language
  return useCallback((key, slots) => tell(area, key, slots), [area, now]);
}

// const t = useT(home): typed by the English texts, which also stand in for what
// has not come yet.
export function useT<T extends Texts>(english: T): Translate<T> {
  const told = useTold(areas.get(english) ?? '');
  return useCallback(
    (key, slots) => told(key, slots) ?? fill(pick(english, key, slots) ?? key, slots),
    [told, english],
  );
}
