import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useT } from '@/i18n';
import ui from '@/i18n/en/ui';
import { useOver } from '@/lib/router';

interface Props {
  open: boolean;
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
  // Buttons that stay in view below what scrolls.
  foot?: ReactNode;
}

// A sheet from below on phones, a card in the middle from 768 px.  The browser
// keeps the focus inside and gives it back to the opener.
export function Dialog({ open, onClose, title, children, foot }: Props) {
  const t = useT(ui);
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();

  useOver(open, onClose);
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog || dialog.open === open) return;
    if (open) dialog.showModal();
    else dialog.close();
  }, [open]);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it, which the browser tells by onClose
    <dialog
      ref={ref}
      aria-labelledby={id}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
      className="m-0 mt-auto max-h-[90dvh] w-full max-w-none rounded-t-card bg-card p-0 text-ink md:m-auto md:max-w-lg md:rounded-card"
    >
      {open && (
        <div className="flex max-h-[90dvh] flex-col">
          <div className="flex items-center justify-between gap-4 p-4 ps-6">
            <h2 id={id} className="text-xl">
              {title}
            </h2>
            <button
              type="button"
              onClick={onClose}
              aria-label={t('close')}
              className="grid size-11 shrink-0 place-items-center rounded-full hover:bg-sunken"
            >
              <X aria-hidden />
            </button>
          </div>
          <div className="overflow-y-auto px-6 pb-6">{children}</div>
          {foot && (
            <div className="flex flex-wrap gap-3 border-t-2 border-sunken p-4 px-6 max-sm:*:grow">{foot}</div>
          )}
        </div>
      )}
    </dialog>
  );
}
