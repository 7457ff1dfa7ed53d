// Debian's Chromium on the real site: small and large, light and dark, and what
// no page may ever do.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { env } from '../integration/support/env.mjs';
import { launch } from './chromium.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const axe = fs.readFileSync(createRequire(path.join(root, 'web/package.json')).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = path.join(root, 'build/browser');
fs.mkdirSync(pictures, { recursive: true });

// All of it by `make browser`; the short form in `make test` is a phone's.
export const WHOLE = process.env.BROWSER === 'whole';
export const PHONE = { name: '360', viewport: { width: 360, height: 740 } };
export const DESKTOP = { name: '1280', viewport: { width: 1280, height: 800 } };
export const SCREENS = WHOLE ? [PHONE, DESKTOP] : [PHONE];
export const SCHEMES = WHOLE ? ['light', 'dark'] : ['light'];
// A small phone, and the one that Lighthouse looks with.
const TOUCHED = [{ width: 360, height: 640 }, { width: 412, height: 823 }];
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// Sessions want a Secure cookie.
export const base = env.HTTPS_URL;
const { host } = new URL(base);
// Where whoever pays by card is led to.
export const GATEWAY = new URL(env.PAYNOW_URL).host;

const browsers = new Map();

function launched(letters) {
  if (!browsers.has(letters)) browsers.set(letters, launch(letters));
  return browsers.get(letters);
}
after(async () => {
  for (const browser of browsers.values()) await (await browser).close();
});

// What the browser itself writes where a test cuts the line or asks for what is
// not there.
export const REFUSED = /error: Failed to load resource: the server responded with a status of 4/;
export const CUT = /error: (Failed to load resource: net::ERR_|WebSocket connection to )/;
// Where calls are met by a test, the service worker must not stand before it.
const BLOCKED = /warning: Service Worker registration blocked by Playwright/;

// What no page may do: say something on the console, throw, ask another host.
function watch(context, { expected, also }, faults) {
  context.on('console', (message) => {
    const text = `${message.type()}: ${message.text()}`;
    if (!expected.some((pattern) => pattern.test(text))) faults.push(`${message.page()?.url()} said ${text}`);
  });
  context.on('weberror', (error) => faults.push(`${error.page()?.url()} threw ${error.error().stack}`));
  const asked = (page, url) => {
    const at = new URL(url);
    if (/^(http|ws)/.test(at.protocol) && at.host !== host) faults.push(`${page} asked ${url}`);
  };
  // A page that one is led to is no part of ours.
  const led = (request) => request.isNavigationRequest() && also.includes(new URL(request.url()).host);
  context.on('request', (request) => led(request) || asked(request.serviceWorker()?.url() ?? request.frame().url(), request.url()));
  context.on('page', (page) => page.on('websocket', (socket) => asked(page.url(), socket.url())));
}

/*
 * A journey, once a screen.  It is given `come`, which opens a browser of its
 * own for one person and gives a page; and `shot`, which keeps a picture of a
 * state in which axe finds nothing.  What any of its pages did that no page may do fails it; `expected` is what the
 * journey itself brings about.  A `long` one is none of the short form's.
 */
