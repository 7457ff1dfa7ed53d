import { catalogue } from '@/i18n';
import type en from '@/i18n/en/cards';

export default catalogue<typeof en>([], {
  rated: 'Yakapiwa',
  followers_one: 'muteveri {number}',
  followers_other: 'vateveri {number}',
  from: 'Kubva pa{price}',
  save: 'Chengeta {name}',
  saveOut: 'Pinda kuti uchengete {name}',
  days_one: 'zuva {count}',
  days_other: 'mazuva {count}',
  revisions_one: 'kugadziriswa ka{count}',
  revisions_other: 'kugadziriswa ka{count}',
});
