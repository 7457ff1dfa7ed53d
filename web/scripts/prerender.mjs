// After the build: the public pages as HTML with their style inside, so that
// they can be read before any script runs, or without one; the empty page for
// all others; what nginx must know of them; and everything packed as br and gz.
//
//   dist/                what nginx serves; written/ in other languages
//   build/pages.map      nginx: the page of an address; others are 404
//   build/public.map     nginx: what search engines call it
//   build/private.map    nginx: what they are not to keep
//   build/pages.txt      the sitemap's first pages
//   build/policy.conf    nginx: hashes of what stands inside of our pages
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import zlib from 'node:zlib';

const web = fileURLToPath(new URL('..', import.meta.url));
const dist = path.join(web, 'dist');
const build = path.join(web, 'build');
const TEXT = /\.(html|js|css|svg|json|txt|xml|webmanifest)$/;
const WORTH = 200; // below this many bytes packing gains nothing

const escaped = (text) =>
  text.replace(
    /[&<>"']/g,
    (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[c],
  );

const { pages, render, routes } = await import(path.join(build, 'entry-server.js'));
const built = fs.readFileSync(path.join(dist, 'index.html'), 'utf8');

// The style goes inside: one journey less before anything can be seen.
const sheet = /<link rel="stylesheet"[^>]*href="(\/assets\/[^"]+\.css)"[^>]*>/.exec(built);
const style = fs.readFileSync(path.join(dist, sheet[1]), 'utf8').trim();
const manifest = JSON.parse(fs.readFileSync(path.join(dist, '.vite/manifest.json'), 'utf8'));
const whole = built.replace(sheet[0], () => `<style>${style}</style>`);

