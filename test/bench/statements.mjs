// The product's own statements, and the pgbench scripts made of them.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

const root = new URL('../../', import.meta.url).pathname;

// What the argument types of a statement's header are called in PostgreSQL.
const SQL_TYPES = { money: 'bigint', bool: 'boolean', time: 'timestamptz', json: 'jsonb' };

// { name: { args: [{ name, type }], reads, text } }
export function readStatements() {
  const files = fs.readdirSync(`${root}sql/queries`).filter((name) => name.endsWith('.sql')).sort();
  const list = execFileSync('awk', ['-v', 'mode=list', '-f', `${root}sql/embed.awk`,
    ...files.map((name) => `${root}sql/queries/${name}`)], { encoding: 'utf8' });
  const statements = {};
  let statement;
  for (const line of list.split('\n')) {
    const [fact, ...words] = line.split('\t');
    if (fact === 'statement') statement = statements[words[0]] = { args: [], reads: false, text: '' };
    else if (fact === 'arg') statement.args.push({ name: words[0], type: words[1] });
    else if (fact === 'reads') statement.reads = true;
    else if (fact === 'text') statement.text += `${words.join('\t')}\n`;
  }
  return statements;
}

/*
 * One pgbench script.  `values` has each argument: { any: pgbench expression },
 * a text or number that stays the same, or null.  pgbench cannot bind a null,
 * so there nullif(:none, …) stands for the $n; a generic plan takes it for
 * what a parameter is: unknown until it runs.  `prefix` keeps the variables of
 * several scripts of one run apart.
 */
export function pgbenchScript({ args, text }, values, prefix) {
  const head = [];
  const defines = ['none=-'];
  for (const { name } of args) {
    const value = values[name];
    if (value === undefined) throw new Error(`no value for the argument ${name}`);
    if (value === null) continue;
    if (typeof value === 'object') head.push(`\\set ${prefix}${name} ${value.any}`);
    else defines.push(`${prefix}${name}=${value}`);
  }
  const body = text.replace(/\$(\d+)/g, (_, n) => {
    const { name, type } = args[n - 1];
    return values[name] === null ? `nullif(:none, '-')::${SQL_TYPES[type] ?? type}` : `:${prefix}${name}`;
  });
  return { defines, script: `${[...head, body.trim()].join('\n')};\n` };
}
