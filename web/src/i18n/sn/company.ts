import { catalogue } from '@/i18n';
import type en from '@/i18n/en/company';

export default catalogue<typeof en>([], {
  lead: 'Zvinoonekwa nevagadziri nezvako.',
  logo: 'Logo',
  logoChoose: 'Sarudza logo',
  logoChange: 'Chinja logo',
  logoDone: 'Logo yako yachinjwa.',
  about: 'Nezvebhizinesi',
  name: 'Zita rebhizinesi kana kambani',
  description: 'Zvamunogadzira kana kuita',
  descriptionHint: 'Vagadziri vanozviverenga vasati vabvuma.',
  industry: 'Rudzi rwebhizinesi',
  size: 'Vanhu vanoshanda ipapo',
  sizeNone: 'Hazvina kutaurwa',
  people: 'vanhu {number}',
});
