import { catalogue } from '@/i18n';
import type en from '@/i18n/en/privacy';

export default catalogue<typeof en>([], {
  title: 'Zvakavanzika',
  lead: 'Zvatinoziva nezvako, nei, uye zvaunogona kuita.',
  h1: 'Zvatinochengeta',
  p1: 'Email yako, zvaunonyora paprofile, mapakeji, kubhuka, mashoko neongororo, uye zvakabhadharwa. Pakuchengetedzeka kwako, nekwawakapinda uchibva nebrowser yacho.',
  h2: 'Zvinoonekwa nevamwe',
  p2: 'Maprofile, mapakeji neongororo zvinoonekwa nevose. Email, nhamba yefoni nemashoko hazvionekwi.',
  h3: 'Vamwe vanowana chimwe',
  p3: 'Paynow inowana zvinodiwa pakubhadhara. Hapana mumwe anowana data rako, hapana zvishambadzo kana zvinhu zvemamwe makambani pamapeji ano.',
  h4: 'Pafoni yako',
  p4: 'Cookie imwe inokuchengeta wakapinda, imwe inochengeta mutauro wako. Ruvara nezvisati zvatumirwa zvinogara pafoni kusvika wabuda.',
  h5: 'Nguva yakareba sei',
  p5: 'Akaundi yako ichiripo. Zvakabhadharwa zvinogara mumabhuku sezvinodiwa nemutemo.',
  h6: 'Kodzero dzako',
  p6: 'Tibvunze zvatinochengeta nezvako, zvigadziriswe, kana akaundi ivharwe. Nyora kukero iri papeji yekutaura nesu.',
});
