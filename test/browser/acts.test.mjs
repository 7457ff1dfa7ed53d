// A brand with a booking that is paid: it asks for changes, approves and writes
// its review; another it ends, with the creator's consent.
import assert from 'node:assert/strict';
import { post } from '../integration/support/client.mjs';
import { row, rows } from '../integration/support/db.mjs';
import { act, book, brand, change, creator, makePackage, unique } from '../integration/support/people.mjs';
import { until } from '../integration/support/wait.mjs';
import { paidBooking } from '../integration/support/work.mjs';
import { follow, headed, journey, logIn, press, REFUSED, sees } from './support.mjs';

const send = (seller, id, title, url) =>
  post(`/api/collaborations/${id}/deliverables`, { title, url }, { as: seller, status: 201 });

const focused = (field) => until('the focus to be where something is missing', () =>
  field.evaluate((e) => e === document.activeElement && e.getAttribute('aria-invalid') === 'true'));

const balance = async (buyer) => (await row(`select coalesce(sum(p.cents), 0)::int as cents from ledger_postings p
  join accounts a on a.id = p.account_id where a.kind = 'brand_balance' and a.user_id = $1`, buyer.id)).cents;

journey('a brand asks for changes, approves and reviews', async ({ come, shot }) => {
  const [buyer, seller] = [await brand(), await creator()];
  const username = unique('rudo');
  await change(seller, 'creator', { username });
  const { id } = await paidBooking(buyer, seller, { title: 'Two films of maize', price: 123.45, revisions: 2 });
  await act(seller, id, 'start');
  await send(seller, id, 'First film', 'https://example.com/first');
  await act(seller, id, 'deliver', { body: { note: 'Here it is.' } });
  const page = await come();
  const dialog = page.getByRole('dialog');

  // The list says whose turn it is.
  await logIn(page, buyer, '/bookings');
  await sees(page, 'Waits for you');
  await shot(page, '1-list');
  await follow(page, 'Two films of maize');
  await headed(page, 'Look at the work');
  await page.getByRole('link', { name: 'Open First film' }).waitFor();
  await shot(page, '2-delivered');
  await press(page, 'Ask for changes');
  await headed(dialog, 'Ask for changes');
  await press(dialog, 'Ask for changes');
  await focused(dialog.getByLabel('What should change?'));
  await shot(page, '3-missing');
  await dialog.getByLabel('What should change?').fill('A little brighter, and the name at the end.');
  await press(dialog, 'Ask for changes');
  await headed(page, 'The creator is changing it');
  await sees(page, 'A little brighter, and the name at the end.');
  await sees(page, '1 of 2 changes used');
  await shot(page, '4-revision');

  // The open page hears of the new one, and each piece can be judged by itself.
  await send(seller, id, 'Second film', 'https://example.com/second');
  await act(seller, id, 'deliver');
  await headed(page, 'Look at the work');
  const piece = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: 'Open Second film' }) });
  await press(piece, 'Approve');
  await piece.getByText('Approved', { exact: true }).waitFor();
  await press(page, 'Approve and pay the creator');
  await sees(dialog, /The creator gets (US)?\$111\.10\. This cannot be taken back\./);
  await shot(page, '5-approve');
  await press(dialog, 'Approve and pay the creator');
  await headed(page, 'Done, and the creator is paid');
  await headed(page, 'How was it?');

  // The stars are what a review cannot do without.
  await press(page, 'Send the review');
  const stars = page.getByRole('group', { name: 'Stars', exact: true });
  await until('it to be said, where they are, that there are none', () =>
    stars.evaluate((e) => e.contains(document.activeElement) && document.getElementById(e.getAttribute('aria-describedby'))?.innerText === 'This is required.'));
  await shot(page, '6-no-stars');
  await stars.locator('label').filter({ hasText: '4 stars' }).click();
  await page.getByLabel('In a few words').fill('Brighter each time');
  await page.getByLabel('What should others know?').fill('Listens, and is on time.');
  await press(page, 'Send the review');
  await headed(page, 'Reviews');
  await sees(page, 'Listens, and is on time.');
  await shot(page, '7-reviewed');
  assert.deepEqual(await rows(`select side, rating, title, comment, would_recommend from reviews where booking_id = $1`, id),
    [{ side: 'brand', rating: 4, title: 'Brighter each time', comment: 'Listens, and is on time.', would_recommend: true }]);
  assert.deepEqual(await row('select state, revisions_used from bookings where id = $1', id), { state: 'completed', revisions_used: 1 });
}, { long: true });

