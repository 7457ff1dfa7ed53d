// A visitor: without a script, and by the first keys.
import assert from 'node:assert/strict';
import { creator, makePackage } from '../integration/support/people.mjs';
import { base, DESKTOP, headed, journey, PHONE, visit } from './support.mjs';

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
