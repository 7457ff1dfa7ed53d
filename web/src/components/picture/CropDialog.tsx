import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { Select } from '@/components/ui/Select';
import { useT } from '@/i18n';
import myself from '@/i18n/en/myself';
import { boxOf, cutPicture, drawPicture, type View } from '@/lib/picture';

const SHAPES = { whole: null, square: 1, tall: 4 / 5 } as const;
export type Shape = keyof typeof SHAPES;
const PREVIEW = 640;
const ZOOM_MAX = 4;
const MIDDLE: View = { zoom: 1, x: 0.5, y: 0.5 };

function Slider({
  label,
  value,
  min = 0,
  max = 1,
  onChange,
}: {
  label: string;
  value: number;
  min?: number;
  max?: number;
  onChange: (value: number) => void;
}) {
  return (
    <label className="block">
      <span className="font-bold">{label}</span>
      <input
        type="range"
        min={min}
        max={max}
        step="0.01"
        value={value}
        onInput={(event) => onChange(Number(event.currentTarget.value))}
        className="block h-11 w-full accent-action"
      />
    </label>
  );
}

interface Props {
  picture: ImageBitmap | null;
  // The shapes to choose from; with one of them there is no choice.
  shapes: readonly Shape[];
  onClose: () => void;
  onCut: (picture: Blob) => void;
}

// Which part of a picture is sent: by sliders, or by dragging it.
export default function CropDialog({ picture, shapes, onClose, onCut }: Props) {
  const t = useT(myself);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [shape, setShape] = useState<Shape>(shapes[0] ?? 'whole');
  const [view, setView] = useState(MIDDLE);
  const [busy, setBusy] = useState(false);
  const box = picture && boxOf(picture.width, picture.height, SHAPES[shape], view);

  useEffect(() => {
    if (picture) setView(MIDDLE);
  }, [picture]);

  useEffect(() => {
    if (picture && box && canvas.current) drawPicture(canvas.current, picture, box, PREVIEW);
  });

  function drag(event: PointerEvent<HTMLCanvasElement>) {
    if (!picture || !box || event.buttons === 0) return;
    const { clientWidth, clientHeight } = event.currentTarget;
    const moved = (by: number, seen: number, taken: number, whole: number) =>
      whole > taken ? (by * taken) / seen / (whole - taken) : 0;
    const held = (value: number) => Math.min(1, Math.max(0, value));
    const x = moved(event.movementX, clientWidth, box.width, picture.width);
    const y = moved(event.movementY, clientHeight, box.height, picture.height);
    setView((before) => ({ ...before, x: held(before.x - x), y: held(before.y - y) }));
  }

  async function use() {
    if (!picture || !box) return;
    setBusy(true);
    try {
      onCut(await cutPicture(picture, box));
    } finally {
      setBusy(false);
    }
  }

  const names = { whole: t('shapeWhole'), square: t('shapeSquare'), tall: t('shapeTall') };
  return (
    <Dialog
      open={picture !== null}
      onClose={onClose}
      title={t('cropTitle')}
      foot={
        <>
          <Button busy={busy} onClick={() => void use()}>
            {t('use')}
          </Button>
          <Button look="second" onClick={onClose}>
            {t('cancel')}
          </Button>
        </>
      }
    >
      <canvas
        ref={canvas}
        aria-hidden
        onPointerMove={drag}
        className="mx-auto block max-h-[40dvh] max-w-full touch-none rounded-photo bg-sunken"
      />
      <div className="mt-4 space-y-2">
        {shapes.length > 1 && (
          <Select
            label={t('shape')}
            value={shape}
            onChange={(event) => setShape(event.currentTarget.value as Shape)}
            options={shapes.map((value) => ({ value, label: names[value] }))}
          />
        )}
        <Slider
          label={t('zoom')}
          min={1}
          max={ZOOM_MAX}
          value={view.zoom}
          onChange={(zoom) => setView({ ...view, zoom })}
        />
        <Slider label={t('left')} value={view.x} onChange={(x) => setView({ ...view, x })} />
        <Slider label={t('up')} value={view.y} onChange={(y) => setView({ ...view, y })} />
      </div>
    </Dialog>
  );
}
