import '@testing-library/jest-dom/vitest';
import 'fake-indexeddb/auto';
import { cleanup, configure } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import { setLanguage } from '@/i18n';
import { queryClient } from '@/lib/queryClient';
import { end } from '@/services/tokens';
import { server } from './server';
import { FakeSocket } from './socket';

// A busy machine is slow; what is wrong is told without the whole page.
configure({
  asyncUtilTimeout: 20_000,
  getElementError: (message) => new Error(message ?? 'not found'),
});

// A call that no handler answers is a mistake of the test.
beforeAll(() => {
  server.listen({ onUnhandledRequest: 'error' });
  vi.stubGlobal('WebSocket', FakeSocket);
});
afterEach(async () => {
  cleanup();
  // effects that were queued end while there is a window
  await new Promise(requestAnimationFrame);
  // and what an open dialog has in the history goes before the next page
  while (history.state?.over) await new Promise((next) => setTimeout(next));
  server.resetHandlers();
  queryClient.clear();
  setLanguage('en');
  end(true, false);
  localStorage.clear();
  sessionStorage.clear();
  FakeSocket.all = [];
});
afterAll(() => server.close());

// What jsdom lacks: everything is in view on a wide screen, dialogs and popovers
// open and close.
globalThis.matchMedia = (media) =>
  Object.assign(new EventTarget(), { media, matches: /min-width/.test(media) }) as MediaQueryList;
globalThis.IntersectionObserver = class {
  readonly #tell: IntersectionObserverCallback;
  constructor(tell: IntersectionObserverCallback) {
    this.#tell = tell;
  }
  observe(target: Element) {
    this.#tell([{ isIntersecting: true, target } as IntersectionObserverEntry], this as never);
  }
  disconnect() {}
} as never;
window.scrollTo = () => {};
HTMLDialogElement.prototype.showModal = function () {
  this.open = true;
};
HTMLDialogElement.prototype.close = function () {
  this.open = false;
  this.dispatchEvent(new Event('close'));
};
