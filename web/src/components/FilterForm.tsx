import { keepPreviousData, type UseQueryOptions, useQuery } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useName } from '@/hooks/useName';
import { useT } from '@/i18n';
import find from '@/i18n/en/find';
import type { FilterName } from '@/lib/filters';
import type { Facets, facetsQuery } from '@/services/queries/creators';
import type { packageFacetsQuery } from '@/services/queries/packages';
import { number } from '@/utils/format';
import type { FilterState } from './Filters';
import { Field } from './ui/Field';
import { Select } from './ui/Select';

const LANGUAGES = ['Shona', 'Ndebele', 'English'];
const FOLLOWERS = ['1000', '10000', '50000', '100000'];
const RATINGS = ['4', '4.5'];
const DAYS = ['3', '7', '14'];

export type FacetsQuery = ReturnType<typeof facetsQuery> | ReturnType<typeof packageFacetsQuery>;

interface Props {
  id: string;
  state: FilterState;
  // Asked for only by who sees the choices.
  facets: FacetsQuery;
  onDone?: () => void;
}

export default function FilterForm({ id, state, facets: asked, onDone }: Props) {
  const t = useT(find);
  const named = useName();
  const { data: facets } = useQuery<Facets>({
    ...(asked as UseQueryOptions<Facets>),
    placeholderData: keepPreviousData,
  });
  const values = state.filters as Record<string, string | number | undefined>;
  const value = (name: FilterName) => String(values[name] ?? '');
  const any = { value: '', label: t('any') };
  // What is chosen stays among the choices, whatever the counts say.
  const counted = (name: FilterName, facet?: Facets['categories']) => {
    const rows = (facet ?? []).map((row) => ({
      value: row.value,
      label: `${named(row.value)} (${number(row.count)})`,
    }));
    const chosen = value(name);
    return [
      any,
      ...(chosen && !rows.some((row) => row.value === chosen)
        ? [{ value: chosen, label: named(chosen) }]
        : []),
      ...rows,
    ];
  };

  const atLeast = (count: string) => ({ value: count, label: t('atLeast', { number: Number(count) }) });

  function apply(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    state.change(Object.fromEntries([...data].map(([name, text]) => [name, String(text).trim()])));
    onDone?.();
  }

  return (
    // Anew with every address, so that the inputs show what holds.
    <form id={id} key={state.params.toString()} onSubmit={apply} className="space-y-4">
      <Select
        label={t('category')}
        name="category"
        defaultValue={value('category')}
        options={counted('category', facets?.categories)}
      />
      <Select
        label={t('platform')}
        name="platform"
        defaultValue={value('platform')}
        options={counted('platform', facets?.platforms)}
      />
      <Select
        label={t('location')}
        name="location"
        defaultValue={value('location')}
        options={counted('location', facets?.places)}
      />
      <Select
        label={t('language')}
        name="language"
        defaultValue={value('language')}
        options={[any, ...LANGUAGES.map((one) => ({ value: one, label: named(one) }))]}
      />
      <div className="grid grid-cols-2 gap-3">
        <Field label={t('minPrice')} name="min_price" inputMode="numeric" defaultValue={value('min_price')} />
        <Field label={t('maxPrice')} name="max_price" inputMode="numeric" defaultValue={value('max_price')} />
      </div>
      <Select
        label={t('followers')}
        name="min_followers"
        defaultValue={value('min_followers')}
        options={[any, ...FOLLOWERS.map(atLeast)]}
      />
      <Select
        label={t('rating')}
        name="min_rating"
        defaultValue={value('min_rating')}
        options={[any, ...RATINGS.map(atLeast)]}
      />
      <Select
        label={t('days')}
        name="max_days"
        defaultValue={value('max_days')}
        options={[any, ...DAYS.map((one) => ({ value: one, label: t('within', { count: one }) }))]}
      />
    </form>
  );
}
