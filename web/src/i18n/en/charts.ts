export default {
  asTable: 'Show as a table',
  lowest: 'Lowest: {value}',
} as const;
