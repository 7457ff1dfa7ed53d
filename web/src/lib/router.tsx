// The page's address: what it says, and how one goes on.  The browser's history
// keeps it; which page an address has is the table's (lib/routes.ts).
import {
  type AnchorHTMLAttributes,
  type MouseEvent,
  useEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
} from 'react';

const listeners = new Set<() => void>();
// Whether the browser brought one here, back or forward: it knows where on the
// page one was.
let back = false;

function changed() {
  for (const tell of listeners) tell();
}

// What lies over the page has an entry of its own, which Back takes away with it.
const over: (() => void)[] = [];
const covered = () => history.state?.over === true;
// That entry is on its way out; the browser takes its time.
let leaving = false;
const after: (() => void)[] = [];

function uncover() {
  if (leaving) return;
  leaving = true;
  history.back();
}

// The build renders where there is no window, but a `location`: entry-server.tsx.
if (typeof addEventListener === 'function')
  addEventListener('popstate', () => {
    leaving = false;
    back = true;
    over.at(-1)?.();
    changed();
    for (const next of after.splice(0)) next();
  });

// Back closes what is open, and stays on the page.
export function useOver(open: boolean, onBack: () => void) {
  const close = useRef(onBack);
  close.current = onBack;
  useEffect(() => {
    if (!open) return;
    const mine = () => close.current();
    over.push(mine);
    if (!covered()) history.pushState({ ...history.state, over: true }, '');
    return () => {
      over.splice(over.indexOf(mine), 1);
      // One that opens in its place takes the entry over.
      queueMicrotask(() => {
        if (over.length === 0 && covered()) uncover();
      });
    };
  }, [open]);
}

function subscribe(tell: () => void) {
  listeners.add(tell);
  return () => {
    listeners.delete(tell);
  };
}

function useOf(name: 'pathname' | 'search' | 'hash') {
  const read = () => location[name];
  return useSyncExternalStore(subscribe, read, read);
}
export const usePathname = () => useOf('pathname');
export const useSearch = () => useOf('search');
export const useHash = () => useOf('hash');
export const cameBack = () => back;

interface How {
  replace?: boolean;
  // What the next page is told beside its address: `history.state` there.
  state?: unknown;
}

export function navigate(to: string, how: How = {}) {
  // It is the page that one leaves, not what lies over it.
  if (covered()) {
    after.push(() => navigate(to, how));
    uncover();
    return;
  }
  const { replace, state = null } = how;
  history[replace ? 'replaceState' : 'pushState'](state, '', to);
  back = false;
  changed();
}

type Search = URLSearchParams | Record<string, string>;

export function useSearchParams() {
  const search = useSearch();
  const params = useMemo(() => new URLSearchParams(search), [search]);
  return [params, setSearch] as const;
}

function setSearch(next: Search | ((before: URLSearchParams) => Search), how?: How) {
  const asked = typeof next === 'function' ? next(new URLSearchParams(location.search)) : next;
  const search = new URLSearchParams(asked).toString();
  navigate(location.pathname + (search && `?${search}`), how);
}

export interface AnchorProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  to: string;
}

// Whoever wants a new tab, a window or a file gets it from the browser.
export function Anchor({ to, onClick, ...rest }: AnchorProps) {
  function follow(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.altKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    navigate(to, { replace: new URL(to, location.href).href === location.href });
  }
  return <a {...rest} href={to} onClick={follow} />;
}

// What is below stays below meanwhile.
export function Navigate({ to }: { to: string }) {
  useEffect(() => navigate(to, { replace: true }), [to]);
  return <div className="min-h-dvh" />;
}
