// Paying, by each way there is: a phone's prompt, a code for an app, the page of
// the gateway and back from it, in this browser or in another; ended otherwise,
// and with the line cut meanwhile.
import assert from 'node:assert/strict';
import { gateway } from '../integration/support/gateway.mjs';
import { row, rows } from '../integration/support/db.mjs';
import { brand, change, creator, makePackage, unique } from '../integration/support/people.mjs';
import { until } from '../integration/support/wait.mjs';
import { base, CUT, fillLogIn, follow, GATEWAY, headed, journey, logIn, press, sees, visit } from './support.mjs';

const bookingOf = (page) => Number(/\/bookings\/(\d+)/.exec(page.url())[1]);
const lastPayment = (booking) =>
  until('a payment that was told to the gateway', () =>
    row(`select id, reference, method from payments where booking_id = $1 and state <> 'initiating' order by id desc limit 1`, booking));
const paidCents = async (booking) =>
  (await rows(`select amount_cents from payments where booking_id = $1 and state = 'paid'`, booking)).map((paid) => paid.amount_cents);

async function offered(title) {
  const seller = await creator();
  await change(seller, 'creator', { username: unique('anesu') });
  return makePackage(seller, { title, price: 45 });
}

async function checkOut(page, item, way, phone) {
  await visit(page, `/checkout/${item.id}`);
  await page.getByRole('radio', { name: way }).check();
  if (phone) await page.getByLabel('Number of the wallet').fill(phone);
}

journey('OneMoney and InnBucks', async ({ come, shot }) => {
  const page = await come();
  await logIn(page, await brand(), '/bookings');

  await checkOut(page, await offered('Paid by OneMoney'), /OneMoney/, '0712 345 678');
  await press(page, 'Send prompt to my phone');
  await headed(page, 'Enter your PIN on your phone');
  const first = await lastPayment(bookingOf(page));
  assert.equal(first.method, 'onemoney');
  await shot(page, '1-prompt');
  await gateway.outcome(first.reference, 'paid');
  await headed(page, 'Paid');
  await follow(page, 'See the receipt');
  await sees(page.locator('article'), 'OneMoney');

  await checkOut(page, await offered('Paid by InnBucks'), /InnBucks/, '0772222222');
  await press(page, 'Get the code');
  await headed(page, 'Type this code into your InnBucks app');
  const booking = bookingOf(page);
  const { reference } = await lastPayment(booking);
  const { authorizationcode } = await gateway.transaction(reference);
  await sees(page, authorizationcode);
  await sees(page, /^Good until /);
  await shot(page, '2-code');
  await page.reload();
  await sees(page, authorizationcode);
  await gateway.outcome(reference, 'paid');
  await headed(page, 'Paid');
  assert.deepEqual(await paidCents(booking), [4500]);
}, { long: true });

journey('a prompt that is refused, and one that another answers', async ({ come, shot }) => {
  const page = await come();
  await logIn(page, await brand(), '/bookings');
  await checkOut(page, await offered('Refused at first'), /EcoCash/, '0772222222');
  await press(page, 'Send prompt to my phone');
  await headed(page, 'Enter your PIN on your phone');
  const booking = bookingOf(page);
  await gateway.outcome((await lastPayment(booking)).reference, 'cancelled');
  await headed(page, 'The payment was cancelled');
  await sees(page, 'Nothing was taken.');
  // What it costs stands above what would charge it, whatever the screen.
  const top = async (what) => (await what.boundingBox()).y;
  assert.ok(await top(page.getByText('You pay')) < await top(page.getByRole('button', { name: 'Send prompt to my phone' })));
  await shot(page, '1-cancelled');
  await page.getByRole('radio', { name: /OneMoney/ }).check();
  await page.getByLabel('Number of the wallet').fill('0712345678');
  await press(page, 'Send prompt to my phone');
  await headed(page, 'Enter your PIN on your phone');
  const second = await lastPayment(booking);
  await gateway.outcome(second.reference, 'failed');
  await headed(page, 'The payment did not go through');
  // The gateway itself says no: nothing was begun.
  await page.getByLabel('Number of the wallet').fill('0774444444');
  await press(page, 'Send prompt to my phone');
  await until('the third to be refused', () => row(`select 1 from payments where booking_id = $1 and id > $2 and state = 'failed'`, booking, second.id));
  await page.getByRole('button', { name: 'Send prompt to my phone', exact: true }).waitFor();
  await headed(page, 'The payment did not go through');
  await shot(page, '2-refused');
  await page.getByLabel('Number of the wallet').fill('0771111111');
  await press(page, 'Send prompt to my phone');
  await headed(page, 'Enter your PIN on your phone');
  await gateway.outcome((await lastPayment(booking)).reference, 'paid');
  await headed(page, 'Paid');
  assert.deepEqual(await paidCents(booking), [4500]);
}, { long: true });

