import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { queryClient } from '@/lib/queryClient';
import { type BookingState, bookingKeys } from '@/services/queries/bookings';
import { review as said } from '@/test/data';
import { booking, buyer, deliverable, seller, timeline, work } from '@/test/money';
import { visit } from '@/test/render';
import { answer, cut, refuse, says, server } from '@/test/server';

const DUE = '2026-03-08T08:00:00Z';

function at(
  state: BookingState,
  who: typeof buyer | typeof seller,
  more: {
    booking?: Parameters<typeof booking>[0];
    timeline?: Parameters<typeof timeline>[0];
    work?: Parameters<typeof work>[0];
  } = {},
) {
  answer('get', '/bookings/{id}', booking({ state, due_at: DUE, payment_status: 'paid', ...more.booking }));
  answer('get', '/bookings/{id}/timeline', timeline({ state, ...more.timeline }));
  answer('get', '/collaborations/{id}', work({ state, ...more.work }));
  visit('/bookings/40', who);
}

const after = (state: BookingState) => {
  answer('get', '/bookings/{id}', booking({ state, due_at: DUE, payment_status: 'paid' }));
  return {
    message: '',
    booking: booking({ state, due_at: DUE, payment_status: 'paid' }),
  };
};
const button = (name: string) => screen.findByRole('button', { name });

test('the brand approves, after it was told what that means', async () => {
  at('delivered', buyer, {
    timeline: { clock: { act: 'approve', at: '2026-03-11T08:00:00Z' } },
    work: { submitted_deliverables: [deliverable()] },
  });
  expect(await screen.findByRole('heading', { name: 'Look at the work' })).toBeVisible();
  expect(screen.getByText('You act next')).toBeVisible();
  expect(await screen.findByText(/Counts as approved on 11 Mar/)).toBeVisible();
  expect(await screen.findByRole('link', { name: 'Open Reel 1' })).toHaveAttribute(
    'href',
    'https://example.com/reel-1',
  );
  await userEvent.click(await button('Approve and pay the creator'));
  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).getByText('The creator gets US$108.00. This cannot be taken back.')).toBeVisible();
  const asked = answer('post', '/bookings/{id}/acts', after('completed'));
  await userEvent.click(within(dialog).getByRole('button', { name: 'Approve and pay the creator' }));
  expect(await screen.findByRole('heading', { name: 'Done, and the creator is paid' })).toBeVisible();
  expect(asked[0]?.body).toEqual({ act: 'approve' });
});

test('asking for changes needs a word; a lost line keeps it', async () => {
  at('delivered', buyer);
  await userEvent.click(await button('Ask for changes'));
  const dialog = await screen.findByRole('dialog');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Ask for changes' }));
  expect(within(dialog).getByText('This is required.')).toBeVisible();
  await userEvent.type(within(dialog).getByLabelText('What should change?'), 'Brighter');
  cut('post', '/bookings/{id}/acts');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Ask for changes' }));
  expect(await within(dialog).findByText(/No answer came/)).toBeVisible();
  expect(within(dialog).getByLabelText('What should change?')).toHaveValue('Brighter');
  const asked = answer('post', '/bookings/{id}/acts', after('revision'));
  await userEvent.click(within(dialog).getByRole('button', { name: 'Ask for changes' }));
  await waitFor(() => expect(asked[0]?.body).toEqual({ act: 'ask_revision', note: 'Brighter' }));
});

test('delivered, answer lost, sent back, delivered again: the second one is another act', async () => {
  at('in_progress', seller);
  const keys: (string | null)[] = [];
  server.use(
    http.post('*/api/bookings/40/acts', ({ request }) => {
      keys.push(request.headers.get('Idempotency-Key'));
      return HttpResponse.error();
    }),
  );
  const deliver = async () => {
    await userEvent.click(await button('Say that it is delivered'));
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Say that it is delivered' }));
    await within(dialog).findByText(/No answer came/);
  };
  const becomes = async (state: BookingState, updated_at: string) => {
    answer('get', '/bookings/{id}', booking({ state, due_at: DUE, payment_status: 'paid', updated_at }));
    await queryClient.refetchQueries({ queryKey: bookingKeys.detail(40) });
  };
  await deliver();
  // The line is back: what was asked for is done, and nothing is asked any more.
  await becomes('delivered', '2026-03-02T08:00:00Z');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await waitFor(() => expect(history.state?.over).toBeUndefined());
  await becomes('revision', '2026-03-03T08:00:00Z');
  await deliver();
  expect(keys).toHaveLength(2);
  expect(keys[1]).not.toBe(keys[0]);
});

