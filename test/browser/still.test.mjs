// Nothing moves under a finger: what comes late finds its place kept.
import assert from 'node:assert/strict';
import { change, creator, makePackage } from '../integration/support/people.mjs';
import { alive, base, CUT, journey, PHONE, visit } from './support.mjs';

const OFFLINE = { en: 'You are offline', sn: 'Hauna network', nd: 'Awulanethiwekhi' };

for (const [where, asked] of [['/creators', '/api/creators'], ['/packages', '/api/packages']])
  journey(`a list comes where its place was kept, ${where}`, async ({ come }) => {
    await makePackage(await creator());
    const page = await come({ serviceWorkers: 'block' });
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    await page.route((url) => url.pathname === asked, async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(base + where, { waitUntil: 'commit' });
    await alive(page);
    const top = async (what) => (await what.boundingBox()).y;
    const before = await top(page.locator('main .grid > div:has(> [aria-hidden])').first());
    release();
    const card = page.getByRole('article').first();
    await card.waitFor();
    assert.equal(await top(card), before);
  }, { screens: [PHONE] });

for (const language of ['en', 'sn', 'nd'])
  journey(`a line that is cut is told of over the page, ${language}`, async ({ come }) => {
    const page = await come({ expected: [CUT] });
    await page.context().addCookies([{ name: 'bb_language', value: language, url: base }]);
    await visit(page, '/pricing');
    const heading = page.getByRole('heading', { level: 1 });
    await page.waitForLoadState('networkidle');
    const before = await heading.boundingBox();
    await page.context().setOffline(true);
    const told = page.getByRole('status').getByText(OFFLINE[language]);
    await told.waitFor();
    assert.deepEqual(await heading.boundingBox(), before);
    const box = await told.boundingBox();
    assert.ok(box.y + box.height <= before.y, `${language}: to ${box.y + box.height}, the heading stands at ${before.y}`);
  }, { screens: [PHONE] });

// A tall phone sees more of the page's end than ours.
journey('what the build wrote comes to life where it stands', async ({ come }) => {
  const seller = await creator();
  await change(seller, 'creator', { location: 'Harare', categories: ['Food & Cooking'], follower_count: 1000 });
  await makePackage(seller);
  const page = await come();
  await page.setViewportSize({ width: 412, height: 823 });
  await page.addInitScript(() => {
    globalThis.moved = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.moved.push(entry.value);
    }).observe({ type: 'layout-shift', buffered: true });
    // Before any of the page's own scripts.
    document.addEventListener('readystatechange', () => {
      globalThis.built ??= [...document.querySelectorAll('main section, footer, nav')];
    });
  });
  const content = async () => {
    await page.getByRole('article').first().waitFor();
    await page.locator('main .waiting').first().waitFor({ state: 'detached' });
    await page.locator('footer').waitFor();
    // The build writes an empty value out, and where a part begins and ends.
    return (await page.locator('main').innerHTML()).replace(/ value=""|<!--.*?-->/g, '').split(/(?=<)/);
  };
  await visit(page, '/');
  const first = await content();
  const lost = await page.evaluate(() => globalThis.built.filter((node) => !node.isConnected).map((node) => node.outerHTML.slice(0, 80)));
  assert.ok(await page.evaluate(() => globalThis.built.length > 5));
  assert.deepEqual(lost, []);
  assert.deepEqual(await page.evaluate(() => globalThis.moved.filter((value) => value > 0.01)), []);

  // And it is what it would be, had the page been drawn here.
  await page.getByRole('link', { name: 'Pricing' }).first().click();
  await page.waitForURL('**/pricing');
  await page.goBack();
  await page.waitForURL(`${base}/`);
  assert.deepEqual(await content(), first);
}, { screens: [PHONE] });
