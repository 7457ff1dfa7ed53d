import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { brandProfile, user } from '@/test/data';
import { visit, where } from '@/test/render';
import { answer, cut, refuse, says } from '@/test/server';

const registered = {
  message: 'Sent',
  user: { ...user({ email: 'tari@example.com' }), is_verified: false as const, last_login: null },
  requires_verification: true as const,
};
const type = async (label: string, text: string) => userEvent.type(await screen.findByLabelText(label), text);
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));

test('a brand registers, proves its address and may log in', async () => {
  const asked = answer('post', '/auth/register/brand', registered);
  const proved = answer('post', '/auth/verify-otp', { message: 'Done', user: user() });
  visit('/register');
  await userEvent.click(await screen.findByRole('link', { name: 'Join as a brand' }));
  await type('Name of the brand or company', 'Baobab Foods');
  await type('E-mail address', 'tari@example.com');
  await type('Password', 'granite and maize');
  await press('Create account');
  expect(await screen.findByText('We sent a code to tari@example.com.')).toBeVisible();
  expect(asked[0]?.body).toEqual({
    company_name: 'Baobab Foods',
    email: 'tari@example.com',
    password: 'granite and maize',
  });
  expect(Object.keys(localStorage).filter((key) => key.startsWith('bb-draft'))).toEqual([]);
  await type('Six-digit code', ' 204913 ');
  await press('Go on');
  await waitFor(() => expect(where()).toBe('/login'));
  expect(proved[0]?.body).toEqual({
    email: 'tari@example.com',
    code: '204913',
    user_id: registered.user.id,
  });
  expect(await screen.findByText(/Your address is proved/)).toBeVisible();
});

test('who logs in unproved proves the registration of that password', async () => {
  refuse('post', '/auth/login', 403, 'unverified', {
    requires_verification: true,
    email: 'tari@example.com',
    user_id: 8,
  });
  const proved = answer('post', '/auth/verify-otp', { message: 'Done', user: user() });
  visit('/login');
  await type('E-mail address', 'tari@example.com');
  await type('Password', 'granite and maize');
  await press('Log in');
  await type('Six-digit code', '204913');
  await press('Go on');
  await waitFor(() => expect(where()).toBe('/login'));
  expect(proved[0]?.body).toEqual({ email: 'tari@example.com', code: '204913', user_id: 8 });
});

test('a creator is told what is wrong before anything is sent, and nothing typed is lost', async () => {
  cut('post', '/auth/register/creator');
  const { unmount } = visit('/register/creator');
  await type('E-mail address', 'tari@example.com');
  await type('Password', 'short');
  await press('Create account');
  expect(await screen.findByText('This must have at least 8 characters.')).toBeVisible();
  await type('Password', ' no more');
  await press('Create account');
  expect(await screen.findByText(/No answer came/)).toBeVisible();
  unmount();
  visit('/register/creator');
  await waitFor(async () =>
    expect(await screen.findByLabelText('E-mail address')).toHaveValue('tari@example.com'),
  );
  expect(screen.getByLabelText('Password')).toHaveValue('');
  expect(JSON.stringify({ ...localStorage })).not.toContain('short');
});

test('a wrong code is told, and another one sent', async () => {
  refuse('post', '/auth/verify-otp', 400, 'code_wrong');
  const again = answer('post', '/auth/resend-otp', { message: 'Sent' });
  visit('/verify');
  await type('E-mail address', 'tari@example.com');
  await type('Six-digit code', '12');
  await press('Go on');
  expect(await screen.findByText('This must be six digits.')).toBeVisible();
  await type('Six-digit code', '3456');
  await press('Go on');
  expect(await screen.findByText(says('code_wrong'))).toBeVisible();
  await press('Send another code');
  expect(await screen.findByText('Another code is on its way.')).toBeVisible();
  expect(again[0]?.body).toEqual({ email: 'tari@example.com' });
});

