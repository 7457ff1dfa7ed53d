// The page of what reading costs: node costs.mjs FOLDER FOLDER, of plans.mjs at 1x
// and at 10x; it is written as plans.md beside this file.
import fs from 'node:fs';
import os from 'node:os';

if (process.argv.length !== 4) throw new Error('usage: costs.mjs FOLDER FOLDER');
const [one, ten] = process.argv.slice(2).map((folder) => JSON.parse(fs.readFileSync(`${folder}/costs.json`, 'utf8')));

const many = (n) => n.toLocaleString('en');
const table = (head, lines) => [`| ${head.map(([name]) => name).join(' | ')} |`, `| ${head.map(([, side]) => side).join(' | ')} |`, ...lines.map((line) => `| ${line.join(' | ')} |`)].join('\n');
const pairs = one.costs.map((cost) => {
  const more = ten.costs.find(({ name, about }) => name === cost.name && about === cost.about);
  if (!more) throw new Error(`${cost.name}, ${cost.about} is in one of the two`);
  return [cost, more];
});

// What touches thrice as much at ten times the data, and so much that it is felt.
const grown = pairs.filter(([a, b]) => b.buffers > 3 * a.buffers && b.buffers > 1000).toSorted(([, a], [, b]) => b.buffers - a.buffers);

const text = `# What reading costs, at 1x and at 10x

Written by \`make plans\`, on ${os.cpus().length} cores of ${os.cpus()[0].model.trim()} with PostgreSQL ${ten.server}; how it is
measured and read: [README.md](README.md). 1x are ${many(one.sizes.creators)} creators, ${many(one.sizes.packages)} packages and
${many(one.sizes.brands)} brands, 10x ${many(ten.sizes.creators)}, ${many(ten.sizes.packages)} and ${many(ten.sizes.brands)}. \`ms\` is of that machine in that
minute; buffers and rows are the same on every one.

## What grows

Of ${pairs.length} cases these touch more than thrice the buffers at 10x, and more than a thousand. Each has its reason:

- *busy*: the rows of one brand, creator or campaign, of which there are ten times as many here; totals are exact up
  to \`total_max\`, and of a campaign all who applied are counted;
- filters that a tenth or more of all pass, and words of many: hits are counted up to 10,000 (\`total_max\`; of words
  2,000, \`ranked_max\`), of which there were fewer at 1x; and where no index has the order, all hits are sorted;
- facets: counted over the first 2,000 hits (\`facets_max\`), which are found as a list's are.

${table([['statement', '---'], ['case', '---'], ['ms 1x', '--:'], ['ms 10x', '--:'], ['buffers 1x', '--:'], ['buffers 10x', '--:']],
  grown.map(([a, b]) => [a.name, a.about, a.ms.toFixed(1), b.ms.toFixed(1), many(a.buffers), many(b.buffers)]))}

## Every case

The node is the one that gave most rows at 10x, with how many.

${table([['statement', '---'], ['case', '---'], ['ms 1x', '--:'], ['ms 10x', '--:'], ['buffers 1x', '--:'], ['buffers 10x', '--:'], ['rows read 1x', '--:'], ['rows read 10x', '--:'], ['rows', '--:'], ['main node', '---']],
  pairs.map(([a, b]) => [a.name, a.about, a.ms.toFixed(1), b.ms.toFixed(1), many(a.buffers), many(b.buffers), many(a.read), many(b.read), b.rows, b.dearest.split(', ')[0] || 'Result']))}
`;
fs.writeFileSync(new URL('plans.md', import.meta.url), text);
