import { area } from '@/i18n';

// How to reach us.
export default area('contact', {
  title: 'Contact',
  lead: 'Write to us; a person reads it.',
  h1: 'About a booking',
  p1: 'Write on the booking’s own page first: both sides see it, and so do we if you disagree.',
  h2: 'About safety',
  p2: 'If you have found a weakness, tell us before others. We answer and we thank.',
});
