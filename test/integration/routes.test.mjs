// The dispatch tables and the contract say the same, both ways.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { test } from 'node:test';
import { operations } from './support/contract.mjs';

const root = new URL('../../', import.meta.url).pathname;

// The worker that runs, or the newest that was built.
function worker() {
  if (process.env.WORKER) return process.env.WORKER;
  const built = ['asan', 'debug', 'release'].map((mode) => `${root}build/${mode}/worker`).filter((path) => fs.existsSync(path));
  assert.ok(built.length > 0, 'no worker is built');
  return built.sort((a, b) => fs.statSync(b).mtimeMs - fs.statSync(a).mtimeMs)[0];
}

// "GET /api/bookings/:id creator,brand api": as `METHOD /path/{id} roles`, roles in order.
const told = () => execFileSync(worker(), ['--routes'], { encoding: 'utf8' }).trim().split('\n').map((line) => {
  const [method, path, roles] = line.split(/\s+/);
  return `${method} ${path.replace(/:([a-z_]+)/g, '{$1}')} ${roles.split(/[,|]/).sort().join(',')}`;
});

// Pages that the worker fills, and what leads search engines to them: no calls
// of the API, so not in its contract.  Their tests: shared and sitemap.
const PAGES = ['/creators/{id}', '/creators/{name}', '/packages/{id}', '/packages/{name}', '/robots.txt', '/sitemap.xml'];

test('worker --routes prints exactly the operations of the contract, with their roles, and our pages', () => {
  const agreed = operations.map((o) => `${o.method} ${o.whole} ${[...o['x-roles']].sort().join(',')}`);
  assert.deepEqual(told().sort(), [...agreed, ...PAGES.map((path) => `GET ${path} any`)].sort());
});

test('every operation says who may call it, and refuses others', () => {
  const ids = new Set();
  for (const o of operations) {
    assert.ok(!ids.has(o.operationId), `${o.operationId} twice`);
    ids.add(o.operationId);
    assert.ok(o.security, `${o.operationId} has no security`);
    const open = o['x-roles'].some((role) => role === 'any' || role === 'guest');
    assert.equal(open || Boolean(o.responses[401]), true, `${o.operationId} needs a 401`);
    const both = ['creator', 'brand'].every((role) => o['x-roles'].includes(role));
    if (!open && !both) assert.ok(o.responses[403], `${o.operationId} needs a 403`);
    assert.ok(o.responses[503], `${o.operationId} needs a 503`);
  }
});
