// The budgets in bytes, as they go over the line (brotli); past one of them
// the build has failed.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const web = fileURLToPath(new URL('..', import.meta.url));
const dist = path.join(web, 'dist');
const KB = 1024;
const BUDGETS = {
  entry: 55 * KB, // scripts that every page needs, and the parts that most show
  css: 12 * KB,
  html: 14 * KB, // with the style inside
  font: 15 * KB,
  page: 12 * KB, // one page's own scripts, beside those three:
  forms: 16 * KB,
  live: 7 * KB, // comes with the login, whatever the page
  frame: 75 * KB, // what the service worker keeps from the start
  landing: 90 * KB, // first visit, all but pictures and data, which test/browser/bytes holds
  list: 92 * KB, // likewise, of the creators
};

const { entry, pages, html, frame } = JSON.parse(fs.readFileSync(path.join(web, 'build/costs.json'), 'utf8'));
const size = (file) => {
  const packed = path.join(dist, `${file}.br`);
  return fs.statSync(fs.existsSync(packed) ? packed : path.join(dist, file)).size;
};
const sum = (files) => files.reduce((total, file) => total + size(file), 0);

const assets = fs.readdirSync(path.join(dist, 'assets'));
const SHARED = ['forms', 'live'];
const called = (name) =>
  assets
    .filter((file) => file.startsWith(`${name}-`) && file.endsWith('.js'))
    .map((file) => `assets/${file}`);
const shared = new Set(['parts', ...SHARED].flatMap(called));
const rows = [];
const hold = (what, bytes, limit) => rows.push({ what, bytes, limit });

hold('entry scripts', sum(entry) + sum(called('parts')), BUDGETS.entry);
hold('style', sum(assets.filter((f) => f.endsWith('.css')).map((f) => `assets/${f}`)), BUDGETS.css);
for (const file of fs.readdirSync(path.join(dist, 'fonts')).filter((f) => f.endsWith('.woff2')))
  hold(`font ${file}`, size(`fonts/${file}`), BUDGETS.font);
for (const file of html) hold(file, size(file), BUDGETS.html);
for (const [name, files] of Object.entries(pages)) {
  if (files.length === 0) throw new Error(`${name}: no chunk of its own was found`);
  hold(`page ${name}`, sum(files.filter((file) => !shared.has(file))), BUDGETS.page);
}
for (const name of SHARED) {
  const files = called(name);
  if (files.length === 0) throw new Error(`there is no chunk ${name}`);
  hold(name, sum(files), BUDGETS[name]);
}
hold('service worker, frame', sum(frame), BUDGETS.frame);
const first = (page, file) => size(file) + sum(entry) + sum(pages[page]) + size('fonts/bricolage-800.woff2');
hold('landing, first visit', first('/', 'index.html'), BUDGETS.landing);
hold('creators, first visit', first('/creators', 'creators.html'), BUDGETS.list);

const kb = (bytes) => `${(bytes / KB).toFixed(1)} KB`;
let over = false;
for (const { what, bytes, limit } of rows) {
  if (bytes > limit) over = true;
  console.log(`${bytes > limit ? 'OVER' : 'ok  '} ${what}: ${kb(bytes)} of ${kb(limit)}`);
}
if (over) process.exit(1);
