import { catalogue } from '@/i18n';
import type en from '@/i18n/en/home';

export default catalogue<typeof en>([], {
  title: 'Tsvaga, bhuka uye bhadhara vagadziri vemuAfrica',
  hero: 'Vagadziri vemuZimbabwe, vanobhukwa nekubhadharwa pasina kutsvagana.',
  heroText:
    'Sarudza mugadziri nepakeji, bhadhara neEcoCash, OneMoney, InnBucks kana kadhi. Mari inochengetwa kusvika wabvuma basa.',
  searchLabel: 'Unoda chii?',
  searchPlaceholder: 'Chikafu, Bulawayo, mavhidhiyo…',
  search: 'Tsvaga vagadziri',
  figures: 'BantuBuzz munhamba',
  creators_one: 'mugadziri akagadzirira basa',
  creators_other: 'vagadziri vakagadzirira basa',
  towns_one: 'guta',
  towns_other: 'maguta',
  fields_one: 'bazi',
  fields_other: 'mapazi',
  categories: 'Sarudza bazi',
  categoryCount_one: 'mugadziri {count}',
  categoryCount_other: 'vagadziri {count}',
  featured: 'Vakanyanya kutaurwa nezvavo',
  featuredAll: 'Ona vagadziri vese',
  featuredEmpty:
    'Vagadziri vekutanga vari kugadzira mapeji avo. Dzoka munguva pfupi, kana kuti uve mumwe wavo.',
  how: 'Zvinoshanda sei',
  step1: 'Sarudza',
  step1Text: 'Enzanisa vagadziri nebazi, guta, mutengo uye zvinotaurwa nemamwe mabhizinesi.',
  step2: 'Bhadhara wakachengeteka',
  step2Text: 'Unoona mutengo usati wabhadhara. Mari inochengetwa nesu, kwete nemugadziri.',
  step3: 'Bvuma',
  step3Text:
    'Mugadziri anotumira basa, iwe unobvuma kana kukumbira shanduko. Zvadaro mugadziri anobhadharwa.',
  brandsTitle: 'Kumabhizinesi',
  brandsText:
    'Hapana zvibvumirano zvekutevera, hapana mari inotumirwa nekuvimba chete. Kana basa rikasauya, mari inodzoka kwauri.',
  brandsAct: 'Tsvaga mugadziri',
  creatorsTitle: 'Kuvagadziri',
  creatorsText:
    'Isa mapakeji ako ane mitengo yakatarwa. Bhizinesi rinobhadhara usati watanga, uye sendi rega rega rinozivikanwa.',
  creatorsAct: 'Tanga kuwana mari',
});
