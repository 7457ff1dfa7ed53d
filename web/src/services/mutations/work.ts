// Work that is sent in and judged.
import { queryClient } from '@/lib/queryClient';
import { api, ok } from '@/services/api';
import { once } from '@/services/once';
import { bookingKeys, type Deliverable, type Work } from '@/services/queries/bookings';

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

// The same link is sent again when a change was asked for.
export async function sendPiece(
  { id, total_revisions_used }: Pick<Work, 'id' | 'total_revisions_used'>,
  piece: Piece,
  draft: boolean,
) {
  const answer = await once(`piece-${id}-${draft}`, { piece, total_revisions_used }, (key) => {
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

// Of this version of the piece; the next one may need the same.
export async function askChange(
  id: number,
  { id: deliverable_id, submitted_at }: Pick<Deliverable, 'id' | 'submitted_at'>,
  notes: string,
) {
  const path = { id, deliverable_id };
  const { collaboration } = await once(`change-${deliverable_id}`, { notes, submitted_at }, (key) =>
    ok(
      api.POST('/collaborations/{id}/deliverables/{deliverable_id}/request-revision', {
        body: { notes },
        params: { path, header: { 'Idempotency-Key': key } },
      }),
    ),
  );
  know(collaboration);
}