test('a question to cancel goes with a reason and a share', async () => {
  at('in_progress', buyer);
  await userEvent.click(await button('Ask to cancel'));
  const dialog = await screen.findByRole('dialog');
  await userEvent.type(within(dialog).getByLabelText('Why?'), 'The launch has moved');
  const share = within(dialog).getByLabelText('What the creator gets of US$120.00');
  await userEvent.clear(share);
  await userEvent.type(share, '40');
  const asked = answer('post', '/bookings/{id}/acts', after('cancel_asked'));
  await userEvent.click(within(dialog).getByRole('button', { name: 'Ask to cancel' }));
  await waitFor(() =>
    expect(asked[0]?.body).toEqual({ act: 'ask_cancel', note: 'The launch has moved', creator_share: '40' }),
  );
});

test.each([
  ['creator', ['Agree', 'Refuse']],
  ['brand', ['Take the question back']],
] as const)('asked to cancel by the brand, the %s may', async (side, names) => {
  at('cancel_asked', side === 'brand' ? buyer : seller, {
    work: {
      cancellation_request: {
        requested_by: 'brand',
        user_id: 7,
        reason: 'The launch has moved',
        requested_at: DUE,
        status: 'pending',
        creator_share: 40,
      },
    },
  });
  expect(await screen.findByText('Why: The launch has moved')).toBeVisible();
  expect(screen.getByText(/would get US\$40.00 of US\$120.00/)).toBeVisible();
  for (const name of names) expect(await button(name)).toBeVisible();
  expect(
    screen.queryByRole('button', { name: side === 'brand' ? 'Agree' : 'Take the question back' }),
  ).toBeNull();
});

test('the creator sends in a piece, by a link', async () => {
  at('in_progress', seller);
  expect(await screen.findByLabelText('Which piece')).toHaveValue('Reel 1');
  await userEvent.click(screen.getByRole('button', { name: 'Send in' }));
  expect(await screen.findByText('This is required.')).toBeVisible();
  await userEvent.type(screen.getByLabelText('Link'), 'https://example.com/reel-1');
  const asked = answer('post', '/collaborations/{id}/deliverables', {
    message: '',
    deliverable: deliverable(),
    collaboration: work({ state: 'in_progress', submitted_deliverables: [deliverable()] }),
  });
  await userEvent.click(screen.getByRole('button', { name: 'Send in' }));
  expect(await screen.findByText('To be looked at')).toBeVisible();
  expect(asked[0]?.body).toEqual({ title: 'Reel 1', url: 'https://example.com/reel-1', description: null });
  expect(screen.getByLabelText('Link')).toHaveValue('');
});

const PHOTO = '/api/uploads/9b2f6c1e-5a53-4f0e-9d0c-2f1a6b7c8d9e';

// A creator chooses a picture; how often it went up.
async function choosePhoto() {
  at('in_progress', seller);
  await userEvent.upload(
    await screen.findByLabelText('Or a picture from this phone'),
    new File(['x'], 'x.png', { type: 'image/png' }),
  );
  const uploads: Request[] = [];
  server.use(
    http.post('*/api/uploads', ({ request }) => {
      uploads.push(request);
      return HttpResponse.json({ message: '', path: PHOTO }, { status: 201 });
    }),
  );
  return uploads;
}

test('a picture from the phone goes up first, and its path is the piece', async () => {
  await choosePhoto();
  const asked = answer('post', '/collaborations/{id}/deliverables/draft', {
    message: '',
    deliverable: deliverable({ state: 'draft' }),
    collaboration: work({ state: 'in_progress', draft_deliverables: [deliverable({ state: 'draft' })] }),
  });
  await userEvent.click(screen.getByRole('button', { name: 'Show as a draft' }));
  expect(await screen.findByText('Draft')).toBeVisible();
  expect(asked[0]?.body).toMatchObject({ url: PHOTO });
});

