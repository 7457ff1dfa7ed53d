// Debian's Chromium on the real site: small and large, light and dark, and what
// no page may ever do.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../..', import.meta.url));
const axe = fs.readFileSync(createRequire(path.join(root, 'web/package.json')).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = path.join(root, 'build/browser');
fs.mkdirSync(pictures, { recursive: true });

export const SCREENS = [
  { name: '360', viewport: { width: 360, height: 740 } },
  { name: '1280', viewport: { width: 1280, height: 800 } },
];
export const SCHEMES = ['light', 'dark'];
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export const base = process.env.BASE_URL;
let browser;

export async function open() {
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
}

export const close = () => browser.close();

// A profile of its own.  `faults` fills with what no page may do: a message on
// the console (but for refusals that the test expects), an error, a call to
// another host.
export async function person(screen, scheme, { expected = [] } = {}) {
  const context = await browser.newContext({ viewport: screen.viewport, colorScheme: scheme, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const faults = [];
  page.on('console', (message) => {
    const text = `${message.type()}: ${message.text()}`;
    if (!expected.some((pattern) => pattern.test(text))) faults.push(`${page.url()} said ${text}`);
  });
  page.on('pageerror', (error) => faults.push(`${page.url()} threw ${error.message}`));
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== base) faults.push(`${page.url()} asked ${origin}`);
  });
  return { context, page, faults };
}

// Stands still, is as wide as the screen, and has nothing that axe finds.
export async function look(page, name) {
  await page.waitForLoadState('networkidle');
  await page.evaluate(async () => {
    for (let y = 0; y < document.body.scrollHeight; y += innerHeight) {
      scrollTo(0, y);
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    }
    scrollTo(0, 0);
  });
  await page.waitForLoadState('networkidle');
  const { width, height } = page.viewportSize();
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(over <= 0, `${name} is ${over} px too wide`);
  // As tall as the page, or the bars would lie over what can be scrolled.
  await page.setViewportSize({ width, height: Math.max(height, await page.evaluate(() => document.body.scrollHeight)) });
  await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
  // By the debugger's own door: the policy admits no script of ours.
  await page.evaluate(axe);
  const { violations } = await page.evaluate((values) => globalThis.axe.run({ runOnly: { type: 'tag', values } }), RULES);
  await page.setViewportSize({ width, height });
  assert.deepEqual(
    violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`)),
    [],
    name,
  );
}
