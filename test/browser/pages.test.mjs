// Every page of the routes table, to everybody who may see it: full, empty,
// loading and failing, in each size and colour; nothing that axe finds, nothing
// wider than a screen of 320 px or at letters of twice the size, nothing cut or
// overlaid then, nothing moving.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { call, post } from '../integration/support/client.mjs';
import { value } from '../integration/support/db.mjs';
import { act, book, brand, change, creator, makePackage, unique } from '../integration/support/people.mjs';
import { completedBooking, paidBooking } from '../integration/support/work.mjs';
import { alive, assertLegible, assertTouch, assertWidth, base, journey, kept, logIn, look, PHONE, REFUSED, SCREENS, scrollThrough, WHOLE } from './support.mjs';

// By the built table itself, in a process of its own: what it loads keeps timers.
const table = JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e',
  `const { routes } = await import(${JSON.stringify(fileURLToPath(new URL('../../web/build/entry-server.js', import.meta.url)))});
   process.stdout.write(JSON.stringify(routes.map(({ path, roles }) => ({ path, roles }))), () => process.exit());`]));

// What stands for the `:id` of an address, by name of the picture.
const IDS = {
  '/creators/:id': ({ seller }) => ({ '': seller.profile.id }),
  '/packages/:id': ({ offers }) => ({ '': offers.instant.id, asked: offers.asked.id }),
  '/reset-password/:token': () => ({ '': 'abc' }),
  '/checkout/:id': ({ offers }) => ({ '': offers.instant.id, asked: offers.asked.id }),
  '/bookings/:id': ({ bookings }) => bookings,
  '/bookings/:id/pay': ({ bookings }) => ({ '': bookings.unpaid, paid: bookings.done }),
  '/payment/return/:token': ({ returns }) => returns,
  '/bookings/:id/receipt': ({ bookings }) => ({ '': bookings.done, none: bookings.unpaid }),
  '/creator/campaigns/:id': ({ campaigns }) => campaigns,
  '/creator/packages/:id': ({ offers }) => ({ '': offers.instant.id }),
  '/brand/campaigns/:id': ({ campaigns }) => ({ '': campaigns.open }),
  '/brand/campaigns/:id/edit': ({ campaigns }) => ({ '': campaigns.open }),
  '/reviews/:id': ({ review }) => ({ '': review.id }),
  '/messages/:userId': ({ buyer, seller }, role) => ({ '': role === 'brand' ? seller.id : buyer.id }),
};
const NOBODY = '999999999';
// Where nothing is found.
const EMPTY = { '/creators': '/creators?search=zzznothing', '/packages': '/packages?search=zzznothing' };
// These ask nothing of the server, so they neither wait nor fail.
const STILL = ['/about', '/contact', '/terms', '/privacy', '/login', '/register', '/register/creator', '/register/brand',
  '/verify', '/forgot-password', '/reset-password/:token', '/brand/campaigns/new'];
// These come with what they would ask first.
const FILLED = ['/creators/:id', '/packages/:id'];

const anOpenCampaign = (title) => ({
  title, description: 'Films about cooking', objectives: 'A thousand new kitchens', budget: 2500.5, status: 'active',
  start_date: new Date(Date.now() + 86_400_000).toISOString(), end_date: new Date(Date.now() + 30 * 86_400_000).toISOString(),
  category: 'Food & Beverage',
});

