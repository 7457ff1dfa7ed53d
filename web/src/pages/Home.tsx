import { useQuery } from '@tanstack/react-query';
import { BadgeCheck, ChevronRight, HandCoins, Search, UserSearch } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { CreatorCard, CreatorCardSkeleton } from '@/components/CreatorCard';
import { later } from '@/components/Later';
import { Button, ButtonLink } from '@/components/ui/Button';
import { Link } from '@/components/ui/Link';
import { Failed, Loading, Skeleton } from '@/components/ui/State';
import { useName } from '@/hooks/useName';
import { useTitle } from '@/hooks/useTitle';
import { useT } from '@/i18n';
import home from '@/i18n/en/home';
import { navigate } from '@/lib/router';
import { facetsQuery, featuredQuery } from '@/services/queries/creators';
import { number } from '@/utils/format';

const CATEGORIES = 8;

function Hero() {
  const t = useT(home);
  const [text, setText] = useState('');

  // Without JavaScript the form leads to the same address.
  function find(event: FormEvent) {
    event.preventDefault();
    const search = text.trim();
    navigate(search ? `/creators?search=${encodeURIComponent(search)}` : '/creators');
  }

  return (
    <section className="on-plum bg-brand text-on-brand">
      <div className="wrap grid gap-8 py-12 md:py-20">
        <h1 className="max-w-4xl text-4xl sm:text-5xl lg:text-7xl">{t('hero')}</h1>
        <p className="max-w-2xl text-lg md:text-xl">{t('heroText')}</p>
        <form
          action="/creators"
          onSubmit={find}
          className="flex max-w-2xl flex-col gap-3 sm:flex-row sm:items-end"
        >
          <label className="flex-1 space-y-1.5">
            <span className="block font-bold">{t('searchLabel')}</span>
            <input
              type="search"
              name="search"
              value={text}
              onInput={(event) => setText(event.currentTarget.value)}
              placeholder={t('searchPlaceholder')}
              maxLength={100}
              enterKeyHint="search"
              className="block min-h-12 w-full rounded-full border-2 border-on-brand bg-card px-5 text-ink"
            />
          </label>
          <Button type="submit" look="glow">
            <Search aria-hidden size={20} />
            {t('search')}
          </Button>
        </form>
      </div>
    </section>
  );
}

