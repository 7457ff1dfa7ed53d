import { area } from '@/i18n';

// Why a field is refused, by the rule that it breaks: the worker's own words.
export default area('rules', {
  required: 'This is required.',
  characters: 'This has characters that are not allowed.',
  too_short: 'This must have at least {min} characters.',
  too_long: 'This must have at most {max} characters.',
  email: 'This must be an e-mail address.',
  link: 'This must be a web address.',
  code: 'This must be six digits.',
  phone: 'This must be a number like 077 123 4567.',
  username: 'This may have letters, digits and _ only.',
  whole: 'This must be a whole number.',
  decimals: 'This must be a number with at most two decimals.',
  between: 'This must be from {min} to {max}.',
  too_many: 'This must have at most {max} entries.',
  entry_long: 'This must have at most {max} characters in each entry.',
  dates_wrong: 'It must not end before it starts.',
});
