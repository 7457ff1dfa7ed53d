import { area } from '@/i18n';

// What it costs.
export default area('pricing', {
  title: 'Pricing',
  heading: 'One fee, only when work is paid',
  lead: 'Joining, searching and talking cost nothing. The price on a package is what the brand pays.',
  brands: 'Brands pay on top',
  brandsText: 'You pay the price you see. What is not delivered comes back to your balance.',
  creators: 'Creators give',
  creatorsText: '{fee} of the price, taken when the brand approves. Nothing before, nothing else.',
  clocks: 'Nobody waits for ever',
  hours_one: '{number} hour',
  hours_other: '{number} hours',
  answer: 'for a creator to answer a request',
  payment: 'for a brand to pay an accepted booking',
  review: 'to approve a delivery or ask for changes; then it counts as approved',
  questions: 'Questions',
  q1: 'How can a brand pay?',
  a1: 'With EcoCash, OneMoney, InnBucks or a bank card through Paynow, in US dollars or ZiG as the package says.',
  q2: 'Who has the money while the work is done?',
  a2: 'We hold it for that booking alone. The creator is paid when the work is approved.',
  q3: 'What if the work never comes?',
  a3: 'When the creator declines, or you cancel before work starts or long after the due date, the whole price comes back to your balance. Once work has started, both sides agree how it is shared.',
  q4: 'Are there other fees?',
  a4: 'Not from us. Your mobile wallet or bank may charge its own for a payment.',
  act: 'See packages',
});
