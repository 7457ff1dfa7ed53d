// What pages cost who pays for each byte: first visits, and, with Save-Data, a
// booking from the search to the receipt.  nginx counts, headers and all,
// whatever the page, its service worker or its socket sent; what TLS adds is
// not among it.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { brand, change, creator, makePackage, PASSWORD, unique } from '../integration/support/people.mjs';
import { send } from '../integration/support/client.mjs';
import { env } from '../integration/support/env.mjs';
import { photo } from '../integration/support/pictures.mjs';
import { until } from '../integration/support/wait.mjs';

const KB = 1024;
const BOOKING = 100 * KB;
// What the state of the payment is asked for oftener than this is the wait for
// the person's PIN, not the journey.
const STATES = 3;
// What a first visit may cost, and the same pages the next day.
const LANDING = 90 * KB; // all but pictures
const LIST = 92 * KB; // likewise
const LIST_PICTURES = 150 * KB; // with them
const FIVE_PAGES = 250 * KB;
const FIVE_AGAIN = 60 * KB;
const site = env.HTTPS_URL;

let browser;
before(async () => {
  // Trusted by its key: what comes over a line that is not is kept nowhere.
  const { publicKey } = new crypto.X509Certificate(fs.readFileSync(path.join(env.STATE, 'tls/cert.pem')));
  const key = crypto.createHash('sha256').update(publicKey.export({ type: 'spki', format: 'der' })).digest('base64');
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', `--ignore-certificate-errors-spki-list=${key}`] });
  fs.mkdirSync('build/browser', { recursive: true });
});
after(() => browser.close());

// A phone that nothing was kept on; its agent tells its requests apart.
async function phone(options = {}) {
  const agent = unique('bytes');
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, deviceScaleFactor: 2,
    userAgent: `Mozilla/5.0 (Linux; Android 10; K) ${agent}`, reducedMotion: 'reduce', ...options });
  return { agent, context, page: await context.newPage() };
}

// They are logged in: phones keep that for a month.
async function enter(context, person) {
  const answer = await send('POST', `${site}/api/auth/login`, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: person.email, password: PASSWORD, session: 'cookie' }),
  });
  const [name, value] = /^([^=]+)=([^;]+)/.exec(answer.headers['set-cookie'][0]).slice(1);
  await context.addCookies([{ name, value, domain: 'localhost', path: '/api/auth', httpOnly: true, secure: true, sameSite: 'Strict' }]);
  // What the page keeps of a login beside the cookie: services/tokens.ts.
  await context.addInitScript((hint) => localStorage.setItem('bb-session', hint), JSON.stringify({ role: 'brand', userId: person.id }));
}

// What an agent asked for; `known` is a path that must be among it.
const log = path.join(process.env.LOGS, 'access.log');
const asked = (agent, known) => until(`${known} is in the log`, async () => {
  const lines = fs.readFileSync(log, 'utf8').split('\n').filter((line) => line.includes(agent)).map((line) => JSON.parse(line));
  return lines.some((line) => line.path === known) && lines;
});
const sum = (lines, cost) => lines.reduce((total, line) => total + cost(line), 0);
// A worker that is built for the tests tells its budget (BUDGET in lib/reply.c):
// two headers, of so many bytes at the least as HTTP/2 packs them.
const BUDGET = 29;
const came = (line) => line.bytes - (line.pool === '-' || line.path === '/ws' ? 0 : BUDGET);
const bothWays = (line) => came(line) + line.received;
const isPicture = (line) => line.path.startsWith('/uploads/');

// Written beside the pictures of pages, and told where it is too much.
function hold(what, lines, cost, most) {
  const total = sum(lines, cost);
  const listed = lines.map((line) => `${String(cost(line)).padStart(7)} ${line.received} ${line.method} ${line.status} ${line.path}`).join('\n');
  fs.writeFileSync(`build/browser/bytes-${what.replaceAll(' ', '-')}.txt`, `${listed}\n${total} of ${most} in ${lines.length} requests\n`);
  assert.ok(total <= most, `${what}: ${total} bytes of ${most}\n${listed}`);
}

// To its end, as somebody who reads it.
async function read(page) {
  await page.waitForLoadState('networkidle');
  await page.evaluate(async () => {
    for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
      scrollTo(0, y);
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    }
  });
  await page.waitForLoadState('networkidle');
}

// A page of creators as there are: with faces, words, packages.
const word = unique('impala');
let first;
before(async () => {
  const sellers = await Promise.all(Array.from({ length: 12 }, () => creator()));
  await Promise.all(sellers.map(async (seller, at) => {
    await change(seller, 'creator', { bio: `${word}: I film food for shops and markets, in Shona and English.`, location: 'Harare',
      categories: ['Food & Cooking', 'Travel'], follower_count: 1000 + at, social_links: { instagram: 'https://instagram.com/x' } });
    await send('POST', `${env.BASE_URL}/api/creators/profile/picture`, {
      headers: { 'content-type': 'image/png', authorization: `Bearer ${seller.access}` }, body: photo(at) });
    await makePackage(seller, { title: `Reel ${word}`, price: 40 + at });
  }));
  first = sellers.at(-1);
});

