// Shona and Ndebele on a phone: the public pages, booking, paying, and what each
// side has of its own.  Every word that has been translated is shown so, none of
// them runs out of the screen.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { gateway } from '../integration/support/gateway.mjs';
import { row } from '../integration/support/db.mjs';
import { brand, change, creator, makePackage, unique } from '../integration/support/people.mjs';
import { until } from '../integration/support/wait.mjs';
import { completedBooking } from '../integration/support/work.mjs';
import { alive, assertWidth, base, journey, PHONE } from './support.mjs';

const folder = new URL('../../web/src/i18n/', import.meta.url);

// The texts of one file of words, by key.
function texts(file) {
  const source = fs.readFileSync(new URL(file, folder), 'utf8');
  const found = [...source.matchAll(/^ {2}(\w+):\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"),$/gm)];
  return new Map(found.map(([, key, one, two]) => [key, (one ?? two).replace(/\\(.)/g, '$1')]));
}

// What a page in this language may not show: English that has a translation, and
// the names of texts.
function foreign(language) {
  const words = new Set();
  const own = new Set();
  for (const file of fs.readdirSync(new URL('en/', folder))) {
    const theirs = texts(`${language}/${file}`);
    for (const [key, text] of texts(`en/${file}`)) {
      if (/[a-z][A-Z]|_/.test(key)) words.add(key);
      if (text !== theirs.get(key)) words.add(text);
    }
    for (const text of theirs.values()) own.add(text);
  }
  return [...words].filter((word) => !own.has(word));
}

for (const language of ['sn', 'nd'])
  journey(`in ${language}`, async ({ come, shot }) => {
    const none = foreign(language);
    assert.ok(none.length > 500, `${none.length} words to look for`);
    const [buyer, seller] = [await brand(), await creator()];
    const username = unique('mai');
    await change(seller, 'creator', { username, location: 'Gweru', categories: ['Travel'], languages: ['Shona', 'Ndebele'], bio: 'Sadza.' });
    const offer = await makePackage(seller, { title: 'Sadza' });
    const done = await completedBooking(buyer, seller, { title: 'Muriwo' });

    const open = async () => {
      const page = await come();
      await page.context().addCookies([{ name: 'bb_language', value: language, url: base }]);
      await page.addInitScript(() => {
        globalThis.headings = new Set();
        new MutationObserver(() => {
          for (const e of document.querySelectorAll('h1, h2, main [type=submit]')) headings.add(e.textContent.trim());
        }).observe(document, { childList: true, characterData: true, subtree: true });
      });
      return page;
    };
    const look = async (page, step) => {
      await page.waitForFunction(() => document.querySelector('h1') && !document.querySelector('main .waiting'));
      await page.waitForLoadState('networkidle');
      assert.equal(await page.evaluate(() => document.documentElement.lang), language);
      const shown = await page.evaluate(() => {
        const found = [];
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) if (!node.parentElement.closest('script, style, [lang]:not(html)')) found.push(node.data.trim());
        for (const e of document.querySelectorAll('[aria-label], [placeholder], [title]'))
          found.push(e.getAttribute('aria-label'), e.getAttribute('placeholder'), e.getAttribute('title'));
        return found.filter(Boolean);
      });
      assert.deepEqual(shown.filter((text) => none.includes(text)), [], `${step} is not in ${language}`);
      const flashed = (await page.evaluate(() => [...headings])).filter((text) => none.includes(text));
      assert.deepEqual(flashed, [], `${step} was not in ${language} at first`);
      await assertWidth(page, step);
      const cut = await page.evaluate(() => [...document.querySelectorAll('nav span')].filter((e) => e.scrollWidth > e.clientWidth + 1 && !e.matches('.sr-only')).map((e) => e.innerText));
      assert.deepEqual(cut, [], `${step}: names of places are cut`);
      await shot(page, step);
    };
    const see = async (page, where, step) => {
      await page.goto(base + where);
      await alive(page);
      await look(page, step);
    };
    const send = (page) => page.locator('main form [type=submit]').last().click();

    const page = await open();
    for (const where of ['/', '/creators', `/creators/${seller.profile.id}`, '/packages', `/packages/${offer.id}`, '/pricing', '/about', '/contact',
      '/terms', '/privacy', '/register', '/register/brand', '/register/creator', '/verify', '/forgot-password', '/reset-password/abc'])
      await see(page, where, `visitor-${where.slice(1).replaceAll(/\W+/g, '-').replaceAll(/\d+/g, 'n') || 'home'}`);
    await page.goto(`${base}/creators`);
    await alive(page);
    await page.locator('main [aria-hidden].lucide-sliders-horizontal').click();
    await page.getByRole('dialog').waitFor();
    await look(page, 'visitor-filters');

    // From the package to the receipt.
    await page.goto(`${base}/checkout/${offer.id}`);
    await page.waitForURL(/\/login\?next=/);
    await alive(page);
    await send(page);
    await page.locator('[aria-invalid=true]').first().waitFor();
    await look(page, 'brand-1-login');
    await page.locator('input[name=email]').fill(buyer.email);
    await page.locator('input[name=password]').fill(buyer.password);
    await send(page);
    await page.waitForURL(`${base}/checkout/${offer.id}`);
    await page.getByRole('radio', { name: /EcoCash/ }).check();
    await send(page);
    await page.locator('[aria-invalid=true]').first().waitFor();
    await look(page, 'brand-2-checkout');
    await page.locator('input[name=phone]').fill('0772222222');
    await send(page);
    await page.waitForURL(/\/bookings\/\d+\/pay$/);
    const booking = Number(/\/bookings\/(\d+)/.exec(page.url())[1]);
    const { reference } = await until('the payment', () => row(`select reference from payments where booking_id = $1 and state <> 'initiating'`, booking));
    await page.locator('main ol').waitFor();
    await look(page, 'brand-3-waiting');
    await gateway.outcome(reference, 'paid');
    await page.locator(`main a[href="/bookings/${booking}/receipt"]`).waitFor();
    await look(page, 'brand-4-paid');
    await page.locator(`main a[href="/bookings/${booking}/receipt"]`).click();
    await page.locator('main article dl').waitFor();
    await look(page, 'brand-5-receipt');

    for (const where of [`/bookings/${booking}`, `/bookings/${done.id}`, '/bookings', '/brand', '/brand/balance', '/brand/profile', '/brand/campaigns',
      '/brand/campaigns/new', '/messages', `/messages/${seller.id}`, '/notifications', '/settings'])
      await see(page, where, `brand-${where.slice(1).replaceAll(/\W+/g, '-').replace(String(booking), 'paid').replace(String(done.id), 'done').replaceAll(/\d+/g, 'n')}`);

    const there = await open();
    await there.goto(`${base}/login?next=%2Fcreator`);
    await alive(there);
    await there.locator('input[name=email]').fill(seller.email);
    await there.locator('input[name=password]').fill(seller.password);
    await send(there);
    await there.waitForURL(`${base}/creator`);
    for (const where of ['/creator', '/creator/earnings', '/creator/profile', '/creator/packages/new', `/creator/packages/${offer.id}`, '/creator/campaigns',
      `/bookings/${booking}`])
      await see(there, where, `creator-${where.slice(1).replaceAll(/\W+/g, '-').replaceAll(/\d+/g, 'n')}`);
  }, { screens: [PHONE], long: true });
