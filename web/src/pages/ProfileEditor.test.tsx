import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test, vi } from 'vitest';
import { queryClient } from '@/lib/queryClient';
import { ownProfileQuery } from '@/services/queries/creator';
import { asCreator, categories, creatorProfile } from '@/test/data';
import { visit } from '@/test/render';
import { answer, cut, hold, refuse, says, server } from '@/test/server';

const PICTURE = '/uploads/11111111-1111-1111-1111-111111111111-m.webp';
const OTHER = '/uploads/22222222-2222-2222-2222-222222222222-m.webp';
const me = () => ({ user: asCreator().user, profile: asCreator().profile });

// jsdom draws nothing: pictures are what they say.
beforeEach(() => {
  vi.stubGlobal('createImageBitmap', async (file: File) => {
    if (!file.type.startsWith('image/')) throw new Error('no picture');
    return { width: 400, height: 200 };
  });
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);
  vi.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation((give) =>
    give(new Blob(['small'], { type: 'image/webp' })),
  );
  answer('get', '/categories', categories);
  answer('get', '/auth/me', me());
});

const photo = new File(['large'], 'me.jpg', { type: 'image/jpeg' });
const save = () => userEvent.click(screen.getByRole('button', { name: 'Save the profile' }));

test('shows what is there and saves what is changed', async () => {
  answer('get', '/creators/profile', creatorProfile({ social_links: { tiktok: '@tari' } }));
  const asked = answer('put', '/creators/profile', {
    message: 'Profile updated',
    creator: creatorProfile({ location: 'Mutare' }),
  });
  visit('/creator/profile', asCreator());
  const place = await screen.findByLabelText(/Town/);
  expect(place).toHaveValue('Harare');
  expect(screen.getByLabelText('TikTok')).toHaveValue('@tari');
  expect(screen.getByLabelText('Shona')).toBeChecked();
  await userEvent.clear(place);
  await userEvent.type(place, 'Mutare');
  await userEvent.click(screen.getByLabelText('Travel'));
  await userEvent.click(screen.getByLabelText('English'));
  await save();
  expect(await screen.findByText('Your profile is saved.')).toBeVisible();
  expect(asked[0]?.body).toMatchObject({
    location: 'Mutare',
    categories: ['Food & Cooking', 'Travel'],
    languages: ['Shona'],
    social_links: { tiktok: '@tari' },
    follower_count: 18200,
    engagement_rate: 4.2,
    revision_fee: '10',
  });
});

test('says beside the name that somebody else has it', async () => {
  answer('get', '/creators/profile', creatorProfile());
  refuse('put', '/creators/profile', 409, 'username_taken', {
    fields: { username: says('username_taken') },
    reasons: { username: { code: 'username_taken' } },
  });
  visit('/creator/profile', asCreator());
  const name = await screen.findByLabelText(/Name on the page/);
  await save();
  expect(await screen.findByText(says('username_taken'))).toBeVisible();
  expect(name).toBeInvalid();
  expect(screen.getByLabelText(/Town/)).toHaveValue('Harare');
});

test('refuses a follower count that is none before anything is sent', async () => {
  answer('get', '/creators/profile', creatorProfile());
  visit('/creator/profile', asCreator());
  const count = await screen.findByLabelText(/Followers/);
  await userEvent.clear(count);
  await userEvent.type(count, '18k');
  await save();
  await waitFor(() => expect(count).toHaveFocus());
  expect(count).toBeInvalid();
});

test('a picture is cut and sent small', async () => {
  answer('get', '/creators/profile', creatorProfile());
  const sent: string[] = [];
  server.use(
    http.post('*/api/creators/profile/picture', ({ request }) => {
      sent.push(request.headers.get('content-type') ?? '');
      return HttpResponse.json({ message: 'Picture changed', profile_picture: PICTURE });
    }),
  );
  visit('/creator/profile', asCreator());
  await userEvent.upload(await screen.findByLabelText('Choose a picture'), photo);
  const dialog = await screen.findByRole('dialog', { name: 'Cut the picture' });
  await userEvent.click(await within(dialog).findByRole('button', { name: 'Use this picture' }));
  expect(await screen.findByText('Your picture is changed.')).toBeVisible();
  expect(sent).toEqual(['image/webp']);
  expect(screen.getByLabelText('Change the picture')).toBeInTheDocument();
});

