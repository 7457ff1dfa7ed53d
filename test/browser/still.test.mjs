// Nothing moves under a finger: what comes late finds its place kept.
import assert from 'node:assert/strict';
import { creator, makePackage } from '../integration/support/people.mjs';
import { alive, base, CUT, journey, PHONE, visit } from './support.mjs';

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

journey('a line that is cut is told of over the page', async ({ come }) => {
  const page = await come({ expected: [CUT] });
  await visit(page, '/pricing');
  const heading = page.getByRole('heading', { level: 1 });
  const before = await heading.boundingBox();
  await page.context().setOffline(true);
  const told = page.getByRole('status').getByText('You are offline');
  await told.waitFor();
  assert.deepEqual(await heading.boundingBox(), before);
  assert.ok((await told.boundingBox()).y + (await told.boundingBox()).height <= before.y);
}, { screens: [PHONE] });
