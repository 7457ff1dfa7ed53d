// Sockets at rest, and events to a few of many, at our relay and at Node's.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { settingsOf } from '../integration/support/db.mjs';
import { until } from '../integration/support/wait.mjs';
import { startRelay } from '../ws/support.mjs';
import { cpuOf, gather, memoryOf } from './crowd.mjs';

const SETTINGS = { RELAY_ADDRESS_MAX: '1000000' };

async function startNode(t) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'relay-'));
  const where = path.join(folder, 'sock');
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', process.execPath, new URL('node_relay.mjs', import.meta.url).pathname, where],
    { stdio: ['ignore', 'ignore', 'inherit'] });
  const gone = once(child, 'exit');
  t.after(async () => {
    child.kill('SIGTERM');
    await gone;
    fs.rmSync(folder, { recursive: true });
  });
  await until('the relay in Node to listen', () => {
    assert.equal(child.exitCode, null);
    return fs.existsSync(where);
  });
  return { where, pid: child.pid };
}

export const KINDS = {
  ours: (t) => startRelay(t, SETTINGS),
  node: startNode,
};

/*
 * `rate` events a second for `seconds`, each to one of the users by chance,
 * over so many connections: each commits, then notifies, as the worker does.
 * Gives the ms from each commit to its receipt.
 */
async function tell(users, heard, { rate, seconds }) {
  const clients = await Promise.all(Array.from({ length: 4 }, async () => {
    const client = new pg.Client(settingsOf(process.env.DATABASE_URL));
    await client.connect();
    return client;
  }));
  const total = Math.round(rate * seconds);
  const start = performance.now();
  const committed = new Map();
  const one = async (n, client) => {
    await client.query({ name: 'tell', text: `insert into events (user_id, type, payload) values ($1, 'notification.read',
      jsonb_build_object('ids', jsonb_build_array($2::bigint)))`, values: [users[Math.floor(Math.random() * users.length)].id, n] });
    committed.set(n, performance.now());
    await client.query({ name: 'wake', text: `select signal('events', '')` });
  };
  await Promise.all(clients.map(async (client, k) => {
    for (let n = k; n < total; n += clients.length) {
      const early = start + (n * 1000) / rate - performance.now();
      if (early > 0) await pause(early);
      await one(n, client);
    }
  }));
  await until('all to be heard', () => heard.size === total, { ms: 30000 });
  await Promise.all(clients.map((client) => client.end()));
  return [...committed].map(([n, at]) => Math.max(0, heard.get(n) - at)).sort((a, b) => a - b);
}

// Events written and told of a second.
export async function writing(how, user, { writers, seconds }) {
  const end = performance.now() + seconds * 1000;
  const insert = `insert into events (user_id, type, payload) values ($1, 'notification.read', '{"ids": []}')`;
  const once = {
    after: async (client) => {
      await client.query({ name: 'insert', text: insert, values: [user] });
      await client.query({ name: 'wake', text: `select signal('events', '')` });
    },
    within: (client) => client.query({ name: 'both', text: `with made as (${insert} returning id) select pg_notify('events', '') from made`, values: [user] }),
  }[how];
  let count = 0;
  await Promise.all(Array.from({ length: writers }, async () => {
    const client = new pg.Client(settingsOf(process.env.DATABASE_URL));
    await client.connect();
    for (; performance.now() < end; count += 1) await once(client);
    await client.end();
  }));
  return count / seconds;
}

// Until a relay has done what a crowd that came left it to do.
async function rest(pid) {
  let before = -1;
  await until('the relay to rest', () => {
    const now = cpuOf(pid);
    const still = now - before < 2000;
    before = now;
    return still;
  }, { every: 200, ms: 60000 });
}

/*
 * One relay, from its start: bytes a socket at rest, CPU microseconds and ms
 * an event.  Every event is heard once, or this fails.
 */
export async function measure(kind, users, { rate, seconds }) {
  const after = [];
  try {
    const { where, pid } = await KINDS[kind]({ after: (fn) => after.push(fn) });
    const heard = new Map();
    const hear = ({ data }) => {
      assert.ok(!heard.has(data.ids[0]), 'heard twice');
      heard.set(data.ids[0], performance.now());
    };
    const some = users.slice(0, Math.min(200, Math.ceil(users.length / 10)));
    // warm: its first sockets and events cost what the later ones do not
    const crowd = await gather(where, some, hear);
    await tell(some, heard, { rate, seconds: Math.min(1, seconds) });
    heard.clear();
    await rest(pid);
    const empty = memoryOf(pid);
    const others = await gather(where, users.slice(some.length), hear);
    await rest(pid);
    const memory = (memoryOf(pid) - empty) / (users.length - some.length);
    const before = cpuOf(pid);
    const ms = await tell(users, heard, { rate, seconds });
    const cpu = (cpuOf(pid) - before) / ms.length;
    crowd.leave();
    others.leave();
    return { kind, sockets: users.length, memory, cpu, p50: ms[Math.floor(ms.length / 2)], p99: ms[Math.floor(ms.length * 0.99)], events: ms.length };
  } finally {
    for (const fn of after.reverse()) await fn();
  }
}
