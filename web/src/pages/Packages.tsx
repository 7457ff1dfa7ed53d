import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { PackageSearch } from 'lucide-react';
import { Finder, useFilters } from '@/components/Filters';
import { Found } from '@/components/Found';
import { PackageCard, PackageCardSkeleton } from '@/components/PackageCard';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import find from '@/i18n/en/find';
import { readSort } from '@/lib/filters';
import { PACKAGE_SORTS, packageFacetsQuery, packageListQuery } from '@/services/queries/packages';
import { number } from '@/utils/format';

const grid = 'grid gap-3 sm:grid-cols-2 md:gap-5 xl:grid-cols-3';

export default function Packages() {
  const t = useT(find);
  const state = useFilters();
  const { filters } = state;
  const sort = readSort(state.params, PACKAGE_SORTS);
  const list = useInfiniteQuery({ ...packageListQuery(filters, sort), placeholderData: keepPreviousData });
  const packages = list.data?.pages.flatMap((page) => page.packages) ?? [];
  const first = list.data?.pages[0];
  const total = first && 'total' in first ? first.total : packages.length;
  const filtered = Object.keys(filters).length > 0;
  useTitle(filters.search ? t('resultsFor', { text: filters.search }) : t('packagesTitle'));

  return (
    <div className="wrap py-8 md:py-12">
      <h1 className="text-4xl md:text-5xl">{t('packagesTitle')}</h1>
      <Finder
        state={state}
        facets={packageFacetsQuery(filters)}
        sorts={PACKAGE_SORTS.filter((one) => one !== 'relevance' || filters.search)}
        sort={sort ?? (filters.search ? 'relevance' : 'newest')}
        searchLabel={t('packagesSearch')}
        status={list.data && t('packagesFound', { count: total, number: number(total) })}
      >
        <Found
          list={list}
          items={packages}
          grid={grid}
          card={(item) => <PackageCard item={item} heading="h2" />}
          skeleton={<PackageCardSkeleton />}
          none={{
            icon: <PackageSearch aria-hidden size={28} />,
            title: t(filtered ? 'noPackagesMatch' : 'noPackages'),
            text: t(filtered ? 'noneMatchText' : 'noPackagesText'),
            onClear: filtered ? state.clear : undefined,
          }}
        />
      </Finder>
    </div>
  );
}
