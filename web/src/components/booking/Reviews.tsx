import { useQuery } from '@tanstack/react-query';
import { ReviewCard } from '@/components/ReviewCard';
import { Link } from '@/components/ui/Link';
import { Failed, Loading, Skeleton } from '@/components/ui/State';
import { useT } from '@/i18n';
import bookings from '@/i18n/en/bookings';
import { reviewQuery } from '@/services/queries/reviews';

function Written({ id }: { id: number }) {
  const t = useT(bookings);
  const { data, error, refetch } = useQuery(reviewQuery(id));
  if (!data)
    return error ? (
      <Failed small error={error} onRetry={() => void refetch()} />
    ) : (
      <Loading>
        <Skeleton className="h-32 rounded-card" />
      </Loading>
    );
  return (
    <ReviewCard review={data}>
      {data.visible_at === null && <p className="mt-3 text-sm text-muted">{t('reviewHidden')}</p>}
      <p className="mt-2">
        <Link
          to={`/reviews/${data.id}`}
          className="inline-flex min-h-11 items-center font-bold underline underline-offset-4"
        >
          {t('reviewWhole')}
        </Link>
      </p>
    </ReviewCard>
  );
}

// What the two sides said of each other, as far as one may see it.
export default function Reviews({ ids }: { ids: readonly number[] }) {
  const t = useT(bookings);
  return (
    <section className="space-y-3">
      <h2 className="text-2xl">{t('reviews')}</h2>
      {ids.map((id) => (
        <Written key={id} id={id} />
      ))}
    </section>
  );
}
