// Every link leads to a page of ours: those of the pages as they are shown,
// and those that stand in the sources and need a rare state to be seen.
import fs from 'node:fs';
import path from 'node:path';
import { screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { match } from '@/lib/routes';
import { routes } from '@/routes';
import * as rows from '@/test/data';
import * as money from '@/test/money';
import { visit } from '@/test/render';
import { answer } from '@/test/server';

const AT = '2026-03-01T08:00:00Z';
const one = { total: 1, pages: 1, current_page: 1 };

beforeEach(() => {
  answer('get', '/creators', rows.creatorPage());
  answer('get', '/creators/facets', rows.facets());
  answer('get', '/creators/{id}', rows.creatorDetail());
  answer('get', '/creators/profile', rows.creatorProfile());
  answer('get', '/packages', rows.packagePage());
  answer('get', '/packages/facets', rows.facets());
  answer('get', '/packages/{id}', rows.rated());
  answer('get', '/packages/{id}/quote', money.quote());
  answer('get', '/reviews/creator/{id}', {
    ...one,
    reviews: [rows.review()],
    average_ratings: { overall: 5, communication: 5, quality: 5, professionalism: null, timeliness: 4 },
  });
  answer('get', '/reviews/{id}', rows.review());
  answer('get', '/rules', rules);
  answer('get', '/categories', rows.categories);
  answer('get', '/campaigns', { ...one, campaigns: [money.campaign()] });
  answer('get', '/campaigns/{id}', { ...money.campaign(), packages: [{ ...rows.pack(), booking_id: 40 }] });
  answer('get', '/campaigns/{id}/applications', {
    ...one,
    applications: [money.application({ status: 'accepted', booking_id: 40 })],
    count: 1,
  });
  answer('get', '/campaigns/browse', { ...one, campaigns: [{ ...money.campaign(), has_applied: true }] });
  answer('get', '/campaigns/applications', {
    ...one,
    applications: [money.application({ status: 'accepted', booking_id: 40 })],
  });
  answer('get', '/bookings', money.bookingPage());
  answer(
    'get',
    '/bookings/{id}',
    money.booking({ state: 'completed', payment_status: 'paid', due_at: AT, completion_date: AT }),
  );
  answer('get', '/bookings/{id}/timeline', money.timeline({ state: 'completed', review_ids: [9] }));
  answer('get', '/bookings/{id}/payment-status', money.payment({ paid: true, state: 'paid' }));
  answer('get', '/payment/return/{token}', money.returned());
  answer('get', '/collaborations/{id}', money.work({ state: 'completed' }));
  answer('get', '/balances', money.balances(20));
  answer('get', '/ledger', {
    ...one,
    entries: [
      {
        id: 1,
        act: 'release',
        account: 'brand_balance',
        currency: 'USD',
        amount: 20,
        booking_id: 40,
        created_at: AT,
      },
    ],
  });
  answer('get', '/analytics/earnings', { currency: 'USD', earnings: [], total: 0 });
  answer('get', '/analytics/spending', { currency: 'USD', spending: [], total: 0 });
  answer('get', '/analytics/views', { views: [], total: 0 });
  answer('get', '/brands/saved-creators', { creators: [rows.creatorDetail()], total: 1 });
  answer('get', '/brands/profile', {
    ...rows.brandProfile(),
    user: { id: 7, user_type: 'brand', is_verified: true, created_at: AT },
  });
  answer('get', '/messages/conversations', { ...one, conversations: [rows.conversation()] });
  answer('get', '/messages', { ...one, messages: [rows.message({ booking_id: 40 })], has_more: false });
  answer('get', '/users/{id}', rows.person());
  answer('get', '/notifications', {
    ...one,
    notifications: [rows.notification(), rows.notification({ id: 51, action_url: '/reviews/9' })],
    has_more: false,
    unread_count: 2,
  });
  answer('get', '/notifications/preferences', { preferences: [], total: 0 });
  answer('get', '/auth/sessions', { ...one, sessions: [] });
});

const rules = { fee_percent: 10, answer_hours: 72, payment_hours: 48, review_hours: 72 };
const brandFigures = {
  currency: 'USD',
  days: 30,
  total_campaigns: 1,
  total_spending: 240,
  total_bookings: 2,
  active_bookings: 1,
  completed_bookings: 1,
  campaign_views: 12,
  saved_creators: 1,
} as const;
const creatorFigures = {
  currency: 'USD',
  days: 30,
  total_bookings: 2,
  total_earnings: 108,
  active_bookings: 1,
  completed_bookings: 1,
  total_packages: 1,
  profile_views: 12,
  package_views: 4,
  saves: 1,
  conversion_rate: null,
  response_time_s: null,
  average_rating: 5,
  total_reviews: 1,
} as const;
const SESSIONS = { nobody: undefined, brand: money.buyer, creator: money.seller };
const address = (pattern: string) => pattern.replace(/:\w+/g, '11');

const cases = (['nobody', 'brand', 'creator'] as const).flatMap((who) =>
  routes
    .filter(({ roles }) => (who === 'nobody' ? !roles : roles?.includes(who)))
    .map(({ path: pattern }) => [who, address(pattern)] as const),
);

test.each(cases)('what %s sees at %s leads to pages', async (who, at) => {
  answer('get', '/analytics/dashboard', who === 'creator' ? creatorFigures : brandFigures);
  visit(at, SESSIONS[who]);
  await screen.findByRole('heading', { level: 1 });
  await waitFor(() => expect(screen.queryAllByText('Loading')).toEqual([]));
  const links = screen
    .getAllByRole<HTMLAnchorElement>('link')
    .filter(({ origin }) => origin === location.origin);
  expect(links.length).toBeGreaterThan(0);
  expect(links.map(({ pathname }) => pathname).filter((to) => !match(to))).toEqual([]);
});

test('so do those of the sources', () => {
  const nowhere: string[] = [];
  let found = 0;
  for (const folder of ['pages', 'components', 'hooks'])
    for (const name of fs.readdirSync(`src/${folder}`, { recursive: true, encoding: 'utf8' })) {
      if (!/\.tsx?$/.test(name) || /\.test\./.test(name)) continue;
      const text = fs
        .readFileSync(path.join('src', folder, name), 'utf8')
        .replace(/api\.[A-Z]+\(\s*'[^']*'/g, '');
      for (const [, to = ''] of text.matchAll(/[`'"](\/(?:[a-z][\w/${}.-]*)?)(?:[?#][^`'"]*)?[`'"]/g)) {
        if (/^\/(api|uploads)\b/.test(to)) continue;
        found += 1;
        if (!match(to.replace(/\$\{[^}]*\}/g, '11'))) nowhere.push(`${name}: ${to}`);
      }
    }
  expect(nowhere).toEqual([]);
  expect(found).toBeGreaterThan(50);
});
