// Where the running system is, as the script that started it says.
const NAMES = [
  'BASE_URL', 'HTTPS_URL', 'CA_FILE', 'DATABASE_OWNER_URL', 'DATABASE_URL',
  'DATABASE_READER_URL', 'PAYNOW_URL', 'PAYNOW_CONTROL_URL', 'MAIL_URL',
  'STATE', 'SCALE', 'SUPERVISORCTL',
];

const missing = NAMES.filter((name) => !process.env[name]);
if (missing.length > 0) {
  throw new Error(`these are not in the environment: ${missing.join(', ')} (run \`make test\`)`);
}

export const env = Object.fromEntries(NAMES.map((name) => [name, process.env[name].replace(/\/$/, '')]));
