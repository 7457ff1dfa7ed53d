import { area } from '@/i18n';

// A brand's own profile, as it writes it.
export default area('company', {
  lead: 'What creators see of you.',
  logo: 'Logo',
  logoChoose: 'Choose a logo',
  logoChange: 'Change the logo',
  logoDone: 'Your logo is changed.',
  about: 'About the brand',
  name: 'Name of the brand or company',
  description: 'What you make or do',
  descriptionHint: 'Creators read it before they say yes.',
  industry: 'Field',
  size: 'People who work there',
  sizeNone: 'Not told',
  people: '{number} people',
});
