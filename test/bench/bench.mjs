// The bench, inside of `deploy/stack with`: node bench.mjs ROUNDS SECONDS SCALE
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import { env } from '../integration/support/env.mjs';
import { allCalls, nginxAlone } from './calls.mjs';
import { privateKilobytes } from './counters.mjs';
import { HTTP_CONNECTIONS, pgbench, writeRequests, writeScripts, wrk } from './load.mjs';
import { sizes } from './sizes.mjs';
import { readStatements } from './statements.mjs';
import { steady } from './steady.mjs';
import { kilobytes, table } from './table.mjs';

const STEADY = { rate: 300, seconds: 10 };
const CHECKS = 20; // answers looked at, of each call

const [rounds, seconds, scale] = process.argv.slice(2).map(Number);
if (!(rounds >= 1 && seconds >= 1 && scale >= 0.01 && scale <= 100)) {
  throw new Error('ROUNDS and SECONDS are 1 or more, SCALE is 0.01 to 100');
}

const root = new URL('../../', import.meta.url).pathname;
const pgBin = process.env.PG_BIN ?? '/usr/lib/postgresql/15/bin';
const size = sizes(scale);
const folder = fs.mkdtempSync(`${env.STATE}/bench-`);
const supervisor = Number(fs.readFileSync(`${env.STATE}/supervisor.pid`, 'utf8'));
const clients = Number(process.env.API_WORKERS);
const say = (text) => console.log(`bantubuzz: ${text}`);

function psql(url, ...args) {
  execFileSync(`${pgBin}/psql`, ['-X', '-q', '-v', 'ON_ERROR_STOP=1', ...args, url], { stdio: ['ignore', 'ignore', 'inherit'] });
}

// The processes of the pool that all five calls go to.
function poolWorkers() {
  const list = execFileSync(`${root}/deploy/processes`, [`${process.env.SOCKETS}/supervisor.sock`, 'list', 'api'], { encoding: 'utf8' });
  const running = [...list.matchAll(/_(\d+) RUNNING (\d+)$/gm)];
  return running.filter(([, number]) => Number(number) > 0).map(([, , pid]) => Number(pid));
}

function load() {
  const began = performance.now();
  const superuser = env.DATABASE_OWNER_URL.replace('bantubuzz_owner', 'postgres');
  psql(superuser, ...Object.entries(size).flatMap(([name, n]) => ['-v', `${name}=${n}`]),
    '-f', `${root}/test/bench/data.sql`);
  // What the load left to be written must not be written while we measure.
  psql(superuser, '-c', 'checkpoint');
  say(`loaded ${size.packages} packages in ${((performance.now() - began) / 1000).toFixed(0)} s`);
}

async function check(call) {
  for (let i = 0; i < CHECKS; i += 1) {
    const request = call.request();
    const headers = { 'content-type': 'application/json' };
    if (request.token) headers.authorization = `Bearer ${request.token}`;
    const answer = await fetch(env.BASE_URL + request.path, { method: request.method, body: request.body, headers });
    await call.check(request, answer.status, await answer.json());
  }
  await call.after?.();
}

// A call's two slices: itself, and its limit.
function slicesOf(call, statements, n) {
  const file = `${folder}/${n}`;
  const http = { supervisor, url: env.BASE_URL };
  writeRequests(call, `${file}.requests`);
  const ours = (s) => wrk({ ...http, seconds: s }, call, `${file}.requests`);
  if (!call.statement) {
    writeRequests(nginxAlone, `${file}.alone`);
    return { ours, limits: (s) => wrk({ ...http, seconds: s }, nginxAlone, `${file}.alone`) };
  }
  const scripts = writeScripts(call, statements[call.statement], file);
  const database = { supervisor, program: `${pgBin}/pgbench`, database: process.env.DATABASE_URL, clients };
  return { ours, limits: (s) => pgbench({ ...database, seconds: s }, scripts) };
}

// A B C … C B A: whatever drifts meets all of them alike.
async function measure(calls) {
  const statements = readStatements();
  const results = calls.map((call) => ({ name: call.name, ours: [], limits: [] }));
  const slices = calls.flatMap((call, n) => {
    const run = slicesOf(call, statements, n);
    return ['ours', 'limits'].map((side) => async (s, keep) => {
      const slice = await run[side](s);
      if (keep) results[n][side].push(slice);
      await call.after?.();
      return slice.requests;
    });
  });
  for (const slice of slices) await slice(1, false);
  const before = poolWorkers().map(privateKilobytes);
  for (let round = 0; round < rounds; round += 1) {
    for (const slice of round % 2 ? slices.toReversed() : slices) await slice(seconds, true);
    say(`round ${round + 1} of ${rounds}`);
  }
  return { results, before, after: poolWorkers().map(privateKilobytes) };
}

async function main() {
  load();
  const calls = await allCalls(size);
  for (const call of [...calls, nginxAlone]) await check(call);
  say(`${CHECKS} answers of each call are right`);
  const { results, before, after } = await measure(calls);
  const reads = calls.filter(({ name }) => name.startsWith('GET'));
  const even = await steady(env.BASE_URL, reads, STEADY.rate, STEADY.seconds);
  const served = results.reduce((sum, { ours }) => sum + ours.reduce((n, { requests }) => n + requests, 0), 0);
  const report = [
    `make bench, ${new Date().toISOString().slice(0, 16)}Z: ${os.cpus().length} cores, ${rounds} rounds of ${seconds} s slices, medians (lowest–highest)`,
    `${size.creators} creators, ${size.packages} packages, ${size.brands * 21} bookings; ${clients} workers; ${HTTP_CONNECTIONS} connections over http, ${clients} of pgbench`,
    '',
    ...table(results),
    '',
    `A call’s limit is pgbench with the same prepared statement; health’s is ${nginxAlone.name}.`,
    `Private memory of a worker: ${kilobytes(before)} before, ${kilobytes(after)} after ${served} requests to ${clients} of them.`,
    `At an even ${STEADY.rate} reads a second for ${STEADY.seconds} s: ${even.good} of ${even.sent} answered 200, p50 ${even.p50.toFixed(1)} ms, p99 ${even.p99.toFixed(1)} ms.`,
    '',
  ].join('\n');
  fs.writeFileSync(`${env.STATE}/bench.txt`, report);
  console.log(`\n${report}`);
  if (even.good < even.sent) throw new Error('the even load had answers that were not 200');
}

try {
  await main();
} finally {
  fs.rmSync(folder, { recursive: true });
}
