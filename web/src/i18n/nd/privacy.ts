import { catalogue } from '@/i18n';
import type en from '@/i18n/en/privacy';

export default catalogue<typeof en>([], {
  title: 'Okuyimfihlo',
  lead: 'Esikwaziyo ngawe, kungani, lokuthi ungenzani.',
  h1: 'Esikugcinayo',
  p1: 'I-imeyili yakho, okubhala kuphrofayili, amaphakheji, ukubhukha, imilayezo lokubuyekeza, lokubhadelweyo. Ngokuvikeleka kwakho, lekheli lebhrawuza yokungena kwakho.',
  h2: 'Okubonwa ngabanye',
  p2: 'Amaphrofayili, amaphakheji lokubuyekeza kubonwa ngabo bonke. I-imeyili, inombolo yefoni lemilayezo akubonwa.',
  h3: 'Abanye abathola okuthile',
  p3: 'I-Paynow ithola okudingwa yimbadalo. Akakho omunye othola imininingwane yakho, akula zikhangiso njalo akukho okwamanye amakhampani kulamakhasi.',
  h4: 'Efonini yakho',
  p4: 'Ikhukhi eyodwa ikugcina ungenile, enye igcina ulimi lwakho. Umbala lokungakathunyelwa kuhlala efonini uze uphume.',
  h5: 'Okwesikhathi esinganani',
  p5: 'Nxa i-akhawunti yakho isekhona. Okubhadelweyo kuhlala ezincwadini njengokufunwa ngumthetho.',
  h6: 'Amalungelo akho',
  p6: 'Sibuze esikugcinayo ngawe, kulungiswe, kumbe i-akhawunti ivalwe. Bhala ekhelini elisekhasini lokuxhumana.',
});
