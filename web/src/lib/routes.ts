// What the table of src/routes.ts is for: which page an address has, its code
// and data beforehand.  The table stands above the pages it names; whoever
// links to them asks here.
import type { ComponentType } from 'react';
import { translated } from '@/i18n';
import { currentSession, type Role } from '@/services/tokens';

export type Data = (params: Record<string, string>, search: URLSearchParams) => Promise<unknown>[];

export interface Route {
  path: string;
  load: () => Promise<{ default: ComponentType }>;
  // Who may see it; everybody where it says nothing.
  roles?: readonly Role[];
  // What the page will ask for, asked for together with its code.
  data?: Data;
  // Takes what the server put into the page instead: the answer to one of them.
  first?: (params: Record<string, string>, answer: never) => void;
  // It fills the screen and scrolls inside: no footer, and, where it is `whole`,
  // no tabs below on phones.
  screen?: 'tabs' | 'whole';
}

let routes: readonly Route[] = [];

export function install(table: readonly Route[]) {
  routes = table;
}

export interface Match {
  route: Route;
  params: Record<string, string>;
}

// `/creators/:id`: what stands at the places that begin with a colon.
const forms = new Map<string, RegExp>();
function form(path: string): RegExp {
  const made = forms.get(path) ?? new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}/?$`, 'i');
  forms.set(path, made);
  return made;
}

export function match(pathname: string): Match | null {
  for (const route of routes) {
    const found = form(route.path).exec(pathname);
    if (found) return { route, params: { ...found.groups } };
  }
  return null;
}

const modules = new Map<Route, ComponentType>();

export const loadedPage = (route: Route) => modules.get(route);

// `worded`: what stands there has all the words that it needs.
export async function loadPage(route: Route, worded = false): Promise<ComponentType> {
  const known = modules.get(route);
  if (known) return known;
  const page = (await route.load()).default;
  if (!worded) await translated();
  modules.set(route, page);
  return page;
}

// Quietly: whoever follows the link sees what went wrong, if it still does.
// In a task of its own, after what the touch itself shows.
export function preload(to: string) {
  setTimeout(() => {
    const { pathname, searchParams } = new URL(to, 'http://localhost');
    const found = match(pathname);
    if (!found) return;
    loadPage(found.route).catch(() => {});
    // Whoever has to log in first would be refused.
    if (found.route.roles && currentSession().state === 'out') return;
    for (const answer of found.route.data?.(found.params, searchParams) ?? []) answer.catch(() => {});
  });
}

// A page that left the server filled has its first answer inside (app/pages.c).
export function takeFirst({ route, params }: Match) {
  const text = document.getElementById('first')?.textContent;
  if (text) route.first?.(params, JSON.parse(text) as never);
}
