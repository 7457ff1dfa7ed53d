// A brand: from registering to the receipt, and payments that end otherwise.
import assert from 'node:assert/strict';
import { gateway } from '../integration/support/gateway.mjs';
import { row, rows } from '../integration/support/db.mjs';
import { codeFor } from '../integration/support/mail.mjs';
import { address, brand, change, creator, makePackage, PASSWORD, unique } from '../integration/support/people.mjs';
import { passPayment, pollNow } from '../integration/support/time.mjs';
import { until } from '../integration/support/wait.mjs';
import { alive, base, fillLogIn, follow, headed, journey, logIn, press, sees, visit } from './support.mjs';

async function offered(extra) {
  const seller = await creator();
  const username = unique('chipo');
  await change(seller, 'creator', { username, location: 'Harare', categories: ['Food & Cooking'] });
  return { seller, username, item: await makePackage(seller, { title: `Reel of ${username}`, ...extra }) };
}

const lastPayment = (booking) =>
  until('a payment that was told to the gateway', () =>
    row(`select id, reference from payments where booking_id = $1 and state <> 'initiating' order by id desc limit 1`, booking));
const bookingOf = (page) => Number(/\/bookings\/(\d+)/.exec(page.url())[1]);

async function checkOut(page, { item }, phone) {
  await visit(page, `/checkout/${item.id}`);
  await page.getByLabel('Number of the wallet').fill(phone);
  await press(page, 'Send prompt to my phone');
  await page.waitForURL(/\/bookings\/\d+\/pay$/);
}

journey('brand', async ({ come, shot }) => {
  const { username, item } = await offered({ price: 123.45 });
  const email = address('brand');
  const page = await come();

  await visit(page, '/');
  await shot(page, '1-landing');
  await follow(page, 'Log in');
  await follow(page, 'Create an account');
  await follow(page, 'Join as a brand');
  await page.getByLabel('Name of the brand or company').fill('Baobab Foods');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await shot(page, '2-register');
  await press(page, 'Create account');
  await sees(page, `We sent a code to ${email}.`);
  await page.getByLabel('Six-digit code').fill(await codeFor(email));
  await shot(page, '3-verify');
  await press(page, 'Go on');
  await headed(page, 'Log in');
  await fillLogIn(page, { email, password: PASSWORD });
  await page.waitForURL(`${base}/brand`);

  await follow(page, 'BantuBuzz');
  await page.getByRole('searchbox').fill(username);
  await press(page, 'Find creators');
  await page.waitForURL(/\/creators\?search=/);
  await page.getByRole('article').getByRole('link', { name: username }).waitFor();
  await shot(page, '4-search');
  await page.getByRole('article').getByRole('link', { name: username }).click();
  await headed(page, username, { level: 1 });
  await shot(page, '5-profile');
  await page.getByRole('link', { name: item.title }).click();
  await headed(page, item.title, { level: 1 });
  await shot(page, '6-package');
  await page.getByRole('link', { name: 'Book this package' }).filter({ visible: true }).click();

  // All that will be charged is there before anything is.
  await headed(page, 'Book and pay');
  const lines = page.locator('dl').first();
  await lines.waitFor();
  assert.match((await lines.innerText()).replaceAll(/\s+/g, ' '),
    /Price (US)?\$123\.45 .*fee.* (US)?\$12\.35 The creator gets (US)?\$111\.10 You pay (US)?\$123\.45/);
  assert.deepEqual(await rows('select 1 from bookings b join brand_profiles p on p.id = b.brand_id join users u on u.id = p.user_id where u.email = $1', email), []);
  await page.getByLabel('What should the creator know?').fill('Our maize meal, before the rains.');
  await page.getByLabel('EcoCash').check();
  await page.getByLabel('Number of the wallet').fill('077 222 2222');
  await shot(page, '7-checkout');
  await press(page, 'Send prompt to my phone');
  await page.waitForURL(/\/bookings\/\d+\/pay$/);
  const booking = bookingOf(page);
  await headed(page, 'Enter your PIN on your phone');
  await shot(page, '8-waiting');

  // The phone ends the tab; it opens again where it was.
  const context = page.context();
  const where = page.url();
  await page.close();
  const again = await context.newPage();
  await again.goto(where);
  await headed(again, 'Enter your PIN on your phone');
  await sees(again, 'The prompt is on its way to');
  await gateway.outcome((await lastPayment(booking)).reference, 'paid');
  await headed(again, 'Paid');
  await shot(again, '9-paid');
  await follow(again, 'See the receipt');
  await headed(again, 'Receipt', { level: 1 });
  const receipt = (await again.locator('article').innerText()).replaceAll(/\s+/g, ' ');
  for (const part of [String(booking), item.title, 'Baobab Foods', username, 'EcoCash', '$123.45']) assert.ok(receipt.includes(part), `${part} in ${receipt}`);
  await shot(again, '10-receipt');
  await follow(again, 'Go to the booking');
  await headed(again, 'Paid. The creator can begin');
  await sees(again, 'Our maize meal, before the rains.');
  await shot(again, '11-booking');
  assert.deepEqual(await rows('select state, amount_cents from payments where booking_id = $1', booking), [{ state: 'paid', amount_cents: 12345 }]);
});

journey('payments that do not go through', async ({ come, shot }) => {
  const buyer = await brand();
  const sale = await offered();
  const page = await come();
  await logIn(page, buyer, '/bookings');

  await checkOut(page, sale, '0773333333');
  const booking = bookingOf(page);
  await headed(page, 'Enter your PIN on your phone');
  await gateway.outcome((await lastPayment(booking)).reference, 'failed');
  await headed(page, 'The payment did not go through');
  await sees(page, 'Nothing was taken.');
  await shot(page, 'failed');

  // Once more, and nobody answers the prompt.
  await page.getByLabel('Number of the wallet').fill('0772222222');
  await press(page, 'Send prompt to my phone');
  await headed(page, 'Enter your PIN on your phone');
  const { id, reference } = await lastPayment(booking);
  await gateway.outcome(reference, 'none');
  await passPayment(id, '5 minutes');
  await visit(page, `/bookings/${booking}/pay`);
  await headed(page, 'No answer from your phone yet');
  await page.getByRole('button', { name: 'Send again or pay another way' }).waitFor();
  await shot(page, 'late');
  await gateway.outcome(reference, 'paid');
  await pollNow(id);
  await headed(page, 'Paid');

  // The gateway is silent: nobody knows, and nobody may pay twice.
  const second = await offered();
  await gateway.fault({ kind: '*', hang: true, times: 0 });
  await checkOut(page, second, '0772222222');
  await headed(page, 'Do not pay again, we are checking');
  assert.equal(await page.getByRole('button', { name: 'Send prompt to my phone' }).count(), 0);
  await shot(page, 'unknown');
  await gateway.clear();
  await gateway.release();
  const unknown = await lastPayment(bookingOf(page));
  await pollNow(unknown.id);
  await gateway.outcome(unknown.reference, 'paid');
  await pollNow(unknown.id);
  await headed(page, 'Paid');
  await alive(page);
}, { long: true });