test('a forgotten password: the same words for known and unknown addresses', async () => {
  answer('post', '/auth/forgot-password', { message: 'Sent' });
  visit('/forgot-password');
  await type('E-mail address', 'tari@example.com');
  await press('Send the link');
  expect(await screen.findByText(/If tari@example.com has an account/)).toBeVisible();
});

test.each([
  ['/forgot-password', 'bb-draft:0:forgot'],
  ['/verify', 'bb-draft:0:verify'],
])('%s: the address stands there again after the tab was ended, a code does not', async (path, key) => {
  const first = visit(path);
  await type('E-mail address', 'tari@example.com');
  if (path === '/verify') await type('Six-digit code', '2049');
  first.unmount();
  visit(path);
  await waitFor(async () =>
    expect(await screen.findByLabelText('E-mail address')).toHaveValue('tari@example.com'),
  );
  expect(localStorage.getItem(key)).toBe('{"email":"tari@example.com"}');
  answer('post', '/auth/forgot-password', { message: 'Sent' });
  answer('post', '/auth/verify-otp', { message: 'Done', user: user() });
  if (path === '/verify') await type('Six-digit code', '204913');
  await press(path === '/verify' ? 'Go on' : 'Send the link');
  await waitFor(() => expect(localStorage.getItem(key)).toBeNull());
});

test('the link of the letter sets a new one, once', async () => {
  refuse('post', '/auth/reset-password/{token}', 400, 'link_wrong');
  visit('/reset-password/abc');
  await type('New password', 'another long enough one');
  await press('Save the new password');
  expect(await screen.findByText(says('link_wrong'))).toBeVisible();
  const asked = answer('post', '/auth/reset-password/{token}', { message: 'Done' });
  await press('Save the new password');
  await waitFor(() => expect(where()).toBe('/login'));
  expect(asked[0]?.url.pathname).toBe('/api/auth/reset-password/abc');
});

const AT = '2026-03-01T08:00:00Z';
// As it says of itself.
const ANDROID =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36';
const session = (id: string, current: boolean) => ({
  id,
  current,
  address: '127.0.0.1',
  user_agent: current ? ANDROID : 'Other browser',
  created_at: AT,
  last_used_at: AT,
  expires_at: AT,
});

const preference = (type: 'account' | 'review', is_fixed = false) => ({
  type,
  about: '',
  in_page: true,
  by_mail: true,
  is_fixed,
});
const told = {
  preferences: [preference('account', true), preference('review')],
  total: 2,
};
beforeEach(() => {
  answer('get', '/notifications/preferences', told);
});

test('settings: what one is told is chosen by type, and shown at once', async () => {
  refuse('get', '/auth/sessions', 503, 'unavailable');
  const asked = answer('put', '/notifications/preferences', { message: 'Saved' });
  visit('/settings#notifications', { user: user(), profile: brandProfile() });
  const part = within(await screen.findByRole('region', { name: 'Notifications' }));
  await waitFor(() => expect(screen.getByRole('heading', { name: 'Notifications' })).toHaveFocus());
  const reviews = within(await part.findByRole('group', { name: 'Reviews' }));
  const mail = reviews.getByRole('checkbox', { name: 'By mail' });
  expect(mail).toBeChecked();
  await userEvent.click(mail);
  expect(mail).not.toBeChecked();
  await waitFor(() => expect(asked[0]?.body).toEqual({ type: 'review', by_mail: false }));
  expect(reviews.getByRole('checkbox', { name: 'Here' })).toBeChecked();
  // what guards the account is not to be chosen
  expect(part.getByText('Always told: it guards your account.')).toBeVisible();
  expect(part.getAllByRole('checkbox')).toHaveLength(2);
});

test('settings: a wish that did not get through is taken back, and said', async () => {
  refuse('get', '/auth/sessions', 503, 'unavailable');
  cut('put', '/notifications/preferences');
  visit('/settings', { user: user(), profile: brandProfile() });
  const here = await screen.findByRole('checkbox', { name: 'Here' });
  await userEvent.click(here);
  expect(await screen.findByText(/That was not saved\. No answer came/)).toBeVisible();
  await waitFor(() => expect(screen.getByRole('checkbox', { name: 'Here' })).toBeChecked());
});

