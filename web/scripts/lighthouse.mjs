// Lighthouse as on a phone, over a running site: BASE_URL, RUNS each (three),
// of which the middle one counts.  Fails where a page falls short; the reports
// lie in build/lighthouse.  Timings shift with the load of the machine.
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import lighthouse from 'lighthouse';
import { chromium } from 'playwright-core';
import { FLAGS, insides, pages } from './timed.mjs';

const RUNS = Number(process.env.RUNS ?? 3);
const LEAST = { accessibility: 100, 'best-practices': 100, seo: 100 };
const PUBLIC = { performance: 90, ...LEAST };
const LANDING = { performance: 95, ...LEAST };
const INSIDE = { performance: 80, accessibility: 100, 'best-practices': 100 };

const folder = fileURLToPath(new URL('../../build/lighthouse', import.meta.url));
fs.mkdirSync(folder, { recursive: true });

const port = await new Promise((resolve) => {
  const server = net.createServer().listen(0, '127.0.0.1', () => {
    const { port: free } = server.address();
    server.close(() => resolve(free));
  });
});
// One that keeps: Lighthouse opens its pages beside those that log in.
const context = await chromium.launchPersistentContext('', {
  executablePath: '/usr/bin/chromium',
  args: [...FLAGS, '--ignore-certificate-errors', `--remote-debugging-port=${port}`],
});

let short = false;
async function look(name, address, least) {
  const reports = [];
  for (let i = 0; i < RUNS; i += 1) {
    const { lhr } = await lighthouse(address, { port, logLevel: 'error', output: 'json' });
    reports.push(lhr);
  }
  const score = (lhr, category) => Math.round(lhr.categories[category].score * 100);
  reports.sort((a, b) => score(a, 'performance') - score(b, 'performance'));
  const middle = reports[Math.floor(RUNS / 2)];
  fs.writeFileSync(path.join(folder, `${name}.json`), JSON.stringify(middle, null, 1));
  for (const [category, limit] of Object.entries(least)) {
    const reached = score(middle, category);
    if (reached < limit) short = true;
    console.log(`${reached < limit ? 'SHORT' : 'ok   '} ${name}: ${category} ${reached} of ${limit}`);
    if (reached === 100) continue;
    for (const { id, weight } of middle.categories[category].auditRefs) {
      const { score: part, title, displayValue } = middle.audits[id];
      if (weight > 0 && part !== null && part < 1)
        console.log(`        ${title} ${displayValue ?? ''} (${part})`);
    }
  }
}
for (const [name, address] of await pages()) await look(name, address, name === 'landing' ? LANDING : PUBLIC);
for await (const [name, address] of insides(await context.newPage())) await look(name, address, INSIDE);
await context.close();
process.exit(short ? 1 : 0);
