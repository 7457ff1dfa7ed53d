import { area } from '@/i18n';

export default area('notifications', {
  title: 'Notifications',
  choose: 'Choose what you are told',
  emptyTitle: 'Nothing new',
  emptyText: 'When a booking moves, money comes or somebody writes, it stands here.',
  failed: 'Your notifications did not load',
  markAll: 'Mark all as read',
  markAllBusy: 'Marking…',
  markOne: 'Mark as read: {title}',
  markFailed: 'That could not be marked as read. Try again.',
  unread: 'Unread',
  booking: 'Booking',
  message: 'Message',
  review: 'Review',
  campaign: 'Campaign',
  payment: 'Payment',
  collaboration: 'Collaboration',
});
