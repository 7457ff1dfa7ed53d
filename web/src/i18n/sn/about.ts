import { catalogue } from '@/i18n';
import type en from '@/i18n/en/about';

export default catalogue<typeof en>([], {
  title: 'NezveBantuBuzz',
  lead: 'Vagadziri vemuAfrica vanobata vanhu. Tinoita kuti mabhizinesi ashande navo zviri nyore uye zvakachengeteka.',
  h1: 'Nei tiripo',
  p1: 'Bhizinesi riri muHarare harifaniri kutumira mari nekuvimba chete, uye mugadziri ari kuGweru haafaniri kuitevera. Pano mutengo wakatarwa, mari inochengetwa, uye mativi ese anoona paine basa.',
  h2: 'Mashandiro edu',
  p2: 'Sendi rega rega rinonyorwa kaviri, hapana rinoshaikwa. Ongororo dzinobva pabasa rakabhadharwa rikapera chete.',
  h3: 'Yakagadzirirwa foni yako',
  p3: 'Mapeji madiki, anoshanda panetwork inononoka uye anochengeta zvawanyora. Anotaura Chirungu, Shona neNdebele.',
});