// The chunks that a page needs besides the entry's own.
function chunks(source, seen = new Set()) {
  const chunk = manifest[source];
  if (!chunk || seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const next of chunk.imports ?? []) chunks(next, seen);
  return seen;
}
const entry = chunks('index.html');
const rendered = JSON.parse(fs.readFileSync(path.join(build, '.vite/manifest.json'), 'utf8'));
const sources = new Map(Object.entries(rendered).map(([name, chunk]) => [path.basename(chunk.file), name]));
const source = (route) => sources.get(/import\(["'`](?:.*\/)?(.*?)["'`]\)/.exec(route.load.toString())?.[1]);

// Where the site will lie, as everywhere a setting: previews and search engines want whole addresses.
const HOME = (process.env.FRONTEND_URL || 'https://bantubuzz.co.zw').replace(/\/$/, '');

// What the site is, in words that search engines read.
const SITE = {
  '@context': 'https://schema.org',
  '@graph': [
    {
      '@type': 'Organization',
      '@id': `${HOME}/#organization`,
      name: 'BantuBuzz',
      url: `${HOME}/`,
      logo: `${HOME}/icon.svg`,
    },
    {
      '@type': 'WebSite',
      name: 'BantuBuzz',
      url: `${HOME}/`,
      publisher: { '@id': `${HOME}/#organization` },
      inLanguage: ['en', 'sn', 'nd'],
      potentialAction: {
        '@type': 'SearchAction',
        target: { '@type': 'EntryPoint', urlTemplate: `${HOME}/creators?search={search_term_string}` },
        'query-input': 'required name=search_term_string',
      },
    },
  ],
};

// Two pages of the same name are one too few for whoever looks for either.
const names = new Set();
function unique(text) {
  if (names.has(text)) throw new Error(`two pages are called "${text}"`);
  names.add(text);
  return text;
}

// The page's own code, asked for together with the entry's.
const preloads = (route) =>
  [...chunks(source(route))]
    .filter((file) => !entry.has(file))
    .map((file) => `<link rel="modulepreload" crossorigin href="/${file}">`)
    .join('');

// The texts of another language stand in its pages.
const LANGUAGES = ['en', 'sn', 'nd'];
const data = (texts) =>
  `<script type="application/json" id="texts">${JSON.stringify(texts).replaceAll('<', '\\u003c')}</script>`;

function page({ title, description, fetches = [] }, { html, texts }, at, route, language = 'en') {
  const head = [
    `<title>${escaped(title)}</title>`,
    `<meta name="description" content="${escaped(description)}">`,
    `<meta property="og:title" content="${escaped(title)}">`,
    `<meta property="og:description" content="${escaped(description)}">`,
    '<meta property="og:site_name" content="BantuBuzz">',
    '<meta property="og:type" content="website">',
    `<meta property="og:image" content="${escaped(HOME)}/preview.png">`,
    '<meta property="og:image:width" content="1200">',
    '<meta property="og:image:height" content="630">',
    '<meta name="twitter:card" content="summary_large_image">',
    ...(at === '/' ? [`<script type="application/ld+json">${JSON.stringify(SITE)}</script>`] : []),
    ...(route ? [preloads(route)] : []),
    ...fetches.map((url) => `<link rel="preload" as="fetch" href="${escaped(url)}" crossorigin>`),
  ];
  return whole
    .replace('<!--head-->', () => head.join(''))
    .replace('<div id="root"><!--page-->', () => `<div id="root" data-path="${escaped(at)}">${html}`)
    .replace('<html lang="en">', `<html lang="${language}">`)
    .replace('<!--data-->', () => (language === 'en' ? '' : data(texts)));
}

const written = [];
const open = routes.filter((route) => pages[route.path]);
for (const route of open) {
  const told = pages[route.path];
  unique(told.title);
  unique(told.description);
  const name = route.path === '/' ? 'index.html' : `${route.path.slice(1)}.html`;
  for (const language of LANGUAGES) {
    const done = await render(route.path, language);
    // The policy allows none, and the page would be told apart by the browser.
    if (/ style="/.test(done.html)) throw new Error(`${route.path}: a style attribute in prerendered HTML`);
    const file = language === 'en' ? name : `written/${language}/${name}`;
    const called = language === 'en' ? told : { ...told, title: done.title };
    fs.mkdirSync(path.dirname(path.join(dist, file)), { recursive: true });
    fs.writeFileSync(path.join(dist, file), page(called, done, route.path, route, language));
    written.push(file);
  }
}
const missing = { title: 'There is no page here · BantuBuzz', description: 'BantuBuzz' };
fs.writeFileSync(
  path.join(dist, '404.html'),
  page(missing, await render('/404.html', 'en'), '').replace(
    '<head>',
    '<head><meta name="robots" content="noindex">',
  ),
);
// Whoever fills it puts a title and preview tags at <!--head-->, and what the
// page would ask first at <!--data-->.
const shell = whole.replace('<!--page-->', '');
fs.writeFileSync(path.join(dist, 'shell.html'), shell);
for (const [name, where] of [
  ['creator', '/creators/:id'],
  ['package', '/packages/:id'],
]) {
  const route = routes.find((one) => one.path === where);
  fs.writeFileSync(
    path.join(dist, `shell-${name}.html`),
    shell.replace('<!--head-->', () => `<!--head-->${preloads(route)}`),
  );
}
fs.rmSync(path.join(dist, '.vite'), { recursive: true });

// ---- the service worker ----

// What it keeps from the start, and the version that these make.
const frame = ['shell.html', ...entry, 'fonts/bricolage-800.woff2', 'icon.svg'];
const version = crypto.createHash('sha256');
for (const file of frame) version.update(fs.readFileSync(path.join(dist, file)));
const worker = fs
  .readFileSync(path.join(web, 'src/sw.js'), 'utf8')
  .replace("'@VERSION@'", () => `'${version.digest('hex').slice(0, 12)}'`)
  .replace("['@FILES@']", () => JSON.stringify(frame.map((file) => `/${file}`)));
fs.writeFileSync(path.join(dist, 'sw.js'), worker);

// ---- for nginx ----

const pattern = (route) =>
  route.path === '/'
    ? '^/$'
    : `^${route.path.replace(/[.+*?^$()[\]{}|\\]/g, '\\$&').replace(/:\w+/g, '[^/]+')}/?$`;
fs.writeFileSync(
  path.join(build, 'pages.map'),
  routes.map((route) => `"~${pattern(route)}" /shell.html;\n`).join(''),
);
const asked = (route) => pattern(route).replace(/\/\?\$$|\/\$$/, (end) => `${end.slice(0, -1)}(\\?|$)`);
const lines = (all, line) => all.map((route) => `${line(route)}\n`).join('');
fs.writeFileSync(
  path.join(build, 'public.map'),
  lines(open, (route) => `"~${asked(route)}" ${route.path};`),
);
fs.writeFileSync(
  path.join(build, 'private.map'),
  lines(
    routes.filter((route) => !pages[route.path] && !route.first),
    (route) => `"~${asked(route)}" noindex;`,
  ),
);
fs.writeFileSync(
  path.join(build, 'pages.txt'),
  lines(open, (route) => route.path),
);
const hash = (text) => `'sha256-${crypto.createHash('sha256').update(text).digest('base64')}'`;
const inline = /<script>([\s\S]*?)<\/script>/.exec(whole)[1];
fs.writeFileSync(
  path.join(build, 'policy.conf'),
  `map "" $page_policy {\n\tdefault "default-src 'none'; script-src 'self' ${hash(inline)}; style-src 'self' ${hash(style)}; ` +
    "img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; " +
    "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'\";\n}\n",
);

// ---- packing ----

for (const name of fs.readdirSync(dist, { recursive: true })) {
  const file = path.join(dist, name);
  if (!TEXT.test(name) || !fs.statSync(file).isFile()) continue;
  const bytes = fs.readFileSync(file);
  if (bytes.length < WORTH) continue;
  fs.writeFileSync(
    `${file}.br`,
    zlib.brotliCompressSync(bytes, {
      params: {
        [zlib.constants.BROTLI_PARAM_QUALITY]: 11,
        [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  );
  fs.writeFileSync(`${file}.gz`, zlib.gzipSync(bytes, { level: 9 }));
}

// What each page costs, for sizes.mjs.
const costs = Object.fromEntries(
  routes.map((route) => [route.path, [...chunks(source(route))].filter((file) => !entry.has(file))]),
);
fs.writeFileSync(
  path.join(build, 'costs.json'),
  JSON.stringify({ entry: [...entry], pages: costs, html: written, frame }),
);

// What was rendered may keep timers.
process.exit();
