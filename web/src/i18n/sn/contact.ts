import { catalogue } from '@/i18n';
import type en from '@/i18n/en/contact';

export default catalogue<typeof en>([], {
  title: 'Taura nesu',
  lead: 'Tinyorere; munhu anozviverenga.',
  h1: 'Nezvekubhuka',
  p1: 'Tanga wanyora papeji yekubhuka: mativi ese anozviona, nesuwo kana musingawirirani.',
  h2: 'Nezvekuchengetedzeka',
  p2: 'Kana wawana chisina kusimba, tiudze vamwe vasati vaziva. Tinopindura uye tinotenda.',
});
