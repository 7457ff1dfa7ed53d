import { catalogue } from '@/i18n';
import type en from '@/i18n/en/pricing';

export default catalogue<typeof en>([], {
  title: 'Mitengo',
  heading: 'Muripo mumwe, basa rikabhadharwa chete',
  lead: 'Kujoina, kutsvaga nekutaura hazvibhadharwe. Mutengo uri papakeji ndiwo unobhadharwa nebhizinesi.',
  brands: 'Mabhizinesi anowedzera',
  brandsText: 'Unobhadhara mutengo waunoona. Zvisina kusvitswa zvinodzoka kwauri.',
  creators: 'Vagadziri vanopa',
  creatorsText: '{fee} yemutengo, inotorwa bhizinesi rabvuma. Hapana chekutanga, hapana chimwe.',
  clocks: 'Hapana anomirira nekusingaperi',
  hours_one: 'awa {number}',
  hours_other: 'maawa {number}',
  answer: 'kuti mugadziri apindure chikumbiro',
  payment: 'kuti bhizinesi ribhadhare rabvumwa',
  review: 'kubvuma basa kana kukumbira shanduko; zvadaro rinonzi rabvumwa',
  questions: 'Mibvunzo',
  q1: 'Bhizinesi ringabhadhara sei?',
  a1: 'NeEcoCash, OneMoney, InnBucks kana kadhi rebhanga kuburikidza nePaynow, nemadhora eUS kana ZiG sezviri papakeji.',
  q2: 'Ndiani ane mari basa richiitwa?',
  a2: 'Tinoichengetera kubhuka ikoko chete. Mugadziri anobhadharwa basa rabvumwa.',
  q3: 'Ko kana basa rikasauya?',
  a3: 'Kana mugadziri akaramba, kana iwe ukakanzura basa risati ratanga kana papera nguva, mutengo wose unodzoka kwauri. Basa ratanga, mativi ese anobvumirana kugovana.',
  q4: 'Pane mimwe miripo here?',
  a4: 'Kwete kwatiri. Wallet yefoni kana bhanga rako zvinogona kuchaja.',
  act: 'Ona mapakeji',
});
