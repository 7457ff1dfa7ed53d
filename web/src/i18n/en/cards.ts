import { area } from '@/i18n';

// What cards of creators and packages say.
export default area('cards', {
  rated: 'Rated',
  followers_one: '{number} follower',
  followers_other: '{number} followers',
  from: 'From {price}',
  save: 'Save {name}',
  saveOut: 'Log in to save {name}',
  days_one: '{count} day',
  days_other: '{count} days',
  revisions_one: '{count} round of changes',
  revisions_other: '{count} rounds of changes',
});