journey('the line is cut while the PIN is waited for', async ({ come, shot }) => {
  const page = await come({ expected: [CUT] });
  await logIn(page, await brand(), '/bookings');
  await checkOut(page, await offered('Paid without a line'), /EcoCash/, '0772222222');
  await press(page, 'Send prompt to my phone');
  await headed(page, 'Enter your PIN on your phone');
  const booking = bookingOf(page);
  await page.context().setOffline(true);
  await sees(page, 'No connection. The payment goes on without this page');
  await headed(page, 'Enter your PIN on your phone');
  await shot(page, '1-cut');
  // Meanwhile the payer has typed it.
  await gateway.outcome((await lastPayment(booking)).reference, 'paid');
  await until('the booking to be paid', async () => (await paidCents(booking)).length === 1);
  await page.context().setOffline(false);
  await headed(page, 'Paid');
  await page.getByText('No connection.').waitFor({ state: 'detached' });
  assert.deepEqual(await paidCents(booking), [4500]);
}, { long: true });

journey('by card, on the gateway’s page and back', async ({ come, shot }) => {
  const buyer = await brand();
  const page = await come({ expected: [CUT], also: [GATEWAY] });
  await logIn(page, buyer, '/bookings');
  await checkOut(page, await offered('Paid by card'), /Card or bank/);
  await press(page, 'Go to the payment page');
  const onGateway = (button) => page.getByRole('button', { name: button, exact: true });
  await onGateway('Cancel').waitFor();

  // Left without paying: nothing is known, and one can go on.
  await onGateway('Abandon: leave it unpaid').click();
  await headed(page, 'Your payment', { level: 1 });
  await headed(page, 'We are asking how it ended');
  assert.match(page.url(), new RegExp(`^${base}/payment/return/[0-9a-f-]{36}$`));
  await sees(page, 'Paid by card');
  await sees(page, /\$45\.00/);
  await shot(page, '1-abandoned');
  await follow(page, 'Go on from the booking');
  await headed(page, 'Finish on the payment page');
  const booking = bookingOf(page);
  await shot(page, '2-go-on');
  await press(page, 'Open the payment page');
  await onGateway('Cancel').click();
  await headed(page, 'The payment was cancelled');
  await shot(page, '3-cancelled');

  // Once more; this time it is paid, and the gateway tells it late.
  await follow(page, 'Try again');
  await page.getByRole('radio', { name: /Card or bank/ }).check();
  await press(page, 'Go to the payment page');
  await onGateway('Pay USD 45.00').waitFor();
  const { reference } = await lastPayment(booking);
  const late = await gateway.fault({ kind: 'poll', reference, set: { status: 'Sent' }, times: 0 });
  await gateway.fault({ kind: 'callback', reference, lost: true });
  await onGateway('Pay USD 45.00').click();
  await headed(page, 'We are asking how it ended');
  const where = page.url();
  await gateway.clear(late);
  await headed(page, 'Paid');
  await shot(page, '4-paid');
  await follow(page, 'See the receipt');
  await headed(page, 'Receipt', { level: 1 });
  await sees(page.locator('article'), 'Card or bank');
  assert.deepEqual(await paidCents(booking), [4500]);

  // The same address in another browser tells the same, in its language, and
  // leads on by way of logging in.
  const other = await come();
  await other.context().addCookies([{ name: 'bb_language', value: 'sn', url: base }]);
  await visit(other, where.slice(base.length));
  await headed(other, 'Yabhadharwa');
  assert.equal(await other.evaluate(() => document.documentElement.lang), 'sn');
  await shot(other, '5-elsewhere');
  const guest = await come();
  await visit(guest, where.slice(base.length));
  await headed(guest, 'Paid');
  await sees(guest, 'You are not logged in here.');
  await follow(guest, 'See the receipt');
  await headed(guest, 'Log in');
  await fillLogIn(guest, buyer);
  await guest.waitForURL(`${base}/bookings/${booking}/receipt`);
  await headed(guest, 'Receipt', { level: 1 });
}, { long: true });
