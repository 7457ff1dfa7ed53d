// Every page of a visitor, in each size and colour: seen, and looked over.
import assert from 'node:assert/strict';
import { creator, makePackage } from '../integration/support/people.mjs';
import { base, DESKTOP, headed, journey, look, PHONE, REFUSED, scrollThrough, visit } from './support.mjs';

journey('visitor', async ({ t, come }) => {
  const who = await creator();
  const offer = await makePackage(who);
  // The browser itself tells of the 404 that the address is due.
  const page = await come({ expected: [REFUSED] });
  for (const [name, path] of [
    ['home', '/'],
    ['creators', '/creators'],
    ['creators-none', '/creators?category=Nothing&max_price=1'],
    ['creator', `/creators/${who.profile.id}`],
    ['packages', '/packages'],
    ['package', `/packages/${offer.id}`],
    ['pricing', '/pricing'],
    ['about', '/about'],
    ['terms', '/terms'],
    ['privacy', '/privacy'],
    ['contact', '/contact'],
    ['login', '/login'],
    ['register', '/register'],
    ['register-creator', '/register/creator'],
    ['register-brand', '/register/brand'],
    ['verify', '/verify'],
    ['forgot', '/forgot-password'],
    ['reset', '/reset-password/abc'],
    ['none', '/nothing'],
  ])
    await t.test(name, async () => {
      await visit(page, path);
      await page.locator('h1').first().waitFor();
      await scrollThrough(page);
      await look(page, name);
    });
}, { screens: [PHONE] });

journey('what the build wrote can be read without a script', async ({ come }) => {
  const page = await come({ serviceWorkers: 'block', expected: [/net::ERR_FAILED/] });
  await page.route('**/*.js', (route) => route.abort());
  await page.goto(`${base}/`);
  await headed(page, /creators/i, { level: 1 });
  assert.ok(await page.getByRole('link', { name: 'See all creators' }).isVisible());
}, { screens: [PHONE] });

journey('skip link, search, and back', async ({ come }) => {
  await makePackage(await creator());
  const page = await come();
  await visit(page, '/creators');
  await page.getByRole('article').first().waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to the page');
  await page.keyboard.press('Enter');
  await page.getByRole('searchbox').focus();
  await page.keyboard.type('zz nothing');
  await page.keyboard.press('Enter');
  await page.getByText('No creators match').waitFor();
  assert.match(page.url(), /search=zz\+nothing/);
  await page.goBack();
  await page.getByRole('article').first().waitFor();
}, { screens: [DESKTOP] });
