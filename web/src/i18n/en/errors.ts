import { area } from '@/i18n';

// What goes wrong before a refusal can come; `other` where nobody says what.
export default area('errors', {
  network: 'No answer came. Check your connection; what you typed is still here.',
  timeout: 'It took too long. Check your connection and try again.',
  unavailable: 'The service is not available. Try again in a moment.',
  picture_unreadable: 'This phone cannot read that file as a picture.',
  other: 'That did not work. Try again. (Details: {code})',
});
