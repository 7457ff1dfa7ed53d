// Looking is counted: what visitors see of a creator is a figure on the dashboard.
import assert from 'node:assert/strict';
import { get } from '../integration/support/client.mjs';
import { change, creator, makePackage, unique } from '../integration/support/people.mjs';
import { until } from '../integration/support/wait.mjs';
import { follow, headed, journey, logIn, PHONE, visit } from './support.mjs';

journey('a visit is counted, and the owner’s own is not', async ({ come }) => {
  const seller = await creator();
  await change(seller, 'creator', { username: unique('seen') });
  const offer = await makePackage(seller, { title: 'One reel that is looked at' });
  const seen = async () => (await get('/api/analytics/views?days=1', { as: seller, status: 200 })).json.views[0];

  // The page's own load, and from there by a link.
  const visitor = await come();
  await visit(visitor, `/creators/${seller.profile.id}`);
  await follow(visitor, offer.title);
  await headed(visitor, offer.title, { level: 1 });
  await until('both looks to be counted', async () => {
    const { profile, package: offered } = await seen();
    return profile === 1 && offered === 1;
  });

  const page = await come();
  const told = [];
  page.on('request', (request) => request.url().endsWith('/api/analytics/views') && request.method() === 'POST' && told.push(request.url()));
  await logIn(page, seller, `/creators/${seller.profile.id}`);
  await headed(page, /^seen/, { level: 1 });
  await follow(page, 'Dashboard');
  const figure = page.locator('main').getByText('Profile views').locator('..');
  await figure.getByText('1', { exact: true }).waitFor();
  assert.deepEqual(told, []);
}, { screens: [PHONE] });