test('a piece whose answer was lost is sent again as the same, its picture once', async () => {
  const uploads = await choosePhoto();
  cut('post', '/collaborations/{id}/deliverables');
  await userEvent.click(screen.getByRole('button', { name: 'Send in' }));
  expect(await screen.findByText(/No answer came/)).toBeVisible();
  const asked = answer('post', '/collaborations/{id}/deliverables', {
    message: '',
    deliverable: deliverable(),
    collaboration: work({ state: 'in_progress', submitted_deliverables: [deliverable()] }),
  });
  await userEvent.click(screen.getByRole('button', { name: 'Send in' }));
  expect(await screen.findByText('To be looked at')).toBeVisible();
  expect(asked[0]?.body).toMatchObject({ url: PHOTO });
  expect(uploads).toHaveLength(1);
});

test('the brand approves a piece, or asks for a change of it', async () => {
  at('delivered', buyer, { work: { submitted_deliverables: [deliverable()] } });
  const piece = (await screen.findByText('To be looked at')).closest('li') as HTMLElement;
  await userEvent.click(within(piece).getByRole('button', { name: 'Ask for a change' }));
  const dialog = await screen.findByRole('dialog');
  await userEvent.type(within(dialog).getByLabelText('What should change?'), 'Brighter');
  const asked = answer('post', '/collaborations/{id}/deliverables/{deliverable_id}/request-revision', {
    message: '',
    revision_request: {
      deliverable_id: 90,
      deliverable_title: 'Reel 1',
      notes: 'Brighter',
      requested_at: DUE,
      is_paid: false,
      fee: 0,
    },
    collaboration: work({
      draft_deliverables: [deliverable({ state: 'revision_asked', revision_notes: 'Brighter' })],
    }),
  });
  await userEvent.click(within(dialog).getByRole('button', { name: 'Ask for a change' }));
  expect(await screen.findByText('Asked for: Brighter')).toBeVisible();
  expect(asked[0]?.body).toEqual({ notes: 'Brighter' });
});

test('done work is reviewed, once; what was given is kept until it is sent', async () => {
  const shown = timeline({ state: 'completed', clock: null, review_until: '2999-01-01T00:00:00Z' });
  at('completed', buyer, { timeline: shown });
  await userEvent.click(await button('Send the review'));
  const overall = within(await screen.findByRole('group', { name: 'Stars' }));
  expect(await overall.findByText('This is required.')).toBeVisible();
  await userEvent.click(overall.getByLabelText('4 stars'));
  await userEvent.click(within(screen.getByRole('group', { name: /^Quality/ })).getByLabelText('5 stars'));
  await userEvent.type(screen.getByLabelText('What should others know?'), 'Fine work');
  refuse('post', '/reviews', 409, 'already_reviewed');
  await userEvent.click(await button('Send the review'));
  expect(await screen.findByText(/already_reviewed/)).toBeVisible();
  cleanup();
  at('completed', buyer, { timeline: shown });
  await waitFor(async () =>
    expect(await screen.findByLabelText('What should others know?')).toHaveValue('Fine work'),
  );
  const asked = answer('post', '/reviews', { message: '', review: said({ visible_at: null }) });
  answer('get', '/bookings/{id}/timeline', { ...shown, reviewed: true, review_ids: [9] });
  answer('get', '/reviews/{id}', said({ visible_at: null }));
  await userEvent.click(await button('Send the review'));
  expect(await screen.findByText('Sold out in a week.')).toBeVisible();
  expect(screen.getByText(/It shows once both have written/)).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Send the review' })).toBeNull();
  expect(asked[0]?.body).toEqual({
    collaboration_id: 40,
    rating: 4,
    title: null,
    comment: 'Fine work',
    communication_rating: null,
    quality_rating: 5,
    professionalism_rating: null,
    timeliness_rating: null,
    would_recommend: true,
  });
  expect(Object.keys(localStorage).filter((key) => key.startsWith('bb-draft'))).toEqual([]);
});

test('both reviews stand with the booking once they show', async () => {
  answer('get', '/reviews/{id}', ({ url }) =>
    url.pathname.endsWith('/9') ? said() : said({ id: 10, side: 'creator', comment: 'A clear brief.' }),
  );
  at('completed', seller, {
    timeline: timeline({ state: 'completed', clock: null, reviewed: true, review_ids: [9, 10] }),
  });
  expect(await screen.findByText('Sold out in a week.')).toBeVisible();
  expect(await screen.findByText('A clear brief.')).toBeVisible();
  expect(screen.getAllByRole('link', { name: 'See the whole review' })[0]).toHaveAttribute(
    'href',
    '/reviews/9',
  );
});

