// One slice of load: wrk over HTTP, or pgbench; each ends by itself.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { backends, cpuTimes } from './counters.mjs';
import { pgbenchScript } from './statements.mjs';

const execute = promisify(execFile);
const here = new URL('.', import.meta.url).pathname;
const CORES = fs.readFileSync('/proc/cpuinfo', 'utf8').match(/^processor/gm).length;
const REQUESTS = 4000; // different ones, sent over and over
export const HTTP_CONNECTIONS = 16;

export function writeRequests(call, file) {
  const lines = Array.from({ length: REQUESTS }, () => {
    const { method, path, token = '', body = '' } = call.request();
    return `${method}\t${path}\t${token}\t${body}\n`;
  });
  fs.writeFileSync(file, lines.join(''), { mode: 0o600 });
}

// A file for each of the call's limits; pgbench takes them by turns.
export function writeScripts(call, statement, base) {
  return call.limits.map((values, i) => {
    const { defines, script } = pgbenchScript(statement, values, `s${i}_`);
    const file = `${base}.${i}.sql`;
    fs.writeFileSync(file, script);
    return { file, defines };
  });
}

// Runs `work`, which gives { requests, … }, and adds the CPU of each request.
async function counted(supervisor, work) {
  const before = cpuTimes(supervisor);
  const told = await work();
  const after = cpuTimes(supervisor);
  const spent = Object.fromEntries(Object.keys(after).map((key) => [key, after[key] - before[key]]));
  const cpu = Object.fromEntries(['nginx', 'workers', 'postgres'].map((key) => [key, spent[key] / told.requests]));
  const known = spent.nginx + spent.workers + spent.postgres + spent.rest + spent.load;
  return {
    ...told,
    cpu: { ...cpu, sum: cpu.nginx + cpu.workers + cpu.postgres },
    strangers: Math.max(0, (spent.machine - known) / (spent.at * CORES)),
  };
}

export function wrk({ supervisor, url, seconds }, call, file) {
  return counted(supervisor, async () => {
    const { stdout } = await execute('wrk', ['-t2', `-c${HTTP_CONNECTIONS}`, `-d${seconds}s`, '--timeout', '10s',
      '-s', `${here}requests.lua`, url, '--', file], { timeout: (seconds + 30) * 1000 });
    const [requests, us, refused, broken, p50, p99] = /^RESULT (.*)$/m.exec(stdout)[1].split(' ').map(Number);
    if (broken > 0 || refused !== (call.refused ? requests : 0)) {
      throw new Error(`${call.name}: of ${requests} requests ${refused} were refused, ${broken} not answered`);
    }
    return { requests, rate: (requests / us) * 1e6, p50: p50 / 1000, p99: p99 / 1000 };
  });
}

// Until those that served pgbench are counted among what has ended.
async function awaitEnd(supervisor, before) {
  const known = new Set(before);
  for (let tries = 200; backends(supervisor).some((pid) => !known.has(pid)); tries -= 1) {
    if (tries === 0) throw new Error('PostgreSQL still serves pgbench, which has ended');
    await pause(10);
  }
}

export function pgbench({ supervisor, program, database, clients, seconds }, scripts) {
  const files = scripts.flatMap(({ file, defines }) => [...defines.flatMap((define) => ['-D', define]), '-f', file]);
  return counted(supervisor, async () => {
    const before = backends(supervisor);
    const { stdout } = await execute(program, ['-n', '-M', 'prepared', '-c', clients, '-j', Math.min(2, clients),
      '-T', seconds, ...files, database].map(String), { timeout: (seconds + 30) * 1000 });
    const failed = Number(/failed transactions: (\d+)/.exec(stdout)[1]);
    if (failed > 0) throw new Error(`pgbench: ${failed} statements failed`);
    await awaitEnd(supervisor, before);
    return {
      requests: Number(/actually processed: (\d+)/.exec(stdout)[1]),
      rate: Number(/^tps = ([\d.]+)/m.exec(stdout)[1]),
    };
  });
}
