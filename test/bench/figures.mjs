// How long handlers and their files are: node figures.mjs.  A handler is what
// a route names; its lines are counted from its type to its closing brace.
import fs from 'node:fs';
import path from 'node:path';

const folder = new URL('../../app/', import.meta.url).pathname;
const sources = fs.readdirSync(folder).filter((name) => name.endsWith('.c'))
  .map((name) => ({ name, text: fs.readFileSync(path.join(folder, name), 'utf8') }));

const lengths = new Map();
for (const { text } of sources) {
  for (const [whole, name] of text.matchAll(/^(?:static )?int\n(\w+)\(struct request \*req\)\n\{\n[^]*?^\}$/gm)) {
    lengths.set(name, whole.split('\n').length);
  }
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
const longest = (names) => names.toSorted((a, b) => lengths.get(b) - lengths.get(a))[0];

const handlers = new Set();
const table = [];
for (const { name, text } of sources) {
  const routes = [...text.matchAll(/\{\s*(?:GET|POST|PUT|PATCH|DELETE),\s*"[^"]*",\s*\w+,\s*(\w+)/g)].map(([, handler]) => handler);
  if (routes.length === 0) continue;
  const own = [...new Set(routes)];
  for (const handler of own) {
    if (!lengths.has(handler)) throw new Error(`app/${name}: no handler ${handler} was found`);
    handlers.add(handler);
  }
  table.push([`app/${name}`, text.split('\n').length - 1, routes.length, own.length, median(own.map((h) => lengths.get(h))),
    `${lengths.get(longest(own))} ${longest(own)}`]);
}

const all = [...handlers];
console.log(`${all.length} handlers for ${table.reduce((sum, [, , routes]) => sum + routes, 0)} routes: median ${median(all.map((h) => lengths.get(h)))} lines, longest ${lengths.get(longest(all))} (${longest(all)})\n`);
console.log('| resource | lines | routes | handlers | median | longest |\n| --- | --: | --: | --: | --: | --- |');
for (const row of table) console.log(`| ${row.join(' | ')} |`);