test('to the creator the same booking says the creator’s part', async () => {
  at('requested', seller, { booking: { due_at: null, payment_status: 'pending' } });
  expect(await screen.findByRole('heading', { name: 'A brand asks for you' })).toBeVisible();
  const asked = answer('post', '/bookings/{id}/acts', {
    message: '',
    booking: booking({ state: 'awaiting_payment' }),
  });
  answer('get', '/bookings/{id}', booking({ state: 'awaiting_payment' }));
  await userEvent.click(await button('Accept'));
  expect(await screen.findByRole('heading', { name: 'The brand has not paid yet' })).toBeVisible();
  expect(asked[0]?.body).toEqual({ act: 'accept' });
});

test('what cannot be done any more says so and stays', async () => {
  at('accepted', seller);
  refuse('post', '/bookings/{id}/acts', 409, 'wrong_state');
  await userEvent.click(await button('Begin the work'));
  expect(await screen.findByText(says('wrong_state'))).toBeVisible();
});

test('unpaid leads to paying', async () => {
  answer('get', '/bookings/{id}/timeline', timeline());
  answer('get', '/bookings/{id}', booking());
  visit('/bookings/40', buyer);
  expect(await screen.findByRole('link', { name: 'Pay now' })).toHaveAttribute('href', '/bookings/40/pay');
});

test('what ended says where the money is', async () => {
  at('cancelled', buyer, { booking: { payment_status: 'refunded' } });
  expect(await screen.findByText('What you paid is on your balance.')).toBeVisible();
});

test('somebody else’s is not there; one that did not come is asked for again', async () => {
  refuse('get', '/bookings/{id}', 404, 'not_found');
  refuse('get', '/bookings/{id}/timeline', 404, 'not_found');
  const first = visit('/bookings/41', buyer);
  expect(await screen.findByText('There is no page here')).toBeVisible();
  first.unmount();
  cut('get', '/bookings/{id}');
  answer('get', '/bookings/{id}/timeline', timeline());
  visit('/bookings/40', buyer);
  const retry = await button('Try again');
  answer('get', '/bookings/{id}', booking());
  await userEvent.click(retry);
  expect(await screen.findByRole('heading', { name: 'Pay, and the work can begin' })).toBeVisible();
});

test('a part that did not come says so in its place, and is asked for again', async () => {
  at('delivered', buyer);
  for (const path of ['/bookings/{id}/timeline', '/collaborations/{id}'] as const) cut('get', path);
  await queryClient.resetQueries({ queryKey: bookingKeys.all });
  const again = async (title: string) => {
    const part = (await screen.findByText(title)).closest('[role=alert]') as HTMLElement;
    await userEvent.click(within(part).getByRole('button', { name: 'Try again' }));
  };
  expect(await screen.findByText('The work did not load')).toBeVisible();
  expect(screen.getByRole('heading', { name: 'Look at the work' })).toBeVisible();
  answer('get', '/bookings/{id}/timeline', timeline({ state: 'delivered' }));
  await again('What happened did not load');
  expect(await screen.findByRole('heading', { name: 'What happened' })).toBeVisible();
  answer('get', '/collaborations/{id}', work({ state: 'delivered' }));
  await again('The work did not load');
  expect(await screen.findByRole('heading', { name: 'The work' })).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
});

test('a picture that did not come is asked for again', async () => {
  URL.createObjectURL = () => 'blob:picture';
  URL.revokeObjectURL = () => {};
  cut('get', '/uploads/{name}');
  at('delivered', buyer, {
    work: { submitted_deliverables: [deliverable({ title: 'Reel 9', url: '/api/uploads/9b2f6c1e.webp' })] },
  });
  const again = await button('The picture did not load.Try again');
  server.use(http.get('*/api/uploads/:name', () => HttpResponse.arrayBuffer(new ArrayBuffer(1))));
  await userEvent.click(again);
  expect(await screen.findByRole('img', { name: 'Reel 9' })).toHaveAttribute('src', 'blob:picture');
});

test('a review that did not come is asked for again', async () => {
  cut('get', '/reviews/{id}');
  at('completed', seller, {
    timeline: timeline({ state: 'completed', clock: null, reviewed: true, review_ids: [9] }),
  });
  const again = await button('Try again');
  answer('get', '/reviews/{id}', said());
  await userEvent.click(again);
  expect(await screen.findByText('Sold out in a week.')).toBeVisible();
});
