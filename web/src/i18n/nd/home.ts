import { catalogue } from '@/i18n';
import type en from '@/i18n/en/home';

export default catalogue<typeof en>([], {
  title: 'Dinga, bhukha njalo ubhadale abadali be-Afrika',
  hero: 'Abadali beZimbabwe, bayabhukhwa babhadalwe kungelakuxotshana.',
  heroText:
    'Khetha umdali lephakheji, bhadala nge-EcoCash, OneMoney, InnBucks kumbe ikhadi. Imali igcinwa uze wamukele umsebenzi.',
  searchLabel: 'Udingani?',
  searchPlaceholder: 'Ukudla, Bulawayo, amavidiyo…',
  search: 'Dinga abadali',
  figures: 'I-BantuBuzz ngezinombolo',
  creators_one: 'umdali olungele umsebenzi',
  creators_other: 'abadali abalungele umsebenzi',
  towns_one: 'idolobho',
  towns_other: 'amadolobho',
  fields_one: 'umkhakha',
  fields_other: 'imikhakha',
  categories: 'Khetha umkhakha',
  categoryCount_one: 'umdali o-{count}',
  categoryCount_other: 'abadali aba-{count}',
  featured: 'Abakhulunywa kakhulu ngabo',
  featuredAll: 'Bona bonke abadali',
  featuredEmpty: 'Abadali bokuqala balungisa amakhasi abo. Buya masinyane, kumbe ube ngomunye wabo.',
  how: 'Kusebenza njani',
  step1: 'Khetha',
  step1Text: 'Qathanisa abadali ngomkhakha, idolobho, intengo lokuthi amanye amabhizinesi athini.',
  step2: 'Bhadala uvikelekile',
  step2Text: 'Ubona intengo ungakabhadali. Imali igcinwa yithi, hatshi umdali.',
  step3: 'Yamukela',
  step3Text:
    'Umdali uletha umsebenzi, wena uyawamukela kumbe ucele inguquko. Emva kwalokho umdali uyabhadalwa.',
  brandsTitle: 'Okwamabhizinesi',
  brandsText:
    'Akula zivumelwano zokulandela, akula mali ethunyelwa ngokuthemba nje. Nxa umsebenzi ungafiki, imali ibuyela kuwe.',
  brandsAct: 'Dinga umdali',
  creatorsTitle: 'Okwabadali',
  creatorsText:
    'Faka amaphakheji akho alentengo ezimisiweyo. Ibhizinisi libhadala ungakaqalisi, njalo isenti ngayinye iyabalwa.',
  creatorsAct: 'Qalisa ukuhola',
});
