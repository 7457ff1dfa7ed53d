// The contract as a document: clean, served, and shown by a page of ours.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { send } from './support/client.mjs';
import { bodies, exampleFaults, operations } from './support/contract.mjs';
import { env } from './support/env.mjs';

const root = new URL('../../', import.meta.url).pathname;
const text = fs.readFileSync(`${root}app/openapi.yaml`, 'utf8');

test('the linter’s recommended rules find nothing', async () => {
  const { stdout, stderr } = await promisify(execFile)(`${root}node_modules/.bin/redocly`, ['lint', 'app/openapi.yaml', '--format=json', '--max-problems=20'], {
    cwd: root,
    env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', CI: 'true' },
  }).catch((error) => error);
  const { totals, problems } = JSON.parse(stdout || assert.fail(stderr));
  assert.deepEqual([totals.errors, totals.warnings], [0, 0], JSON.stringify(problems?.map(({ ruleId, message, location }) => [ruleId, message, location?.[0]?.pointer]), null, 1));
});

test('every body and every refusal has an example, which is as its schema says', () => {
  const all = [...bodies()];
  assert.deepEqual(all.flatMap(exampleFaults), []);
  for (const { what, status, example } of all.filter(({ status }) => /^[45]/.test(status))) assert.equal(example.status, Number(status), what);
});

test('whatever is read may be held already', () => {
  const own = ['getHealth']; // says itself that nobody keeps it
  for (const o of operations) {
    if (o.method === 'GET' && o.responses[200] && !own.includes(o.operationId)) {
      assert.ok(o.responses[304], `${o.operationId} needs a 304`);
    }
  }
});

test('it is served as it stands, with or without a slash', async () => {
  for (const path of ['/api/openapi.yaml', '/api/openapi.yaml/']) {
    const answer = await send('GET', env.BASE_URL + path);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['content-type'], 'application/yaml');
    assert.equal(answer.headers['cache-control'], 'no-cache');
    assert.ok(answer.text === text, 'it is another');
    const held = await send('GET', env.BASE_URL + path, { headers: { 'if-none-match': answer.headers.etag } });
    assert.equal(held.status, 304);
  }
});

test('the page takes everything from where it lies itself', async () => {
  for (const path of ['/api/docs', '/api/docs/']) {
    const page = await send('GET', env.BASE_URL + path);
    assert.equal(page.status, 200);
    assert.match(page.headers['content-type'], /^text\/html/);
    const policy = page.headers['content-security-policy'];
    for (const rule of ["default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"]) {
      assert.ok(policy.includes(rule), `${rule} in ${policy}`);
    }
    assert.doesNotMatch(policy, /unsafe|https?:|\*/);
    const asked = [...page.text.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, to]) => to).filter((to) => to !== 'data:,');
    assert.equal(asked.length, 4);
    for (const to of asked) {
      assert.match(to, /^\/api\//);
      const part = await send('GET', env.BASE_URL + to);
      assert.equal(part.status, 200, to);
      if (to.endsWith('.js')) assert.match(part.headers['content-type'], /^text\/javascript/);
      if (to.endsWith('.css')) assert.match(part.headers['content-type'], /^text\/css/);
    }
  }
  for (const path of ['/api/docs/none.js', '/api/docs/../env', '/api/docs/%2e%2e/env', '/api/docsx', '/api/openapi.json']) {
    assert.equal((await send('GET', env.BASE_URL + path)).status, 404, path);
  }
});
