import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Dialog } from '@/components/ui/Dialog';
import { useDataSaver } from '@/hooks/useDataSaver';
import { useT } from '@/i18n';
import chat from '@/i18n/en/chat';
import { attachmentQuery } from '@/services/attachments';

// An address for bytes that only this page has.
export function useBlobUrl(blob: Blob | null | undefined) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!blob) return setUrl(null);
    const made = URL.createObjectURL(blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return url;
}

function Large({ path, name }: { path: string; name: string }) {
  const t = useT(chat);
  const { data, isError } = useQuery(attachmentQuery(path, 'l'));
  const url = useBlobUrl(data);
  if (isError) return <p role="alert">{t('pictureFailed')}</p>;
  return url ? (
    <img src={url} alt={name} className="mx-auto max-h-[75dvh] rounded-photo" />
  ) : (
    <div className="h-64 rounded-photo bg-sunken" />
  );
}

// A picture of a message: small in the thread, large when tapped, and, with
// data saver on, only when asked for.
export function Attachment({ path, name }: { path: string; name: string }) {
  const t = useT(chat);
  const saver = useDataSaver();
  const [wanted, setWanted] = useState(false);
  const [open, setOpen] = useState(false);
  const { data, isError, refetch } = useQuery({ ...attachmentQuery(path, 's'), enabled: !saver || wanted });
  const url = useBlobUrl(data);
  const box = 'grid h-48 w-56 max-w-full place-items-center overflow-hidden rounded-photo bg-sunken text-ink';
  if (isError || (!data && saver && !wanted))
    return (
      <button
        type="button"
        className={`${box} p-3 text-sm font-bold underline`}
        onClick={() => (isError ? void refetch() : setWanted(true))}
      >
        {isError && <span className="no-underline">{t('pictureFailed')}</span>}
        {t(isError ? 'again' : 'showPicture')}
      </button>
    );
  return (
    <>
      <button
        type="button"
        className={box}
        onClick={() => setOpen(true)}
        aria-label={t('openPicture', { name })}
      >
        {url && <img src={url} alt="" className="size-full object-cover" />}
      </button>
      <Dialog open={open} onClose={() => setOpen(false)} title={name}>
        <Large path={path} name={name} />
      </Dialog>
    </>
  );
}
