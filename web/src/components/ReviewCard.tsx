import type { ReactNode } from 'react';
import { Stars } from '@/components/Stars';
import { useT } from '@/i18n';
import profile from '@/i18n/en/profile';
import type { Review } from '@/services/queries/reviews';
import { creatorName, date } from '@/utils/format';

const PARTS = ['communication', 'quality', 'professionalism', 'timeliness'] as const;

// What one side said of the other, and what the creator said to it.
export function ReviewCard({
  review,
  parts,
  children,
}: {
  review: Review;
  // Each part's stars too.
  parts?: boolean;
  children?: ReactNode;
}) {
  const t = useT(profile);
  const rated = parts ? PARTS.filter((part) => review[`${part}_rating`] !== null) : [];
  return (
    <article className="rounded-card bg-card p-5">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="font-bold">
          {review.side === 'brand' ? review.brand.company_name : creatorName(review.creator)}
        </p>
        <Stars value={review.rating} />
      </div>
      <p className="text-sm text-muted">{date(review.created_at)}</p>
      {review.title && <h3 className="mt-3 text-lg">{review.title}</h3>}
      <p className="mt-2 whitespace-pre-line">{review.comment}</p>
      {rated.length > 0 && (
        <dl className="mt-4 grid gap-x-8 gap-y-2 sm:grid-cols-2">
          {rated.map((part) => (
            <div key={part} className="flex flex-wrap items-center justify-between gap-x-3">
              <dt className="text-muted">{t(part)}</dt>
              <dd>
                <Stars value={review[`${part}_rating`] ?? 0} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {review.creator_response && (
        <blockquote className="mt-4 border-s-4 border-accent ps-4">
          <p className="text-sm font-bold">{t('response')}</p>
          <p className="whitespace-pre-line">{review.creator_response}</p>
        </blockquote>
      )}
      {children}
    </article>
  );
}
