import { catalogue } from '@/i18n';
import type en from '@/i18n/en/notifications';

export default catalogue<typeof en>([], {
  title: 'Izaziso',
  choose: 'Khetha otshelwa khona',
  emptyTitle: 'Akukho okutsha',
  emptyText: 'Nxa ukubhukha kuqhubeka, imali ingena kumbe umuntu ekulobela, kuma lapha.',
  failed: 'Izaziso zakho azizanga',
  markAll: 'Maka konke njengokubaliweyo',
  markAllBusy: 'Kuyamakwa…',
  markOne: 'Maka njengesibaliweyo: {title}',
  markFailed: 'Akumakwanga. Zama futhi.',
  unread: 'Asikabalwa',
  booking: 'Ukubhukha',
  message: 'Umlayezo',
  review: 'Ukuhlola',
  campaign: 'Umkhankaso',
  payment: 'Ukubhadala',
  collaboration: 'Ukusebenza ndawonye',
});
