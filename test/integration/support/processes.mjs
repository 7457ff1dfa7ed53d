// The supervisor of the running system.
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
