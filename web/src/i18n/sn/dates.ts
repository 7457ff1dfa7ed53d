import { catalogue } from '@/i18n';

// The months, from 0; Unicode's own short names, which no Chromium carries.
export default catalogue([], {
  m0: 'Ndi',
  m1: 'Kuk',
  m2: 'Kur',
  m3: 'Kub',
  m4: 'Chv',
  m5: 'Chk',
  m6: 'Chg',
  m7: 'Nya',
  m8: 'Gun',
  m9: 'Gum',
  m10: 'Mbu',
  m11: 'Zvi',
});
