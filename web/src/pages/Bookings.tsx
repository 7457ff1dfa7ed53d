import { useInfiniteQuery } from '@tanstack/react-query';
import { CalendarCheck } from 'lucide-react';
import { BookingCard } from '@/components/booking/BookingCard';
import { Button, ButtonLink } from '@/components/ui/Button';
import { Empty, Failed, Loading, Skeleton } from '@/components/ui/State';
import { Tabs } from '@/components/ui/Tabs';
import { useAuth } from '@/hooks/useAuth';
import { useStaged } from '@/hooks/useStaged';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import bookings from '@/i18n/en/bookings';
import ui from '@/i18n/en/ui';
import { useSearchParams } from '@/lib/router';
import { bookingListQuery } from '@/services/queries/bookings';

// What each tab asks the server for.
const TABS = {
  all: '',
  pending: 'pending',
  accepted: 'accepted',
  running: 'in_progress',
  completed: 'completed',
  ended: 'cancelled',
};
type Tab = keyof typeof TABS;
const STEP = 6;

function List({ tab, onAll }: { tab: Tab; onAll: () => void }) {
  const t = useT(bookings);
  const u = useT(ui);
  const { role } = useAuth();
  const side = role === 'creator' ? 'creator' : 'brand';
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    bookingListQuery(TABS[tab]),
  );
  const all = useStaged(data?.pages.flatMap((page) => page.bookings) ?? [], STEP);
  const way = side === 'brand' ? '/creators' : '/creator';

  if (!data)
    return error ? (
      <Failed error={error} onRetry={() => void refetch()} />
    ) : (
      <Loading>
        <div className="space-y-3">
          <Skeleton className="h-28" />
          <Skeleton className="h-28" />
          <Skeleton className="h-28" />
        </div>
      </Loading>
    );
  if (all.length === 0)
    return tab === 'all' ? (
      <Empty
        icon={<CalendarCheck aria-hidden size={28} />}
        title={t('emptyTitle')}
        text={t(side === 'brand' ? 'emptyBrand' : 'emptyCreator')}
      >
        <ButtonLink to={way}>{t(side === 'brand' ? 'findCreator' : 'yourPackages')}</ButtonLink>
      </Empty>
    ) : (
      <Empty title={t('emptyFilter')}>
        <Button look="second" onClick={onAll}>
          {t('clearFilter')}
        </Button>
      </Empty>
    );
  return (
    <div className="space-y-3">
      {all.map((booking) => (
        <BookingCard key={booking.id} booking={booking} side={side} />
      ))}
      {hasNextPage && (
        <Button look="second" wide busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {u('showMore')}
        </Button>
      )}
    </div>
  );
}

export default function Bookings() {
  const t = useT(bookings);
  const [params, setParams] = useSearchParams();
  const asked = params.get('show') ?? 'all';
  const tab: Tab = asked in TABS ? (asked as Tab) : 'all';
  useTitle(t('title'));
  const show = (key: Tab) => setParams(key === 'all' ? {} : { show: key }, { replace: true });
  return (
    <div className="wrap max-w-4xl py-8 md:py-14">
      <h1 className="mb-6 text-4xl">{t('title')}</h1>
      <Tabs
        label={t('filter')}
        current={tab}
        onChange={show}
        tabs={(Object.keys(TABS) as Tab[]).map((key) => ({ key, label: t(key) }))}
      >
        <List key={tab} tab={tab} onAll={() => show('all')} />
      </Tabs>
    </div>
  );
}
