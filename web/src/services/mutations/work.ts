// Work that is sent in and judged.
import { queryClient } from '@/lib/queryClient';
import { api, ok } from '@/services/api';
import { once } from '@/services/once';
import { bookingKeys, type Work } from '@/services/queries/bookings';

function know(work: Work) {
  queryClient.setQueryData(bookingKeys.work(work.id), work);
  for (const queryKey of [bookingKeys.detail(work.id), bookingKeys.timeline(work.id), bookingKeys.lists()])
    void queryClient.invalidateQueries({ queryKey });
}

export interface Piece {
  title: string;
  url: string;
  description: string | null;
}

export async function sendPiece(id: number, piece: Piece, draft: boolean) {
  const answer = await once(`piece-${id}-${draft}`, piece, (key) => {
    const init = { body: piece, params: { path: { id }, header: { 'Idempotency-Key': key } } };
    return ok(
      draft
        ? api.POST('/collaborations/{id}/deliverables/draft', init)
        : api.POST('/collaborations/{id}/deliverables', init),
    );
  });
  know(answer.collaboration);
}

export async function approvePiece(id: number, deliverable_id: number) {
  const path = { id, deliverable_id };
  const { collaboration } = await ok(
    api.POST('/collaborations/{id}/deliverables/{deliverable_id}/approve', { params: { path } }),
  );
  know(collaboration);
}

export async function askChange(id: number, deliverable_id: number, notes: string) {
  const path = { id, deliverable_id };
  const { collaboration } = await once(`change-${deliverable_id}`, notes, (key) =>
    ok(
      api.POST('/collaborations/{id}/deliverables/{deliverable_id}/request-revision', {
        body: { notes },
        params: { path, header: { 'Idempotency-Key': key } },
      }),
    ),
  );
  know(collaboration);
}
