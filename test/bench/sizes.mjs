// How much of what there is, for data.sql; `node sizes.mjs SCALE` says it to psql.
import { fileURLToPath } from 'node:url';

export function sizes(scale) {
  return {
    creators: Math.round(10000 * scale),
    brands: Math.round(500 * scale) * 10, // every tenth pays from its balance
    packages: Math.round(1500 * scale) * 20, // every twentieth is off the market
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(Object.entries(sizes(Number(process.argv[2]))).map(([name, n]) => `-v ${name}=${n}`).join(' '));
}
