import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, test, vi } from 'vitest';
import type { components } from '@/services/schema';
import { brandProfile, conversation, message, person, user } from '@/test/data';
import { visit, where } from '@/test/render';
import { answer, cut, hold, refuse, server } from '@/test/server';
import { newest, sockets } from '@/test/socket';
import { putRow, readRows } from '@/utils/database';
import { date } from '@/utils/format';

type Message = components['schemas']['Message'];
type Body = { content: string; client_id: string; receiver_id: number };

const ME = { user: user({ id: 7 }), profile: brandProfile() };
const page = (messages: Message[], has_more = false) => ({
  messages,
  has_more,
  total: messages.length,
  pages: 1,
  current_page: 1,
});
const list = (conversations = [conversation()]) =>
  answer('get', '/messages/conversations', { conversations, total: 1, pages: 1, current_page: 1 });

// Keeps what is sent, once for each client_id, as the server does.
function keeps() {
  const kept = new Map<string, Message>();
  const asked = answer('post', '/messages', ({ body }) => {
    const { client_id, content } = body as Body;
    const data =
      kept.get(client_id) ??
      message({ id: 200 + kept.size, sender_id: 7, receiver_id: 11, client_id, content });
    kept.set(client_id, data);
    return { message: 'Message sent', data };
  });
  return { kept, asked };
}

beforeEach(() => {
  answer('put', '/messages/{id}/read', { message: 'Done' });
  URL.createObjectURL = () => 'blob:picture';
  URL.revokeObjectURL = () => {};
  window.matchMedia = vi.fn(() => ({ matches: true })) as never;
});

const open = async (path = '/messages/11') => {
  visit(path, ME);
  return screen.findByRole('log');
};
const compose = async (text: string) => {
  const box = await screen.findByRole('textbox', { name: 'Write a message' });
  await userEvent.type(box, text);
  await userEvent.click(screen.getByRole('button', { name: 'Send' }));
};
const bubbles = () => within(screen.getByRole('log')).queryAllByText(/^(Hello|Mhoro!|Once)$/);

test('lists whom one writes with, what was last said, and what waits', async () => {
  list([
    conversation({ last_message: message({ content: 'When may I send it?' }), unread_count: 2 }),
    conversation({
      id: 12,
      user: person({ id: 12, display_name: 'rudo' }),
      last_message: message({ id: 90, sender_id: 7, receiver_id: 12, content: 'Thanks' }),
      unread_count: 0,
    }),
  ]);
  visit('/messages', ME);
  const link = await screen.findByRole('link', { name: /tari_cooks/ });
  expect(link).toHaveAttribute('href', '/messages/11');
  expect(link).toHaveTextContent('2 unread');
  expect(screen.getByRole('link', { name: /rudo/ })).toHaveTextContent('You: Thanks');
  expect(screen.getAllByText('2 unread messages')).not.toHaveLength(0);
  expect(screen.queryByRole('contentinfo')).toBeNull();
});

test('says what will be here, while there is nothing', async () => {
  visit('/messages', ME);
  expect(await screen.findByRole('heading', { name: 'No messages yet' })).toBeVisible();
});

test('holds the place of the list, and says so when it does not come', async () => {
  const release = hold('get', '/messages/conversations', {
    conversations: [],
    total: 0,
    pages: 0,
    current_page: 1,
  });
  visit('/messages', ME);
  expect((await screen.findAllByText('Loading')).length).toBeGreaterThan(0);
  refuse('get', '/messages/conversations', 503, 'unavailable');
  release();
  await screen.findByRole('heading', { name: 'No messages yet' });
});

test('a list that fails offers another try', async () => {
  refuse('get', '/messages/conversations', 503, 'unavailable');
  visit('/messages', ME);
  expect(await screen.findByText('Your conversations did not load')).toBeVisible();
  list();
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('link', { name: /tari_cooks/ })).toBeVisible();
});

