import { setStored, useStored } from './useStored';

export type Theme = '' | 'light' | 'dark'; // '' follows the system

export const useTheme = () => useStored('bb-theme') as Theme;

export function setTheme(theme: Theme) {
  setStored('bb-theme', theme);
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}
