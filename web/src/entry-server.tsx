// What the build renders: one public page as a visitor without JavaScript sees
// it.  scripts/prerender.mjs runs it.
import { renderToStringAsync } from 'preact-render-to-string';
import { loadPage, match } from '@/lib/routes';
import { pages } from '@/public';
import { routes } from '@/routes';
import { App } from './App';

export { pages, routes };

export async function render(path: string): Promise<string> {
  const found = match(path);
  if (found) await loadPage(found.route);
  Object.assign(globalThis, { location: new URL(path, 'http://localhost') });
  const page = <App />;
  if (import.meta.env.VITE_RUNTIME !== 'react') return renderToStringAsync(page as never);
  const { prerender } = await import('react-dom/static');
  return new Response((await prerender(page)).prelude).text();
}