test('first visits: landing and the list of creators', { timeout: 120000 }, async (t) => {
  const landing = await phone();
  t.after(() => landing.context.close());
  await landing.page.goto(`${site}/`);
  await read(landing.page);
  const all = await asked(landing.agent, '/api/creators/facets');
  hold('landing', all.filter((line) => !isPicture(line)), came, LANDING);

  const list = await phone();
  t.after(() => list.context.close());
  await list.page.goto(`${site}/creators?search=${word}`);
  await list.page.getByRole('article').nth(11).waitFor();
  await read(list.page);
  const lines = await asked(list.agent, '/api/creators');
  assert.ok(lines.some(isPicture), 'it has pictures');
  hold('creators', lines.filter((line) => !isPicture(line)), came, LIST);
  hold('creators with pictures', lines, came, LIST_PICTURES);
});

test('home to checkout, five pages, and once more', { timeout: 120000 }, async (t) => {
  const buyer = await brand();
  const { agent, context, page } = await phone();
  t.after(() => context.close());
  await enter(context, buyer);
  const walk = async () => {
    await page.goto(`${site}/`);
    await read(page);
    await page.goto(`${site}/creators?search=${word}`);
    await page.getByRole('article').nth(11).waitFor();
    await read(page);
    await page.goto(`${site}/creators/${first.profile.id}`);
    await read(page);
    await page.getByRole('link', { name: new RegExp(`Reel ${word}`) }).first().click();
    await page.waitForLoadState('networkidle');
    await page.getByRole('link', { name: 'Book this package' }).filter({ visible: true }).click();
    await page.getByLabel('Number of the wallet').waitFor();
    await page.waitForLoadState('networkidle');
  };
  await walk();
  const before = await asked(agent, '/api/balances');
  hold('five pages', before, came, FIVE_PAGES);
  await walk();
  const again = await until('they came again', async () => {
    const lines = await asked(agent, '/api/balances');
    return lines.filter((line) => line.path === '/api/balances').length > 1 && lines;
  });
  hold('five pages again', again.slice(before.length), came, FIVE_AGAIN);
});

test('search, profile, book, pay, receipt: at most 100 KB', { timeout: 300000 }, async (t) => {
  const word = unique('kudu');
  for (let i = 0; i < 3; i += 1) {
    const seller = await creator();
    await change(seller, 'creator', { bio: `${word}: I film food for shops and markets, in Shona and English.`, location: 'Harare',
      categories: ['Food & Cooking'], follower_count: 1000 + i, social_links: { instagram: 'https://instagram.com/x' } });
    await makePackage(seller, { title: `Reel ${word}`, price: 40 + i });
  }
  const buyer = await brand();
  const { agent, context, page } = await phone({ extraHTTPHeaders: { 'Save-Data': 'on' } });
  await enter(context, buyer);
  await context.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: Object.assign(new EventTarget(), { saveData: true, effectiveType: '3g' }) }));

  await page.goto(`${site}/creators?search=${word}`);
  await page.waitForLoadState('networkidle'); // the bars and hearts are there
  await page.getByRole('article').first().getByRole('heading').getByRole('link').click();
  await page.getByRole('link', { name: new RegExp(`Reel ${word}`) }).first().click();
  await page.getByRole('link', { name: 'Book this package' }).filter({ visible: true }).click();
  await page.getByLabel(/What should the creator know/).fill('Our launch in December, outdoors, by daylight');
  await page.getByLabel('Number of the wallet').fill('0771111111');
  await page.getByRole('button', { name: 'Send prompt to my phone' }).click();
  await page.getByRole('link', { name: 'See the receipt' }).click({ timeout: 60000 });
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByText(/Receipt|receipt/).first().waitFor();
  await page.waitForLoadState('networkidle');
  await context.close(); // the socket's bytes are told at its end

  const lines = await asked(agent, '/ws');
  assert.ok(lines.some((line) => /\/bookings\/:?\d*/.test(line.path)), 'it was booked');
  assert.deepEqual(lines.map(({ path }) => path).filter((one) => /^\/(fonts\/|sw\.js|shell\.html)/.test(one)), [],
    'with Save-Data there is no font, and no service worker on the first day');
  const waits = lines.filter((line) => line.path.endsWith('/payment-status')).slice(STATES);
  hold('booking', lines.filter((line) => !waits.includes(line)), bothWays, BOOKING);
});
