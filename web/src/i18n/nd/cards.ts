import { catalogue } from '@/i18n';
import type en from '@/i18n/en/cards';

export default catalogue<typeof en>([], {
  rated: 'Linganiswe',
  followers_one: 'umlandeli {number}',
  followers_other: 'abalandeli {number}',
  from: 'Kusukela ku-{price}',
});
