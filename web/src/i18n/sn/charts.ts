import { catalogue } from '@/i18n';
import type en from '@/i18n/en/charts';

export default catalogue<typeof en>([], {
  asTable: 'Ratidza setafura',
  lowest: 'Pasi pasi: {value}',
});
