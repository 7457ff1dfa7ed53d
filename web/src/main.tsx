import '@/styles/index.css';
import { StrictMode } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { startSession } from '@/hooks/useAuth';
import { nameLanguage } from '@/i18n';
import { loadPage, match } from '@/lib/routes';
import '@/routes';
import { App } from './App';

const root = document.getElementById('root');
if (!root) throw new Error('no root');

const app = (
  <StrictMode>
    <BrowserRouter>
      <App />
    </BrowserRouter>
  </StrictMode>
);

nameLanguage(document.documentElement);

const found = match(location.pathname);
const { pathname, search } = location;

// What the page wants of the server, beside its code.
const params = new URLSearchParams(search);
if (found && !found.route.roles)
  for (const answer of found.route.data?.(found.params, params) ?? []) answer.catch(() => {});

const session = startSession();

// The build wrote this very page: it comes to life as it stands, which needs
// its code at hand.
if (found && root.dataset.path === pathname) {
  await loadPage(found.route).catch(() => {});
  hydrateRoot(root, app);
} else {
  root.replaceChildren();
  createRoot(root).render(app);
}

await session;
