import { queryClient } from '@/lib/queryClient';
import { api, ok } from '@/services/api';
import { type Preference, preferencesQuery } from '@/services/queries/account';

export type Wish = Partial<Pick<Preference, 'in_page' | 'by_mail'>>;
// What the server lets one choose.
export type Chosen = Exclude<Preference['type'], 'account'>;

let last: Promise<unknown> = Promise.resolve();

// Shows at once.  The wishes go out one after another, so that the last one
// counts; where one is refused, all stand again as the server has them.
export async function prefer(type: Chosen, wish: Wish) {
  const { queryKey } = preferencesQuery();
  await queryClient.cancelQueries({ queryKey });
  queryClient.setQueryData(
    queryKey,
    (data) =>
      data && {
        ...data,
        preferences: data.preferences.map((one) => (one.type === type ? { ...one, ...wish } : one)),
      },
  );
  const send = () => ok(api.PUT('/notifications/preferences', { body: { type, ...wish } }));
  const mine = last.then(send, send);
  last = mine;
  try {
    await mine;
  } catch (reason) {
    await queryClient.invalidateQueries({ queryKey });
    throw reason;
  }
}
