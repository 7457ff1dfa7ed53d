import { area } from '@/i18n';

export default area('charts', {
  asTable: 'Show as a table',
  lowest: 'Lowest: {value}',
});
