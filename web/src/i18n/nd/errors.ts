import { catalogue } from '@/i18n';
import type en from '@/i18n/en/errors';

export default catalogue<typeof en>([], {
  network: 'Akulampendulo efikileyo. Khangela inethiwekhi yakho; okubhalileyo kusekhona.',
  timeout: 'Kuthathe isikhathi eside. Khangela inethiwekhi yakho uzame futhi.',
  unavailable: 'Isevisi ayitholakali. Zama futhi emva kwesikhatshana.',
  rate_limited: 'Uzame kanengi. Mana imizuzu embalwa, uzame futhi.',
  credentials_wrong: 'I-imeyili lephasiwedi lokhu akuhambelani.',
  role_wrong: 'I-akhawunti yakho ayivunyelwa ukwenza lokhu.',
  fields_invalid: 'Okunye akulunganga. Khangela okuphawuliweyo.',
  code_wrong: 'Ikhodi le ayisiyo kumbe isiphelelwe.',
  conflict: 'Lokhu sekutshintshile. Vula ikhasi futhi.',
  not_found: 'Lokhu akusekho.',
  code: 'Ikhodi ilezinombolo eziyisithupha.',
  link_wrong: 'Ilinki le ayisiyo kumbe isiphelelwe.',
  phone: 'Le kayisiyo nombolo enjenge-077 123 4567.',
  already_booked: 'Usuqalile ukubhuka lokhu. Khangela okubhukileyo.',
  creator_unavailable: 'Umdali lo kathathi msebenzi khathesi.',
  insufficient_balance: 'Ibhalansi yakho incane kulale mali.',
  payment_unknown: 'Ukubhadala kokuqala kusahlolwa. Ungabhadali futhi okwamanje.',
  wrong_state: 'Lokhu akusenzeki. Vula ikhasi futhi.',
  idempotency_in_flight: 'Ukuzama kokuqala kusaqhubeka. Mana kancane, uzame futhi.',
  required: 'Gcwalisa lapha.',
  email: 'Le ayisiyo imeyili.',
  too_short: 'Kufitshane: amabala angu-{min} kumbe ngaphezulu.',
  too_long: 'Kude: amabala angu-{max} kuphela.',
  other: 'Akusebenzanga. Zama futhi. (Imininingwane: {code})',
});
