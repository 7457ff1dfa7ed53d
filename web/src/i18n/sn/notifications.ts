import { catalogue } from '@/i18n';
import type en from '@/i18n/en/notifications';

export default catalogue<typeof en>([], {
  title: 'Zviziviso',
  choose: 'Sarudza zvaunoudzwa',
  emptyTitle: 'Hapana zvitsva',
  emptyText: 'Kana bhuking yafamba, mari yauya kana munhu akunyorera, zvinomira pano.',
  failed: 'Zviziviso zvako hazvina kuuya',
  markAll: 'Maka zvose sezvaverengwa',
  markAllBusy: 'Zviri kumakwa…',
  markOne: 'Maka sechaverengwa: {title}',
  markFailed: 'Hazvina kumakwa. Edza zvakare.',
  unread: 'Hachisati chaverengwa',
  booking: 'Bhuking',
  message: 'Shoko',
  review: 'Ongororo',
  campaign: 'Mushandirapamwe',
  payment: 'Kubhadhara',
  collaboration: 'Kushanda pamwe',
});
