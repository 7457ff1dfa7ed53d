// What booking costs a brand that pays for each byte: from the search to the
// receipt with Save-Data, nothing kept from before.  They are logged in: phones
// keep that for a month.  nginx counts, both ways, headers and all, whatever the
// page, its service worker or its socket sent; what TLS adds is not among it.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import { brand, change, creator, makePackage, PASSWORD, unique } from '../integration/support/people.mjs';
import { send } from '../integration/support/client.mjs';
import { env } from '../integration/support/env.mjs';
import { until } from '../integration/support/wait.mjs';

// What the state of the payment is asked for oftener than this is the wait for
// the person's PIN, not the journey.
const MOST = 100 * 1024;
const ASKED = 3;
const site = env.HTTPS_URL;

test('search, profile, book, pay, receipt: at most 100 KB', { timeout: 300000 }, async (t) => {
  const word = unique('kudu');
  for (let i = 0; i < 3; i += 1) {
    const seller = await creator();
    await change(seller, 'creator', { bio: `${word}: I film food for shops and markets, in Shona and English.`, location: 'Harare',
      categories: ['Food & Cooking'], follower_count: 1000 + i, social_links: { instagram: 'https://instagram.com/x' } });
    await makePackage(seller, { title: `Reel ${word}`, price: 40 + i });
  }
  const buyer = await brand();
  const answer = await send('POST', `${site}/api/auth/login`, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: buyer.email, password: PASSWORD, session: 'cookie' }),
  });
  const [name, value] = /^([^=]+)=([^;]+)/.exec(answer.headers['set-cookie'][0]).slice(1);

  const agent = unique('bytes');
  // Trusted by its key: what comes over a line that is not is kept nowhere.
  const { publicKey } = new crypto.X509Certificate(fs.readFileSync(path.join(env.STATE, 'tls/cert.pem')));
  const key = crypto.createHash('sha256').update(publicKey.export({ type: 'spki', format: 'der' })).digest('base64');
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', `--ignore-certificate-errors-spki-list=${key}`] });
  t.after(() => browser.close());
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, userAgent: `Mozilla/5.0 (Linux; Android 10; K) ${agent}`,
    extraHTTPHeaders: { 'Save-Data': 'on' }, reducedMotion: 'reduce' });
  await context.addCookies([{ name, value, domain: 'localhost', path: '/api/auth', httpOnly: true, secure: true, sameSite: 'Strict' }]);
  // What the page keeps of a login beside the cookie: services/tokens.ts.
  await context.addInitScript((hint) => localStorage.setItem('bb-session', hint), JSON.stringify({ role: 'brand', userId: buyer.id }));
  await context.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: Object.assign(new EventTarget(), { saveData: true, effectiveType: '3g' }) }));
  const page = await context.newPage();

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
  await browser.close(); // the socket's bytes are told at its end

  const log = path.join(process.env.LOGS, 'access.log');
  const asked = await until('the socket is in the log', async () => {
    const lines = fs.readFileSync(log, 'utf8').split('\n').filter((line) => line.includes(agent)).map((line) => JSON.parse(line));
    return lines.some((line) => line.path === '/ws') && lines;
  });
  const cost = (line) => line.bytes + line.received;
  const waits = asked.filter(({ path }) => path.endsWith('/payment-status')).slice(ASKED);
  const total = asked.filter((line) => !waits.includes(line)).reduce((sum, line) => sum + cost(line), 0);
  const listed = asked.map((line) => `${String(cost(line)).padStart(7)} ${line.received} ${line.method} ${line.status} ${line.path}`).join('\n');
  fs.mkdirSync('build/browser', { recursive: true });
  fs.writeFileSync('build/browser/bytes.txt', `${listed}\n${total} in ${asked.length - waits.length} requests\n`);
  assert.ok(asked.some((line) => /\/bookings\/:?\d*/.test(line.path)), 'it was booked');
  assert.deepEqual(asked.map(({ path }) => path).filter((one) => /^\/(fonts\/|sw\.js|shell\.html)/.test(one)), [],
    'with Save-Data there is no font, and no service worker on the first day');
  assert.ok(total <= MOST, `${total} bytes\n${listed}`);
});
