import { useTold, want } from '@/i18n';

want('names');

// What categories and languages are called in the language of the page; what
// has no other name there keeps the one that the API has.
export function useName() {
  const told = useTold('names');
  return (name: string) => told(name) ?? name;
}
