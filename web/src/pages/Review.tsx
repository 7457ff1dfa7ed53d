import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Missing } from '@/components/Missing';
import { ReviewCard } from '@/components/ReviewCard';
import { ButtonLink } from '@/components/ui/Button';
import { Failed, Loading, Skeleton } from '@/components/ui/State';
import { useAuth } from '@/hooks/useAuth';
import { useParams } from '@/hooks/useParams';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import bookings from '@/i18n/en/bookings';
import { come } from '@/lib/code';
import { ApiError } from '@/services/api';
import { reviewQuery } from '@/services/queries/reviews';
import { creatorName } from '@/utils/format';

const Answer = lazy(() => come(() => import('@/components/AnswerForm')));

export default function Review() {
  const t = useT(bookings);
  const { userId } = useAuth();
  const id = Number(useParams().id);
  const valid = Number.isSafeInteger(id) && id > 0;
  const { data, error, refetch } = useQuery({ ...reviewQuery(id), enabled: valid });
  const title = data
    ? t('reviewOf', { name: data.side === 'brand' ? creatorName(data.creator) : data.brand.company_name })
    : t('review');
  useTitle(title);

  if (!valid || (error instanceof ApiError && error.status === 404)) return <Missing />;
  const mine = data && userId !== null && [data.brand.user_id, data.creator.user_id].includes(userId);
  return (
    <div className="wrap max-w-3xl space-y-5 py-8 md:py-14">
      <h1 className="text-4xl">{title}</h1>
      {data ? (
        <>
          <ReviewCard review={data} parts>
            {data.visible_at === null && <p className="mt-3 text-sm text-muted">{t('reviewHidden')}</p>}
          </ReviewCard>
          {data.side === 'brand' && data.visible_at && data.creator.user_id === userId && (
            <Suspense fallback={<Skeleton className="h-56" />}>
              <Answer review={data} />
            </Suspense>
          )}
          <div className="flex flex-wrap gap-3">
            {mine && (
              <ButtonLink to={`/bookings/${data.collaboration_id}`} look="second">
                {t('toBooking')}
              </ButtonLink>
            )}
            {data.side === 'brand' && (
              <ButtonLink to={`/creators/${data.creator_id}`} look="second">
                {creatorName(data.creator)}
              </ButtonLink>
            )}
          </div>
        </>
      ) : error ? (
        <Failed error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading>
          <Skeleton className="h-48 rounded-card" />
        </Loading>
      )}
    </div>
  );
}
