// What events change in what was read before: Query's cache is kept in step,
// and whatever an event only names is read again.
import type { InfiniteData } from '@tanstack/react-query';
import { queryClient } from '@/lib/queryClient';
import { bookingKeys, bookingQuery } from './queries/bookings';
import {
  type Conversation,
  conversationsQuery,
  type Message,
  messageKeys,
  threadQuery,
} from './queries/messages';
import { notificationKeys, notificationsQuery, unreadQuery } from './queries/notifications';
import type { Event, Mark } from './socket';

type Pages<T> = InfiniteData<T, unknown>;

// What a change of a booking reaches.
const BOOKED = ['bookings', 'balances', 'ledger', 'analytics'] as const;
const CAMPAIGNS = ['campaigns'] as const;

const everyMessage =
  (change: (message: Message) => Message) =>
  <D extends Pages<{ messages: Message[] }>>(data: D | undefined) =>
    data && {
      ...data,
      pages: data.pages.map((page) => ({ ...page, messages: page.messages.map(change) })),
    };

// Into the thread, once, at the place of its id.
function intoThread(otherId: number, message: Message) {
  queryClient.setQueryData(threadQuery(otherId).queryKey, (data) => {
    const [newest, ...older] = data?.pages ?? [];
    if (!data || !newest) return data;
    if (data.pages.some((page) => page.messages.some(({ id }) => id === message.id))) return data;
    const messages = [...newest.messages, message].sort((a, b) => a.id - b.id);
    return { ...data, pages: [{ ...newest, messages }, ...older] };
  });
}

function changeConversation(otherId: number, change: (conversation: Conversation) => Conversation) {
  queryClient.setQueryData(
    conversationsQuery().queryKey,
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => ({
          ...page,
          conversations: page.conversations.map((one) => (one.id === otherId ? change(one) : one)),
        })),
      },
  );
}

const conversationWith = (otherId: number) =>
  queryClient
    .getQueryData(conversationsQuery().queryKey)
    ?.pages.flatMap((page) => page.conversations)
    .find((one) => one.id === otherId);

function ontoTop(otherId: number, message: Message) {
  const known = conversationWith(otherId);
  if (!known) return void queryClient.invalidateQueries({ queryKey: messageKeys.conversations() });
  if (known.last_message.id >= message.id) return;
  const top: Conversation = {
    ...known,
    last_message: message,
    unread_count: known.unread_count + (message.sender_id === otherId && !message.is_read ? 1 : 0),
  };
  queryClient.setQueryData(
    conversationsQuery().queryKey,
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page, at) => ({
          ...page,
          conversations: [
            ...(at === 0 ? [top] : []),
            ...page.conversations.filter((one) => one.id !== otherId),
          ],
        })),
      },
  );
}

export function putMessage(message: Message, me: number) {
  const otherId = message.sender_id === me ? message.receiver_id : message.sender_id;
  intoThread(otherId, message);
  ontoTop(otherId, message);
}

function markDelivered({ user_id, up_to_id }: Mark, me: number) {
  const change = (one: Message) =>
    one.sender_id === me && one.id <= up_to_id ? { ...one, is_delivered: true } : one;
  queryClient.setQueryData(threadQuery(user_id).queryKey, everyMessage(change));
  changeConversation(user_id, (one) => ({ ...one, last_message: change(one.last_message) }));
}

// Of the two, the reader has read what the other wrote.
export function markRead({ user_id, other_id, up_to_id }: Mark, me: number) {
  const with_ = user_id === me ? other_id : user_id;
  const change = (one: Message) =>
    one.sender_id === other_id && one.id <= up_to_id ? { ...one, is_read: true, is_delivered: true } : one;
  queryClient.setQueryData(threadQuery(with_).queryKey, everyMessage(change));
  const before = conversationWith(with_);
  changeConversation(with_, (one) => ({ ...one, last_message: change(one.last_message) }));
  if (user_id !== me || !before?.unread_count) return;
  if (before.last_message.id <= up_to_id || before.last_message.sender_id === me)
    changeConversation(with_, (one) => ({ ...one, unread_count: 0 }));
  else void queryClient.invalidateQueries({ queryKey: messageKeys.conversations() });
}

export function markNotificationsRead(ids: readonly number[] | null) {
  const is = (id: number) => ids === null || ids.includes(id);
  queryClient.setQueryData(
    notificationsQuery().queryKey,
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => ({
          ...page,
          notifications: page.notifications.map((one) => (is(one.id) ? { ...one, is_read: true } : one)),
        })),
      },
  );
}

// Before it is paid a booking is what its event says, and who made it has heard
// so from the server already.
function knows({ id, state, payment_status }: (Event & { type: 'booking' })['data']) {
  const known = queryClient.getQueryData(bookingQuery(id).queryKey);
  return state === 'awaiting_payment' && known?.state === state && known.payment_status === payment_status;
}

export function apply(event: Event, me: number) {
  switch (event.type) {
    case 'message':
      return putMessage(event.data, me);
    case 'message.delivered':
      return markDelivered(event.data, me);
    case 'message.read':
      return markRead(event.data, me);
    case 'notification':
      // It comes without its time: the list is read again where it is shown.
      queryClient.setQueryData(
        unreadQuery().queryKey,
        (data) =>
          data && (data.newest >= event.data.id ? data : { count: data.count + 1, newest: event.data.id }),
      );
      // Of campaigns nothing else is told.
      if (event.data.type === 'campaign') void queryClient.invalidateQueries({ queryKey: CAMPAIGNS });
      return void queryClient.invalidateQueries({ queryKey: notificationKeys.list() });
    case 'notification.read':
      if (event.data.ids) markNotificationsRead(event.data.ids);
      else void queryClient.invalidateQueries({ queryKey: notificationKeys.list() });
      return void queryClient.invalidateQueries({ queryKey: notificationKeys.count() });
    case 'booking':
      if (knows(event.data))
        return void queryClient.invalidateQueries({ queryKey: bookingKeys.payment(event.data.id) });
      for (const area of BOOKED) void queryClient.invalidateQueries({ queryKey: [area] });
  }
}

// Events may be missing: all that is one's own is read again, long threads
// from their newest page.
export function readAgain() {
  queryClient.setQueriesData<InfiniteData<unknown, unknown>>(
    { queryKey: messageKeys.threads() },
    (data) => data && { pages: data.pages.slice(0, 1), pageParams: data.pageParams.slice(0, 1) },
  );
  for (const area of [messageKeys.all[0], notificationKeys.all[0], ...BOOKED, ...CAMPAIGNS])
    void queryClient.invalidateQueries({ queryKey: [area] });
}
