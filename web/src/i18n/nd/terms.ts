import { catalogue } from '@/i18n';
import type en from '@/i18n/en/terms';

export default catalogue<typeof en>([], {
  title: 'Izivumelwano',
  lead: 'Lokho esikuthembisana khona thina, amabhizinesi labadali.',
  h1: 'I-akhawunti yakho',
  p1: 'Nika i-imeyili eyakho ugcine iphasiwedi yakho. Kumele ube leminyaka engu-18 kumbe umele ibhizinesi elikhona.',
  h2: 'Ukubhukha yisivumelwano',
  p2: 'Iphakheji itsho okulethwayo, nini, ngamalini lenguquko ezingaki. Bobabili bayayigcina.',
  h3: 'Imali',
  p3: 'Ibhizinesi libhadala kuqala, thina sigcine imali. Iya kumdali, sesisuse imbadalo yethu, nxa umsebenzi usuyamukelwe kumbe isikhathi sokuhlola sesiphelile. Okwesuliweyo kubuyela njengemithetho yokubhukha.',
  h4: 'Okungavunyelwa',
  p4: 'Abalandeli abathengiweyo, ukubuyekeza kwamanga, okuntshontshiweyo, okulenzondo kumbe okuphambene lomthetho, lokubhadalana ngaphandle kwe-BantuBuzz ngomsebenzi otholwe lapha.',
  h5: 'Nxa lingavumelani',
  p5: 'Vulani udaba ekubhukheni. Imali iyamiswa, bobabili batshengise abalakho, nxa lingavumelani siyaquma ngokubhukha lobufakazi.',
  h6: 'Ukuphela',
  p6: 'Ungaphuma loba nini nxa ukubhukha okuvulekileyo sekuphelile. Singavala ama-akhawunti aphula izivumelwano; imali yakho ihlala ingeyakho.',
});