export function journey(name, walk, { screens = SCREENS, long = false } = {}) {
  if (long && !WHOLE) return;
  for (const screen of screens)
    test(`${name}, ${screen.name} px`, async (t) => {
      const contexts = [];
      const faults = [];
      const file = (step) => path.join(pictures, `${name.replaceAll(/\W+/g, '-')}-${step}-${screen.name}.png`);
      const come = async ({ expected = [], also = [], scheme = 'light', letters = 1, ...options } = {}) => {
        const context = await (await launched(letters)).newContext({
          viewport: screen.viewport, colorScheme: scheme, reducedMotion: 'reduce', ignoreHTTPSErrors: true,
          ...options,
        });
        contexts.push(context);
        watch(context, { expected: options.serviceWorkers === 'block' ? [...expected, BLOCKED] : expected, also }, faults);
        return context.newPage();
      };
      const shot = async (page, step) => {
        const viewport = page.viewportSize();
        // What lies over the page as it is seen; the page itself whole.
        const over = await page.locator('dialog[open], :popover-open').count();
        if (over > 0) await page.screenshot({ path: file(step) });
        await tall(page, viewport);
        if (over === 0) await page.screenshot({ path: file(step) });
        await assertClean(page, `${name}, ${step}`);
        await page.setViewportSize(viewport);
      };
      try {
        await walk({ t, screen, come, shot });
      } catch (error) {
        const pages = contexts.flatMap((context) => context.pages());
        for (const [at, page] of pages.entries()) await page.screenshot({ path: file(`failed-${at}`) }).catch(() => {});
        throw error;
      } finally {
        for (const context of contexts) await context.close();
      }
      assert.deepEqual(faults, []);
    });
}

// ---- what people do ----

// What the build wrote stands there before any script does; both Preact and
// React mark the root once they have it.
export async function alive(page) {
  await page.waitForFunction(() => Object.keys(document.getElementById('root')).some((key) => key.startsWith('__')));
}

export async function visit(page, where) {
  await page.goto(base + where);
  await alive(page);
}

export const press = (page, name, options) => page.getByRole('button', { name, exact: true, ...options }).click();
export const follow = (page, name, options) => page.getByRole('link', { name, exact: true, ...options }).first().click();
export const sees = (page, text) => page.getByText(text).filter({ visible: true }).first().waitFor();
export const headed = (page, name, options) => page.getByRole('heading', { name, ...options }).first().waitFor();

export async function logIn(page, { email, password }, next = '/') {
  await visit(page, `/login?next=${encodeURIComponent(next)}`);
  await fillLogIn(page, { email, password });
  await page.waitForURL(base + next);
}

export async function fillLogIn(page, { email, password }) {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await press(page, 'Log in');
}

// ---- looking a page over ----

const steady = (page) => page.waitForLoadState('networkidle');

// What shows only when it comes into view.
export async function scrollThrough(page) {
  await page.evaluate(async () => {
    for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
      scrollTo(0, y);
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    }
    scrollTo(0, 0);
  });
  await steady(page);
}

