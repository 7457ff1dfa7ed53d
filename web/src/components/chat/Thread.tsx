import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { Fragment, useEffect, useState } from 'react';
import { Avatar } from '@/components/ui/Avatar';
import { Button, ButtonLink } from '@/components/ui/Button';
import { Link } from '@/components/ui/Link';
import { Empty, Failed, Loading, Skeleton } from '@/components/ui/State';
import { useLine } from '@/hooks/useLine';
import { useOnline } from '@/hooks/useOnline';
import { usePresence } from '@/hooks/usePresence';
import { useTitle } from '@/hooks/useTitle';
import { useUnsent } from '@/hooks/useUnsent';
import { useT } from '@/i18n';
import chat from '@/i18n/en/chat';
import { useSearchParams } from '@/lib/router';
import { ApiError } from '@/services/api';
import { readMessage } from '@/services/mutations/messages';
import {
  conversationsQuery,
  type Message,
  type Person,
  personQuery,
  threadQuery,
} from '@/services/queries/messages';
import { date, daysAgo } from '@/utils/format';
import { BookingLine, Bubble, UnsentBubble } from './Bubble';
import { Composer } from './Composer';
import { Presence } from './Conversations';

// From the list, or, with whom nothing was written yet, by id.
function usePerson(userId: number) {
  const list = useInfiniteQuery({
    ...conversationsQuery(),
    select: ({ pages }) => pages.flatMap((page) => page.conversations).find(({ id }) => id === userId)?.user,
  });
  const own = useQuery({ ...personQuery(userId), enabled: !list.isPending && !list.data });
  return { person: list.data ?? own.data, error: own.error };
}

function useVisible() {
  const [visible, setVisible] = useState(() => !document.hidden);
  useEffect(() => {
    const look = () => setVisible(!document.hidden);
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return visible;
}

function Head({ person, otherId }: { person: Person | undefined; otherId: number }) {
  const t = useT(chat);
  const { online, typing } = usePresence(otherId);
  const line = useLine();
  const connected = useOnline();
  const said = typing
    ? t('typing')
    : online
      ? t('online')
      : connected && line !== 'live'
        ? t('connecting')
        : '';
  return (
    <header className="flex min-h-16 items-center gap-3 border-b-2 border-sunken px-2 py-1">
      <Link
        to="/messages"
        aria-label={t('back')}
        className="grid size-11 shrink-0 place-items-center rounded-full hover:bg-sunken md:hidden"
      >
        <ArrowLeft aria-hidden />
      </Link>
      {person && (
        <span className="relative shrink-0">
          <Avatar name={person.display_name} src={person.picture} size="sm" />
          <Presence userId={person.id} />
        </span>
      )}
      <div className="min-w-0">
        <h1 className="truncate text-lg">{person?.display_name ?? t('title')}</h1>
        <p role="status" className="h-5 text-sm text-muted">
          {said}
        </p>
      </div>
    </header>
  );
}

function Day({ iso }: { iso: string }) {
  const t = useT(chat);
  const ago = daysAgo(iso);
  return (
    <li className="flex items-center gap-3 py-2 text-sm text-muted">
      <span className="h-0.5 flex-1 bg-sunken" />
      {ago === 0 ? t('today') : ago === 1 ? t('yesterday') : date(iso)}
      <span className="h-0.5 flex-1 bg-sunken" />
    </li>
  );
}

const sameDay = (a: Message | undefined, b: Message) => a && date(a.created_at) === date(b.created_at);

export function Thread({ me, otherId }: { me: number; otherId: number }) {
  const t = useT(chat);
  const { person, error } = usePerson(otherId);
  const query = useInfiniteQuery(threadQuery(otherId));
  const messages = query.data?.pages.toReversed().flatMap((page) => page.messages);
  const unsent = useUnsent(otherId).filter(
    ({ key }) => !messages?.some((message) => message.client_id === key),
  );
  const visible = useVisible();
  const [params, setParams] = useSearchParams();
  const about = Number(params.get('booking'));
  const bookingId = Number.isSafeInteger(about) && about > 0 ? about : null;
  useTitle(person?.display_name ?? t('title'));

  const unread = messages?.findLast((message) => message.sender_id === otherId && !message.is_read)?.id;
  useEffect(() => {
    if (visible && unread !== undefined) readMessage(unread, otherId, me);
  }, [visible, unread, otherId, me]);

  if (error instanceof ApiError && error.status === 404)
    return (
      <div className="p-4">
        <h1 className="sr-only">{t('nobodyTitle')}</h1>
        <Empty title={t('nobodyTitle')} text={t('nobodyText')}>
          <ButtonLink to="/messages">{t('back')}</ButtonLink>
        </Empty>
      </div>
    );

  const last = messages?.findLast((message) => message.sender_id === me)?.id;
  return (
    <div className="flex h-full flex-col">
      <Head person={person} otherId={otherId} />
      {/* Its scroll begins below, and stays there when something comes. */}
      <div
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        tabIndex={0}
        role="log"
        aria-label={t('log', { name: person?.display_name ?? '' })}
        className="flex min-h-0 flex-1 flex-col-reverse overflow-y-auto overscroll-contain p-3 -outline-offset-4 md:p-6"
      >
        {!messages && query.isError ? (
          <Failed error={query.error} onRetry={() => void query.refetch()} title={t('threadFailed')} />
        ) : !messages ? (
          <Loading>
            <div className="space-y-3">
              <Skeleton className="h-12 w-2/3" />
              <Skeleton className="ms-auto h-12 w-1/2" />
              <Skeleton className="h-20 w-3/4" />
            </div>
          </Loading>
        ) : (
          <div>
            {query.hasNextPage && (
              <p className="text-center">
                <Button
                  look="quiet"
                  busy={query.isFetchingNextPage}
                  busyText={t('olderBusy')}
                  onClick={() => void query.fetchNextPage()}
                >
                  {t('older')}
                </Button>
              </p>
            )}
            {messages.length === 0 && unsent.length === 0 && person && (
              <p className="py-8 text-center text-muted">{t('first', { name: person.display_name })}</p>
            )}
            <ol className="space-y-2">
              {messages.map((message, at) => (
                <Fragment key={message.id}>
                  {!sameDay(messages[at - 1], message) && <Day iso={message.created_at} />}
                  {message.booking_id !== null && message.booking_id !== messages[at - 1]?.booking_id && (
                    <BookingLine id={message.booking_id} />
                  )}
                  <Bubble message={message} mine={message.sender_id === me} last={message.id === last} />
                </Fragment>
              ))}
              {unsent.map((row) => (
                <UnsentBubble key={row.key} row={row} />
              ))}
            </ol>
          </div>
        )}
      </div>
      <Composer
        key={otherId}
        me={me}
        otherId={otherId}
        bookingId={bookingId}
        onNoBooking={() => setParams({}, { replace: true })}
      />
    </div>
  );
}
