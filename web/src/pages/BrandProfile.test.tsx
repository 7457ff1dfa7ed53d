import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { brandProfile, user } from '@/test/data';
import { visit } from '@/test/render';
import { answer, cut, refuse } from '@/test/server';

const ME = { user: user(), profile: brandProfile() };
const own = {
  ...brandProfile({ industry: 'Food' }),
  user: { id: 7, user_type: 'brand', is_verified: true, created_at: '2026-03-01T08:00:00Z' },
} as const;
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));

test('a brand writes what creators see of it', async () => {
  answer('get', '/brands/profile', own);
  const asked = answer('put', '/brands/profile', { message: 'Saved', brand: { ...own, industry: 'Maize' } });
  answer('get', '/auth/me', { user: user(), profile: brandProfile() });
  visit('/brand/profile', ME);
  const field = await screen.findByLabelText(/^Field/);
  expect(field).toHaveValue('Food');
  await userEvent.clear(field);
  await userEvent.type(field, 'Maize');
  await userEvent.selectOptions(screen.getByLabelText('People who work there'), '11-50');
  await userEvent.type(screen.getByLabelText('Instagram'), 'baobab_foods');
  await press('Save the profile');
  expect(await screen.findByText('Your profile is saved.')).toBeVisible();
  expect(asked[0]?.body).toEqual({
    company_name: 'Baobab Foods',
    description: null,
    industry: 'Maize',
    location: null,
    company_size: '11-50',
    website: null,
    social_links: { instagram: 'baobab_foods' },
  });
  await waitFor(() =>
    expect(Object.keys(localStorage).filter((key) => key.startsWith('bb-draft'))).toEqual([]),
  );
});

test('what was typed outlives a lost line and a killed tab', async () => {
  answer('get', '/brands/profile', own);
  cut('put', '/brands/profile');
  const { unmount } = visit('/brand/profile', ME);
  const name = await screen.findByLabelText('Name of the brand or company');
  await userEvent.clear(name);
  await press('Save the profile');
  expect(await screen.findByText('This is required.')).toBeVisible();
  await userEvent.type(name, 'Baobab');
  await press('Save the profile');
  expect(await screen.findByText(/No answer came/)).toBeVisible();
  unmount();
  visit('/brand/profile', ME);
  await waitFor(async () =>
    expect(await screen.findByLabelText('Name of the brand or company')).toHaveValue('Baobab'),
  );
});

test('says when it does not load, and tries again', async () => {
  refuse('get', '/brands/profile', 503, 'unavailable');
  visit('/brand/profile', ME);
  const again = await screen.findByRole('button', { name: 'Try again' });
  answer('get', '/brands/profile', own);
  await userEvent.click(again);
  expect(await screen.findByLabelText('Name of the brand or company')).toHaveValue('Baobab Foods');
});
