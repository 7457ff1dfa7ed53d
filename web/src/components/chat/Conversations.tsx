import { useInfiniteQuery } from '@tanstack/react-query';
import { Image, MessageCircle } from 'lucide-react';
import { Avatar } from '@/components/ui/Avatar';
import { Button, ButtonLink } from '@/components/ui/Button';
import { Link } from '@/components/ui/Link';
import { Empty, Failed, Loading, Skeleton } from '@/components/ui/State';
import { useAuth } from '@/hooks/useAuth';
import { usePresence } from '@/hooks/usePresence';
import { useT } from '@/i18n';
import chat from '@/i18n/en/chat';
import ui from '@/i18n/en/ui';
import { type Conversation, conversationsQuery } from '@/services/queries/messages';
import { classes } from '@/utils/classes';
import { date, daysAgo, number, time } from '@/utils/format';

export function Presence({ userId }: { userId: number }) {
  const t = useT(chat);
  if (!usePresence(userId).online) return null;
  return (
    <span className="absolute end-0 bottom-0 size-4 rounded-full border-2 border-card bg-good">
      <span className="sr-only">{t('online')}</span>
    </span>
  );
}

function Row({ conversation, current }: { conversation: Conversation; current: boolean }) {
  const t = useT(chat);
  const { userId } = useAuth();
  const { user, last_message: last, unread_count: unread } = conversation;
  const { typing } = usePresence(user.id);
  const ago = daysAgo(last.created_at);
  return (
    <li>
      <Link
        to={`/messages/${user.id}`}
        aria-current={current ? 'page' : undefined}
        className={classes(
          'flex min-h-20 items-center gap-3 rounded-photo p-3 -outline-offset-4 hover:bg-sunken',
          current && 'bg-sunken',
        )}
      >
        <span className="relative shrink-0">
          <Avatar name={user.display_name} src={user.picture} />
          <Presence userId={user.id} />
        </span>
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <span className="truncate font-bold">{user.display_name}</span>
            <span className="ms-auto shrink-0 text-sm text-muted">
              {ago === 0 ? time(last.created_at) : ago === 1 ? t('yesterday') : date(last.created_at)}
            </span>
          </span>
          <span className="flex items-center gap-2">
            {typing ? (
              <span className="text-good">{t('typing')}</span>
            ) : (
              <span className={classes('truncate', unread > 0 ? 'font-bold' : 'text-muted')}>
                {last.attachment_url && <Image aria-hidden size={16} className="me-1 inline" />}
                {last.sender_id === userId ? t('you', { text: last.content }) : last.content}
              </span>
            )}
            {unread > 0 && (
              <span className="ms-auto grid h-6 min-w-6 shrink-0 place-items-center rounded-full bg-accent px-2 text-sm font-bold text-on-accent tabular-nums">
                <span aria-hidden>{number(unread)}</span>
                <span className="sr-only">{t('unread', { count: unread })}</span>
              </span>
            )}
          </span>
        </span>
      </Link>
    </li>
  );
}

export function Conversations({ current }: { current: number | null }) {
  const t = useT(chat);
  const tu = useT(ui);
  const { role } = useAuth();
  const query = useInfiniteQuery(conversationsQuery());
  const seen = new Set<number>();
  // What moved to the top meanwhile would come a second time.
  const all = query.data?.pages
    .flatMap((page) => page.conversations)
    .filter(({ id }) => !seen.has(id) && seen.add(id));

  if (!all && query.isError)
    return <Failed error={query.error} onRetry={() => void query.refetch()} title={t('listFailed')} />;
  if (!all)
    return (
      <Loading>
        <div className="space-y-2 p-3">
          {[1, 2, 3, 4, 5].map((n) => (
            <div key={n} className="flex min-h-17 items-center gap-3">
              <Skeleton className="size-14 shrink-0 rounded-full" />
              <div className="flex-1 space-y-2">
                <Skeleton className="h-5 w-1/2" />
                <Skeleton className="h-5 w-full" />
              </div>
            </div>
          ))}
        </div>
      </Loading>
    );
  if (all.length === 0)
    return (
      <Empty
        title={t('emptyTitle')}
        text={t(role === 'brand' ? 'emptyBrand' : 'emptyOther')}
        icon={<MessageCircle aria-hidden size={28} />}
      >
        {role === 'brand' && <ButtonLink to="/creators">{t('findCreators')}</ButtonLink>}
      </Empty>
    );
  return (
    <>
      <ul>
        {all.map((conversation) => (
          <Row key={conversation.id} conversation={conversation} current={conversation.id === current} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          look="second"
          wide
          className="my-3"
          busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {tu('showMore')}
        </Button>
      )}
    </>
  );
}
