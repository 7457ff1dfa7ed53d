import { catalogue } from '@/i18n';
import type en from '@/i18n/en/login';

export default catalogue<typeof en>([], {
  title: 'Ngena',
  welcome: 'Siyakwamukela futhi.',
  email: 'Ikheli le-imeyili',
  password: 'Iphasiwedi',
  submit: 'Ngena',
  busy: 'Uyangena…',
  forgot: 'Ngikhohlwe iphasiwedi',
  noAccount: 'Umutsha?',
  join: 'Vula i-akhawunti',
  next: 'Ngena ukuze uqhubeke; uzabuyela lapho obukhona.',
});