test('shows the thread by days, with the marks of what one sent', async () => {
  list();
  const mine = { sender_id: 7, receiver_id: 11 };
  answer(
    'get',
    '/messages',
    page([
      message({
        id: 1,
        ...mine,
        content: 'First',
        is_read: true,
        is_delivered: true,
        created_at: '2026-03-01T08:00:00Z',
      }),
      message({ id: 2, ...mine, content: 'Second', is_delivered: true, created_at: '2026-03-02T08:00:00Z' }),
      message({ id: 3, ...mine, content: 'Third', booking_id: 5, created_at: '2026-03-02T08:01:00Z' }),
    ]),
  );
  const log = await open();
  expect(await within(log).findByText(date('2026-03-01T08:00:00Z'))).toBeVisible();
  expect(within(log).getAllByText(date('2026-03-02T08:00:00Z'))).toHaveLength(1);
  expect(within(log).getByText('Booking 5')).toBeVisible();
  const marks = within(log)
    .getAllByRole('listitem')
    .map((item) => /Read|Delivered|Sent/.exec(item.textContent ?? '')?.[0])
    .filter(Boolean);
  expect(marks).toEqual(['Read', 'Delivered', 'Sent']);
  expect(document.title).toBe('tari_cooks · BantuBuzz');
});

test('older messages come when asked for', async () => {
  list();
  const asked = answer('get', '/messages', ({ url }) =>
    url.searchParams.has('before')
      ? page([message({ id: 5, content: 'Old' })])
      : page([message({ id: 6, content: 'New' })], true),
  );
  const log = await open();
  await userEvent.click(await within(log).findByRole('button', { name: 'Show older messages' }));
  await within(log).findByText('Old');
  expect(asked.at(-1)?.url.searchParams.get('before')).toBe('6');
  expect(log.textContent?.indexOf('Old')).toBeLessThan(log.textContent?.indexOf('New') ?? 0);
});

test('what is seen is read', async () => {
  list([conversation({ last_message: message({ id: 8 }) })]);
  answer('get', '/messages', page([message({ id: 6 }), message({ id: 8 })]));
  const read: string[] = [];
  server.use(
    http.put('*/api/messages/:id/read', ({ params }) => {
      read.push(String(params.id));
      return HttpResponse.json({ message: 'Done' });
    }),
  );
  await open();
  await waitFor(() => expect(read).toEqual(['8']));
  await waitFor(() => expect(screen.queryByText('1 unread')).toBeNull());
});

test('without a line it is sent by REST, seen at once', async () => {
  list();
  answer('get', '/messages', page([]));
  const { kept, asked } = keeps();
  await open();
  expect(await screen.findByText(/Say hello to tari_cooks/)).toBeVisible();
  await compose('Hello');
  await waitFor(() => expect(kept.size).toBe(1));
  expect(asked[0]?.body).toMatchObject({
    receiver_id: 11,
    content: 'Hello',
    booking_id: null,
    attachment_url: null,
  });
  expect(await screen.findByText('Sent')).toBeVisible();
  expect(bubbles()).toHaveLength(1);
  expect(await readRows(7, 'unsent')).toEqual([]);
});

test('over the socket it is sent once, and its event does not double it', async () => {
  list();
  answer('get', '/messages', page([message({ id: 6, is_read: true })]));
  await open();
  await waitFor(() => expect(sockets()).toHaveLength(1));
  act(() => newest().lives());
  await compose('Hello');
  await waitFor(() => expect(newest().saidOf('message.send')).toHaveLength(1));
  expect(screen.getByText('Sending')).toBeVisible();
  const said = newest().saidOf('message.send')[0];
  const client_id = said?.client_id ?? '';
  const data = message({ id: 201, sender_id: 7, receiver_id: 11, client_id, content: 'Hello' });
  newest().tells({ type: 'message', event_id: 'e1', data }, { type: 'message.sent', client_id, data });
  expect(await screen.findByText('Sent')).toBeVisible();
  expect(bubbles().filter((one) => one.textContent === 'Hello')).toHaveLength(1);
  expect(
    newest()
      .saidOf('typing')
      .map(({ typing }) => typing),
  ).toEqual([true, false]);
});

