// Every page of a visitor, in each size and colour: seen, and looked over.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { creator, makePackage } from '../integration/support/people.mjs';
import { base, close, look, open, person, SCHEMES, SCREENS } from './support.mjs';

let places;

before(async () => {
  await open();
  const who = await creator();
  const offer = await makePackage(who);
  places = [
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
  ];
});
after(close);

for (const screen of SCREENS)
  for (const scheme of SCHEMES)
    test(`a visitor's pages, ${screen.name} px, ${scheme}`, async (t) => {
      // The browser itself tells of the 404 that the address is due.
      const { context, page, faults } = await person(screen, scheme, { expected: [/status of 404/] });
      for (const [name, path] of places)
        await t.test(name, async () => {
          await page.goto(base + path);
          await page.locator('h1').first().waitFor();
          await look(page, `${name}-${screen.name}-${scheme}`);
        });
      assert.deepEqual(faults, []);
      await context.close();
    });

test('what the build wrote can be read without a script', async () => {
  const { context, page } = await person({ viewport: { width: 360, height: 740 } }, 'light');
  await context.route('**/*.js', (route) => route.abort());
  await page.goto(`${base}/`);
  assert.match(await page.locator('h1').innerText(), /creators/i);
  assert.ok(await page.getByRole('link', { name: 'See all creators' }).isVisible());
  await context.close();
});

test('by keys alone: skip link, search, first creator', async () => {
  const { context, page, faults } = await person(SCREENS[1], 'light');
  await page.goto(`${base}/creators`);
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
  assert.deepEqual(faults, []);
  await context.close();
});
