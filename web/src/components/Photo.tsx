import { Image } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useDataSaver } from '@/hooks/useDataSaver';
import { useT } from '@/i18n';
import ui from '@/i18n/en/ui';
import { classes } from '@/utils/classes';

const AHEAD = '300px';

// Ours come in three sizes, told apart by the end of their names.
const sized = (src: string, size: 's' | 'm' | 'l') => src.replace(/-[sml]\.webp$/, `-${size}.webp`);

interface Props {
  src: string | null;
  alt: string;
  // How large it is shown, in CSS pixels; the box is kept before it comes.
  width: number;
  height: number;
  // s: cards and faces; m: what fills a phone; l: a whole desktop.
  size?: 's' | 'm' | 'l';
  // Above the fold: asked for at once.
  eager?: boolean;
  className?: string;
}

// A picture that keeps its place, comes when it is about to be seen, and, with
// data saver on, only when asked for.
export function Photo({ src, alt, width, height, size = 's', eager, className }: Props) {
  const t = useT(ui);
  const saver = useDataSaver();
  const box = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(Boolean(eager));
  const [wanted, setWanted] = useState(false);
  const [broken, setBroken] = useState(false);

  useEffect(() => {
    if (near || !box.current) return;
    const show = () => setNear(true);
    const watch = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) show();
      },
      { rootMargin: AHEAD },
    );
    watch.observe(box.current);
    // Paper has no below.
    addEventListener('beforeprint', show);
    return () => {
      watch.disconnect();
      removeEventListener('beforeprint', show);
    };
  }, [near]);

  const shown = src && !broken && near && (!saver || wanted);
  return (
    <div ref={box} className={classes('relative overflow-hidden bg-sunken', className)}>
      {shown && (
        <img
          src={sized(src, size)}
          alt={alt}
          width={width}
          height={height}
          decoding="async"
          fetchPriority={eager ? 'high' : undefined}
          onError={() => setBroken(true)}
          className="size-full object-cover"
        />
      )}
      {(!src || broken) && (
        <div className="grid size-full place-items-center text-line">
          {alt && <span className="sr-only">{alt}</span>}
          <Image aria-hidden size={28} />
        </div>
      )}
      {src && !broken && saver && !wanted && (
        <button
          type="button"
          onClick={() => setWanted(true)}
          className="no-print absolute inset-0 z-10 grid place-items-center p-2 text-sm font-bold underline"
        >
          {t('showPicture')}
        </button>
      )}
    </div>
  );
}
