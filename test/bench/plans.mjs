// What each reading statement costs over data.sql's data, and by which plans:
// node plans.mjs SCALE FOLDER.  The plans themselves go to FOLDER, and the figures
// as costs.json.  PGHOST says where PostgreSQL is.
import fs from 'node:fs';
import pg from 'pg';
import { allReads } from './reads.mjs';
import { sizes } from './sizes.mjs';
import { readStatements } from './statements.mjs';

const TIMES = 7; // runs that are timed, of each case

if (process.argv.length !== 4) throw new Error('usage: plans.mjs SCALE FOLDER');
const scale = Number(process.argv[2]);
const folder = process.argv[3];
if (!(scale >= 0.1 && scale <= 100)) throw new Error('SCALE is 0.1 to 100');

async function connect(user) {
  const client = new pg.Client({ user, database: 'bantubuzz' });
  await client.connect();
  return client;
}

// Under the settings of the workers' role.  auto_explain tells the plans, those
// inside of functions too, as notices of this connection alone.
async function connectTelling() {
  const client = await connect('postgres');
  await client.query("load 'auto_explain'");
  const { rows } = await client.query("select unnest(setconfig) as said from pg_db_role_setting where setrole = 'bantubuzz_worker'::regrole");
  const wanted = ['auto_explain.log_level=notice', 'auto_explain.log_min_duration=0', 'auto_explain.log_analyze=on',
    'auto_explain.log_buffers=on', 'auto_explain.log_timing=off', 'auto_explain.log_nested_statements=on'];
  for (const said of [...rows.map((r) => r.said), ...wanted]) {
    const [name, value] = said.split(/=(.*)/s);
    await client.query('select set_config($1, $2, false)', [name, value]);
  }
  await client.query('set role bantubuzz_worker');
  return client;
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

// Of a plan's text: its depth, rows and buffers, a line each.
function nodesOf(text) {
  const nodes = [];
  for (const line of text.split('\n')) {
    const node = /^(\s*)(?:->\s+)?(\S.*?)\s+\(cost=.*\(actual rows=(\d+) loops=(\d+)\)/.exec(line);
    if (node) nodes.push({ depth: node[1].length, name: node[2], rows: node[3] * node[4], loops: Number(node[4]), read: 0, buffers: 0 });
    const dropped = /Rows Removed by (?:Filter|Index Recheck): (\d+)/.exec(line);
    if (dropped && nodes.length) nodes.at(-1).read += dropped[1] * nodes.at(-1).loops;
    const buffers = /^\s+Buffers: shared (.*)/.exec(line);
    if (buffers && nodes.length && nodes.at(-1).buffers === 0) {
      nodes.at(-1).buffers = [...buffers[1].matchAll(/(?:hit|read)=(\d+)/g)].reduce((sum, [, n]) => sum + Number(n), 0);
    }
  }
  return nodes;
}

// Rows that scans gave or dropped, in all plans of the call.
function rowsRead(plans) {
  return plans.flatMap(nodesOf).filter(({ name }) => /Scan/.test(name))
    .reduce((sum, { rows, read }) => sum + rows + read, 0);
}

// The scans and sorts that touched most.
function dearest(plans) {
  const nodes = plans.flatMap(nodesOf).filter(({ name }) => /(Scan (?:using|on)|Sort|Aggregate)/.test(name));
  const named = nodes.toSorted((a, b) => (b.rows + b.read) - (a.rows + a.read) || b.buffers - a.buffers).slice(0, 3);
  return named.map(({ name, rows, read }) => `${name.replace(/ using | on /, ' ').replace(/ on \S+( \w+)?$/, '')} ${rows + read}`).join(', ');
}

async function measure(plain, telling, statement, name, values) {
  for (const key of Object.keys(values)) {
    if (!statement.args.some((arg) => arg.name === key)) throw new Error(`${name} has no argument ${key}`);
  }
  const query = { name, text: statement.text, values: statement.args.map((arg) => values[arg.name] ?? null) };
  await plain.query(query);
  const times = [];
  let answer;
  for (let i = 0; i < TIMES; i += 1) {
    const began = performance.now();
    answer = await plain.query(query);
    times.push(performance.now() - began);
  }
  const plans = [];
  const hear = ({ message }) => plans.push(message);
  await telling.query(query); // what is prepared once is prepared
  telling.on('notice', hear);
  await telling.query(query);
  telling.off('notice', hear);
  return {
    ms: median(times),
    buffers: nodesOf(plans.at(-1))[0].buffers,
    rows: answer.rows.length,
    read: rowsRead(plans),
    dearest: dearest(plans),
    plans,
  };
}

async function main() {
  const statements = Object.entries(readStatements()).filter(([, { reads }]) => reads);
  const [plain, telling] = [await connect('bantubuzz_worker'), await connectTelling()];
  const cases = await allReads(sizes(scale), async (text, ...values) => {
    const { rows } = await plain.query({ text, values });
    return Object.values(rows[0])[0];
  });
  for (const [name] of statements) if (!cases[name]) throw new Error(`test/bench/reads.mjs does not ask ${name}`);
  for (const name of Object.keys(cases)) if (!statements.some(([s]) => s === name)) throw new Error(`no statement that reads is called ${name}`);

  const costs = [];
  fs.mkdirSync(folder, { recursive: true });
  console.log('| statement | case | ms | buffers | rows read | rows | most rows |\n| --- | --- | --: | --: | --: | --: | --- |');
  for (const [name, statement] of statements) {
    const told = [];
    for (const [about, values] of Object.entries(cases[name])) {
      const m = await measure(plain, telling, statement, name, values);
      told.push(`---- ${about}: ${JSON.stringify(values)}\n\n${m.plans.join('\n\n')}\n`);
      console.log(`| ${name} | ${about} | ${m.ms.toFixed(1)} | ${m.buffers} | ${m.read} | ${m.rows} | ${m.dearest} |`);
      const { plans, ...figures } = m;
      costs.push({ name, about, ...figures });
    }
    fs.writeFileSync(`${folder}/${name}.txt`, told.join('\n'));
  }
  const { rows: [{ server_version: server }] } = await plain.query('show server_version');
  fs.writeFileSync(`${folder}/costs.json`, JSON.stringify({ server: server.split(' ')[0], sizes: sizes(scale), costs }));
  await Promise.all([plain.end(), telling.end()]);
}

await main();
