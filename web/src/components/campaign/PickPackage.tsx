import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { ArrowLeft, Search } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Alert } from '@/components/ui/Alert';
import { Avatar } from '@/components/ui/Avatar';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { Field } from '@/components/ui/Field';
import { Failed, Loading, Skeleton } from '@/components/ui/State';
import { useErrors } from '@/hooks/useErrors';
import { useT } from '@/i18n';
import campaigns from '@/i18n/en/campaigns';
import ui from '@/i18n/en/ui';
import { navigate } from '@/lib/router';
import { addPackage } from '@/services/mutations/campaigns';
import type { Campaign } from '@/services/queries/campaigns';
import { type Package, packageListQuery } from '@/services/queries/packages';
import { creatorName, money } from '@/utils/format';

function Row({ item }: { item: Package }) {
  return (
    <>
      <Avatar name={creatorName(item.creator)} src={item.creator.profile_picture} size="sm" />
      <span className="min-w-0 flex-1">
        <span className="block font-bold">{item.title}</span>
        <span className="block text-sm text-muted">{creatorName(item.creator)}</span>
      </span>
      <span className="font-bold tabular-nums">{money(item.price, item.currency, false)}</span>
    </>
  );
}

interface Props {
  campaign: Campaign;
  // In it already.
  taken: readonly Package[];
  onClose: () => void;
}

// Finds a package and books it for the campaign.
export default function PickPackage({ campaign, taken, onClose }: Props) {
  const t = useT(campaigns);
  const u = useT(ui);
  const say = useErrors();
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState<Package | null>(null);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const list = useInfiniteQuery({
    ...packageListQuery(search ? { search } : {}),
    placeholderData: keepPreviousData,
  });
  const rows = list.data?.pages
    .flatMap((page) => page.packages)
    .filter((item) => !taken.some(({ id }) => id === item.id));

  async function book(item: Package) {
    setBusy(true);
    setRefusal(null);
    try {
      const booking = await addPackage(campaign.id, item.id);
      navigate(item.instant ? `/bookings/${booking}/pay` : `/bookings/${booking}`);
    } catch (reason) {
      setRefusal(say(reason));
      setBusy(false);
    }
  }

  if (chosen)
    return (
      <Dialog
        open
        onClose={onClose}
        title={t('addPackage')}
        foot={
          <>
            <Button look="glow" busy={busy} onClick={() => void book(chosen)}>
              {t(chosen.instant ? 'bookIt' : 'askForIt', { price: money(chosen.price, chosen.currency) })}
            </Button>
            <Button look="second" onClick={() => setChosen(null)}>
              <ArrowLeft aria-hidden size={20} />
              {t('another')}
            </Button>
          </>
        }
      >
        <div className="space-y-4">
          <Alert>{refusal}</Alert>
          <p className="flex items-center gap-3 rounded-photo bg-sunken p-4">
            <Row item={chosen} />
          </p>
          <p>{t(chosen.instant ? 'bookText' : 'askText')}</p>
        </div>
      </Dialog>
    );

  return (
    <Dialog open onClose={onClose} title={t('addPackage')}>
      <form
        method="get"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          setSearch(typed.trim());
        }}
        className="flex items-end gap-3"
      >
        <div className="min-w-0 flex-1">
          <Field
            label={t('findPackage')}
            type="search"
            maxLength={100}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </div>
        <button
          type="submit"
          aria-label={t('find')}
          className="grid size-12 shrink-0 place-items-center rounded-full bg-action text-on-action"
        >
          <Search aria-hidden size={20} />
        </button>
      </form>
      <div className="mt-4">
        {!rows ? (
          list.error ? (
            <Failed error={list.error} onRetry={() => void list.refetch()} />
          ) : (
            <Loading>
              <div className="space-y-2">
                <Skeleton className="h-16" />
                <Skeleton className="h-16" />
                <Skeleton className="h-16" />
              </div>
            </Loading>
          )
        ) : (
          <>
            <p role="status" className="text-sm text-muted">
              {rows.length === 0 && t('noneFound')}
            </p>
            <ul className="space-y-2">
              {rows.map((item) => (
                <li key={item.id}>
                  <button
                    type="button"
                    onClick={() => {
                      setRefusal(null);
                      setChosen(item);
                    }}
                    className="flex min-h-16 w-full items-center gap-3 rounded-photo p-3 text-start hover:bg-sunken"
                  >
                    <Row item={item} />
                  </button>
                </li>
              ))}
            </ul>
            {list.hasNextPage && (
              <Button
                look="second"
                wide
                className="mt-3"
                busy={list.isFetchingNextPage}
                onClick={() => void list.fetchNextPage()}
              >
                {u('showMore')}
              </Button>
            )}
          </>
        )}
      </div>
    </Dialog>
  );
}