test('settings: the parts and the profile’s editor can be found', async () => {
  refuse('get', '/auth/sessions', 503, 'unavailable');
  visit('/settings', { user: user(), profile: brandProfile() });
  const parts = within(await screen.findByRole('navigation', { name: 'Parts of the settings' }));
  for (const { textContent, hash } of parts.getAllByRole<HTMLAnchorElement>('link')) {
    const region = screen.getByRole('region', { name: textContent ?? '' });
    expect(`#${region.id}`).toBe(hash);
  }
  expect(screen.getByRole('link', { name: 'Edit the profile' })).toHaveAttribute('href', '/brand/profile');
});

test('settings: sessions are seen and ended', async () => {
  let sessions = [session('a', true), session('b', false)];
  answer('get', '/auth/sessions', () => ({ sessions, total: 2, pages: 1, current_page: 1 }));
  const ended = answer('delete', '/auth/sessions/{session}', { message: 'Ended' });
  visit('/settings', { user: user(), profile: brandProfile() });
  expect(await screen.findByText('Other browser')).toBeVisible();
  expect(screen.getByText('Samsung Internet · Android')).toBeVisible();
  sessions = sessions.slice(0, 1);
  await press('Log out there');
  await waitFor(() => expect(screen.queryByText('Other browser')).toBeNull());
  expect(ended[0]?.url.pathname).toBe('/api/auth/sessions/b');
});

test('settings: the address changes by a code', async () => {
  refuse('get', '/auth/sessions', 503, 'unavailable');
  refuse('put', '/users/profile', 422, 'fields_invalid', {
    fields: { current_password: 'This is not your password.' },
    reasons: { current_password: { code: 'password_wrong' } },
  });
  visit('/settings', { user: user(), profile: brandProfile() });
  const part = within(await screen.findByRole('region', { name: 'E-mail address' }));
  await userEvent.type(part.getByLabelText('New e-mail address'), 'new@example.com');
  await userEvent.type(part.getByLabelText('Current password'), 'granite');
  await userEvent.click(part.getByRole('button', { name: 'Change the address' }));
  expect(await part.findByText('This is not your password.')).toBeVisible();
  answer('put', '/users/profile', { message: 'Sent', user: user(), profile: brandProfile() });
  answer('post', '/auth/confirm-email', { message: 'Done', user: user() });
  answer('get', '/auth/me', { user: user({ email: 'new@example.com' }), profile: brandProfile() });
  await userEvent.click(part.getByRole('button', { name: 'Change the address' }));
  await userEvent.type(await part.findByLabelText('Six-digit code'), '204913');
  await userEvent.click(part.getByRole('button', { name: 'Confirm the address' }));
  expect(await part.findByText('Now: new@example.com')).toBeVisible();
});

test('settings: a new address is not lost on the way to the letter and back, its secrets are kept nowhere', async () => {
  refuse('get', '/auth/sessions', 503, 'unavailable');
  const me = { user: user(), profile: brandProfile() };
  const part = async () => within(await screen.findByRole('region', { name: 'E-mail address' }));
  const first = visit('/settings', me);
  await userEvent.type((await part()).getByLabelText('New e-mail address'), 'new@example.com');
  await userEvent.type((await part()).getByLabelText('Current password'), 'granite');
  first.unmount();
  const second = visit('/settings', me);
  await waitFor(async () =>
    expect((await part()).getByLabelText('New e-mail address')).toHaveValue('new@example.com'),
  );
  expect((await part()).getByLabelText('Current password')).toHaveValue('');
  answer('put', '/users/profile', { message: 'Sent', ...me });
  await userEvent.type((await part()).getByLabelText('Current password'), 'granite');
  await userEvent.click((await part()).getByRole('button', { name: 'Change the address' }));
  await userEvent.type(await (await part()).findByLabelText('Six-digit code'), '2049');
  second.unmount();
  visit('/settings', me);
  expect(await (await part()).findByText(/new@example\.com/)).toBeVisible();
  expect((await part()).getByLabelText('Six-digit code')).toHaveValue('');
  expect(JSON.stringify({ ...localStorage })).not.toMatch(/granite|2049/);
  await userEvent.click((await part()).getByRole('button', { name: 'Take another address' }));
  expect((await part()).getByLabelText('New e-mail address')).toHaveValue('');
  expect(Object.keys(localStorage).filter((key) => key.includes('email-asked'))).toEqual([]);
});

