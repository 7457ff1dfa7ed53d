// A creator: from registering to the first earned dollar.
import assert from 'node:assert/strict';
import { onThePage } from '../integration/support/gateway.mjs';
import { row } from '../integration/support/db.mjs';
import { codeFor } from '../integration/support/mail.mjs';
import { act, address, book, brand, PASSWORD, seeBooking, unique } from '../integration/support/people.mjs';
import { post } from '../integration/support/client.mjs';
import { until } from '../integration/support/wait.mjs';
import { base, fillLogIn, follow, headed, journey, press, sees, visit } from './support.mjs';

journey('creator', async ({ come, shot }) => {
  const email = address('creator');
  const username = unique('tari');
  const page = await come();

  await visit(page, '/register');
  await follow(page, 'Join as a creator');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await press(page, 'Create account');
  await sees(page, `We sent a code to ${email}.`);
  await page.getByLabel('Six-digit code').fill(await codeFor(email));
  await press(page, 'Go on');
  await headed(page, 'Log in');
  await fillLogIn(page, { email, password: PASSWORD });
  await page.waitForURL(`${base}/creator`);

  // Nothing is there yet, and the page says what to do.
  await headed(page, 'You sell nothing yet');
  await headed(page, 'No bookings yet');
  await shot(page, '1-empty');
  await follow(page, 'Your profile');

  await page.getByLabel('Choose a picture').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: await page.screenshot() });
  await headed(page, 'Cut the picture');
  await page.getByRole('slider', { name: 'Nearer' }).fill('2');
  await shot(page, '2-cut');
  await press(page, 'Use this picture');
  await sees(page, 'Your picture is changed.');
  await page.getByLabel('Name on the page').fill(username);
  await page.getByLabel('About you and your work').fill('Sadza, relish and small films about both.');
  await page.getByLabel('Town').fill('Mutare');
  await page.getByLabel('Food & Cooking').check();
  await page.getByLabel('Shona').check();
  await page.getByLabel('Followers, all platforms together').fill('18200');
  await press(page, 'Save the profile');
  await sees(page, 'Your profile is saved.');
  await shot(page, '3-profile');

  await follow(page, 'Dashboard');
  await follow(page, 'Make your first package');
  const title = `One reel by ${username}`;
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('What is in it').fill('45 seconds, your product on the table.');
  await page.getByLabel('What you deliver').fill('1 reel\n1 story');
  await page.getByLabel('Category').selectOption('UGC');
  await page.getByLabel('Price', { exact: true }).fill('123.45');
  await page.getByLabel('Days until you deliver').fill('5');
  await page.getByLabel('Book at once').uncheck();
  await shot(page, '4-package');
  await press(page, 'Publish the package');
  await sees(page, 'Your package is published.');
  await page.getByRole('heading', { name: title }).waitFor();

  // A brand asks; the open page hears of it.
  const buyer = await brand();
  const { id: packageId } = await row('select id from packages where title = $1', title);
  const { booking } = await book(buyer, packageId, { notes: 'For our maize meal' });
  await page.locator(`main a[href="/bookings/${booking.id}"]`).click();
  await headed(page, 'A brand asks for you');
  await sees(page, 'For our maize meal');
  await shot(page, '5-asked');
  await press(page, 'Accept');
  await headed(page, 'The brand has not paid yet');
  const { payment } = (await post(`/api/bookings/${booking.id}/payments`, { payment_method: 'paynow' }, { as: buyer, status: 201 })).json;
  await onThePage(payment.redirect_url, 'pay');
  await headed(page, 'Paid. You can begin');
  await shot(page, '6-paid');
  await press(page, 'Begin the work');
  await headed(page, 'You are at work');
  await page.getByLabel('Which piece').fill('1 reel');
  await page.getByLabel('Link', { exact: true }).fill('https://example.com/reel');
  await press(page, 'Send in');
  await page.getByRole('link', { name: 'Open 1 reel' }).waitFor();
  await press(page, 'Say that it is delivered');
  await page.getByRole('dialog').getByLabel('A word with it').fill('Here it is.');
  await press(page.getByRole('dialog'), 'Say that it is delivered');
  await headed(page, 'The brand is looking at your work');
  await shot(page, '7-delivered');
  await act(buyer, booking, 'approve');
  await headed(page, 'Done, and you are paid');
  await shot(page, '8-done');

  // To the cent, and the same everywhere.
  const { payout, fee, amount } = await seeBooking(buyer, booking);
  assert.deepEqual({ amount, fee, payout }, { amount: 123.45, fee: 12.35, payout: 111.1 });
  await follow(page, 'Dashboard');
  await until('the dashboard to have it', async () => /\$111\.10[^]*to be paid out[^]*\$111\.10/i.test(await page.locator('main').innerText()));
  await shot(page, '9-dashboard');
  await follow(page, 'All earnings');
  await headed(page, 'Earnings', { level: 1 });
  const ledger = page.getByRole('listitem').filter({ hasText: 'Work approved' });
  await ledger.waitFor();
  assert.equal(await ledger.count(), 1);
  assert.match(await ledger.innerText(), /\$111\.10/);
  await sees(page, 'Yours, to be paid out');
  assert.match(await page.locator('main').innerText(), /Yours, to be paid out\s*(US)?\$111\.10/);
  await shot(page, '10-earnings');
});
