import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { setLanguage } from '@/i18n';
import { brandProfile, creatorPage, creatorProfile, facets, user } from '@/test/data';
import { visit, where } from '@/test/render';
import { answer, cut, refuse, says } from '@/test/server';

async function fillIn(email = 'tari@example.com', password = 'sunrise over Nyanga') {
  if (email) await userEvent.type(await screen.findByLabelText('E-mail address'), email);
  if (password) await userEvent.type(await screen.findByLabelText('Password'), password);
  await userEvent.click(await screen.findByRole('button', { name: 'Log in' }));
}

test('opens a session by cookie and goes on', async () => {
  const asked = answer('post', '/auth/login', {
    access_token: 'a.b.c',
    user: user(),
    profile: brandProfile(),
  });
  answer('get', '/creators/facets', facets());
  answer('get', '/creators', creatorPage());
  visit('/login?next=%2F%3Fhello');
  await fillIn();
  await waitFor(() => expect(where()).toBe('/?hello'));
  expect(asked[0]?.body).toEqual({
    email: 'tari@example.com',
    password: 'sunrise over Nyanga',
    session: 'cookie',
  });
  expect(screen.getByRole('button', { name: 'Your account' })).toBeVisible();
});

test.each(['//evil.example', '/\\evil.example', 'https://evil.example'])(
  'never leads to %s',
  async (next) => {
    answer('get', '/creators/facets', facets());
    answer('get', '/creators', creatorPage());
    visit(`/login?next=${encodeURIComponent(next)}`, {
      user: user({ user_type: 'admin' }),
      profile: null,
    });
    await waitFor(() => expect(where()).toBe('/'));
  },
);

test.each([
  ['brand', brandProfile()],
  ['creator', creatorProfile()],
] as const)('leads a %s who asked for no page to the own dashboard', async (role, profile) => {
  visit('/login', { user: user({ user_type: role }), profile });
  await waitFor(() => expect(where()).toBe(`/${role}`));
});

test('names what is missing beside the inputs and puts the focus there', async () => {
  visit('/login');
  await fillIn('not an address', '');
  expect(await screen.findByText('This must be an e-mail address.')).toBeVisible();
  expect(screen.getByText('This is required.')).toBeVisible();
  const email = screen.getByLabelText('E-mail address');
  expect(email).toHaveAccessibleDescription('This must be an e-mail address.');
  expect(email).toHaveFocus();
});

test('says when the two do not go together, and keeps what was typed', async () => {
  refuse('post', '/auth/login', 401, 'credentials_wrong');
  visit('/login');
  await fillIn();
  expect(await screen.findByText(says('credentials_wrong'))).toBeVisible();
  expect(screen.getByLabelText('E-mail address')).toHaveValue('tari@example.com');
});

test('puts the reason of the server beside the field it means', async () => {
  refuse('post', '/auth/login', 422, 'fields_invalid', {
    fields: { email: 'This is no address of ours.' },
    reasons: { email: { code: 'unheard_of' } },
  });
  visit('/login');
  await fillIn();
  expect(await screen.findByText('This is no address of ours.')).toBeVisible();
});

test('a cut line loses nothing', async () => {
  cut('post', '/auth/login');
  visit('/login');
  await fillIn();
  expect(await screen.findByText(/No answer came/)).toBeVisible();
  expect(screen.getByLabelText('Password')).toHaveValue('sunrise over Nyanga');
});

test('shows the password when asked', async () => {
  visit('/login');
  await userEvent.click(await screen.findByRole('button', { name: 'Show' }));
  expect(screen.getByLabelText('Password')).toHaveAttribute('type', 'text');
});

test.each([
  ['sn', 'Email nepasiwedhi izvi hazvienderani.', 'Iyi inofanira kuva email.'],
  ['nd', 'I-imeyili lephasiwedi lokhu akuhambelani.', 'Lokhu kumele kube yi-email.'],
] as const)(
  'in %s both what is refused here and what the worker refuses are in it',
  async (language, wrong, email) => {
    setLanguage(language);
    visit('/login');
    const boxes = () => [...document.querySelectorAll('form input')] as HTMLInputElement[];
    await waitFor(() => expect(boxes()).toHaveLength(2));
    const [address, password] = boxes() as [HTMLInputElement, HTMLInputElement];
    await userEvent.type(address, 'nobody');
    await userEvent.type(password, 'secret');
    await userEvent.click(document.querySelector('form button[type=submit]') as HTMLElement);
    await waitFor(() => expect(address).toHaveAccessibleDescription(email));
    refuse('post', '/auth/login', 401, 'credentials_wrong');
    await userEvent.type(address, '@example.com');
    await userEvent.click(document.querySelector('form button[type=submit]') as HTMLElement);
    expect(await screen.findByText(wrong)).toBeVisible();
  },
);
