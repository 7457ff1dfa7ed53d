import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { UserSearch } from 'lucide-react';
import { CreatorCard, CreatorCardSkeleton } from '@/components/CreatorCard';
import { Finder, useFilters } from '@/components/Filters';
import { Found } from '@/components/Found';
import { SaveButton } from '@/components/SaveButton';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import find from '@/i18n/en/find';
import { readSort } from '@/lib/filters';
import { CREATOR_SORTS, creatorListQuery, facetsQuery } from '@/services/queries/creators';
import { number } from '@/utils/format';

const grid = 'grid grid-cols-2 gap-3 md:grid-cols-3 md:gap-5';

export default function Creators() {
  const t = useT(find);
  const state = useFilters();
  const { filters } = state;
  const sort = readSort(state.params, CREATOR_SORTS);
  const list = useInfiniteQuery({ ...creatorListQuery(filters, sort), placeholderData: keepPreviousData });
  const creators = list.data?.pages.flatMap((page) => page.creators) ?? [];
  const first = list.data?.pages[0];
  const total = first && 'total' in first ? first.total : creators.length;
  const filtered = Object.keys(filters).length > 0;
  useTitle(filters.search ? t('resultsFor', { text: filters.search }) : t('creatorsTitle'));

  return (
    <div className="wrap py-8 md:py-12">
      <h1 className="text-4xl md:text-5xl">{t('creatorsTitle')}</h1>
      <Finder
        state={state}
        facets={facetsQuery(filters)}
        sorts={CREATOR_SORTS.filter((one) => one !== 'relevance' || filters.search)}
        sort={sort ?? (filters.search ? 'relevance' : 'reviews')}
        searchLabel={t('creatorsSearch')}
        status={list.data && t('creatorsFound', { count: total, number: number(total) })}
      >
        <Found
          list={list}
          items={creators}
          grid={grid}
          card={(creator, at) => (
            <CreatorCard
              creator={creator}
              heading="h2"
              eager={at < 2}
              corner={<SaveButton creator={creator} />}
            />
          )}
          skeleton={<CreatorCardSkeleton />}
          none={{
            icon: <UserSearch aria-hidden size={28} />,
            title: t(filtered ? 'noCreatorsMatch' : 'noCreators'),
            text: t(filtered ? 'noneMatchText' : 'noCreatorsText'),
            onClear: filtered ? state.clear : undefined,
          }}
        />
      </Finder>
    </div>
  );
}
