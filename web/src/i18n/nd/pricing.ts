import { catalogue } from '@/i18n';
import type en from '@/i18n/en/pricing';

export default catalogue<typeof en>([], {
  title: 'Intengo',
  heading: 'Imbadalo eyodwa, nxa umsebenzi ubhadelwe kuphela',
  lead: 'Ukujoyina, ukudinga lokukhuluma akubhadalwa. Intengo ephakhejini yiyo ebhadalwa libhizinesi.',
  brands: 'Amabhizinesi engezelela',
  brandsText: 'Ubhadala intengo oyibonayo. Okungalethwanga kubuyela kuwe.',
  creators: 'Abadali banikela',
  creatorsText: '{fee} yentengo, ithathwa nxa ibhizinesi lamukela. Akula lutho ngaphambili, akula okunye.',
  clocks: 'Akakho olinda kokuphela',
  hours_one: 'ihola eli-{number}',
  hours_other: 'amahola angu-{number}',
  answer: 'ukuthi umdali aphendule isicelo',
  payment: 'ukuthi ibhizinesi libhadale nxa kuvunyelwe',
  review: 'ukwamukela umsebenzi kumbe ukucela inguquko; emva kwalokho uthathwa njengowamukelweyo',
  questions: 'Imibuzo',
  q1: 'Ibhizinesi lingabhadala njani?',
  a1: 'Nge-EcoCash, OneMoney, InnBucks kumbe ikhadi lebhanga nge-Paynow, ngamadola e-US kumbe i-ZiG njengokutshiwo liphakheji.',
  q2: 'Ngubani olemali umsebenzi usenziwa?',
  a2: 'Siyigcinela lokho kubhukha kuphela. Umdali ubhadalwa nxa umsebenzi usuyamukelwe.',
  q3: 'Kungenzakalani nxa umsebenzi ungafiki?',
  a3: 'Nxa umdali esala, kumbe wena usesula umsebenzi ungakaqali kumbe isikhathi sesidlulile, intengo yonke ibuyela kuwe. Nxa umsebenzi usuqalile, lobabili liyavumelana ukwabelana.',
  q4: 'Kukhona ezinye imbadalo na?',
  a4: 'Hatshi kithi. Isikhwama sefoni kumbe ibhanga lakho kungacela okwakho.',
  act: 'Bona amaphakheji',
});
