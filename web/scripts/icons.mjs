// The icon as phones want it that take no SVG, drawn by the tool of the library
// that also makes our pictures small.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

const source = fs.readFileSync(fileURLToPath(new URL('../public/icon.svg', import.meta.url)), 'utf8');
const target = fileURLToPath(new URL('../public/icons/', import.meta.url));
const SIDE = Number(/viewBox="0 0 (\d+) \1"/.exec(source)[1]);

// The ground to the edge, and what stands on it in the middle: phones cut their
// own shapes, the smallest of which is a circle of 80 %.
const inset = (part) =>
  source
    .replace(/ rx="\d+"/, '')
    .replace(
      /(<rect[^>]*>)(.*)(<\/svg>)/s,
      `$1<g transform="translate(${(SIDE * (1 - part)) / 2} ${(SIDE * (1 - part)) / 2}) scale(${part})">$2</g>$3`,
    );

fs.mkdirSync(target, { recursive: true });
for (const [name, svg, side] of [
  ['icon-192', source, 192],
  ['icon-512', source, 512],
  ['maskable-512', inset(0.8), 512],
  ['apple-touch-icon', inset(0.9), 180],
]) {
  const drawn = `${target}${name}.svg`;
  fs.writeFileSync(drawn, svg);
  execFileSync('vips', [
    'svgload',
    drawn,
    `${target}${name}.png[strip,compression=9,palette]`,
    `--scale=${side / SIDE}`,
  ]);
  fs.rmSync(drawn);
}
