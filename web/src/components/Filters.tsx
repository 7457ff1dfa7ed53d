import { SlidersHorizontal, X } from 'lucide-react';
import { type FormEvent, lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { useName } from '@/hooks/useName';
import { useWide } from '@/hooks/useWide';
import { useT } from '@/i18n';
import find from '@/i18n/en/find';
import { come } from '@/lib/code';
import { FILTERS, type FilterName, readFilters } from '@/lib/filters';
import { useSearchParams } from '@/lib/router';
import { money } from '@/utils/format';
import { savesData } from '@/utils/saver';
import type { FacetsQuery } from './FilterForm';
import { Button } from './ui/Button';
import { Dialog } from './ui/Dialog';
import { Field } from './ui/Field';
import { Skeleton } from './ui/State';

// Few use it on phones: it comes when all else is there, or is touched.
const loadForm = () => come(() => import('./FilterForm'));
const Form = lazy(loadForm);
const place = <Skeleton className="h-128" />;

// What is looked for, and how to change it.  Everything else in the address
// stays; the list begins anew.
export function useFilters() {
  const [params, setParams] = useSearchParams();
  return {
    params,
    filters: readFilters(params),
    change: (changes: Partial<Record<FilterName | 'sort', string>>) =>
      setParams((before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value) next.set(name, value);
          else next.delete(name);
        }
        return next;
      }),
    clear: () => setParams({}),
  };
}

export type FilterState = ReturnType<typeof useFilters>;

interface Props {
  state: FilterState;
  facets: FacetsQuery;
  sorts: readonly string[];
  sort: string;
  searchLabel: string;
  // How many there are, told to who cannot see them.
  status: ReactNode;
  children: ReactNode;
}

// Search and order above, filters at the side; on phones in a sheet.
export function Finder({ state, facets, sorts, sort, searchLabel, status, children }: Props) {
  const t = useT(find);
  const named = useName();
  const wide = useWide();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (!savesData()) loadForm().catch(() => {});
  }, []);
  const used = FILTERS.filter((name) => name !== 'search' && state.filters[name] !== undefined);
  const shown = (name: FilterName) => {
    const value = String(state.filters[name]);
    if (name === 'min_price') return t('priceFrom', { price: money(Number(value), 'USD', false) });
    if (name === 'max_price') return t('priceTo', { price: money(Number(value), 'USD', false) });
    if (name === 'min_followers') return `${t('followers')}: ${t('atLeast', { number: Number(value) })}`;
    if (name === 'min_rating') return `${t('rating')}: ${t('atLeast', { number: Number(value) })}`;
    if (name === 'max_days') return t('within', { count: Number(value) });
    return named(value);
  };

  function search(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    state.change({ search: String(new FormData(event.currentTarget).get('search') ?? '').trim() });
  }

  return (
    <div className="mt-6 grid gap-6 lg:grid-cols-[17rem_1fr] lg:gap-10">
      <div className="lg:col-start-2">
        <search>
          <form
            key={state.filters.search ?? ''}
            onSubmit={search}
            className="grid grid-cols-[1fr_auto] items-end gap-3"
          >
            <Field
              label={searchLabel}
              type="search"
              name="search"
              maxLength={100}
              enterKeyHint="search"
              defaultValue={state.filters.search ?? ''}
            />
            <Button type="submit">{t('search')}</Button>
          </form>
        </search>
        <div className="mt-4 flex flex-wrap items-end justify-between gap-3">
          <Button
            look="second"
            className="lg:hidden"
            onPointerDown={() => void loadForm().catch(() => {})}
            onClick={() => setOpen(true)}
          >
            <SlidersHorizontal aria-hidden size={20} />
            {used.length > 0 ? t('filtersUsed', { number: used.length }) : t('filters')}
          </Button>
          <p role="status" className="order-last min-h-6 w-full text-muted lg:order-none lg:w-auto">
            {status}
          </p>
          <label className="flex items-center gap-2">
            <span className="text-sm font-bold max-sm:sr-only">{t('sort')}</span>
            <select
              value={sort}
              onChange={(event) => state.change({ sort: event.currentTarget.value })}
              className="min-h-12 rounded-input border-2 border-line bg-card px-3 text-ink"
            >
              {sorts.map((one) => (
                <option key={one} value={one}>
                  {t(`by_${one.replace('-', 'down_')}` as 'by_price')}
                </option>
              ))}
            </select>
          </label>
        </div>
        {used.length > 0 && (
          <ul className="mt-4 flex flex-wrap gap-2">
            {used.map((name) => (
              <li key={name}>
                <button
                  type="button"
                  onClick={() => state.change({ [name]: '' })}
                  aria-label={t('remove', { filter: shown(name) })}
                  className="flex min-h-11 items-center gap-1.5 rounded-full bg-sunken px-4 text-sm font-bold"
                >
                  {shown(name)}
                  <X aria-hidden size={16} />
                </button>
              </li>
            ))}
            <li>
              <button
                type="button"
                onClick={state.clear}
                className="min-h-11 rounded-full px-3 text-sm font-bold underline underline-offset-4"
              >
                {t('clear')}
              </button>
            </li>
          </ul>
        )}
        <div className="mt-6">{children}</div>
      </div>
      {wide && (
        <aside aria-label={t('filters')} className="col-start-1 row-start-1">
          <Suspense fallback={place}>
            <Form id="filters-side" state={state} facets={facets} />
          </Suspense>
          <button
            type="submit"
            form="filters-side"
            className="mt-5 min-h-12 w-full rounded-full border-2 border-line px-6 font-bold hover:bg-sunken"
          >
            {t('apply')}
          </button>
        </aside>
      )}
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t('filters')}
        foot={
          <button
            type="submit"
            form="filters-sheet"
            className="min-h-12 w-full rounded-full bg-action px-6 font-bold text-on-action"
          >
            {t('apply')}
          </button>
        }
      >
        <Suspense fallback={place}>
          <Form id="filters-sheet" state={state} facets={facets} onDone={() => setOpen(false)} />
        </Suspense>
      </Dialog>
    </div>
  );
}
