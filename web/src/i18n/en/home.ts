import { area } from '@/i18n';

export default area('home', {
  title: 'Find, book and pay African creators',
  hero: 'Zimbabwe’s creators, booked and paid without the chasing.',
  heroText:
    'Pick a creator and a package, pay with EcoCash, OneMoney, InnBucks or card. The money is held until you approve the work.',
  searchLabel: 'What do you need?',
  searchPlaceholder: 'Food, Bulawayo, reels…',
  search: 'Find creators',
  figures: 'BantuBuzz in figures',
  creators_one: 'creator ready to work',
  creators_other: 'creators ready to work',
  towns_one: 'town',
  towns_other: 'towns',
  fields_one: 'field',
  fields_other: 'fields',
  categories: 'Pick a field',
  categoryCount_one: '{count} creator',
  categoryCount_other: '{count} creators',
  featured: 'Most reviewed',
  featuredAll: 'See all creators',
  featuredEmpty: 'The first creators are setting up their pages. Come back soon, or be one of them.',
  how: 'How it works',
  step1: 'Choose',
  step1Text: 'Compare creators by field, town, price and what other brands say.',
  step2: 'Pay safely',
  step2Text: 'You see the price before anything is charged. We hold the money, not the creator.',
  step3: 'Approve',
  step3Text: 'The creator delivers, you approve or ask for changes. Then the creator is paid.',
  brandsTitle: 'For brands',
  brandsText:
    'No contracts to chase, no money sent on trust. If the work never comes, the money comes back to your balance.',
  brandsAct: 'Find a creator',
  creatorsTitle: 'For creators',
  creatorsText:
    'Put up your packages with fixed prices. The brand pays before you start, and every cent is accounted for.',
  creatorsAct: 'Start earning',
});
