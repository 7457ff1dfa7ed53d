import { area } from '@/i18n';

// What becomes of personal data.
export default area('privacy', {
  title: 'Privacy',
  lead: 'What we know about you, why, and what you can do about it.',
  h1: 'What we keep',
  p1: 'Your e-mail address, what you write into your profile, packages, bookings, messages and reviews, and what was paid. For your safety also the address and browser of each login.',
  h2: 'What others see',
  p2: 'Profiles, packages and reviews are public. Your e-mail address, phone number and messages are not.',
  h3: 'Who else gets something',
  p3: 'Paynow gets what a payment needs. Nobody else gets your data, there is no advertising and nothing from other companies on these pages.',
  h4: 'On your phone',
  p4: 'One cookie keeps you logged in, another one your language. Theme and unsent drafts stay on your phone until you log out or clear them.',
  h5: 'How long',
  p5: 'As long as your account lives. What was paid stays in the books as the law asks.',
  h6: 'Your rights',
  p6: 'Ask us what we keep about you, have it put right, or have your account closed. Write to the address on the contact page.',
});
