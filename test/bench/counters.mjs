// What the kernel counted of our processes and of the machine.
import fs from 'node:fs';

const GROUPS = { nginx: 'nginx', worker: 'workers', postgres: 'postgres' };
const TICK_US = 10000; // USER_HZ is 100 on every Linux

function read(path) {
  try {
    return fs.readFileSync(path, 'utf8');
  } catch {
    return ''; // it ended meanwhile
  }
}

function statOf(pid) {
  const text = read(`/proc/${pid}/stat`);
  const end = text.lastIndexOf(')');
  const field = text.slice(end + 2).split(' '); // from the third on
  return {
    pid, name: text.slice(text.indexOf('(') + 1, end), parent: Number(field[1]),
    own: (Number(field[11]) + Number(field[12])) * TICK_US,
    reaped: (Number(field[13]) + Number(field[14])) * TICK_US,
  };
}

// The scheduler's nanoseconds of each thread; finer than the ticks of stat.
function runtimeOf(pid) {
  let ns = 0;
  try {
    for (const thread of fs.readdirSync(`/proc/${pid}/task`)) {
      ns += Number(read(`/proc/${pid}/task/${thread}/schedstat`).split(' ')[0]);
    }
  } catch {
    return 0;
  }
  return ns / 1000;
}

// Every process below supervisord, each with the group that it counts for.
export function stackProcesses(supervisor) {
  const all = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).map(statOf);
  const ours = [];
  const below = new Set([supervisor]);
  for (let grown = true; grown;) {
    grown = false;
    for (const one of all) {
      if (!below.has(one.pid) && below.has(one.parent)) {
        below.add(one.pid);
        ours.push({ ...one, group: GROUPS[one.name] ?? 'rest' });
        grown = true;
      }
    }
  }
  return ours;
}

// Microseconds of CPU so far, by group; `load` is this process and those that
// it started and saw end, `machine` all that the machine did.
export function cpuTimes(supervisor) {
  const times = { nginx: 0, workers: 0, postgres: 0, rest: 0 };
  for (const { pid, group, reaped } of stackProcesses(supervisor)) times[group] += runtimeOf(pid) + reaped;
  const self = statOf(process.pid);
  times.load = self.own + self.reaped;
  const [user, nice, system, , , , , stolen] = read('/proc/stat').split('\n')[0].trim().split(/ +/).slice(1).map(Number);
  times.machine = (user + nice + system + stolen) * TICK_US;
  times.at = performance.now() * 1000;
  return times;
}

// PostgreSQL's processes but those that come and go as it likes.  What one has
// used is told of the postmaster once it is gone; one that ends has no command
// line any more, but is still there.
export function backends(supervisor) {
  return stackProcesses(supervisor)
    .filter(({ pid, group }) => group === 'postgres' && !/autovacuum/.test(read(`/proc/${pid}/cmdline`)))
    .map(({ pid }) => pid);
}

export function privateKilobytes(pid) {
  const parts = [...read(`/proc/${pid}/smaps_rollup`).matchAll(/^Private_\w+: +(\d+) kB/gm)];
  return parts.reduce((sum, [, kb]) => sum + Number(kb), 0);
}
