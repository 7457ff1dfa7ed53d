import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/Button';
import { Empty, Failed, Loading } from '@/components/ui/State';
import { useStaged } from '@/hooks/useStaged';
import { useT } from '@/i18n';
import find from '@/i18n/en/find';
import ui from '@/i18n/en/ui';

const STEP = 2;
const PLACES = [1, 2, 3, 4, 5, 6];

interface Props<T> {
  list: UseInfiniteQueryResult;
  items: readonly T[];
  // How they lie.
  grid: string;
  card: (item: T, at: number) => ReactNode;
  skeleton: ReactNode;
  // What is said where nothing was found, and the way out of a search.
  none: { icon: ReactNode; title: string; text: string; onClear?: () => void };
}

// What a search found, page after page.
export function Found<T extends { id: number }>({ list, items, grid, card, skeleton, none }: Props<T>) {
  const t = useT(find);
  const common = useT(ui);
  const shown = useStaged(items, STEP);
  if (!list.data)
    return list.error ? (
      <Failed error={list.error} onRetry={() => void list.refetch()} />
    ) : (
      <Loading>
        <div className={grid}>
          {PLACES.map((at) => (
            <div key={at}>{skeleton}</div>
          ))}
        </div>
      </Loading>
    );
  if (items.length === 0)
    return (
      <Empty icon={none.icon} title={none.title} text={none.text}>
        {none.onClear && <Button onClick={none.onClear}>{t('clear')}</Button>}
      </Empty>
    );
  return (
    <>
      <ul className={grid}>
        {shown.map((item, at) => (
          <li key={item.id}>{card(item, at)}</li>
        ))}
      </ul>
      {list.hasNextPage && (
        <div className="mt-8 text-center">
          <Button
            look="second"
            busy={list.isFetchingNextPage}
            busyText={common('loading')}
            onClick={() => void list.fetchNextPage()}
          >
            {common('showMore')}
          </Button>
          {list.isFetchNextPageError && (
            <p role="alert" className="mt-3 text-danger">
              {common('failedTitle')}
            </p>
          )}
        </div>
      )}
    </>
  );
}
