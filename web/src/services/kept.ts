// What somebody who is logged in may read without a line: the last threads,
// bookings and notifications, in the database of this account.
import type { InfiniteData, Query } from '@tanstack/react-query';
import { queryClient } from '@/lib/queryClient';
import { dropRow, putRow, readRows } from '@/utils/database';
import { currentSession } from './tokens';

const AREAS = ['messages', 'notifications', 'bookings'];
const MOST = 60;
const AFTER_MS = 500;

interface Kept {
  key: string; // the query's hash
  queryKey: readonly unknown[];
  data: unknown;
  at: number;
}

// Of a long list the first page.
function trimmed(data: unknown) {
  if (typeof data !== 'object' || data === null || !('pageParams' in data)) return data;
  const { pages, pageParams } = data as InfiniteData<unknown, unknown>;
  return { pages: pages.slice(0, 1), pageParams: pageParams.slice(0, 1) };
}

export function startKeeping(me: number): () => void {
  const changed = new Map<string, Query>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function write() {
    const queries = [...changed.values()];
    changed.clear();
    for (const { queryHash, queryKey, state } of queries) {
      if (currentSession().userId !== me || state.data === undefined) continue;
      const row: Kept = { key: queryHash, queryKey, data: trimmed(state.data), at: state.dataUpdatedAt };
      await putRow(me, 'kept', row);
    }
  }

  async function recall() {
    const rows = (await readRows<Kept>(me, 'kept')).sort((a, b) => b.at - a.at);
    if (currentSession().userId !== me) return;
    for (const { queryKey, data, at } of rows.slice(0, MOST))
      if (queryClient.getQueryData(queryKey) === undefined)
        queryClient.setQueryData(queryKey, data, { updatedAt: at });
    for (const { key } of rows.slice(MOST)) await dropRow(me, 'kept', key);
  }

  function noted(query: Query) {
    if (query.state.data === undefined || !AREAS.includes(String(query.queryKey[0]))) return;
    changed.set(query.queryHash, query);
    clearTimeout(timer);
    timer = setTimeout(() => void write(), AFTER_MS);
  }

  const cache = queryClient.getQueryCache();
  const stop = cache.subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'success') noted(event.query);
  });
  // What came before this code did.
  cache.getAll().forEach(noted);
  void recall();
  return () => {
    clearTimeout(timer);
    stop();
  };
}
