import { catalogue } from '@/i18n';
import type en from '@/i18n/en/contact';

export default catalogue<typeof en>([], {
  title: 'Xhumana lathi',
  lead: 'Sibhalele; umuntu uyakufunda.',
  h1: 'Ngokubhukha',
  p1: 'Qala ubhale ekhasini lokubhukha: lobabili liyakubona, lathi nxa lingavumelani.',
  h2: 'Ngokuvikeleka',
  p2: 'Nxa uthole ubuthakathaka, sitshele abanye bengakazi. Siyaphendula njalo siyabonga.',
});
