import { catalogue } from '@/i18n';
import type en from '@/i18n/en/errors';

export default catalogue<typeof en>([], {
  network: 'Akulampendulo efikileyo. Khangela inethiwekhi yakho; okubhalileyo kusekhona.',
  timeout: 'Kuthathe isikhathi eside. Khangela inethiwekhi yakho uzame futhi.',
  unavailable: 'Isevisi ayitholakali. Zama futhi emva kwesikhatshana.',
  picture_unreadable: 'Ifoni le ayenelisi ukuvula ifayela leli njengesithombe.',
  other: 'Akusebenzanga. Zama futhi. (Imininingwane: {code})',
});
