// What the disrupting tests share: chance that can be repeated, processes by
// their group, settings for a while, and streams of requests.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { after } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { rows, value } from '../integration/support/db.mjs';
import { env } from '../integration/support/env.mjs';
import { supervisor } from '../integration/support/processes.mjs';
import { until } from '../integration/support/wait.mjs';
import { startSmtp } from './smtp.mjs';

export { pause };

// ---- chance ----

// SEED=number repeats a run's choices.
export function chance(t) {
  let state = Number(process.env.SEED ?? Date.now()) >>> 0;
  t.diagnostic(`SEED=${state}`);
  const next = () => { // mulberry32
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    below: (limit) => Math.floor(next() * limit),
    of: (list) => list[Math.floor(next() * list.length)],
  };
}

// ---- processes ----

const read = (path) => {
  try {
    return fs.readFileSync(path, 'latin1');
  } catch {
    return ''; // it has ended meanwhile
  }
};

/*
 * [{ name, group, pid }] of what the supervisor has running now, of these
 * groups; from the kernel, since supervisorctl takes too long between two
 * kills.  Number 00 of a pool only holds the socket.
 */
export function running(...groups) {
  const supervisor = read(`${env.STATE}/supervisor.pid`).trim();
  // The kernel may name a child twice while others end.
  const children = new Set(read(`/proc/${supervisor}/task/${supervisor}/children`).split(' ').filter(Boolean));
  return [...children].flatMap((pid) => {
    const environ = read(`/proc/${pid}/environ`);
    const name = /\0SUPERVISOR_PROCESS_NAME=([^\0]*)/.exec(environ)?.[1];
    const group = /\0SUPERVISOR_GROUP_NAME=([^\0]*)/.exec(environ)?.[1];
    const zombie = /\) Z /.test(read(`/proc/${pid}/stat`));
    return groups.includes(group) && !name.endsWith('_00') && !zombie ? [{ name, group, pid: Number(pid) }] : [];
  });
}

// True when there was such a process still.
export function signal(pid, name = 'SIGKILL') {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if (error.code === 'ESRCH') return false;
    throw error;
  }
}

const run = promisify(execFile);

export const scale = (group, to) => run(env.SCALE, [group, String(to)]);

// For the tests of one file; afterwards as many as before.
export async function scaled(group, count) {
  const before = running(group).length;
  await scale(group, count);
  after(() => scale(group, before));
}

// A stream of kills, until there were `most` or stop() is called: each ends
// one of the processes that pick() gives, some `ms` after the one before.
export function killing(t, { pick, ms, dice, most = Infinity, signalled = 'SIGKILL' }) {
  const kills = [];
  let going = true;
  const done = (async () => {
    while (going && kills.length < most) {
      await pause(dice.below(2 * ms));
      const there = await pick();
      if (!going || there.length === 0) continue;
      const victim = dice.of(there);
      if (signal(victim.pid, signalled)) kills.push(victim);
    }
  })();
  const stop = async () => {
    going = false;
    await done;
    return kills;
  };
  t.after(stop);
  return { kills, stop };
}

// ---- settings ----

// { name: value } of the table of settings, until this file's tests are over.
export async function settings(changes) {
  const before = await rows('select name, value from settings where name = any ($1)', Object.keys(changes));
  assert.equal(before.length, Object.keys(changes).length);
  const put = (name, number) => rows('update settings set value = $2 where name = $1', name, number);
  for (const [name, number] of Object.entries(changes)) await put(name, number);
  // PostgreSQL may be coming back from what the last test did to it.
  after(async () => {
    for (const { name, value: number } of before) await until(`${name} to be as it was`, () => put(name, number));
  });
}

// Nobody does anything too often or too much.
export async function unlimited() {
  const caps = await rows(`select name from settings where name ~ '_tries$' or name = 'packages_max'`);
  await settings(Object.fromEntries(caps.map(({ name }) => [name, 1000000])));
}

// Young payments are polled each second, until this file's tests are over.
export async function pollOften() {
  const before = await value('select every_s from poll_steps where until_s = 120');
  await rows('update poll_steps set every_s = 1 where until_s = 120');
  after(() => rows('update poll_steps set every_s = $1 where until_s = 120', before));
}

// ---- load ----

// `count` clients, each doing once(client, round) over and over while going()
// says so; gives how often it was done in all.
export async function clients(count, going, once) {
  let rounds = 0;
  await Promise.all(Array.from({ length: count }, async (_, client) => {
    for (let round = 0; going(); round += 1) {
      await once(client, round);
      rounds += 1;
    }
  }));
  return rounds;
}

// The items over `width` clients at once.
export async function each(items, width, fn) {
  const left = [...items];
  await Promise.all(Array.from({ length: width }, async () => {
    while (left.length > 0) await fn(left.shift());
  }));
}

// ---- letters ----

export const enqueue = (address) => rows(`select mail_to($1::text, null, 'address_taken', '{}')`, address);

export const outboxOf = (addresses) =>
  rows('select id, address, state, tries, why, message_id from outbox where address = any ($1) order by id',
    addresses.map((one) => one.toLowerCase()));

// The Message-ID that the letter of this row has, however often it goes.
const SENDER = /@([^> ]+)/.exec(process.env.MAIL_FROM)[1];
export const idOf = ({ message_id: id }) => `${id}@${SENDER}`;

/*
 * A mail server of ours in the catcher's place, port and certificate, so that
 * the jobs that run speak to it; the catcher itself does not bear callers who
 * die.  Afterwards the catcher is back.
 */
export async function inCatchersPlace(t, options = {}) {
  await supervisor('stop', 'maildev:*');
  const smtp = await startSmtp({ port: Number(new URL(process.env.SMTP_URL).port), secure: 'implicit',
    login: { user: process.env.SMTP_USER, password: process.env.SMTP_PASSWORD }, ...options });
  t.after(async () => {
    await smtp.close();
    await catcherBack();
  });
  return smtp;
}

export async function catcherBack() {
  await supervisor('start', 'maildev:*');
  await until('the mail catcher', async () => (await fetch(`${env.MAIL_URL}/email`)).ok);
}

export const allSent = (addresses, ms = 20000) => until('every letter to be sent', async () =>
  (await outboxOf(addresses)).every(({ state }) => state === 'sent'), { ms });
