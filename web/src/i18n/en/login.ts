import { area } from '@/i18n';

export default area('login', {
  title: 'Log in',
  welcome: 'Welcome back.',
  email: 'E-mail address',
  password: 'Password',
  submit: 'Log in',
  busy: 'Logging in…',
  forgot: 'I forgot my password',
  noAccount: 'New here?',
  join: 'Create an account',
  next: 'Log in to go on; you will come back to where you were.',
});