journey('a brand ends what it has begun', async ({ come, shot }) => {
  const [buyer, seller] = [await brand(), await creator()];
  await change(seller, 'creator', { username: unique('tawa') });
  const { booking: unpaid } = await book(buyer, await makePackage(seller, { title: 'Never paid', price: 80 }));
  const early = await paidBooking(buyer, seller, { title: 'Not begun', price: 60 });
  const running = await paidBooking(buyer, seller, { title: 'A film of rain', price: 100 });
  await act(seller, running.id, 'start');
  const page = await come({ expected: [REFUSED] });
  const dialog = page.getByRole('dialog');

  // Before anything was paid.
  await logIn(page, buyer, `/bookings/${unpaid.id}`);
  await headed(page, 'Pay, and the work can begin');
  await press(page, 'Withdraw');
  await sees(dialog, 'Nothing was paid, nothing is owed.');
  await shot(page, '1-withdraw');
  await press(dialog, 'Keep it');
  await dialog.waitFor({ state: 'detached' });
  await press(page, 'Withdraw');
  await press(dialog, 'Withdraw');
  await headed(page, 'Cancelled', { exact: true });

  // Before the work began.
  await follow(page, 'Bookings');
  await follow(page, 'Not begun');
  await headed(page, 'Paid. The creator can begin');
  await press(page, 'Cancel');
  await sees(dialog, /all of (US)?\$60\.00 goes back to your balance/);
  await shot(page, '2-cancel');
  await press(dialog, 'Cancel');
  await headed(page, 'Cancelled', { exact: true });
  await sees(page, 'What you paid is on your balance.');
  assert.equal(await balance(buyer), 6000);

  // In the midst of it both must want it.
  await follow(page, 'Bookings');
  await follow(page, 'A film of rain');
  await headed(page, 'The creator is at work');
  const ask = async (why, share) => {
    await press(page, 'Ask to cancel');
    await dialog.getByLabel('Why?').fill(why);
    await dialog.getByLabel(/^What the creator gets of/).fill(share);
  };
  // More than there is the server alone refuses.
  await ask('The launch has moved', '500');
  await press(dialog, 'Ask to cancel');
  await focused(dialog.getByLabel(/^What the creator gets of/));
  await shot(page, '3-too-much');
  await dialog.getByLabel(/^What the creator gets of/).fill('30');
  await press(dialog, 'Ask to cancel');
  await headed(page, 'Shall this be cancelled?');
  await sees(page, /The creator would get (US)?\$30\.00 of (US)?\$100\.00, before our fee\./);
  await shot(page, '4-asked');
  await press(page, 'Take the question back');
  await headed(page, 'The creator is at work');
  await ask('The shop has closed', '30');
  await press(dialog, 'Ask to cancel');
  await headed(page, 'Shall this be cancelled?');

  const there = await come();
  await logIn(there, seller, `/bookings/${running.id}`);
  await sees(there, 'Why: The shop has closed');
  await shot(there, '5-to-answer');
  await press(there, 'Agree');
  await shot(there, '6-agree');
  await press(there.getByRole('dialog'), 'Agree');
  await headed(there, 'Cancelled', { exact: true });

  // The open page hears of it, and the money is where it was agreed to be.
  await headed(page, 'Cancelled', { exact: true });
  await shot(page, '7-cancelled');
  assert.equal(await balance(buyer), 13000);
  await visitBalance(page);
  await shot(page, '8-balance');
}, { long: true });

async function visitBalance(page) {
  await press(page, 'Your account');
  await page.getByRole('link', { name: 'Balance', exact: true }).filter({ visible: true }).first().click();
  await headed(page, 'Balance', { level: 1 });
  await sees(page, /(US)?\$130\.00/);
}
