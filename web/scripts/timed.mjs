// What lighthouse.mjs and vitals.mjs look at: the pages that people come to
// first, of the site at BASE_URL, some creator's and some package's among them.
export const base = process.env.BASE_URL ?? 'http://127.0.0.1:8080';

export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function pages() {
  const ask = async (path) => (await fetch(`${base}/api${path}`)).json();
  const [creator] = (await ask('/creators?sort=reviews&per_page=1')).creators;
  const [item] = (await ask('/packages?sort=popular&per_page=1')).packages;
  return [
    ['landing', '/'],
    ['creators', '/creators'],
    ['profile', `/creators/${creator.id}`],
    ['package', `/packages/${item.id}`],
    ['login', '/login'],
  ].map(([name, path]) => [name, base + path]);
}
