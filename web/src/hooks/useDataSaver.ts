import { useStored } from './useStored';

// The setting, or the browser's own.
export function useDataSaver() {
  const kept = useStored('bb-data-saver');
  const connection = (globalThis.navigator as { connection?: { saveData?: boolean } } | undefined)
    ?.connection;
  return kept ? kept === 'on' : connection?.saveData === true;
}
