// A media kit on paper: all its pictures and words, and nothing of the site.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { call, post } from '../integration/support/client.mjs';
import { brand, change, creator, makePackage, unique } from '../integration/support/people.mjs';
import { completedBooking } from '../integration/support/work.mjs';
import { DESKTOP, headed, journey, PHONE, visit } from './support.mjs';

const WORDS = 'Sadza, relish and small films about both.';
const SHOTS = 9;

// A gallery that no screen holds, offers, and a review of each side.
async function kit(picture) {
  const [buyer, seller] = [await brand(), await creator()];
  const username = unique('paper');
  await change(seller, 'creator', {
    username, location: 'Bulawayo', categories: ['Food & Cooking'], languages: ['Shona'], bio: WORDS,
    success_stories: 'A thousand new kitchens.', social_links: { instagram: 'https://instagram.example/paper' },
  });
  for (const where of ['/api/creators/profile/picture', ...Array(SHOTS).fill('/api/creators/profile/gallery')])
    await call('PUT', where, { as: seller, body: picture, headers: { 'content-type': 'image/png' } });
  await makePackage(seller, { title: 'One reel for paper' });
  const done = await completedBooking(buyer, seller, { title: 'Finished work' });
  for (const [who, comment] of [[buyer, 'Good work, on time'], [seller, 'Paid at once']])
    await post('/api/reviews', { collaboration_id: done.id, rating: 5, comment }, { as: who, status: 201 });
  return { username, id: seller.profile.id };
}

const seen = (page) =>
  page.evaluate(() => {
    const shown = (e) => e.checkVisibility({ checkOpacity: true });
    return {
      text: document.body.innerText,
      // Neither bar nor button: whatever one could press.
      bars: [...document.querySelectorAll('header, nav, footer, button, [role=status]')]
        .filter((e) => shown(e) && !e.closest('main header > :not(.no-print)') && !e.matches('main header'))
        .map((e) => e.outerHTML.slice(0, 120)),
      pictures: [...document.querySelectorAll('main img')].map((e) => [e.complete, e.naturalWidth > 0, shown(e)]),
      // Nothing is light on light, whatever the screen's colours are.
      ground: getComputedStyle(document.documentElement).backgroundColor,
      ink: getComputedStyle(document.body).color,
      wide: document.documentElement.scrollWidth - innerWidth,
    };
  });

journey('a media kit is printed', async ({ come, shot }) => {
  const page = await come({ scheme: 'dark' });
  const { username, id } = await kit(await page.screenshot());
  // What the button opens is the system's own window.
  await page.addInitScript(() => {
    globalThis.printed = 0;
    globalThis.print = () => { globalThis.printed += 1; };
  });
  await visit(page, `/creators/${id}`);
  await headed(page, username, { level: 1 });
  assert.ok((await page.locator('main img').count()) < SHOTS + 1, 'what lies below has not come yet');
  await page.getByRole('button', { name: /^Print/ }).click();
  await page.waitForFunction(() => globalThis.printed === 1);
  await page.emulateMedia({ media: 'print' });
  const { text, bars, pictures, ground, ink, wide } = await seen(page);
  assert.deepEqual(pictures, Array(SHOTS + 1).fill([true, true, true]));
  for (const part of [username, WORDS, 'Bulawayo', 'One reel for paper', 'Good work, on time', 'A thousand new kitchens.', 'Food & Cooking'])
    assert.ok(text.includes(part), `${part} is not on the paper`);
  assert.deepEqual(bars, []);
  assert.ok(wide <= 0, `${wide} px too wide`);
  assert.deepEqual([ground, ink], ['rgb(251, 245, 234)', 'rgb(34, 24, 19)']);
  await shot(page, 'paper');

  // As the browser's own menu does it, at once.
  await page.emulateMedia({ media: null });
  await page.reload();
  await headed(page, username, { level: 1 });
  await page.waitForLoadState('networkidle');
  const pdf = await page.pdf({ format: 'A4', path: 'build/browser/a-media-kit.pdf' });
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  assert.ok(fs.statSync('build/browser/a-media-kit.pdf').size > 20_000);
  const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
  assert.ok(sheets >= 1 && sheets <= 4, `${sheets} sheets`);
}, { screens: [PHONE, DESKTOP], long: true });
