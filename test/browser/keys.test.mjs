// By keys alone, from the landing page to the receipt: Tab, Enter and Space, and
// what is typed.  Wherever the focus is, it can be seen.
import assert from 'node:assert/strict';
import { rows } from '../integration/support/db.mjs';
import { gateway } from '../integration/support/gateway.mjs';
import { brand, change, creator, makePackage, unique } from '../integration/support/people.mjs';
import { until } from '../integration/support/wait.mjs';
import { base, headed, journey, sees, visit } from './support.mjs';

const FARTHEST = 120;

// What is wrong with how the focus shows: no line around it or around what
// holds it, out of the screen, or behind a bar.
const unseen = (page) =>
  page.evaluate(() => {
    const e = document.activeElement;
    const around = [e, e.parentElement, e.parentElement?.parentElement].filter(Boolean);
    const lined = around.find((one) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(one);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
    });
    if (!lined) return `no line around ${e.outerHTML.slice(0, 120)}`;
    const { left, right, top, bottom } = lined.getBoundingClientRect();
    const at = [[(left + right) / 2, (top + bottom) / 2], [left + 2, top + 2], [right - 2, bottom - 2]];
    const seen = at.some(([x, y]) => {
      const there = document.elementFromPoint(x, y);
      return there && (lined.contains(there) || there.contains(lined));
    });
    return seen ? '' : `hidden: ${e.outerHTML.slice(0, 120)}`;
  });

// Tab by Tab, until what is looked for has the focus.
async function tabTo(page, target) {
  await target.first().waitFor();
  for (let steps = 0; steps < FARTHEST; steps += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement === document.body)) continue;
    assert.equal(await unseen(page), '');
    for (const one of await target.all()) if (await one.evaluate((e) => e === document.activeElement)) return;
  }
  assert.fail(`${target} was not reached in ${FARTHEST} steps`);
}

journey('keys alone', async ({ come, shot }) => {
  const [buyer, seller] = [await brand(), await creator()];
  const username = unique('kuda');
  await change(seller, 'creator', { username });
  const item = await makePackage(seller, { title: `Reel of ${username}` });
  const page = await come();
  const { keyboard } = page;
  const link = (name, options) => page.getByRole('link', { name, ...options });

  await visit(page, '/');
  await tabTo(page, link('Skip to the page'));
  await tabTo(page, page.getByRole('searchbox'));
  await keyboard.type(username);
  await keyboard.press('Enter');
  await page.waitForURL(/\/creators\?search=/);
  await tabTo(page, page.getByRole('article').getByRole('link', { name: username, exact: true }));
  await shot(page, '1-found');
  await keyboard.press('Enter');
  await headed(page, username, { level: 1 });
  await tabTo(page, link(item.title));
  await keyboard.press('Enter');
  await headed(page, item.title, { level: 1 });
  await tabTo(page, link('Book this package').filter({ visible: true }));
  await shot(page, '2-package');
  await keyboard.press('Enter');

  await headed(page, 'Log in', { level: 1 });
  await tabTo(page, page.getByLabel('E-mail address'));
  await keyboard.type(buyer.email);
  await tabTo(page, page.getByLabel('Password', { exact: true }));
  await keyboard.type(buyer.password);
  await tabTo(page, page.getByRole('button', { name: 'Log in', exact: true }));
  await keyboard.press('Space');
  await page.waitForURL(`${base}/checkout/${item.id}`);

  await tabTo(page, page.getByLabel('What should the creator know?'));
  await keyboard.type('Our maize meal, before the rains.');
  await tabTo(page, page.getByRole('radio', { name: /EcoCash/ }));
  await keyboard.press('Space');
  // What is missing is said, and the focus goes there.
  await tabTo(page, page.getByRole('button', { name: 'Send prompt to my phone' }));
  await keyboard.press('Enter');
  await until('the focus to be where a number is missing', () =>
    page.getByLabel('Number of the wallet').evaluate((e) => e === document.activeElement && e.getAttribute('aria-invalid') === 'true'));
  await shot(page, '3-missing');
  await keyboard.type('0772222222');
  await tabTo(page, page.getByRole('button', { name: 'Send prompt to my phone' }));
  await keyboard.press('Space');
  await headed(page, 'Enter your PIN on your phone');
  const booking = Number(/\/bookings\/(\d+)\/pay$/.exec(page.url())[1]);
  const { reference } = await until('the payment', async () =>
    (await rows(`select reference from payments where booking_id = $1 and state <> 'initiating'`, booking))[0]);
  await gateway.outcome(reference, 'paid');
  await headed(page, 'Paid');
  await tabTo(page, link('See the receipt'));
  await shot(page, '4-paid');
  await keyboard.press('Enter');
  await headed(page, 'Receipt', { level: 1 });
  await sees(page, item.title);
  await tabTo(page, page.getByRole('button', { name: 'Print or save as PDF' }));
  await shot(page, '5-receipt');
}, { long: true });
