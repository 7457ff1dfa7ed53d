import { catalogue } from '@/i18n';

// The months, from 0; Unicode's own short names, which no Chromium carries.
export default catalogue([], {
  m0: 'Zib',
  m1: 'Nhlo',
  m2: 'Mbi',
  m3: 'Mab',
  m4: 'Nkw',
  m5: 'Nhla',
  m6: 'Ntu',
  m7: 'Ncw',
  m8: 'Mpan',
  m9: 'Mfu',
  m10: 'Lwe',
  m11: 'Mpal',
});
