import { useInfiniteQuery } from '@tanstack/react-query';
import { Bell, CalendarCheck, Check, Handshake, Megaphone, MessageCircle, Star, Wallet } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Link } from '@/components/ui/Link';
import { Empty, Failed, Loading, Skeleton } from '@/components/ui/State';
import { toast } from '@/components/ui/Toast';
import { useTitle } from '@/hooks/useTitle';
import { type Slots, type Told, useT, useTold, want } from '@/i18n';
import words from '@/i18n/en/notifications';
import ui from '@/i18n/en/ui';
import { match } from '@/lib/routes';
import { readAllNotifications, readNotification } from '@/services/mutations/notifications';
import { type Notification, notificationsQuery } from '@/services/queries/notifications';
import { classes } from '@/utils/classes';
import { date, dateTime } from '@/utils/format';

want('notices');

const ICONS: Record<Notification['type'], typeof Bell> = {
  booking: CalendarCheck,
  message: MessageCircle,
  review: Star,
  campaign: Megaphone,
  payment: Wallet,
  collaboration: Handshake,
};

// Only a path of ours that has a page.
const target = (url: string | null) =>
  url?.startsWith('/') && match(new URL(url, location.origin).pathname) ? url : null;

// Title and message in the language of the page, of what the API made them of;
// it says a day in English too, with its time beside it.
function told({ notice, params, title, message }: Notification, tell: Told) {
  const slots: Slots = {};
  for (const [name, value] of Object.entries(params ?? {}))
    if (value !== null && !name.endsWith('_at')) slots[name] = value;
  if (typeof params?.due_at === 'string') slots.due = date(params.due_at);
  return {
    title: (notice && tell(notice, slots)) ?? title,
    message: (notice && tell(`${notice}:`, slots)) ?? message,
  };
}

function Item({ item }: { item: Notification }) {
  const t = useT(words);
  const { title, message } = told(item, useTold('notices'));
  const Icon = ICONS[item.type];
  const to = target(item.action_url);
  const read = () => {
    if (!item.is_read) readNotification(item.id).catch(() => toast(t('markFailed'), true));
  };
  return (
    <li className="relative flex flex-wrap gap-3 rounded-card bg-card p-4">
      <span
        className={classes(
          'grid size-11 shrink-0 place-items-center rounded-full',
          item.is_read ? 'bg-sunken text-muted' : 'bg-accent text-on-accent',
        )}
      >
        <Icon aria-hidden size={22} />
        <span className="sr-only">{t(item.type)}</span>
      </span>
      <div className="min-w-0 flex-1 basis-32">
        <h2
          className={classes(
            'font-sans text-base tracking-normal',
            item.is_read ? 'font-normal' : 'font-bold',
          )}
        >
          {!item.is_read && <span className="sr-only">{t('unread')}: </span>}
          {to ? (
            <Link to={to} onClick={read} className="stretched">
              {title}
            </Link>
          ) : (
            title
          )}
        </h2>
        <p className="[overflow-wrap:anywhere]">{message}</p>
        <p className="text-sm text-muted">
          <time dateTime={item.created_at}>{dateTime(item.created_at)}</time>
        </p>
      </div>
      {!item.is_read && (
        <button
          type="button"
          aria-label={t('markOne', { title })}
          onClick={read}
          className="z-10 grid size-11 shrink-0 place-items-center self-center rounded-full hover:bg-sunken"
        >
          <Check aria-hidden size={22} />
        </button>
      )}
    </li>
  );
}

export default function Notifications() {
  const t = useT(words);
  const tu = useT(ui);
  const query = useInfiniteQuery(notificationsQuery());
  const [busy, setBusy] = useState(false);
  const items = query.data?.pages.flatMap((page) => page.notifications);
  const newest = items?.[0]?.id;
  useTitle(t('title'));

  async function markAll(upTo: number) {
    setBusy(true);
    await readAllNotifications(upTo).catch(() => toast(t('markFailed'), true));
    setBusy(false);
  }

  return (
    <div className="wrap max-w-3xl py-8">
      <div className="mb-4 flex min-h-12 flex-wrap items-center justify-between gap-3">
        <div>
          <h1 className="text-3xl">{t('title')}</h1>
          <Link
            to="/settings#notifications"
            className="inline-flex min-h-11 items-center text-accent underline underline-offset-4"
          >
            {t('choose')}
          </Link>
        </div>
        {newest !== undefined && items?.some((item) => !item.is_read) && (
          <Button look="second" busy={busy} busyText={t('markAllBusy')} onClick={() => void markAll(newest)}>
            {t('markAll')}
          </Button>
        )}
      </div>
      {!items && query.isError ? (
        <Failed error={query.error} onRetry={() => void query.refetch()} title={t('failed')} />
      ) : !items ? (
        <Loading>
          <div className="space-y-2">
            {[1, 2, 3, 4].map((n) => (
              <Skeleton key={n} className="h-28 rounded-card" />
            ))}
          </div>
        </Loading>
      ) : items.length === 0 ? (
        <Empty title={t('emptyTitle')} text={t('emptyText')} icon={<Bell aria-hidden size={28} />} />
      ) : (
        <>
          <ul className="space-y-2">
            {items.map((item) => (
              <Item key={item.id} item={item} />
            ))}
          </ul>
          {query.hasNextPage && (
            <Button
              look="second"
              wide
              className="mt-4"
              busy={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {tu('showMore')}
            </Button>
          )}
        </>
      )}
    </div>
  );
}
