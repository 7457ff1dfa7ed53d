// The processes of the running system, through its supervisor.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { env } from './env.mjs';

const run = promisify(execFile);

// SUPERVISORCTL is a command with its arguments, such as "supervisorctl -c …".
export async function supervisor(...words) {
  const [command, ...first] = env.SUPERVISORCTL.split(' ');
  try {
    return (await run(command, [...first, ...words])).stdout;
  } catch (error) {
    // its exit code tells of processes that are not running
    if (error.stdout) return error.stdout;
    throw error;
  }
}

// [{ name, pid }] of what runs of a program; number 0 of a pool only holds its
// socket open.
export async function processes(program) {
  return (await supervisor('status')).split('\n')
    .map((line) => /^(\S+)\s+RUNNING\s+pid (\d+)/.exec(line))
    .filter((found) => found?.[1].startsWith(program) && !found[1].endsWith('_00'))
    .map(([, name, pid]) => ({ name, pid: Number(pid) }));
}

export const pidsOf = async (program) => (await processes(program)).map(({ pid }) => pid).sort((a, b) => a - b);

// Kills one process, or all of a program, without a word; gives how many.
export async function kill(program, most = Infinity) {
  const killed = (await processes(program)).slice(0, most);
  for (const { pid } of killed) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if (error.code !== 'ESRCH') throw error; // it ended by itself
    }
  }
  return killed.length;
}