test('a picture that did not get through is sent again', async () => {
  answer('get', '/creators/profile', creatorProfile());
  cut('post', '/creators/profile/gallery');
  visit('/creator/profile', asCreator());
  await userEvent.upload(await screen.findByLabelText('Add a picture'), photo);
  await userEvent.click(await screen.findByRole('button', { name: 'Use this picture' }));
  const again = await screen.findByRole('button', { name: 'Send it again' });
  expect(screen.getByText(/It is still here/)).toBeVisible();
  server.use(
    http.post('*/api/creators/profile/gallery', () =>
      HttpResponse.json({ message: 'Added', image_path: PICTURE, gallery: [PICTURE] }),
    ),
  );
  await userEvent.click(again);
  expect(await screen.findByRole('img', { name: 'Picture 1' })).toBeInTheDocument();
  expect(screen.queryByText(/It is still here/)).toBeNull();
});

test('a file that is no picture is refused at once', async () => {
  answer('get', '/creators/profile', creatorProfile());
  visit('/creator/profile', asCreator());
  await userEvent.upload(
    await screen.findByLabelText('Add a picture'),
    new File(['x'], 'x.txt', { type: 'text/plain' }),
    { applyAccept: false },
  );
  expect(await screen.findByText('This phone cannot read that file as a picture.')).toBeVisible();
});

test('a picture of the gallery goes when one is sure', async () => {
  answer('get', '/creators/profile', creatorProfile({ gallery: [PICTURE] }));
  const asked = answer('delete', '/creators/profile/gallery/{index}', { message: 'Removed', gallery: [] });
  visit('/creator/profile', asCreator());
  await userEvent.click(await screen.findByRole('button', { name: 'Remove picture 1' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Remove' }));
  await waitFor(() => expect(screen.queryByRole('img', { name: 'Picture 1' })).toBeNull());
  expect(asked[0]?.url.pathname).toMatch(/\/gallery\/0$/);
  expect(asked[0]?.url.searchParams.get('path')).toBe(PICTURE);
});

test('after an answer that was lost the gallery is as the server has it', async () => {
  answer('get', '/creators/profile', creatorProfile({ gallery: [PICTURE, OTHER] }));
  cut('delete', '/creators/profile/gallery/{index}');
  visit('/creator/profile', asCreator());
  await userEvent.click(await screen.findByRole('button', { name: 'Remove picture 1' }));
  answer('get', '/creators/profile', creatorProfile({ gallery: [OTHER] }));
  await userEvent.click(await screen.findByRole('button', { name: 'Remove' }));
  await waitFor(() =>
    expect(screen.getByRole('img', { name: 'Picture 1' })).toHaveAttribute(
      'src',
      expect.stringContaining('22222222'),
    ),
  );
  expect(screen.queryByRole('img', { name: 'Picture 2' })).toBeNull();
});

test('what is removed is what was pressed, whatever the gallery has become since', async () => {
  answer('get', '/creators/profile', creatorProfile({ gallery: [PICTURE, OTHER] }));
  const asked = answer('delete', '/creators/profile/gallery/{index}', {
    message: 'Removed',
    gallery: [OTHER],
  });
  visit('/creator/profile', asCreator());
  await userEvent.click(await screen.findByRole('button', { name: 'Remove picture 1' }));
  const sure = await screen.findByRole('button', { name: 'Remove' });
  queryClient.setQueryData(ownProfileQuery().queryKey, creatorProfile({ gallery: [OTHER] }));
  await waitFor(() => expect(screen.queryByRole('img', { name: 'Picture 2' })).toBeNull());
  await userEvent.click(sure);
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]?.url.searchParams.get('path')).toBe(PICTURE);
});

test('waits, and tries again', async () => {
  const release = hold('get', '/categories', categories);
  refuse('get', '/creators/profile', 503, 'unavailable');
  visit('/creator/profile', asCreator());
  expect(await screen.findByText('Loading')).toBeInTheDocument();
  release();
  const again = await screen.findByRole('button', { name: 'Try again' });
  answer('get', '/creators/profile', creatorProfile());
  await userEvent.click(again);
  expect(await screen.findByLabelText(/Town/)).toHaveValue('Harare');
});
