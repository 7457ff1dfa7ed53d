// What stands between the pages and the line.  The frame of the pages is kept
// when this is installed, their parts and public pictures when they are first
// seen, public answers in case the line breaks.  Nothing of an account is kept
// here: that lies in its own database (services/kept.ts), and goes with it.
// The build fills in FILES and their version.
const VERSION = '@VERSION@';
const FILES = ['@FILES@'];
const SHELL = '/shell.html';
const FRAME = `bb-frame-${VERSION}`;
const PARTS = 'bb-parts';
const ANSWERS = 'bb-answers';
const PICTURES = 'bb-pictures';
const MOST = { [PARTS]: 120, [ANSWERS]: 60, [PICTURES]: 80 };
const WAIT_MS = 4000;
// All that is asked here comes from one origin: what varies by it is the same.
const SAME = { ignoreVary: true };

const PUBLIC = /^\/api\/(creators|packages|brands|reviews)(\/|$)/;
const PART = /^\/(assets|fonts)\/|^\/icon\.svg$/;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(FRAME).then((cache) => cache.addAll(FILES)));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys())
        if (name.startsWith('bb-') && name !== FRAME && !(name in MOST)) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

// The person has asked for the new version.
self.addEventListener('message', ({ data }) => {
  if (data === 'update') self.skipWaiting();
});

async function keep(name, request, response) {
  if (!response.ok || response.type !== 'basic') return;
  const cache = await caches.open(name);
  await cache.put(request, response);
  const keys = await cache.keys();
  for (const old of keys.slice(0, Math.max(0, keys.length - MOST[name]))) await cache.delete(old);
}

async function cacheFirst(event, name) {
  const kept = await caches.match(event.request, SAME);
  if (kept) return kept;
  const response = await fetch(event.request);
  event.waitUntil(keep(name, event.request, response.clone()));
  return response;
}

// The line has so long to answer, where there is something to show instead.
async function networkFirst(event, kept, name) {
  const asked = fetch(event.request);
  // Said at once: what comes after something older was shown is kept too.
  if (name)
    event.waitUntil(
      asked.then(
        (response) => keep(name, event.request, response.clone()),
        () => {},
      ),
    );
  const late = new Promise((resolve) => {
    setTimeout(resolve, WAIT_MS);
  });
  const first = await Promise.race([asked.catch(() => undefined), late]);
  return first ?? (await kept()) ?? asked;
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') {
    if (pathname.startsWith('/api/')) return;
    event.respondWith(networkFirst(event, () => caches.match(SHELL, SAME)));
  } else if (PART.test(pathname)) event.respondWith(cacheFirst(event, PARTS));
  else if (pathname.startsWith('/uploads/')) event.respondWith(cacheFirst(event, PICTURES));
  else if (PUBLIC.test(pathname) && !request.headers.has('Authorization'))
    event.respondWith(networkFirst(event, () => caches.match(request, SAME), ANSWERS));
});
