import { catalogue } from '@/i18n';
import type en from '@/i18n/en/login';

export default catalogue<typeof en>([], {
  title: 'Pinda',
  welcome: 'Mauya zvakare.',
  email: 'Kero ye-email',
  password: 'Pasiwedhi',
  submit: 'Pinda',
  busy: 'Uri kupinda…',
  forgot: 'Ndakanganwa pasiwedhi',
  noAccount: 'Uri mutsva?',
  join: 'Vhura akaundi',
  next: 'Pinda kuti uenderere mberi; uchadzoka pawanga uri.',
});