function Figures() {
  const t = useT(home);
  const { data } = useQuery(facetsQuery({}));
  const figures = data && [
    {
      value: `${number(data.total)}${data.complete ? '' : '+'}`,
      label: t('creators', { count: data.total }),
    },
    { value: number(data.places.length), label: t('towns', { count: data.places.length }) },
    { value: number(data.categories.length), label: t('fields', { count: data.categories.length }) },
  ];
  return (
    <section aria-label={t('figures')} className="wrap pt-8">
      <dl className="grid grid-cols-3 gap-3 rounded-card bg-glow px-4 py-5 text-on-glow md:px-8">
        {[0, 1, 2].map((at) => {
          const figure = figures?.[at];
          return (
            <div key={at} className="flex min-h-20 flex-col-reverse justify-end">
              <dt className="text-sm md:text-base">{figure?.label ?? '\u00a0'}</dt>
              <dd className="font-display text-3xl tabular-nums md:text-5xl">{figure?.value ?? '\u00a0'}</dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

const Categories = later(() => {
  const t = useT(home);
  const named = useName();
  const { data, isError } = useQuery(facetsQuery({}));
  if (isError || (data && data.categories.length === 0)) return null;
  return (
    <section className="wrap pt-14">
      <h2 className="text-3xl md:text-4xl">{t('categories')}</h2>
      <ul className="mt-6 grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-4">
        {data
          ? data.categories.slice(0, CATEGORIES).map(({ value, count }) => (
              <li key={value}>
                <Link
                  to={`/creators?category=${encodeURIComponent(value)}`}
                  className="flex min-h-18 items-center justify-between gap-3 rounded-card bg-card px-5 py-3 hover:bg-sunken"
                >
                  <span>
                    <span className="block font-bold">{named(value)}</span>
                    <span className="block text-sm text-muted">{t('categoryCount', { count })}</span>
                  </span>
                  <ChevronRight aria-hidden className="shrink-0 text-accent" />
                </Link>
              </li>
            ))
          : Array.from({ length: CATEGORIES }, (_, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: they are all the same
              <li key={at}>
                <Skeleton className="h-18 rounded-card" />
              </li>
            ))}
      </ul>
    </section>
  );
});

const Featured = later(() => {
  const t = useT(home);
  const { data, error, refetch } = useQuery(featuredQuery());
  return (
    <section className="wrap section">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <h2 className="text-3xl md:text-4xl">{t('featured')}</h2>
        <Link
          to="/creators"
          className="flex min-h-11 items-center font-bold text-accent underline underline-offset-4"
        >
          {t('featuredAll')}
        </Link>
      </div>
      <div className="mt-6">
        {data ? (
          data.creators.length > 0 ? (
            <ul className="grid grid-cols-2 gap-3 md:gap-5 lg:grid-cols-4">
              {data.creators.map((creator) => (
                <li key={creator.id}>
                  <CreatorCard creator={creator} />
                </li>
              ))}
            </ul>
          ) : (
            <p className="text-lg text-muted">{t('featuredEmpty')}</p>
          )
        ) : error ? (
          <Failed error={error} onRetry={() => void refetch()} />
        ) : (
          <Loading>
            <div className="grid grid-cols-2 gap-3 md:gap-5 lg:grid-cols-4">
              {[1, 2, 3, 4].map((at) => (
                <CreatorCardSkeleton key={at} />
              ))}
            </div>
          </Loading>
        )}
      </div>
    </section>
  );
});

const How = later(() => {
  const t = useT(home);
  const steps = [
    { title: t('step1'), text: t('step1Text'), Icon: UserSearch },
    { title: t('step2'), text: t('step2Text'), Icon: HandCoins },
    { title: t('step3'), text: t('step3Text'), Icon: BadgeCheck },
  ];
  return (
    <section className="bg-sunken">
      <div className="wrap section">
        <h2 className="text-3xl md:text-4xl">{t('how')}</h2>
        <ol className="mt-8 grid gap-8 md:grid-cols-3">
          {steps.map(({ title, text, Icon }, at) => (
            <li key={title} className="flex gap-4 md:flex-col">
              <span className="grid size-14 shrink-0 place-items-center rounded-full bg-accent text-on-accent">
                <Icon aria-hidden size={28} />
              </span>
              <div>
                <h3 className="text-xl">
                  {at + 1}. {title}
                </h3>
                <p className="mt-1">{text}</p>
              </div>
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
});

const Sides = later(() => {
  const t = useT(home);
  return (
    <section className="wrap section grid gap-5 md:grid-cols-2">
      <div className="flex flex-col items-start gap-4 rounded-card bg-card p-6 md:p-10">
        <h2 className="text-3xl">{t('brandsTitle')}</h2>
        <p className="text-lg">{t('brandsText')}</p>
        <ButtonLink to="/creators" className="mt-auto">
          {t('brandsAct')}
        </ButtonLink>
      </div>
      <div className="on-plum flex flex-col items-start gap-4 rounded-card bg-brand p-6 text-on-brand md:p-10">
        <h2 className="text-3xl">{t('creatorsTitle')}</h2>
        <p className="text-lg">{t('creatorsText')}</p>
        <ButtonLink to="/register/creator" look="plum" className="mt-auto">
          {t('creatorsAct')}
        </ButtonLink>
      </div>
    </section>
  );
});

export default function Home() {
  const t = useT(home);
  useTitle(t('title'));
  return (
    <>
      <Hero />
      <Figures />
      <Categories />
      <Featured />
      <How />
      <Sides />
    </>
  );
}
