import { queryClient } from '@/lib/queryClient';
import type { ReviewForm } from '@/lib/schemas';
import { api, ok } from '@/services/api';
import { once } from '@/services/once';
import { bookingKeys } from '@/services/queries/bookings';
import { creatorKeys } from '@/services/queries/creators';
import { reviewQuery } from '@/services/queries/reviews';

const stars = (chosen: string) => (chosen ? Number(chosen) : null);

export async function review(id: number, form: ReviewForm) {
  const body = {
    collaboration_id: id,
    rating: Number(form.rating),
    title: form.title || null,
    comment: form.comment,
    communication_rating: stars(form.communication_rating),
    quality_rating: stars(form.quality_rating),
    professionalism_rating: stars(form.professionalism_rating),
    timeliness_rating: stars(form.timeliness_rating),
    would_recommend: form.would_recommend,
  };
  await once(`review-${id}`, body, (key) =>
    ok(api.POST('/reviews', { body, params: { header: { 'Idempotency-Key': key } } })),
  );
  await queryClient.invalidateQueries({ queryKey: bookingKeys.timeline(id) });
}

// What the creator says to it; later it can be mended.
export async function respond(id: number, response: string) {
  const { review: now } = await ok(
    api.PATCH('/reviews/{id}/response', { body: { response }, params: { path: { id } } }),
  );
  queryClient.setQueryData(reviewQuery(id).queryKey, now);
  void queryClient.invalidateQueries({ queryKey: creatorKeys.reviews(now.creator_id) });
}
