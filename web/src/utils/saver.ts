// Whether this phone is to fetch as little as it can: the setting, or the
// browser's own.  index.html decides the same for the font, before all of this.
import { recall } from './storage';

export const DATA_SAVER = 'bb-data-saver';

export function savesData(kept = recall(DATA_SAVER)) {
  const connection = (globalThis.navigator as { connection?: { saveData?: boolean } } | undefined)
    ?.connection;
  return kept ? kept === 'on' : connection?.saveData === true;
}
