// Runs the Paynow simulator with settings from the environment.
import { startSimulator } from './simulator.mjs';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

const problems = [];

function readNumber(name, fallback) {
  const text = process.env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) problems.push(`${name} is no number`);
  return value;
}

function readFlag(name, fallback = false) {
  const text = process.env[name];
  if (text === undefined || text === '') return fallback;
  if (text !== '0' && text !== '1') problems.push(`${name} is neither 0 nor 1`);
  return text === '1';
}

function readList(name) {
  return (process.env[name] ?? '').split(',').map((word) => word.trim()).filter(Boolean);
}

// "test" for both integrations, or one by one: "usd=test,zwg=live".
function readMode(currency) {
  let mode = 'live';
  for (const word of readList('PAYNOW_SIM_MODE')) {
    const [first, second] = word.toLowerCase().split('=');
    if (second === undefined) mode = first;
    else if (first === currency.toLowerCase()) mode = second;
  }
  if (mode !== 'live' && mode !== 'test') problems.push('PAYNOW_SIM_MODE is neither test nor live');
  return mode;
}

function readIntegrations() {
  const logins = readList('PAYNOW_SIM_LOGINS').map((login) => login.toLowerCase());
  const found = [];
  for (const currency of ['USD', 'ZWG']) {
    const id = process.env[`PAYNOW_${currency}_ID`];
    const key = process.env[`PAYNOW_${currency}_KEY`];
    if (!id !== !key) problems.push(`PAYNOW_${currency}_ID and PAYNOW_${currency}_KEY belong together`);
    if (!id || !key) continue;
    const integration = { id, key, currency, mode: readMode(currency), escrow: readFlag('PAYNOW_SIM_ESCROW') };
    if (logins.length) integration.logins = logins;
    found.push(integration);
  }
  if (!found.length) problems.push('PAYNOW_USD_ID and PAYNOW_USD_KEY, or the two of ZWG, are missing');
  return found;
}

// The app's own setting, so that the URLs we hand out are on the host it
// expects; a simulator that named the real gateway would lead payers there.
function readPublicUrl() {
  const text = process.env.PAYNOW_URL;
  if (!text) return undefined;
  if (!URL.canParse(text) || !LOOPBACK.includes(new URL(text).hostname)) {
    problems.push('PAYNOW_URL is not on loopback');
  }
  return text;
}

const options = {
  port: readNumber('PAYNOW_PORT', 9400),
  controlPort: readNumber('PAYNOW_CONTROL_PORT', 9401),
  publicUrl: readPublicUrl(),
  integrations: readIntegrations(),
  scale: readNumber('PAYNOW_SIM_CLOCK', 1),
  retries: readNumber('PAYNOW_SIM_RETRIES', 10),
  retryMs: readNumber('PAYNOW_SIM_RETRY_MS', 1000),
  callbackMs: readNumber('PAYNOW_SIM_CALLBACK_MS', 10000),
  checkTls: readFlag('PAYNOW_SIM_CHECK_TLS'),
  loopbackOnly: !readFlag('PAYNOW_SIM_ANY_HOST'),
  seed: readNumber('PAYNOW_SIM_SEED'),
};

if (problems.length) {
  console.error(`The Paynow simulator cannot start: ${problems.join('; ')}`);
  process.exit(1);
}

let simulator = null;
try {
  simulator = await startSimulator(options);
} catch (error) {
  console.error(`The Paynow simulator cannot start: ${error.message}`);
  process.exit(1);
}
console.log(`Paynow simulator at ${simulator.url}, control at ${simulator.controlUrl}, seed ${simulator.seed}`);

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.once(signal, async () => {
    await simulator.close();
    process.exit(0);
  });
}
