import { catalogue } from '@/i18n';
import type en from '@/i18n/en/errors';

export default catalogue<typeof en>([], {
  network: 'Hapana mhinduro yauya. Tarisa network yako; zvawanyora zvichiripo.',
  timeout: 'Zvatora nguva yakareba. Tarisa network yako woedza zvakare.',
  unavailable: 'Sevhisi haisi kuwanikwa. Edza zvakare munguva pfupi.',
  rate_limited: 'Waedza kakawandisa. Mira maminitsi mashoma, woedza zvakare.',
  credentials_wrong: 'Email nepasiwedhi izvi hazvienderani.',
  role_wrong: 'Akaundi yako haibvumidzwi kuita izvi.',
  fields_invalid: 'Zvimwe hazvina kunaka. Tarisa zvakamakwa.',
  code_wrong: 'Kodhi iyi haisiyo kana kuti yapera.',
  conflict: 'Izvi zvachinja. Vhura peji zvakare.',
  not_found: 'Izvi hazvisisipo.',
  code: 'Kodhi ine nhamba nhanhatu.',
  link_wrong: 'Linki iyi haisiyo kana kuti yapera.',
  required: 'Zadza apa.',
  email: 'Iyi haisi email.',
  too_short: 'Ipfupi: mabhii {min} kana kupfuura.',
  too_long: 'Yakareba: mabhii {max} chete.',
  other: 'Hazvina kushanda. Edza zvakare. (Tsanangudzo: {code})',
});
