// Cuts the display face out of its package: one weight, the letters that our
// three languages and prices use, and its licence beside it.
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import subset from 'subset-font';

const source = fileURLToPath(
  new URL('../node_modules/@fontsource-variable/bricolage-grotesque/', import.meta.url),
);
const target = fileURLToPath(new URL('../public/fonts/', import.meta.url));

const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('');
const letters = `${ascii}–—‘’“”…·→←×éèáàíóúñçÉü€£°`;

fs.mkdirSync(target, { recursive: true });
fs.writeFileSync(
  `${target}bricolage-800.woff2`,
  await subset(fs.readFileSync(`${source}files/bricolage-grotesque-latin-opsz-normal.woff2`), letters, {
    targetFormat: 'woff2',
    variationAxes: { wght: 800, opsz: 24 },
  }),
);
fs.copyFileSync(`${source}LICENSE`, `${target}OFL.txt`);