export async function assertWidth(page, name) {
  const over = await page.evaluate(() => {
    const out = (e) => e.getBoundingClientRect().right > innerWidth + 1;
    const scrolls = (e) => e && (/auto|scroll/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
    // A bar that stays where it is makes no page wider.
    const lost = [...document.querySelectorAll('a, button')].filter((e) => e.checkVisibility() && out(e) && !scrolls(e.parentElement));
    if (lost.length > 0) return `out of the screen: ${lost.map((e) => e.outerHTML.slice(0, 120))}`;
    const wide = document.documentElement.scrollWidth - innerWidth;
    return wide > 0 ? `${wide} px too wide: ${[...document.querySelectorAll('body *')].filter(out).slice(-4).map((e) => e.outerHTML.slice(0, 120))}` : '';
  });
  assert.equal(over, '', name);
}

const LETTERS_A_ROW = 4;

// All that is written can be read: nothing cuts it, no other text lies over it,
// and no column is so narrow that words fall apart into letters.
export async function assertLegible(page, name) {
  await tall(page, page.viewportSize());
  const faults = await page.evaluate((LEAST) => {
    const boxes = new Map();
    const box = (e) => {
      if (!boxes.has(e)) {
        const { overflowX, overflowY, textOverflow, clipPath } = getComputedStyle(e);
        boxes.set(e, { ...e.getBoundingClientRect().toJSON(), overflow: `${overflowX} ${overflowY}`, dots: textOverflow === 'ellipsis', unseen: clipPath !== 'none' });
      }
      return boxes.get(e);
    };
    const around = (e) => (e && e !== document.body ? [e, ...around(e.parentElement)] : []);
    const told = ({ node }) => node.data.trim().slice(0, 40);
    const found = [];
    const lines = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const e = node.parentElement;
      if (!node.data.trim() || e.closest('select, noscript, script') || !e.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue;
      const all = around(e);
      if (all.some((one) => box(one).unseen)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const rows = new Set([...range.getClientRects()].filter(({ width }) => width > 1).map(({ top }) => Math.round(top))).size;
      if (rows > node.data.trim().split(/\s+/).length && node.data.trim().length / rows < LEAST) found.push(`"${node.data.trim().slice(0, 40)}" stands in ${rows} rows`);
      for (const { left, right, top, bottom, width, height } of range.getClientRects()) {
        if (width <= 1) continue;
        // The ink of a line, which is set closer than its boxes are high.
        const line = { node, left: left + 1, right: right - 1, top: top + height * 0.2, bottom: bottom - height * 0.2 };
        const beyond = (one) => line.left < one.left - 1 || line.right > one.right + 1 || line.top < one.top - 1 || line.bottom > one.bottom + 1;
        // What can be scrolled to is elsewhere, and what ends in dots says so.
        if (all.some((one) => /auto|scroll/.test(box(one).overflow) && beyond(box(one)))) continue;
        const cut = all.find((one) => /hidden|clip/.test(box(one).overflow) && beyond(box(one)));
        if (cut && !all.some((one) => box(one).dots)) found.push(`"${told(line)}" is cut by ${cut.outerHTML.slice(0, 80)}`);
        if (!cut) lines.push(line);
      }
    }
    lines.sort((one, two) => one.top - two.top);
    for (const [at, one] of lines.entries())
      for (let next = at + 1; next < lines.length && lines[next].top < one.bottom - 1; next += 1) {
        const two = lines[next];
        if (one.node !== two.node && Math.min(one.right, two.right) - Math.max(one.left, two.left) > 1) found.push(`"${told(one)}" lies over "${told(two)}"`);
      }
    return found;
  }, LETTERS_A_ROW);
  assert.deepEqual(faults, [], name);
}

const faulty = (violations) =>
  violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`));

// Nothing that axe finds, as the page stands.
export async function assertClean(page, name) {
  // By the debugger's own door: the policy admits no script of ours.
  await page.evaluate(axe);
  const { violations } = await page.evaluate((values) => globalThis.axe.run({ runOnly: { type: 'tag', values } }), RULES);
  assert.deepEqual(faulty(violations), [], name);
}

// As tall as the page, or the bars would lie over what can be scrolled.
async function tall(page, viewport) {
  for (let height = viewport.height, before = 0; before !== height; ) {
    before = height;
    height = Math.max(before, await page.evaluate(() => document.body.scrollHeight));
    await page.setViewportSize({ ...viewport, height });
  }
}

// The first view of a phone, where bars lie over what can be scrolled: all that
// is touched there is large enough, and far enough from what else is.
export async function assertTouch(page, name) {
  for (const viewport of TOUCHED) {
    await page.setViewportSize(viewport);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => globalThis.axe.run({ runOnly: { type: 'rule', values: ['target-size'] } }));
    assert.deepEqual(faulty(violations), [], `${name}, ${viewport.width} × ${viewport.height}`);
  }
}

export const kept = (page, name) => page.screenshot({ path: path.join(pictures, `${name}.png`) });

// In every size and colour: as wide as the screen, and clean; kept as a picture.
export async function look(page, name, { screens = SCREENS, keep = true } = {}) {
  for (const { name: size, viewport } of screens) {
    await page.setViewportSize(viewport);
    await assertWidth(page, `${name} ${size}`);
    await tall(page, viewport);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      const what = `${name}-${size}-${colorScheme}`;
      if (keep) await kept(page, what);
      await assertClean(page, what);
    }
  }
}
