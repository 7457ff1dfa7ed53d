// The README's tour, run as it stands there.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { env } from './support/env.mjs';

const readme = fs.readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const blocks = [...readme.matchAll(/^```sh tour\n(.*?)^```$/gms)].map(([, lines]) => lines);

test('the tour of the README works as pasted', { timeout: 120000 }, async () => {
  assert.equal(blocks.length, 5);
  const { stdout, stderr } = await promisify(execFile)('bash', ['-c', blocks.join('\n')], {
    env: { ...process.env, API: `${env.BASE_URL}/api`, MAIL: env.MAIL_URL },
    timeout: 100000,
  });
  assert.equal(stderr, '');
  assert.match(stdout, /"requires_verification":true/);
  assert.match(stdout, /"title":"One cooking reel"/);
  assert.match(stdout, /"paid":true/);
  assert.match(stdout, /"state":"completed"/);
  assert.match(stdout, /"balances":\[\{"account":"creator_payable","currency":"USD","amount":108\.00\}\]/);
  assert.match(stdout, /"title":"Approved: US\$108\.00 is yours"/);
  assert.doesNotMatch(stdout, /"code":/);
});
