import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createRoot } from 'react-dom/client';
import { expect, test } from 'vitest';
import { App } from '@/App';
import { install, loadPage } from '@/lib/routes';
import { routes } from '@/routes';
import { accessToken } from '@/services/tokens';
import { brandProfile, creatorPage, facets, user } from '@/test/data';
import { visit } from '@/test/render';
import { answer } from '@/test/server';

test('an address that is none says so and leads on', async () => {
  visit('/no/such/page');
  expect(await screen.findByRole('heading', { level: 1 })).toHaveTextContent('There is no page here');
  expect(screen.getByRole('link', { name: 'Go to the home page' })).toHaveAttribute('href', '/');
  await waitFor(() => expect(document.title).toBe('There is no page here · BantuBuzz'));
});

test('going elsewhere puts the focus on the page', async () => {
  answer('get', '/creators/facets', facets());
  answer('get', '/creators', creatorPage());
  visit('/no/such/page');
  await userEvent.click(await screen.findByRole('link', { name: 'Go to the home page' }));
  await waitFor(() => expect(screen.getByRole('main')).toHaveFocus());
});

test('logging out leaves nothing of the account behind', async () => {
  answer('post', '/auth/logout', { message: 'Done' });
  visit('/no/such/page', { user: user(), profile: brandProfile() });
  localStorage.setItem('bb-draft:7:x', '{}');
  await userEvent.click(screen.getByText('Log out'));
  expect(await screen.findAllByRole('link', { name: 'Log in' })).not.toHaveLength(0);
  expect(accessToken()).toBeNull();
  expect(Object.keys(localStorage)).toEqual([]);
});

test('another language is taken up without a reload', async () => {
  visit('/no/such/page');
  await userEvent.selectOptions(await screen.findByLabelText('Language'), 'chiShona');
  expect(await screen.findByRole('heading', { level: 1, name: 'Hapana peji pano' })).toBeVisible();
  expect(document.documentElement.lang).toBe('sn');
  await userEvent.selectOptions(screen.getByLabelText('Mutauro'), 'English');
});

// As on a phone, where a page's effects run after it was painted.
test('a page that comes between its drawing and its effects is shown', async () => {
  const late = { path: '/late', load: async () => ({ default: () => <h1>Late</h1> }) };
  install([late, ...routes]);
  history.replaceState(null, '', '/late');
  const root = createRoot(document.body.appendChild(document.createElement('div')));
  root.render(<App />);
  expect(screen.getAllByRole('status').length).toBeGreaterThan(0);
  await loadPage(late);
  expect(await screen.findByRole('heading', { level: 1, name: 'Late' })).toBeVisible();
  root.unmount();
  install(routes);
});
