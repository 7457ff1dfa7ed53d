// What lies over a page: sheets, questions, menus, words that pass.  Each is
// looked at, light and dark; Back takes it away and leaves one on the page.
import assert from 'node:assert/strict';
import { post } from '../integration/support/client.mjs';
import { brand, change, creator, makePackage, unique } from '../integration/support/people.mjs';
import { until } from '../integration/support/wait.mjs';
import { base, follow, headed, journey, logIn, press, sees, visit } from './support.mjs';

const both = async (page, shot, step) => {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await shot(page, `${step}-${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
};

// Gone, and the address is what it was.
async function back(page, dialog) {
  const where = page.url();
  await page.goBack();
  await dialog.waitFor({ state: 'detached' });
  assert.equal(page.url(), where);
}

journey('what lies over a visitor’s pages', async ({ screen, come, shot }) => {
  const seller = await creator();
  await change(seller, 'creator', { username: unique('over'), categories: ['Travel'] });
  await makePackage(seller);
  const page = await come({ permissions: ['clipboard-write'] });
  const dialog = page.getByRole('dialog');
  await visit(page, '/');
  await page.getByRole('link', { name: 'See all creators' }).click();
  await page.waitForURL(`${base}/creators`);
  await page.getByRole('article').first().waitFor();
  if (screen.name === '360') {
    await press(page, 'Filters');
    await headed(dialog, 'Filters');
    await both(page, shot, '1-filters');
    await back(page, dialog);
    // Closed in another way it leaves nothing behind; what is found is a step.
    await press(page, 'Filters');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await press(page, 'Filters');
    await dialog.getByLabel('Field').selectOption('Travel');
    await press(dialog, 'Show results');
    await page.waitForURL(/category=Travel/);
    await dialog.waitFor({ state: 'detached' });
    await page.goBack();
    await page.waitForURL(`${base}/creators`);
    assert.equal(await dialog.count(), 0);
    await page.goBack();
    await page.waitForURL(`${base}/`);
    await page.goForward();
    await page.waitForURL(`${base}/creators`);
  }
  await page.getByRole('contentinfo').getByLabel('Language').selectOption('sn');
  await page.waitForFunction(() => document.documentElement.lang === 'sn');
  await page.getByRole('contentinfo').getByRole('combobox').selectOption('en');
  await visit(page, `/creators/${seller.profile.id}`);
  await press(page, 'Share this page');
  await page.getByRole('status').filter({ hasText: 'The link is copied' }).waitFor();
  await both(page, shot, '2-toast');
}, { long: true });

journey('what lies over a brand’s pages', async ({ come, shot }) => {
  const [buyer, seller] = [await brand(), await creator()];
  const username = unique('pick');
  await change(seller, 'creator', { username });
  await makePackage(seller, { title: `Reel of ${username}` });
  const title = `Winter warmers ${unique()}`;
  const { id } = (await post('/api/campaigns', {
    title, description: 'Films about cooking', budget: 2500.5, status: 'active', category: 'Food & Beverage',
    start_date: new Date(Date.now() + 86_400_000).toISOString(), end_date: new Date(Date.now() + 30 * 86_400_000).toISOString(),
  }, { as: buyer, status: 201 })).json.campaign;
  await post(`/api/campaigns/${id}/apply`, { proposed_price: 320, deliverables: ['One film'], message: 'For years' }, { as: seller, status: 201 });
  const page = await come();
  const dialog = page.getByRole('dialog');
  await logIn(page, buyer, '/brand/campaigns');
  await press(page, 'Your account');
  await page.getByRole('link', { name: 'Settings' }).filter({ visible: true }).waitFor();
  await both(page, shot, '1-menu');
  await page.keyboard.press('Escape');
  await follow(page, title);
  await headed(page, title, { level: 1 });
  for (const [name, step] of [['Accept', '2-accept'], ['Decline', '3-decline'], ['Call it off', '4-call-off'], ['Say that it is done', '5-done'], ['Delete it', '6-delete']]) {
    await press(page, name);
    await headed(dialog, name);
    await both(page, shot, step);
    await back(page, dialog);
  }
  await press(page, 'Add a package');
  await dialog.getByLabel('Which package?').fill(username);
  await press(dialog, 'Find');
  await dialog.getByRole('button', { name: `Reel of ${username}` }).waitFor();
  await both(page, shot, '7-packages');
  await dialog.getByRole('button', { name: `Reel of ${username}` }).click();
  await sees(dialog, 'This books it.');
  await both(page, shot, '8-package');
  await dialog.getByRole('button', { name: /^Book it for/ }).click();
  await headed(page, 'Pay for your booking', { level: 1 });
  // From there Back leads to the campaign, not to the question.
  await page.goBack();
  await page.waitForURL(`${base}/brand/campaigns/${id}`);
  assert.equal(await dialog.count(), 0);
  await page.goBack();
  await page.waitForURL(`${base}/brand/campaigns`);

  // What is deleted is no page to go back to.
  await follow(page, title);
  await press(page, 'Delete it');
  await press(dialog, 'Delete it');
  await page.waitForURL(`${base}/brand/campaigns`);
  await headed(page, 'No campaigns yet');
}, { long: true });

journey('what lies over a creator’s pages', async ({ come, shot }) => {
  const seller = await creator();
  const { id } = await makePackage(seller, { title: 'A reel to remove' });
  const page = await come();
  const dialog = page.getByRole('dialog');
  await logIn(page, seller, '/creator/profile');
  const picture = { name: 'me.png', mimeType: 'image/png', buffer: await page.screenshot() };
  await page.getByLabel('Add a picture').setInputFiles(picture);
  await headed(dialog, 'Cut the picture');
  await dialog.getByLabel('Shape').selectOption('tall');
  await until('the picture to be cut so', () => dialog.locator('canvas').evaluate(({ width, height }) => height > width));
  await both(page, shot, '1-cut');
  await back(page, dialog);
  await page.getByLabel('Add a picture').setInputFiles(picture);
  await press(dialog, 'Use this picture');
  await press(page, 'Remove picture 1');
  await headed(dialog, 'Remove this picture?');
  await both(page, shot, '2-picture');
  await back(page, dialog);
  await visit(page, `/creator/packages/${id}`);
  await press(page, 'Hide from brands');
  await page.getByRole('status').filter({ hasText: 'Brands do not see it any more.' }).waitFor();
  await both(page, shot, '3-toast');
  await press(page, 'Delete the package');
  await headed(dialog, 'Delete this package?');
  await both(page, shot, '4-package');
  await back(page, dialog);
  await press(page, 'Delete the package');
  await press(dialog, 'Delete the package');
  await page.waitForURL(`${base}/creator`);
  await page.goBack();
  await page.waitForURL(`${base}/creator/profile`);
}, { long: true });
