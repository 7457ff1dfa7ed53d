import { catalogue } from '@/i18n';
import type en from '@/i18n/en/about';

export default catalogue<typeof en>([], {
  title: 'Nge-BantuBuzz',
  lead: 'Abadali be-Afrika bayabathinta abantu. Senza kube lula njalo kuvikeleke ukuthi amabhizinesi asebenze labo.',
  h1: 'Kungani sikhona',
  p1: 'Ibhizinesi eHarare akumelanga lithumele imali ngokuthemba nje, njalo umdali eGweru akumelanga ayixotshe. Lapha intengo imisiwe, imali iyagcinwa, njalo bobabili bayabona lapho umsebenzi okhona.',
  h2: 'Esisebenza ngakho',
  p2: 'Isenti ngayinye ibhalwa kabili, akukho okulahlekayo. Ukubuyekezwa kuvela emsebenzini obhadelweyo waphela kuphela.',
  h3: 'Yakhelwe ifoni yakho',
  p3: 'Amakhasi mancane, asebenza kunethiwekhi ephansi njalo agcine okubhalileyo. Akhuluma isiNgisi, isiShona lesiNdebele.',
});
