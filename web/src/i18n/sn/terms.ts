import { catalogue } from '@/i18n';
import type en from '@/i18n/en/terms';

export default catalogue<typeof en>([], {
  title: 'Zvibvumirano',
  lead: 'Zvatinovimbisana isu, mabhizinesi nevagadziri.',
  h1: 'Akaundi yako',
  p1: 'Ipa email iri yako uye chengeta pasiwedhi yako. Unofanira kuva nemakore 18 kana kumirira bhizinesi riripo.',
  h2: 'Kubhuka chibvumirano',
  p2: 'Pakeji inoti chii chinosvitswa, rini, marii uye kugadziriswa kangani. Mativi ese anoichengeta.',
  h3: 'Mari',
  p3: 'Bhizinesi rinotanga kubhadhara, isu tochengeta mari. Inoenda kumugadziri, tabvisa muripo wedu, basa rabvumwa kana nguva yekutarisa yapera. Zvakanzurwa zvinodzoka semitemo yekubhuka.',
  h4: 'Zvisingabvumidzwi',
  p4: 'Vateveri vakatengwa, ongororo dzenhema, zvinhu zvakabiwa, zvine ruvengo kana zvisiri pamutemo, nekubhadharana kunze kweBantuBuzz pabasa rakawanikwa pano.',
  h5: 'Kana musingawirirani',
  p5: 'Vhurai nyaya pakubhuka. Mari inomiswa, mativi ese anoratidza zvaanazvo, uye mukasawirirana tinosarudza nekubhuka neumboo.',
  h6: 'Kupera',
  p6: 'Unogona kubuda chero nguva kubhuka kwakavhurika kwapera. Tinogona kuvhara maakaundi anotyora zvibvumirano; mari yako inoramba iri yako.',
});
