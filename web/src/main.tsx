import '@/styles/index.css';
import { type ReactNode, StrictMode, useLayoutEffect } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { alive } from '@/components/Later';
import { startSession } from '@/hooks/useAuth';
import { nameLanguage } from '@/i18n';
import { loadPage, match, takeFirst } from '@/lib/routes';
import { keepTyped } from '@/lib/typed';
import { holdAnswers } from '@/services/api';
import { currentSession } from '@/services/tokens';
import '@/routes';
import { startWorker } from '@/services/worker';
import { App } from './App';

const root = document.getElementById('root');
if (!root) throw new Error('no root');

function Typed({ giveBack, children }: { giveBack: () => void; children: ReactNode }) {
  useLayoutEffect(giveBack, [giveBack]);
  return children;
}

const understood = nameLanguage(document.documentElement);

// Once the page has all that it came for.
if (import.meta.env.PROD && 'serviceWorker' in navigator)
  addEventListener('load', () => {
    startWorker().catch(() => {});
  });

const found = match(location.pathname);
if (found) takeFirst(found);
const { pathname, search } = location;

// The build knew no answer: none comes before its page is alive.
let letAnswersCome = () => {};
holdAnswers(
  new Promise((come) => {
    letAnswersCome = () => come();
  }),
);

// What the page wants of the server, beside its code.
const params = new URLSearchParams(search);
if (found && !found.route.roles)
  for (const answer of found.route.data?.(found.params, params) ?? []) answer.catch(() => {});

const session = startSession();

// The build wrote this very page: it comes to life as it stands, as long as it
// would be written the same way now.  Whoever is logged in, looks for something
// or reads another language gets it anew.
const written = understood && root.dataset.path === pathname && search === '' && navigator.onLine;
if (found) await loadPage(found.route, written).catch(() => {});
const asBuilt = written && currentSession().state === 'out';
const app = (
  <StrictMode>
    <Typed giveBack={keepTyped(root)}>
      <App />
    </Typed>
  </StrictMode>
);
if (asBuilt) {
  hydrateRoot(root, app);
  await alive();
} else {
  root.replaceChildren();
  createRoot(root).render(app);
}
letAnswersCome();

await session;