test('settings: the colours are taken up and kept', async () => {
  refuse('get', '/auth/sessions', 503, 'unavailable');
  visit('/settings', { user: user(), profile: brandProfile() });
  await userEvent.selectOptions(await screen.findByLabelText('Colours'), 'dark');
  expect(document.documentElement.dataset.theme).toBe('dark');
  expect(localStorage.getItem('bb-theme')).toBe('dark');
  await userEvent.selectOptions(screen.getByLabelText('Colours'), '');
  expect(document.documentElement.dataset.theme).toBeUndefined();
});

test('settings: a password is changed by who knows the current one', async () => {
  answer('get', '/notifications/preferences', { preferences: [], total: 0 });
  const listed = answer('get', '/auth/sessions', { total: 0, pages: 0, current_page: 1, sessions: [] });
  visit('/settings', { user: user(), profile: brandProfile() });
  const part = within(await screen.findByRole('region', { name: 'Password' }));
  const [current, next] = [part.getByLabelText('Current password'), part.getByLabelText('New password')];
  const change = () => userEvent.click(part.getByRole('button', { name: 'Change the password' }));

  refuse('post', '/auth/change-password', 422, 'fields_invalid', {
    fields: { current_password: 'This is not your password.' },
    reasons: { current_password: { code: 'password_wrong' } },
  });
  await userEvent.type(current, 'not this one');
  await userEvent.type(next, 'granite and maize');
  await change();
  expect(await part.findByText('This is not your password.')).toBeVisible();
  expect(current).toBeInvalid();
  expect(next).toHaveValue('granite and maize');
  expect(screen.queryByText(/Your password is changed/)).toBeNull();

  const asked = answer('post', '/auth/change-password', { message: 'Done' });
  const before = listed.length;
  await userEvent.clear(current);
  await userEvent.type(current, 'demo-zimbabwe');
  await change();
  expect(await screen.findByText('Your password is changed. Other places are logged out.')).toBeVisible();
  expect(asked.map(({ body }) => body)).toEqual([
    { current_password: 'demo-zimbabwe', password: 'granite and maize' },
  ]);
  expect(current).toHaveValue('');
  expect(next).toHaveValue('');
  // Who was logged out elsewhere is in the list no more.
  await waitFor(() => expect(listed.length).toBeGreaterThan(before));
});

test('settings: the language is taken up and kept', async () => {
  answer('get', '/notifications/preferences', { preferences: [], total: 0 });
  answer('get', '/auth/sessions', { total: 0, pages: 0, current_page: 1, sessions: [] });
  visit('/settings', { user: user(), profile: brandProfile() });
  const part = await screen.findByRole('region', { name: 'On this device' });
  await userEvent.selectOptions(within(part).getByLabelText('Language'), 'chiShona');
  expect(await screen.findByRole('heading', { level: 1, name: 'Marongero' })).toBeVisible();
  expect(document.documentElement.lang).toBe('sn');
  expect(document.cookie).toContain('bb_language=sn');
  await userEvent.selectOptions(within(part).getByLabelText('Mutauro'), 'English');
  expect(await screen.findByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  expect(document.documentElement.lang).toBe('en');
});

test('settings are for who is logged in', async () => {
  visit('/settings');
  await waitFor(() => expect(where()).toBe('/login?next=%2Fsettings'));
});
