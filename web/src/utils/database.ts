// What of an account lies on this phone: an IndexedDB of its own, deleted when
// the person logs out.  A browser without one, or a full phone, is as good as empty.
const STORES = ['kept', 'unsent'] as const;
export type Store = (typeof STORES)[number];

const PREFIX = 'bb-';
const VERSION = 1;
const named = (userId: number) => `${PREFIX}${userId}`;

function open(userId: number): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(named(userId), VERSION);
    asked.onupgradeneeded = () => {
      for (const store of STORES) asked.result.createObjectStore(store, { keyPath: 'key' });
    };
    asked.onsuccess = () => {
      // Another page deletes it: it must not wait for this one.
      asked.result.onversionchange = () => asked.result.close();
      resolve(asked.result);
    };
    asked.onerror = () => reject(asked.error);
  });
}

async function within<T>(
  userId: number,
  store: Store,
  mode: IDBTransactionMode,
  act: (rows: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open(userId);
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(store, mode);
      const asked = act(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(asked.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

export const readRows = <T extends { key: string }>(userId: number, store: Store) =>
  within<T[]>(userId, store, 'readonly', (rows) => rows.getAll()).catch((): T[] => []);

export const putRow = (userId: number, store: Store, row: { key: string }) =>
  within(userId, store, 'readwrite', (rows) => rows.put(row)).then(
    () => true,
    () => false,
  );

export const dropRow = (userId: number, store: Store, key: string) =>
  within(userId, store, 'readwrite', (rows) => rows.delete(key)).catch(() => {});

// One after the other: what is deleted must not be opened once more, which
// would make it anew.
let last: Promise<void> = Promise.resolve();

function ofEach(act: (userId: number) => Promise<unknown>): Promise<void> {
  last = last
    .then(async () => {
      for (const { name } of await indexedDB.databases())
        if (name?.startsWith(PREFIX)) await act(Number(name.slice(PREFIX.length)));
    })
    .catch(() => {
      // There were none.
    });
  return last;
}

const drop = (userId: number) =>
  new Promise<void>((resolve) => {
    const asked = indexedDB.deleteDatabase(named(userId));
    asked.onsuccess = asked.onerror = asked.onblocked = () => resolve();
  });

// Of every account that was here, or of all others.
export const forgetDatabases = (but?: number) =>
  ofEach(async (userId) => {
    if (userId !== but) await drop(userId);
  });

// What was read; what was written stays.
export const forgetKept = () =>
  ofEach((userId) => within(userId, 'kept', 'readwrite', (rows) => rows.clear()));
