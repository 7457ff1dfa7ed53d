// The README's pictures: pages with the demo's people on them, on a phone and a
// desktop, light and dark, packed until they are small; and web/public/preview.png,
// which stands beside a link to us where people talk.  For `make pictures`.
import fs from 'node:fs';
import { launch } from './chromium.mjs';

const OUT = new URL('../../web/pictures/', import.meta.url);
const MOST = 40 * 1024; // bytes
const PREVIEW_MOST = 60 * 1024;
const QUALITIES = [0.85, 0.75, 0.65, 0.55, 0.45, 0.35];
const SCREENS = {
  phone: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 },
  desktop: { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 },
};
const base = process.env.HTTPS_URL;
const PASSWORD = 'demo-zimbabwe-2026';

const browser = await launch();
const packer = await browser.newPage();

async function ask(path) {
  const answer = await fetch(process.env.BASE_URL + path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

// The browser makes the WebP as well.
async function pack(png) {
  for (const quality of QUALITIES) {
    const text = await packer.evaluate(async ([data, q]) => {
      const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
      const canvas = new OffscreenCanvas(picture.width, picture.height);
      canvas.getContext('2d').drawImage(picture, 0, 0);
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/webp', quality: q })).arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    }, [png.toString('base64'), quality]);
    const bytes = Buffer.from(text, 'base64');
    if (bytes.length <= MOST) return bytes;
  }
  throw new Error(`more than ${MOST} bytes at any quality`);
}

async function logIn(page, who, next) {
  await page.goto(`${base}/login?next=${encodeURIComponent(next)}`);
  await page.waitForLoadState('networkidle');
  await page.getByLabel('E-mail address').fill(`${who}@demo.bantubuzz.example`);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await page.waitForURL(base + next);
}

const [star] = (await ask('/api/creators?search=rudo_styles&per_page=1')).creators;
const [offer] = (await ask(`/api/packages?creator_id=${star.id}&per_page=1`)).packages;
const PAGES = [
  { name: 'landing', path: '/' },
  { name: 'profile', path: `/creators/${star.id}` },
  { name: 'checkout', path: `/checkout/${offer.id}`, who: 'brand' },
  { name: 'dashboard', path: '/creator', who: 'creator' },
];

fs.mkdirSync(OUT, { recursive: true });
for (const [screen, options] of Object.entries(SCREENS))
  for (const { name, path, who } of PAGES) {
    const context = await browser.newContext({ ...options, ignoreHTTPSErrors: true, reducedMotion: 'reduce' });
    const page = await context.newPage();
    if (who) await logIn(page, who, path);
    else await page.goto(base + path);
    await page.waitForFunction(() => document.querySelector('h1') && !document.querySelector('main .waiting'));
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await page.waitForLoadState('networkidle');
      // Two frames: bars that stick are painted apart.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      fs.writeFileSync(new URL(`${name}-${screen}-${colorScheme}.webp`, OUT), await pack(await page.screenshot()));
    }
    await context.close();
  }

// Flat fields, as on a painted shop front; PNG, which every messenger reads.
const web = new URL('../../web/', import.meta.url);
const font = fs.readFileSync(new URL('dist/fonts/bricolage-800.woff2', web)).toString('base64');
const board = await browser.newPage({ viewport: { width: 1200, height: 630 } });
await board.setContent(`<style>
  @font-face { font-family: Bricolage; src: url(data:font/woff2;base64,${font}) }
  body { margin: 0; height: 630px; background: #4b2142; color: #fff; font: 800 84px/1.02 Bricolage; letter-spacing: -0.02em; overflow: hidden }
  header { position: absolute; left: 80px; top: 72px; display: flex; align-items: center; gap: 24px; font-size: 52px }
  header svg { width: 104px }
  p { position: absolute; left: 80px; bottom: 76px; margin: 0; width: 860px; text-wrap: balance }
  i { position: absolute; right: -150px; top: -150px; width: 480px; height: 480px; border-radius: 50%; background: #f4b63f }
  b { position: absolute; right: 0; bottom: 0; width: 240px; height: 240px; border-radius: 240px 0 0; background: #a63a1b }
</style><i></i><b></b><header>${fs.readFileSync(new URL('public/icon.svg', web), 'utf8').replace('#4B2142', '#3B1A34')}BantuBuzz</header>
<p>African brands find, book and pay creators</p>`);
await board.evaluate(() => document.fonts.ready);
const preview = await board.screenshot();
if (preview.length > PREVIEW_MOST) throw new Error(`the preview has ${preview.length} bytes`);
fs.writeFileSync(new URL('public/preview.png', web), preview);
await browser.close();
