import { catalogue } from '@/i18n';
import type en from '@/i18n/en/company';

export default catalogue<typeof en>([], {
  lead: 'Okubonwa ngabadali ngawe.',
  logo: 'I-logo',
  logoChoose: 'Khetha i-logo',
  logoChange: 'Tshintsha i-logo',
  logoDone: 'I-logo yakho isitshintshiwe.',
  about: 'Ngebhizinisi',
  name: 'Ibizo lebhizinisi kumbe inkampani',
  description: 'Elikwenzayo',
  descriptionHint: 'Abadali bayakubala bengakavumi.',
  industry: 'Uhlobo lwebhizinisi',
  size: 'Abantu abasebenza khona',
  sizeNone: 'Akutshiwongo',
  people: 'abantu abangu-{number}',
});
