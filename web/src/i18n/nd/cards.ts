import { catalogue } from '@/i18n';
import type en from '@/i18n/en/cards';

export default catalogue<typeof en>([], {
  rated: 'Linganiswe',
  followers_one: 'umlandeli {number}',
  followers_other: 'abalandeli {number}',
  from: 'Kusukela ku-{price}',
  save: 'Gcina {name}',
  saveOut: 'Ngena ukuze ugcine {name}',
  days_one: 'usuku olu-{count}',
  days_other: 'insuku ezi-{count}',
  revisions_one: 'inguquko e-{count}',
  revisions_other: 'inguquko ezi-{count}',
});
