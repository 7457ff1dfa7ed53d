// The service worker (src/sw.js), from the page's side.
import { savesData } from '@/utils/saver';
import { keep, recall } from '@/utils/storage';

const PARTS = 'bb-parts'; // as sw.js names them
const CAME = 'bb-came';

let waiting: ServiceWorker | null = null;
const listeners = new Set<() => void>();

export function subscribeUpdate(tell: () => void) {
  listeners.add(tell);
  return () => {
    listeners.delete(tell);
  };
}

export const updateWaits = () => waiting !== null;

function waits(worker: ServiceWorker) {
  // The first one ever replaces nothing.
  if (!navigator.serviceWorker.controller) return;
  waiting = worker;
  for (const tell of listeners) tell();
}

// When the person says so: the new version takes over, and the page begins anew.
export function update() {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  waiting?.postMessage('update');
}

// /?reset-sw: for who is asked to begin anew.
async function reset() {
  for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
  for (const name of await caches.keys()) await caches.delete(name);
}

// Parts that came before the worker was there; the browser has them at hand.
async function keepParts() {
  const cache = await caches.open(PARTS);
  for (const { name } of performance.getEntriesByType('resource')) {
    const { origin, pathname } = new URL(name);
    if (
      origin === location.origin &&
      pathname.startsWith('/assets/') &&
      !(await caches.match(pathname, { ignoreVary: true }))
    )
      await cache.add(pathname);
  }
}

// What it keeps from the start costs a visit as much as a page does: with data
// saver on it comes for those who come back another day.
function stays(): boolean {
  if (navigator.serviceWorker.controller || !savesData()) return true;
  const today = new Date().toDateString();
  const came = recall(CAME);
  if (!came) keep(CAME, today);
  return Boolean(came) && came !== today;
}

export async function startWorker() {
  if (new URLSearchParams(location.search).has('reset-sw')) return reset();
  if (!stays()) return;
  const registration = await navigator.serviceWorker.register('/sw.js');
  if (registration.waiting) waits(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing;
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed') waits(worker);
    });
  });
  await navigator.serviceWorker.ready;
  await keepParts();
}
