// A visitor: without a script, and by the first keys.
import assert from 'node:assert/strict';
import { brand, creator, makePackage, unique } from '../integration/support/people.mjs';
import { alive, base, DESKTOP, headed, journey, PHONE, press, sees, visit } from './support.mjs';

journey('what the build wrote can be read without a script', async ({ come }) => {
  const page = await come({ serviceWorkers: 'block', expected: [/net::ERR_FAILED/] });
  await page.route('**/*.js', (route) => route.abort());
  await page.goto(`${base}/`);
  await headed(page, /creators/i, { level: 1 });
  assert.ok(await page.getByRole('link', { name: 'See all creators' }).isVisible());
}, { screens: [PHONE] });

journey('a page is written in the language that was chosen, and comes to life in it', async ({ come }) => {
  const page = await come({ serviceWorkers: 'block', expected: [/net::ERR_FAILED/] });
  await page.context().addCookies([{ name: 'bb_language', value: 'sn', url: base }]);
  await page.route('**/*.js', (route) => route.abort());
  await page.goto(`${base}/login`);
  await headed(page, 'Pinda', { level: 1 });
  assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, document.title]), ['sn', 'Pinda · BantuBuzz']);
  // Its texts are with it: none of them is asked for.
  const asked = [];
  await page.unroute('**/*.js');
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(`${base}/login`);
  const heading = await page.getByRole('heading', { level: 1 }).elementHandle();
  await alive(page);
  assert.equal(await heading.textContent(), 'Pinda');
  assert.ok(await heading.evaluate((node) => node.isConnected), 'it was not made anew');
  assert.deepEqual(asked.filter((name) => /\/(login|ui|account)-[^/]*\.js$/.test(name)), []);
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

// A slow line: the page is there, its scripts are not until they are let go.
async function early(page, where) {
  const held = [];
  let free = false;
  await page.route('**/*.js', (route) => {
    if (free) return route.continue();
    held.push(route);
  });
  await page.goto(base + where, { waitUntil: 'commit' });
  return async () => {
    free = true;
    for (const route of held) await route.continue();
    await alive(page);
  };
}

for (const [where, next] of [['/login', '/brand'], ['/login?next=%2Fbookings', '/bookings']])
  journey(`what is typed before the script has come, ${where}`, async ({ come }) => {
    const person = await brand();
    const page = await come({ serviceWorkers: 'block' });
    const release = await early(page, where);
    const [email, password] = [page.getByLabel('E-mail address'), page.getByLabel('Password', { exact: true })];
    await email.fill(person.email);
    await password.fill(person.password);
    // Nothing sends it to where it would be lost.
    await password.press('Enter');
    assert.ok(await page.getByRole('button', { name: 'Log in' }).isDisabled());
    assert.equal(page.url(), base + where);
    await release();
    assert.equal(await email.inputValue(), person.email);
    assert.equal(await password.inputValue(), person.password);
    assert.equal(await page.evaluate(() => document.activeElement.name), 'password');
    await page.keyboard.press('Enter');
    await page.waitForURL(base + next);
  }, { screens: [PHONE] });

journey('a registration typed before the script has come, over its draft', async ({ come }) => {
  const page = await come({ serviceWorkers: 'block' });
  await visit(page, '/register/brand');
  await page.getByLabel('Name of the brand or company').fill('The Old Name');
  await page.getByLabel('E-mail address').fill('old@example.com');
  const release = await early(page, '/register/brand');
  const email = `${unique('early')}@example.com`;
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill('a long enough password');
  await release();
  assert.equal(await page.getByLabel('Name of the brand or company').inputValue(), 'The Old Name');
  assert.equal(await page.getByLabel('E-mail address').inputValue(), email);
  await press(page, 'Create account');
  await page.waitForURL(`${base}/verify`);
  await sees(page, email);
}, { screens: [PHONE] });

journey('a search typed before the script has come', async ({ come }) => {
  const page = await come({ serviceWorkers: 'block' });
  const release = await early(page, '/');
  await page.getByRole('searchbox').fill('sadza');
  await release();
  assert.equal(await page.getByRole('searchbox').inputValue(), 'sadza');
  await page.getByRole('searchbox').press('Enter');
  await page.waitForURL(`${base}/creators?search=sadza`);
}, { screens: [PHONE] });
