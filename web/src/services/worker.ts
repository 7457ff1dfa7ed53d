// The service worker (src/sw.js), from the page's side: what each page needs of
// it.  services/register.ts brings it.
import { savesData } from '@/utils/saver';
import { keep, recall } from '@/utils/storage';

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
  const reset = new URLSearchParams(location.search).has('reset-sw');
  if (reset || stays()) await (await import('./register')).register(reset, waits);
}