// A brand and a creator who have done all that can be done.
async function world(picture) {
  const [buyer, seller] = [await brand(), await creator()];
  await change(seller, 'creator', {
    username: unique('chipo_ny'), location: 'Bulawayo', categories: ['Food & Cooking'], languages: ['Shona', 'English'],
    bio: 'Sadza, relish and small films about both.', follower_count: 18200, engagement_rate: 4.2, success_stories: 'A thousand new kitchens.',
    social_links: { instagram: 'https://instagram.example/chipo' },
  });
  // A name may be one long word.
  await change(buyer, 'brand', { company_name: 'Matabelelandagroprocessing' });
  for (const [method, where] of [['PUT', '/api/creators/profile/picture'], ['PUT', '/api/creators/profile/gallery']])
    await call(method, where, { as: seller, body: picture, headers: { 'content-type': 'image/png' } });
  const offers = {
    instant: await makePackage(seller, { title: 'One reel about your product' }),
    asked: await makePackage(seller, { title: 'A series of ten', instant: false, price: 1234.5 }),
    hidden: await makePackage(seller, { title: 'Last year’s offer', is_active: false }),
  };
  const notes = 'Our maize meal, before the rains.';
  const bookings = {};
  bookings.asked = (await book(buyer, offers.asked, { notes })).booking.id;
  bookings.unpaid = (await book(buyer, offers.instant, { notes })).booking.id;
  bookings.done = (await completedBooking(buyer, seller, { title: 'Finished work' })).id;
  const { review } = (await post('/api/reviews', { collaboration_id: bookings.done, rating: 5, comment: 'Good work' }, { as: buyer, status: 201 })).json;
  await post('/api/reviews', { collaboration_id: bookings.done, rating: 4, comment: 'Paid at once' }, { as: seller, status: 201 });
  for (const [name, steps] of Object.entries({
    paid: [],
    running: [[seller, 'start']],
    delivered: [[seller, 'start'], [seller, 'deliver', { note: 'Here it is.' }]],
    revision: [[seller, 'deliver'], [buyer, 'ask_revision', { note: 'A little brighter.' }]],
    ending: [[seller, 'start'], [buyer, 'ask_cancel', { note: 'The launch has moved', creator_share: 30 }]],
    cancelled: [[buyer, 'cancel']],
  })) {
    const { id } = await paidBooking(buyer, seller, { title: `Work that is ${name}` });
    for (const [who, what, body = {}] of steps) {
      if (what === 'deliver')
        await post(`/api/collaborations/${id}/deliverables`, { title: 'One story', url: 'https://example.com/story' }, { as: who, status: 201 });
      await act(who, id, what, { body });
    }
    bookings[name] = id;
  }
  const returns = {};
  for (const [name, booking] of [['', bookings.unpaid], ['paid', bookings.done]])
    returns[name] = await value('select max(return_token::text) from payments where booking_id = $1', booking);
  const campaigns = {};
  for (const [name, decided] of [['open'], ['applied', ''], ['taken', 'accepted'], ['refused', 'rejected']]) {
    const { id } = (await post('/api/campaigns', anOpenCampaign(`Winter warmers, ${name}`), { as: buyer, status: 201 })).json.campaign;
    campaigns[name] = id;
    if (decided === undefined) continue;
    const { application } = (await post(`/api/campaigns/${id}/apply`,
      { proposed_price: 320, deliverables: ['One film', 'Three pictures'], message: 'For years' }, { as: seller, status: 201 })).json;
    if (decided) await call('PATCH', `/api/campaigns/${id}/applications/${application.id}`, { as: buyer, body: { status: decided }, status: 200 });
  }
  const other = await creator();
  await post(`/api/campaigns/${campaigns.open}/apply`, { proposed_price: 900, deliverables: ['One film'], message: 'Me too' }, { as: other, status: 201 });
  for (const [from, to, content] of [[buyer, seller, 'Mhoro, are you free in May?'], [seller, buyer, 'I am, from the 4th.'], [other, buyer, 'Hello']])
    await post('/api/messages', { receiver_id: to.id, content }, { as: from, status: 201 });
  await post(`/api/brands/saved-creators/${seller.profile.id}`, undefined, { as: buyer, status: 201 });
  return { buyer, seller, offers, bookings, returns, campaigns, review };
}

const fill = (path, id) => path.replace(/:\w+/, id);
const slug = (path) => path.slice(1).replaceAll(/\W+/g, '-') || 'home';

// Every address of a route for one person: [what the picture is called, where].
function full(route, all, role) {
  if (!route.path.includes(':')) return [['', route.path]];
  return Object.entries(IDS[route.path](all, role)).slice(0, WHOLE ? undefined : 1).map(([name, id]) => [name && `-${name}`, fill(route.path, id)]);
}

const settled = (page) =>
  page.waitForFunction(() => document.querySelector('h1') && !document.querySelector('main .waiting'));

const NARROW = { width: 320, height: 640 };

const assertStill = async (page, name) =>
  assert.deepEqual(await page.evaluate(() => {
    const times = (list) => list.split(',').some((time) => Number.parseFloat(time) > 0);
    return [...document.querySelectorAll('*')]
      .filter((e) => [getComputedStyle(e), getComputedStyle(e, '::after')].some((s) =>
        times(s.transitionDuration) || (s.animationName !== 'none' && times(s.animationDuration)) || s.scrollBehavior === 'smooth'))
      .map((e) => e.outerHTML.slice(0, 120));
  }), [], `${name} moves for who asked for less of it`);

