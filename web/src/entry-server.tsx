// What the build renders: one public page as a visitor without JavaScript sees
// it, in each language.  scripts/prerender.mjs runs it.
import { renderToStringAsync } from 'preact-render-to-string';
import { built } from '@/hooks/useTitle';
import { type Language, speak, spoken } from '@/i18n';
import { loadPage, match } from '@/lib/routes';
import { pages } from '@/public';
import { routes } from '@/routes';
import { App } from './App';

export { pages, routes };

interface Written {
  html: string;
  title: string;
  texts: ReturnType<typeof spoken>; // that the page needs to come to life
}

export async function render(path: string, language: Language): Promise<Written> {
  await speak(language);
  const html = await written(path);
  return { html, title: built.title, texts: spoken() };
}

async function written(path: string): Promise<string> {
  const found = match(path);
  if (found) await loadPage(found.route);
  Object.assign(globalThis, { location: new URL(path, 'http://localhost') });
  const page = <App />;
  if (import.meta.env.VITE_RUNTIME !== 'react') return renderToStringAsync(page as never);
  const { prerender } = await import('react-dom/static');
  return new Response((await prerender(page)).prelude).text();
}
