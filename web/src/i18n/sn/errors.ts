import { catalogue } from '@/i18n';
import type en from '@/i18n/en/errors';

export default catalogue<typeof en>([], {
  network: 'Hapana mhinduro yauya. Tarisa network yako; zvawanyora zvichiripo.',
  timeout: 'Zvatora nguva yakareba. Tarisa network yako woedza zvakare.',
  unavailable: 'Sevhisi haisi kuwanikwa. Edza zvakare munguva pfupi.',
  picture_unreadable: 'Foni ino haigoni kuvhura faira iri semufananidzo.',
  other: 'Hazvina kushanda. Edza zvakare. (Tsanangudzo: {code})',
});
