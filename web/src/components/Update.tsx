import { useSyncExternalStore } from 'react';
import { useT } from '@/i18n';
import ui from '@/i18n/en/ui';
import { subscribeUpdate, update, updateWaits } from '@/services/worker';

// Over the page, which stays where it is; one that is a whole screen makes room.
export const bar = 'no-print sticky top-16 z-30 [.min-h-dvh>&]:h-0';

// A new version is here: it waits until the person wants it.
export function Update() {
  const t = useT(ui);
  const waits = useSyncExternalStore(subscribeUpdate, updateWaits, () => false);
  return (
    <div role="status" className={bar}>
      {waits && (
        <p className="flex flex-wrap items-center justify-center gap-x-3 bg-sunken px-4 text-sm">
          {t('updateNeeded')}
          <button
            type="button"
            onClick={update}
            className="min-h-11 px-2 font-bold underline underline-offset-4"
          >
            {t('update')}
          </button>
        </p>
      )}
    </div>
  );
}
