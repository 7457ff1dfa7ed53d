import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { UserSearch } from 'lucide-react';
import { CreatorCard, CreatorCardSkeleton } from '@/components/CreatorCard';
import { Finder, useFilters } from '@/components/Filters';
import { SaveButton } from '@/components/SaveButton';
import { Button } from '@/components/ui/Button';
import { Empty, Failed, Loading } from '@/components/ui/State';
import { useStaged } from '@/hooks/useStaged';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import find from '@/i18n/en/find';
import ui from '@/i18n/en/ui';
import { readSort } from '@/lib/filters';
import { CREATOR_SORTS, creatorListQuery, facetsQuery } from '@/services/queries/creators';
import { number } from '@/utils/format';

const grid = 'grid grid-cols-2 gap-3 md:grid-cols-3 md:gap-5';
const STEP = 4;

export default function Creators() {
  const t = useT('find', find);
  const common = useT('ui', ui);
  const state = useFilters();
  const { filters } = state;
  const sort = readSort(state.params, CREATOR_SORTS);
  const list = useInfiniteQuery({ ...creatorListQuery(filters, sort), placeholderData: keepPreviousData });
  const facets = useQuery({ ...facetsQuery(filters), placeholderData: keepPreviousData });
  const creators = list.data?.pages.flatMap((page) => page.creators) ?? [];
  const first = list.data?.pages[0];
  const total = first && 'total' in first ? first.total : creators.length;
  const shown = useStaged(creators, STEP);
  const filtered = Object.keys(filters).length > 0;
  useTitle(filters.search ? t('resultsFor', { text: filters.search }) : t('creatorsTitle'));

  return (
    <div className="wrap py-8 md:py-12">
      <h1 className="text-4xl md:text-5xl">{t('creatorsTitle')}</h1>
      <Finder
        state={state}
        facets={facets.data}
        sorts={CREATOR_SORTS.filter((one) => one !== 'relevance' || filters.search)}
        sort={sort ?? (filters.search ? 'relevance' : 'reviews')}
        searchLabel={t('creatorsSearch')}
        status={list.data && t('creatorsFound', { count: total, number: number(total) })}
      >
        {list.data ? (
          creators.length > 0 ? (
            <>
              <ul className={grid}>
                {shown.map((creator, at) => (
                  <li key={creator.id}>
                    <CreatorCard
                      creator={creator}
                      heading="h2"
                      eager={at < 2}
                      corner={<SaveButton creator={creator} />}
                    />
                  </li>
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
          ) : (
            <Empty
              icon={<UserSearch aria-hidden size={28} />}
              title={t(filtered ? 'noCreatorsMatch' : 'noCreators')}
              text={t(filtered ? 'noneMatchText' : 'noCreatorsText')}
            >
              {filtered && <Button onClick={state.clear}>{t('clear')}</Button>}
            </Empty>
          )
        ) : list.error ? (
          <Failed error={list.error} onRetry={() => void list.refetch()} />
        ) : (
          <Loading>
            <div className={grid}>
              {[1, 2, 3, 4, 5, 6].map((at) => (
                <CreatorCardSkeleton key={at} />
              ))}
            </div>
          </Loading>
        )}
      </Finder>
    </div>
  );
}
