import { area } from '@/i18n';

// The terms.
export default area('terms', {
  title: 'Terms',
  lead: 'What brands, creators and we promise each other.',
  h1: 'Your account',
  p1: 'Give an e-mail address that is yours and keep your password to yourself. You must be 18 or act for a business that exists.',
  h2: 'A booking is an agreement',
  p2: 'The package says what is delivered, by when, for how much and with how many rounds of changes. Both sides keep to it.',
  h3: 'Money',
  p3: 'The brand pays first and we hold the money. It goes to the creator, less our fee, when the work is approved or the time to review it has passed. What is cancelled comes back as the booking’s rules say.',
  h4: 'What is not allowed',
  p4: 'Bought followers, false reviews, content that is stolen, hateful or against the law, and payments around BantuBuzz for work found here.',
  h5: 'When you disagree',
  p5: 'Open a dispute on the booking. The money is frozen, both sides show what they have, and if you do not agree on a split we decide by the booking and the evidence.',
  h6: 'Ending',
  p6: 'You may leave at any time once open bookings are finished. We may close accounts that break these terms; money that is yours stays yours.',
});