test('an answer that was lost with the line is asked for again, of the same message', async () => {
  list();
  answer('get', '/messages', page([]));
  const { kept, asked } = keeps();
  await open();
  await waitFor(() => expect(sockets()).toHaveLength(1));
  act(() => newest().lives());
  await compose('Once');
  await waitFor(() => expect(newest().saidOf('message.send')).toHaveLength(1));
  const client_id = newest().saidOf('message.send')[0]?.client_id;
  act(() => newest().closes());
  await waitFor(() => expect(kept.size).toBe(1));
  expect(asked[0]?.body).toMatchObject({ client_id });
  await waitFor(() => expect(bubbles()).toHaveLength(1));
});

test('a tab that was killed sends what it had not', async () => {
  const client_id = '9b2f6c1e-5a53-4f0e-9d0c-2f1a6b7c8d9e';
  await putRow(7, 'unsent', {
    key: client_id,
    sender_id: 7,
    receiver_id: 11,
    content: 'Hello',
    booking_id: null,
    picture: null,
    path: null,
    at: 1,
    refused: null,
  } as never);
  list();
  answer('get', '/messages', page([]));
  const { asked } = keeps();
  await open();
  expect(await screen.findByText('Sent')).toBeVisible();
  expect(asked.map(({ body }) => (body as Body).client_id)).toEqual([client_id]);
  await waitFor(async () => expect(await readRows(7, 'unsent')).toEqual([]));
});

test('without any answer it waits on the phone, and goes when the line is back', async () => {
  list();
  answer('get', '/messages', page([]));
  cut('post', '/messages');
  await open();
  await compose('Hello');
  await waitFor(async () => expect(await readRows(7, 'unsent')).toHaveLength(1));
  const { kept } = keeps();
  act(() => {
    dispatchEvent(new Event('online'));
  });
  await waitFor(() => expect(kept.size).toBe(1));
  expect(await screen.findByText('Sent')).toBeVisible();
});

test('a refusal says why, and tries again only when asked', async () => {
  list();
  answer('get', '/messages', page([]));
  refuse('post', '/messages', 404, 'receiver_not_found');
  await open();
  await compose('Hello');
  expect(await screen.findByText(/Not sent\./)).toBeVisible();
  const { kept } = keeps();
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(kept.size).toBe(1));
  expect(await screen.findByText('Sent')).toBeVisible();
});

test('what was refused can be dropped', async () => {
  list();
  answer('get', '/messages', page([]));
  refuse('post', '/messages', 404, 'receiver_not_found');
  await open();
  await compose('Hello');
  await userEvent.click(await screen.findByRole('button', { name: 'Delete' }));
  expect(bubbles()).toHaveLength(0);
  await waitFor(async () => expect(await readRows(7, 'unsent')).toEqual([]));
});

const PLATE = '/api/uploads/9b2f6c1e-5a53-4f0e-9d0c-2f1a6b7c8d9e';

// A picture is sent, and is there once `kept` says so; what it came with.
async function sendPlate(kept?: Promise<void>) {
  list();
  answer('get', '/messages', page([]));
  const came: Headers[] = [];
  server.use(
    http.post('*/api/uploads', async ({ request }) => {
      came.push(request.headers);
      await kept;
      return HttpResponse.json({ message: 'File kept', path: PLATE }, { status: 201 });
    }),
    http.get('*/api/uploads/:name', () => HttpResponse.arrayBuffer(new ArrayBuffer(8))),
  );
  const { asked } = keeps();
  await open();
  await userEvent.upload(
    screen.getByLabelText('Add a picture'),
    new File(['x'], 'plate.png', { type: 'image/png' }),
  );
  await userEvent.click(screen.getByRole('button', { name: 'Send' }));
  await waitFor(() => expect(came).toHaveLength(1));
  return { asked, came };
}

