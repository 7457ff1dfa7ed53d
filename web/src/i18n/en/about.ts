import { area } from '@/i18n';

// About us.
export default area('about', {
  title: 'About BantuBuzz',
  lead: 'African creators move people. We make it safe and simple for brands to work with them.',
  h1: 'Why we exist',
  p1: 'A brand in Harare should not have to send money on trust, and a creator in Gweru should not have to chase it. Here the price is fixed, the money is held, and both sides see where the work stands.',
  h2: 'How we work',
  p2: 'Every cent is written down twice and adds up to nothing missing. Reviews come only from work that was paid and finished.',
  h3: 'Built for the phone in your pocket',
  p3: 'The pages are small, work on a slow line and keep what you typed. They speak English, Shona and Ndebele.',
});
