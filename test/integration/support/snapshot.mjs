// All that is stored, a digest a table and one of the files that were sent: what
// is refused changes none of them.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { row, value } from './db.mjs';
import { until } from './wait.mjs';

const LEFT_OUT = {
  rate_counts: 'a try is counted, above all when it is refused',
  chores: 'the jobs write down when each is due again',
};

// Made of the catalogue once: no table is forgotten.
const statement = await value(`
  select 'select json_object_agg(name, digest) as tables,
      exists (select from outbox where state = ''waiting'' and coalesce(useless_after > now(), true))
        or exists (select from payments where next_poll_at < now() + interval ''10 s'' or claimed_until > now())
        or exists (select from uploads where state <> ''kept'') as busy
    from (' || string_agg(format(
      'select %L as name, coalesce(sum(hashtextextended(t::text, 0)), 0)::text as digest from %I t', relname, relname),
      ' union all ') || ') tables'
    from pg_class
   where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> all ($1)`, Object.keys(LEFT_OUT));

// Each file below the folder of uploads: its name, size and last change.
function files() {
  const names = fs.readdirSync(process.env.UPLOADS, { recursive: true }).sort();
  const found = names.map((name) => [name, fs.statSync(`${process.env.UPLOADS}/${name}`)]);
  return found.filter(([, stat]) => stat.isFile()).map(([name, { size, mtimeMs }]) => `${name} ${size} ${mtimeMs}`).join('\n');
}

async function look() {
  const { tables, busy } = await row(statement);
  return { stored: { ...tables, files: files() }, busy };
}

const changed = (earlier, later) => Object.keys(later).filter((name) => earlier[name] !== later[name]);

// One after which the jobs have nothing left to write.
export function settled() {
  return until('the jobs to have nothing to do', async () => {
    const { stored, busy } = await look();
    return !busy && stored;
  });
}

export async function assertUnchanged(earlier, what) {
  assert.deepEqual(changed(earlier, (await look()).stored), [], `what changed by ${what}`);
}
