import { catalogue } from '@/i18n';
import type en from '@/i18n/en/rules';

export default catalogue<typeof en>([], {
  required: 'Lokhu kuyadingeka.',
  characters: 'Kulezinhlamvu ezingavunyelwayo.',
  too_short: 'Kumele kube lezinhlamvu ezingu-{min} kusiya phezulu.',
  too_long: 'Kumele kube lezinhlamvu ezingedluli ku-{max}.',
  email: 'Lokhu kumele kube yi-email.',
  link: 'Lokhu kumele kube likheli lewebhu.',
  code: 'Lokhu kumele kube zinombolo eziyisithupha.',
  phone: 'Lokhu kumele kube yinombolo enjenge-077 123 4567.',
  username: 'Kuvunyelwa izinhlamvu, izinombolo lo-_ kuphela.',
  whole: 'Lokhu kumele kube yinombolo epheleleyo.',
  decimals: 'Lokhu kumele kube yinombolo elamadesimali amabili kuphela.',
  between: 'Kumele kusukele ku-{min} kusiya ku-{max}.',
  too_many: 'Akumelanga kwedlule ku-{max}.',
  entry_long: 'Okunye lokunye kumele kube lezinhlamvu ezingedluli ku-{max}.',
  dates_wrong: 'Akumelanga kuphele kungakaqali.',
});
