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

// [{ name, state, pid }] of what runs, by the beginning of the name.
export async function processes(prefix = '') {
  return (await supervisor('status')).split('\n')
    .map((line) => /^(\S+)\s+(\S+)(?:\s+pid (\d+))?/.exec(line))
    .filter((found) => found?.[1].startsWith(prefix))
    .map(([, name, state, pid]) => ({ name, state, pid: pid ? Number(pid) : undefined }));
}

export async function kill(prefix, signal = 'SIGKILL') {
  const killed = (await processes(prefix)).filter(({ pid }) => pid);
  for (const { pid } of killed) process.kill(pid, signal);
  return killed.map(({ pid }) => pid);
}
