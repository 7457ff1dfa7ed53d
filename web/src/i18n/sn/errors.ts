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
  phone: 'Iyi haisi nhamba yakadai se077 123 4567.',
  already_booked: 'Watotanga kubhuka izvi. Tarisa zvawakabhuka.',
  creator_unavailable: 'Mugadziri uyu haasi kutora basa iye zvino.',
  insufficient_balance: 'Bharanzi yako ishoma pane mari iyi.',
  payment_unknown: 'Kubhadhara kwekutanga kuchiri kutariswa. Usabhadhara zvakare.',
  wrong_state: 'Izvi hazvichaitiki. Vhura peji zvakare.',
  idempotency_in_flight: 'Kuedza kwekutanga kuchiri kuenderera. Mira zvishoma, woedza zvakare.',
  required: 'Zadza apa.',
  email: 'Iyi haisi email.',
  too_short: 'Ipfupi: mabhii {min} kana kupfuura.',
  too_long: 'Yakareba: mabhii {max} chete.',
  other: 'Hazvina kushanda. Edza zvakare. (Tsanangudzo: {code})',
});
