// One table drives code, data, access, and what is rendered before anybody
// asks.  The build also writes nginx's list of addresses from it.
import { queryClient } from '@/lib/queryClient';
import { install, type Route } from '@/lib/routes';
import { facetsQuery, featuredQuery } from '@/services/queries/creators';

export const routes: readonly Route[] = [
  {
    path: '/',
    load: () => import('@/pages/Home'),
    data: () => [queryClient.prefetchQuery(featuredQuery()), queryClient.prefetchQuery(facetsQuery({}))],
    prerender: {
      title: 'BantuBuzz: find, book and pay African creators',
      description:
        'Book Zimbabwean creators for your brand and pay with EcoCash, OneMoney, InnBucks or card. The money is held until you approve the work.',
      fetches: ['/api/creators?sort=reviews&per_page=4', '/api/creators/facets'],
    },
  },
  {
    path: '/login',
    load: () => import('@/pages/Login'),
    prerender: { title: 'Log in · BantuBuzz', description: 'Log in to BantuBuzz.' },
  },
];

install(routes);