test('a picture is uploaded first, and named by its file', async () => {
  const { asked, came } = await sendPlate();
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(came[0]?.get('content-type')).toBe('image/png');
  expect(asked[0]?.body).toMatchObject({ content: 'plate.png', attachment_url: PLATE });
});

test('a text waits for no picture that is on its way', async () => {
  let keep = () => {};
  const { asked, came } = await sendPlate(
    new Promise((resolve) => {
      keep = resolve;
    }),
  );
  await compose('Did you see it?');
  await waitFor(() => expect(asked[0]?.body).toMatchObject({ content: 'Did you see it?' }));
  keep();
  await waitFor(() => expect(asked[1]?.body).toMatchObject({ attachment_url: PLATE }));
  expect(came).toHaveLength(1);
});

test('a message may be about a booking', async () => {
  list();
  answer('get', '/messages', page([]));
  const { asked } = keeps();
  await open('/messages/11?booking=5');
  expect(await screen.findByText('About booking 5')).toBeVisible();
  await compose('Hello');
  await waitFor(() => expect(asked[0]?.body).toMatchObject({ booking_id: 5 }));
  await userEvent.click(screen.getByRole('button', { name: 'Do not say which booking it is about' }));
  expect(where()).toBe('/messages/11');
});

test('what is typed stays when one goes elsewhere', async () => {
  list();
  answer('get', '/messages', page([]));
  const { unmount } = visit('/messages/11', ME);
  await userEvent.type(await screen.findByRole('textbox', { name: 'Write a message' }), 'Half a wo');
  unmount();
  await open();
  expect(screen.getByRole('textbox', { name: 'Write a message' })).toHaveValue('Half a wo');
});

test('says who is there and who is typing', async () => {
  list();
  answer('get', '/messages', page([message({ id: 6, is_read: true })]));
  await open();
  await waitFor(() => expect(sockets()).toHaveLength(1));
  act(() => {
    newest().lives();
    newest().tells({ type: 'presence', users: [{ user_id: 11, online: true }] });
  });
  expect((await screen.findAllByText('Online')).length).toBeGreaterThan(0);
  act(() => newest().tells({ type: 'typing', user_id: 11, typing: true }));
  expect((await screen.findAllByText('Typing…')).length).toBeGreaterThan(0);
});

test('a first letter finds its name by id', async () => {
  answer('get', '/messages', page([]));
  answer('get', '/users/{id}', person({ id: 11, display_name: 'new_face' }));
  await open();
  expect(await screen.findByRole('heading', { level: 1, name: 'new_face' })).toBeVisible();
});

test('where nobody is, it says so and leads back', async () => {
  answer('get', '/messages', page([]));
  refuse('get', '/users/{id}', 404, 'not_found');
  visit('/messages/11', ME);
  expect(
    await screen.findByRole('heading', { level: 1, name: 'There is nobody here to write to' }),
  ).toBeInTheDocument();
  expect(screen.getAllByRole('link', { name: 'All conversations' })[0]).toHaveAttribute('href', '/messages');
});

test('a thread that fails offers another try', async () => {
  list();
  refuse('get', '/messages', 503, 'unavailable');
  await open();
  expect(await screen.findByText('This conversation did not load')).toBeVisible();
  answer('get', '/messages', page([message({ id: 6 })]));
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await within(screen.getByRole('log')).findByText('Mhoro!')).toBeVisible();
});

test('the address of a notification leads to the thread', async () => {
  list();
  answer('get', '/messages', page([]));
  visit('/messages?user_id=11', ME);
  await waitFor(() => expect(where()).toBe('/messages/11'));
});

test.each(['x', '7', '0x1', '99999999999999999999'])('there is no page at /messages/%s', async (at) => {
  visit(`/messages/${at}`, ME);
  expect(await screen.findByText('There is no page here')).toBeVisible();
});

test('a visitor is asked to log in, and comes back', async () => {
  visit('/messages/11');
  await waitFor(() => expect(where()).toBe('/login?next=%2Fmessages%2F11'));
});
