import { Check, CheckCheck, CircleAlert, Clock } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from '@/components/ui/Link';
import { useErrors } from '@/hooks/useErrors';
import { useOnline } from '@/hooks/useOnline';
import { useT } from '@/i18n';
import chat from '@/i18n/en/chat';
import type { Message } from '@/services/queries/messages';
import { dropUnsent, tryAgain, type Unsent } from '@/services/unsent';
import { classes } from '@/utils/classes';
import { time } from '@/utils/format';
import { Attachment, useBlobUrl } from './Attachment';

function Frame({ mine, children, foot }: { mine: boolean; children: ReactNode; foot: ReactNode }) {
  return (
    <li className={classes('flex flex-col', mine ? 'items-end' : 'items-start')}>
      <div
        className={classes(
          'max-w-[85%] space-y-2 rounded-card px-4 py-2 whitespace-pre-wrap [overflow-wrap:anywhere] md:max-w-[70%]',
          mine ? 'on-plum rounded-ee-none bg-brand text-on-brand' : 'rounded-es-none bg-card',
        )}
      >
        {children}
      </div>
      <p className="flex items-center gap-1 px-2 pt-0.5 text-sm text-muted">{foot}</p>
    </li>
  );
}

export function BookingLine({ id }: { id: number }) {
  const t = useT(chat);
  const look = 'rounded-full bg-sunken px-3 py-1 text-sm font-bold';
  return (
    <li className="flex justify-center">
      <Link to={`/bookings/${id}`} className={classes(look, 'inline-flex min-h-11 items-center underline')}>
        {t('booking', { id })}
      </Link>
    </li>
  );
}

// `last`: the newest of one's own, whose mark is said in words.
export function Bubble({ message, mine, last }: { message: Message; mine: boolean; last: boolean }) {
  const t = useT(chat);
  const mark = message.is_read ? 'read' : message.is_delivered ? 'delivered' : 'sent';
  const Icon = mark === 'sent' ? Check : CheckCheck;
  return (
    <Frame
      mine={mine}
      foot={
        <>
          <time dateTime={message.created_at}>{time(message.created_at)}</time>
          {mine && (
            <>
              <Icon aria-hidden size={16} className={mark === 'read' ? 'text-info' : undefined} />
              <span className={last ? undefined : 'sr-only'}>{t(mark)}</span>
            </>
          )}
        </>
      }
    >
      {message.attachment_url && <Attachment path={message.attachment_url} name={message.content} />}
      <p>{message.content}</p>
    </Frame>
  );
}

export function UnsentBubble({ row }: { row: Unsent }) {
  const t = useT(chat);
  const say = useErrors();
  const online = useOnline();
  const url = useBlobUrl(row.picture);
  const act = 'inline-flex min-h-11 items-center px-2 font-bold text-ink underline underline-offset-4';
  return (
    <Frame
      mine
      foot={
        row.refused ? (
          <span role="alert" className="flex flex-wrap items-center justify-end gap-x-1 text-danger">
            <CircleAlert aria-hidden size={18} />
            {t('failed')} {say(row.refused)}
            <button type="button" className={act} onClick={() => tryAgain(row.key)}>
              {t('again')}
            </button>
            <button type="button" className={act} onClick={() => dropUnsent(row.key)}>
              {t('discard')}
            </button>
          </span>
        ) : (
          <>
            <Clock aria-hidden size={16} />
            {t(online ? 'sending' : 'waiting')}
          </>
        )
      }
    >
      {url && <img src={url} alt="" className="h-48 w-56 max-w-full rounded-photo object-cover" />}
      <p>{row.content}</p>
    </Frame>
  );
}
