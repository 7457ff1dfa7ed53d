import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { Application, OpenCampaign } from '@/services/queries/creator';
import { asCreator, brandProfile, categories, creatorProfile } from '@/test/data';
import { visit, where } from '@/test/render';
import { answer, cut, hold, refuse } from '@/test/server';

const AT = '2026-03-01T08:00:00Z';
const { has_applied: _, ...plain }: OpenCampaign = {
  id: 5,
  brand_id: 3,
  title: 'Braai season',
  description: 'Show how you braai.',
  objectives: null,
  budget: 900,
  currency: 'USD',
  start_date: AT,
  end_date: '2026-04-01T08:00:00Z',
  status: 'active',
  requirements: {},
  category: 'Travel',
  packages_count: 0,
  applicants_count: 1,
  created_at: AT,
  updated_at: AT,
  brand: { ...brandProfile(), user: { id: 7, user_type: 'brand', is_verified: true, created_at: AT } },
  has_applied: false,
};
const campaign = (over: Partial<OpenCampaign> = {}): OpenCampaign => ({
  ...plain,
  has_applied: false,
  ...over,
});
const application = (over: Partial<Application> = {}): Application => ({
  id: 8,
  campaign_id: 5,
  creator_id: 1,
  status: 'pending',
  application_message: null,
  proposed_price: 320,
  currency: 'USD',
  deliverables: ['One film'],
  duration_days: null,
  booking_id: null,
  applied_at: AT,
  updated_at: AT,
  campaign: plain,
  creator: creatorProfile(),
  ...over,
});
const page = <T,>(of: T, total = 1) => ({ total, pages: total ? 1 : 0, current_page: 1, ...of });

test('shows open campaigns, by category, and which one has applied to', async () => {
  answer('get', '/categories', categories);
  const asked = answer('get', '/campaigns/browse', ({ url }) =>
    url.searchParams.get('category') === 'Other'
      ? page({ campaigns: [] }, 0)
      : page({ campaigns: [campaign(), campaign({ id: 6, title: 'Rain', has_applied: true })] }),
  );
  visit('/creator/campaigns', asCreator());
  const cards = await screen.findAllByRole('article');
  expect(within(cards[0] as HTMLElement).getByRole('link', { name: 'Braai season' })).toHaveAttribute(
    'href',
    '/creator/campaigns/5',
  );
  expect(within(cards[0] as HTMLElement).getByText('Budget US$900')).toBeVisible();
  expect(within(cards[0] as HTMLElement).queryByText('You have applied')).toBeNull();
  expect(within(cards[1] as HTMLElement).getByText('You have applied')).toBeVisible();
  await screen.findByRole('option', { name: 'Other' });
  await userEvent.selectOptions(screen.getByLabelText('Category'), 'Other');
  expect(await screen.findByText('No campaign in this category')).toBeVisible();
  expect(where()).toBe('/creator/campaigns?category=Other');
  await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
  expect(await screen.findByRole('link', { name: 'Rain' })).toBeVisible();
  expect(asked[0]?.url.searchParams.has('category')).toBe(false);
});

test('says when none is open, and tries again what failed', async () => {
  answer('get', '/categories', categories);
  refuse('get', '/campaigns/browse', 503, 'unavailable');
  visit('/creator/campaigns', asCreator());
  const again = await screen.findByRole('button', { name: 'Try again' });
  answer('get', '/campaigns/browse', page({ campaigns: [] }, 0));
  await userEvent.click(again);
  expect(await screen.findByText('No campaign is open now')).toBeVisible();
});

test('shows what one applied to, by answer', async () => {
  const asked = answer('get', '/campaigns/applications', ({ url }) =>
    url.searchParams.get('status') === 'rejected'
      ? page({ applications: [] }, 0)
      : page({ applications: [application({ status: 'accepted' })] }),
  );
  visit('/creator/campaigns?show=mine', asCreator());
  const card = await screen.findByRole('article');
  expect(within(card).getByText('Your price: US$320.00')).toBeVisible();
  expect(within(card).getByText('Accepted')).toBeVisible();
  await userEvent.selectOptions(screen.getByLabelText('Answer'), 'rejected');
  expect(await screen.findByText('None of your applications is here')).toBeVisible();
  expect(asked.at(-1)?.url.searchParams.get('status')).toBe('rejected');
});

const detail = { ...plain, packages: [] };

test('applies once and shows what was sent', async () => {
  answer('get', '/campaigns/{id}', detail);
  let mine: Application[] = [];
  answer('get', '/campaigns/applications', () => page({ applications: mine }, mine.length));
  const asked = answer('post', '/campaigns/{id}/apply', () => {
    mine = [application()];
    return { message: 'Application sent', application: application() };
  });
  visit('/creator/campaigns/5', asCreator());
  await userEvent.type(await screen.findByLabelText('Your price, in USD'), '320');
  await userEvent.type(screen.getByLabelText('What you would make'), 'One film\n');
  await userEvent.click(screen.getByRole('button', { name: 'Send the application' }));
  expect(await screen.findByRole('heading', { name: 'Your application' })).toBeVisible();
  expect(screen.getByText('Waiting')).toBeVisible();
  expect(asked[0]?.headers.get('idempotency-key')).toBeTruthy();
  expect(asked[0]?.body).toEqual({ proposed_price: '320', deliverables: ['One film'], message: null });
});

test('keeps what was typed when the line is cut', async () => {
  answer('get', '/campaigns/{id}', detail);
  answer('get', '/campaigns/applications', page({ applications: [] }, 0));
  cut('post', '/campaigns/{id}/apply');
  visit('/creator/campaigns/5', asCreator());
  await userEvent.click(await screen.findByRole('button', { name: 'Send the application' }));
  expect(await screen.findAllByText('This is required.')).toHaveLength(2);
  await userEvent.type(screen.getByLabelText('Your price, in USD'), '320');
  await userEvent.type(screen.getByLabelText('What you would make'), 'One film');
  await userEvent.click(screen.getByRole('button', { name: 'Send the application' }));
  expect(await screen.findByText(/No answer came/)).toBeVisible();
  expect(screen.getByLabelText('What you would make')).toHaveValue('One film');
});

test('waits, and says when a campaign takes no more', async () => {
  const release = hold('get', '/campaigns/{id}', { ...detail, status: 'paused' });
  answer('get', '/campaigns/applications', page({ applications: [] }, 0));
  visit('/creator/campaigns/5', asCreator());
  expect(await screen.findByText('Loading')).toBeInTheDocument();
  release();
  expect(await screen.findByText('This campaign takes no applications now.')).toBeVisible();
});

test('has no page for a campaign that is none', async () => {
  refuse('get', '/campaigns/{id}', 404, 'not_found');
  answer('get', '/campaigns/applications', page({ applications: [] }, 0));
  visit('/creator/campaigns/99', asCreator());
  expect(await screen.findByRole('heading', { level: 1, name: 'There is no page here' })).toBeVisible();
});