const STATES = {
  async full(page, route, all, role, name) {
    for (const [which, where] of full(route, all, role)) {
      await page.goto(base + where);
      await alive(page);
      await settled(page);
      await scrollThrough(page);
      // Visitors' pages look the same to who is logged in, but for the bars.
      await look(page, name + which, role === 'visitor' || route.roles ? {} : { screens: [PHONE], keep: false });
      await assertTouch(page, name + which);
      await page.setViewportSize(NARROW);
      await assertWidth(page, `${name}${which}, 320 px`);
      await assertStill(page, name + which);
    }
  },
  async large(page, route, all, role, name) {
    for (const [which, where] of full(route, all, role)) {
      await page.goto(base + where);
      await alive(page);
      await settled(page);
      await scrollThrough(page);
      for (const { name: size, viewport } of SCREENS) {
        await page.setViewportSize(viewport);
        await assertWidth(page, `${name}${which}, ${size} px`);
        await assertLegible(page, `${name}${which}, ${size} px, large letters`);
        await kept(page, `${name}${which}-${size}`);
      }
    }
  },
  async empty(page, route, all, role, name) {
    await page.goto(base + (EMPTY[route.path] ?? fill(route.path, NOBODY)));
    await alive(page);
    await settled(page);
    await look(page, name, { screens: [PHONE] });
  },
  async loading(page, route, all, role, name) {
    await page.goto(base + full(route, all, role)[0][1]);
    await page.getByRole('status').filter({ hasText: /^Loading$/ }).first().waitFor({ state: 'attached' });
    await look(page, name, { screens: [PHONE] });
  },
  async failing(page, route, all, role, name) {
    await page.goto(base + full(route, all, role)[0][1]);
    await page.getByRole('alert').filter({ hasText: 'Try again' }).first().waitFor();
    await settled(page);
    await look(page, name, { screens: [PHONE] });
  },
};

// What brings the session goes through; so does the empty page.
async function meet(page, answer) {
  await page.route((url) => /^\/api\/(?!auth\/(login|refresh|me)$)/.test(url.pathname), answer);
  await page.route((url) => FILLED.some((path) => new RegExp(`^${path.replace(/:\w+/, '\\d+')}$`).test(url.pathname)), async (route) =>
    route.fulfill({ response: await route.fetch({ url: `${base}/shell.html` }) }));
}

test('every page with a number in its address says where to look at it', () => {
  assert.deepEqual(Object.keys(IDS).sort(), table.map(({ path }) => path).filter((path) => path.includes(':')).sort());
});

let made;

for (const role of ['visitor', 'brand', 'creator'])
  for (const state of WHOLE ? Object.keys(STATES) : ['full'])
    journey(`pages, ${role}, ${state}`, async ({ t, come }) => {
      const page = await come({ serviceWorkers: 'block', letters: state === 'large' ? 2 : 1, expected: state === 'empty' || state === 'failing' ? [REFUSED] : [] });
      made ??= await world(await page.screenshot());
      const all = state === 'empty' ? null : made;
      // Those who are new have nothing yet.
      if (role === 'brand') await logIn(page, all?.buyer ?? await brand());
      if (role === 'creator') await logIn(page, all?.seller ?? await creator());
      if (state === 'loading') await meet(page, () => {});
      if (state === 'failing')
        await meet(page, (route) => route.fulfill({
          status: 400, contentType: 'application/problem+json',
          body: JSON.stringify({ status: 400, title: 'Bad', error: 'Bad', code: 'bad_request', request_id: 'x' }),
        }));
      const asks = ({ path }) => state === 'full' || state === 'large' || !STILL.includes(path);
      // The short form sees what both may see as a brand alone.
      const mine = (roles) => roles.includes(role) && (WHOLE || role === 'brand' || !roles.includes('brand'));
      const shows = ({ roles }) => (roles ? mine(roles) : role === 'visitor' || (WHOLE && state === 'full'));
      for (const route of table.filter(shows).filter(asks))
        await t.test(route.path, () => STATES[state](page, route, all, role, `page-${role}-${slug(route.path)}-${state}`));
    }, { screens: [PHONE] });

journey('a page that is none', async ({ come }) => {
  const page = await come({ expected: [REFUSED] });
  await page.goto(`${base}/nothing`);
  await page.getByRole('heading', { name: 'There is no page here', level: 1 }).waitFor();
  await look(page, 'page-none');
}, { screens: [PHONE] });
