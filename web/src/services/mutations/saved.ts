// Saving a creator shows at once and is taken back if it fails.  Of many quick
// taps only the last wish counts: one call is under way, at most one waits.
import type { QueryClient } from '@tanstack/react-query';
import { api, ok } from '@/services/api';
import { type CreatorDetail, creatorKeys, savedCreatorsQuery } from '@/services/queries/creators';

const wishes = new Map<number, boolean>();

type Saved = { creators: CreatorDetail[]; total: number };

function show(client: QueryClient, creator: CreatorDetail, wish: boolean) {
  client.setQueryData<Saved>(savedCreatorsQuery().queryKey, (before) => {
    const others = (before?.creators ?? []).filter(({ id }) => id !== creator.id);
    const creators = wish ? [creator, ...others] : others;
    return { creators, total: creators.length };
  });
}

const tell = (id: number, wish: boolean) =>
  wish
    ? ok(api.POST('/brands/saved-creators/{id}', { params: { path: { id } } }))
    : ok(api.DELETE('/brands/saved-creators/{id}', { params: { path: { id } } }));

// Rejects when the last wish did not come true; then all is as it was.
export async function saveCreator(client: QueryClient, creator: CreatorDetail, wish: boolean) {
  const underWay = wishes.has(creator.id);
  await client.cancelQueries({ queryKey: creatorKeys.saved() });
  wishes.set(creator.id, wish);
  show(client, creator, wish);
  if (underWay) return;
  let was = !wish;
  try {
    for (
      let next = wishes.get(creator.id);
      next !== undefined && next !== was;
      next = wishes.get(creator.id)
    ) {
      await tell(creator.id, next);
      was = next;
    }
  } catch (reason) {
    show(client, creator, was);
    throw reason;
  } finally {
    wishes.delete(creator.id);
  }
}
