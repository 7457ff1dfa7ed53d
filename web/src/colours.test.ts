// The only colours are the tokens of styles/index.css.
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const RAW =
  /(?<![\w&/])#(?:[\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\(|-\[(?:#|color:)/gi;
const TOKENS = /:root[^{]*\{[^}]*\}/g;

const raw = (text: string) => text.replace(TOKENS, '').match(RAW) ?? [];

test('a colour that is no token is seen', () => {
  expect(raw('a { color: #fff; background: RGB(1 2 3 / 4%); border-color: oklch(0.5 0.1 20) }')).toHaveLength(
    3,
  );
  expect(raw('className="bg-[#4b2142] text-[color:red]" stroke="#4B2142"')).toHaveLength(3);
  expect(raw(':root,\n::backdrop {\n  --shade: #17120e;\n} a[href="/x#add"] {}')).toEqual([]);
});

test('there is none in the sources', () => {
  const found: string[] = [];
  let seen = 0;
  for (const name of fs.readdirSync('src', { recursive: true, encoding: 'utf8' })) {
    if (!/\.(tsx?|css|js)$/.test(name) || /\.test\./.test(name)) continue;
    seen += 1;
    found.push(...raw(fs.readFileSync(path.join('src', name), 'utf8')).map((one) => `${name}: ${one}`));
  }
  expect(found).toEqual([]);
  expect(seen).toBeGreaterThan(100);
});
