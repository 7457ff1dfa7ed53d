// The Paynow simulator: the payer's page, and its control port.
import assert from 'node:assert/strict';
import { send } from './client.mjs';
import { env } from './env.mjs';

export const INTEGRATION = {
  USD: process.env.PAYNOW_USD_ID || '1201',
  ZWG: process.env.PAYNOW_ZWG_ID || '1202',
};

async function control(method, path, body) {
  const answer = await fetch(env.PAYNOW_CONTROL_URL + path, {
    method,
    headers: body ? { 'content-type': 'application/json' } : {},
    body: body && JSON.stringify(body),
  });
  const json = await answer.json();
  assert.equal(answer.status, 200, `simulator ${method} ${path}: ${JSON.stringify(json)}`);
  return json;
}

export const gateway = {
  transaction: (name) => control('GET', `/transactions/${name}`),
  transactions: async () => (await control('GET', '/transactions')).transactions,
  outcome: (reference, outcome, more = {}) => control('POST', '/outcome', { reference, outcome, ...more }),
  status: (reference, status, more = {}) => control('POST', '/status', { reference, status, ...more }),
  advance: (seconds) => control('POST', '/clock', { advance: seconds * 1000 }),
  fault: async (fault) => (await control('POST', '/faults', fault)).id,
  clear: (id) => control('DELETE', id === undefined ? '/faults' : `/faults/${id}`),
  release: (id) => control('POST', '/faults/release', { id }),
  callback: async (callback) => (await control('POST', '/callbacks', callback)).replies,
  journal: async (filter = {}) => (await control('GET', `/journal?${new URLSearchParams(filter)}`)).entries,
  idle: () => control('POST', '/idle'),
  integration: (currency, changes) => control('POST', `/integrations/${INTEGRATION[currency]}`, changes),
  rotate: (currency, key, keepOld = false) => control('POST', `/integrations/${INTEGRATION[currency]}/key`, { key, keep_old: keepOld }),
  switches: (changes) => control('POST', '/switches', changes),
};

// A transaction there may be, or not; undefined then.
export async function transactionOf(reference) {
  return (await gateway.transactions()).findLast((tx) => tx.reference === reference);
}

// What the payer does on the gateway's page: pay, fail, cancel or abandon.
// Gives the address that the payer is sent back to.
export async function onThePage(redirectUrl, act) {
  const page = await send('GET', redirectUrl);
  assert.equal(page.status, 200, page.text);
  assert.match(page.text, /<form method="post">/);
  assert.ok(page.text.includes(`name="act" value="${act}"`), `the page has a button ${act}`);
  const answer = await send('POST', redirectUrl, {
    headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `act=${act}`,
  });
  assert.equal(answer.status, 303);
  return answer.headers.location;
}
