// Debian's Chromium, asking nobody for anything of its own.
import { chromium } from 'playwright-core';

const LETTERS = 16; // px, as browsers have it

// `letters`: how large they are set in the browser, of the usual size.
export const launch = (letters = 1) =>
  chromium.launch({
    executablePath: '/usr/bin/chromium',
    // The certificate is this machine's own, and a service worker wants it good.
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', '--ignore-certificate-errors',
      `--blink-settings=defaultFontSize=${LETTERS * letters}`],
  });
