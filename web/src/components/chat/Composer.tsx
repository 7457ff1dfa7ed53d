import { ImagePlus, SendHorizontal, X } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useT } from '@/i18n';
import chat from '@/i18n/en/chat';
import { shrink } from '@/services/attachments';
import { say } from '@/services/line';
import { write } from '@/services/unsent';
import { forget, keep, recall } from '@/utils/storage';
import { useBlobUrl } from './Attachment';

export const MAX_LENGTH = 5000; // of the contract: LongText
const TYPING_EVERY_MS = 4000;

interface Props {
  me: number;
  otherId: number;
  bookingId: number | null;
  onNoBooking: () => void;
}

const round = 'grid size-12 shrink-0 place-items-center rounded-full';

// What is typed stays on the phone until it is sent.
export function Composer({ me, otherId, bookingId, onNoBooking }: Props) {
  const t = useT(chat);
  const draft = `bb-draft:${me}:chat:${otherId}`;
  const [text, setText] = useState(() => recall(draft) ?? '');
  const [picture, setPicture] = useState<{ blob: Blob; name: string } | null>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  const told = useRef(0);
  const url = useBlobUrl(picture?.blob);

  function typing(now: boolean) {
    if (now && Date.now() - told.current < TYPING_EVERY_MS) return;
    if (!now && told.current === 0) return;
    told.current = now ? Date.now() : 0;
    say({ type: 'typing', user_id: otherId, typing: now });
  }

  function change(next: string) {
    setText(next);
    if (next) keep(draft, next);
    else forget(draft);
    typing(next !== '');
  }

  // As high as what is in it, to a point.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text makes the height
  useEffect(() => {
    if (!area.current) return;
    area.current.style.height = 'auto';
    area.current.style.height = `${Math.min(area.current.scrollHeight + 4, 144)}px`;
  }, [text]);

  function submit(event?: FormEvent) {
    event?.preventDefault();
    const content = text.trim() || picture?.name;
    if (!content) return;
    write(me, { receiver_id: otherId, content, booking_id: bookingId, picture: picture?.blob ?? null });
    setPicture(null);
    change('');
    area.current?.focus();
  }

  // A key of its own only where there is a keyboard.
  function key(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    if (!matchMedia('(pointer: fine)').matches) return;
    event.preventDefault();
    submit();
  }

  async function choose(files: FileList | null) {
    const file = files?.[0];
    if (file) setPicture({ blob: await shrink(file), name: file.name.slice(0, 100) || t('picture') });
  }

  return (
    <form
      onSubmit={submit}
      className="border-t-2 border-sunken bg-sand p-2 pb-[max(0.5rem,env(safe-area-inset-bottom))]"
    >
      {bookingId !== null && (
        <p className="mb-2 inline-flex items-center gap-1 rounded-full bg-sunken ps-4 text-sm font-bold">
          {t('aboutBooking', { id: bookingId })}
          <button
            type="button"
            aria-label={t('notAbout')}
            onClick={onNoBooking}
            className="grid size-11 place-items-center"
          >
            <X aria-hidden size={18} />
          </button>
        </p>
      )}
      {picture && (
        <p className="mb-2 flex items-center gap-3">
          {url && <img src={url} alt="" className="size-16 rounded-photo object-cover" />}
          <span className="min-w-0 truncate text-sm">{picture.name}</span>
          <button
            type="button"
            aria-label={t('dropPicture')}
            onClick={() => setPicture(null)}
            className="grid size-11 shrink-0 place-items-center"
          >
            <X aria-hidden size={18} />
          </button>
        </p>
      )}
      <div className="flex items-end gap-1">
        <label
          className={`${round} hover:bg-sunken has-focus-visible:outline-3 has-focus-visible:outline-info`}
        >
          <ImagePlus aria-hidden />
          <input
            type="file"
            accept="image/*"
            aria-label={t('addPicture')}
            className="sr-only"
            onChange={(event) => {
              void choose(event.currentTarget.files);
              event.currentTarget.value = '';
            }}
          />
        </label>
        <textarea
          ref={area}
          value={text}
          rows={1}
          maxLength={MAX_LENGTH}
          aria-label={t('write')}
          placeholder={t('write')}
          enterKeyHint="enter"
          onInput={(event) => change(event.currentTarget.value)}
          onBlur={() => typing(false)}
          onKeyDown={key}
          className="block min-h-12 min-w-0 flex-1 resize-none rounded-input border-2 border-line bg-card px-4 py-2.5"
        />
        <button
          type="submit"
          aria-label={t('send')}
          disabled={!text.trim() && !picture}
          className={`${round} bg-action text-on-action disabled:opacity-60`}
        >
          <SendHorizontal aria-hidden />
        </button>
      </div>
    </form>
  );
}
