// Brings the service worker (src/sw.js) to this phone.

const PARTS = 'bb-parts'; // as sw.js names them

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

export async function register(anew: boolean, waits: (worker: ServiceWorker) => void) {
  if (anew) return reset();
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
