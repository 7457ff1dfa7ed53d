import { ImagePlus } from 'lucide-react';
import { lazy, Suspense, useId, useState } from 'react';
import { Alert } from '@/components/ui/Alert';
import { Button } from '@/components/ui/Button';
import { useErrors } from '@/hooks/useErrors';
import { useT } from '@/i18n';
import myself from '@/i18n/en/myself';
import { come } from '@/lib/code';
import { openPicture } from '@/lib/picture';
import type { Progress } from '@/services/upload';
import { percent } from '@/utils/format';
import type { Shape } from './CropDialog';

// It comes with the first picture.
const CropDialog = lazy(() => come(() => import('./CropDialog')));

interface Props {
  label: string;
  shapes: readonly Shape[];
  send: (picture: Blob, onProgress: Progress) => Promise<void>;
  disabled?: boolean;
}

// Chooses a picture, cuts it, sends it, and tells how far that is.  One that
// did not get through stays, to be sent again.
export default function SendPicture({ label, shapes, send, disabled }: Props) {
  const t = useT(myself);
  const say = useErrors();
  const id = useId();
  const [picture, setPicture] = useState<ImageBitmap | null>(null);
  const [part, setPart] = useState<number | null>(null);
  const [failed, setFailed] = useState<{ reason: string; cut: Blob | null } | null>(null);

  async function choose(file: File | undefined) {
    if (!file) return;
    setFailed(null);
    try {
      setPicture(await openPicture(file));
    } catch (reason) {
      setFailed({ reason: say(reason), cut: null });
    }
  }

  async function go(cut: Blob) {
    setPicture(null);
    setFailed(null);
    setPart(0);
    try {
      await send(cut, setPart);
    } catch (reason) {
      setFailed({ reason: say(reason), cut });
    } finally {
      setPart(null);
    }
  }

  const sending = part !== null;
  return (
    <div className="space-y-3">
      <label
        htmlFor={id}
        className="inline-flex min-h-12 items-center gap-2 rounded-full border-2 border-line px-6 py-2 font-bold focus-within:outline-3 focus-within:outline-offset-2 focus-within:outline-info hover:bg-sunken has-disabled:opacity-60"
      >
        <ImagePlus aria-hidden size={20} />
        {label}
        <input
          id={id}
          type="file"
          accept="image/*"
          disabled={disabled || sending}
          onChange={(event) => {
            void choose(event.currentTarget.files?.[0]);
            // The same file once more is a choice too.
            event.currentTarget.value = '';
          }}
          className="sr-only"
        />
      </label>
      {sending && (
        <div role="status" className="space-y-1 text-sm">
          <p>{t('sending', { percent: percent(Math.round(part * 100)) })}</p>
          <progress value={part} max={1} aria-label={label} className="block h-3 w-full accent-action" />
        </div>
      )}
      <Alert>
        {failed && (
          <>
            {failed.cut && `${t('sendFailed')} `}
            {failed.reason}
          </>
        )}
      </Alert>
      {failed?.cut && (
        <div className="flex flex-wrap gap-3">
          <Button look="second" onClick={() => failed.cut && void go(failed.cut)}>
            {t('sendAgain')}
          </Button>
          <Button look="quiet" onClick={() => setFailed(null)}>
            {t('drop')}
          </Button>
        </div>
      )}
      {picture && (
        <Suspense fallback={null}>
          <CropDialog
            picture={picture}
            shapes={shapes}
            onClose={() => setPicture(null)}
            onCut={(cut) => void go(cut)}
          />
        </Suspense>
      )}
    </div>
  );
}
