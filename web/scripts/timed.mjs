// What lighthouse.mjs and vitals.mjs look at: the pages that people come to
// first, of the site at BASE_URL, some creator's and some package's among them;
// and, at HTTPS_URL, the pages that people of the demo are led to by logging in.
export const base = process.env.BASE_URL ?? 'http://127.0.0.1:8080';
const safe = process.env.HTTPS_URL ?? 'https://localhost:8443';

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

// Takes a page of the browser to each in turn, logged in by hand: only over
// HTTPS does the browser keep the cookie that the session goes on by.
export async function* insides(page) {
  for (const who of ['brand', 'creator']) {
    await page.goto(`${safe}/login`);
    await page.locator('input[name=email]').fill(`${who}@demo.bantubuzz.example`);
    await page.locator('input[name=password]').fill('demo-zimbabwe-2026');
    await page.getByRole('button', { name: 'Log in' }).last().click();
    await page.waitForURL(`${safe}/${who}`);
    await page.waitForLoadState('networkidle');
    yield [who, page.url()];
    await page.context().clearCookies();
    await page.evaluate(() => localStorage.clear());
  }
}
