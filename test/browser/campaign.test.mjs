// A campaign: a brand opens it, creators apply, one is taken and one is not.
import assert from 'node:assert/strict';
import { post } from '../integration/support/client.mjs';
import { rows } from '../integration/support/db.mjs';
import { brand, change, creator, unique } from '../integration/support/people.mjs';
import { base, follow, headed, journey, logIn, press, sees } from './support.mjs';

const day = (later) => new Date(Date.now() + later * 86_400_000).toISOString().slice(0, 10);

journey('campaign', async ({ come, shot }) => {
  const [buyer, seller, other] = [await brand(), await creator(), await creator()];
  const [chosen, left] = [unique('nyasha'), unique('farai')];
  await change(seller, 'creator', { username: chosen });
  await change(other, 'creator', { username: left });
  const title = `Winter maize ${unique()}`;
  const [there, here] = [await come(), await come()];

  await logIn(here, buyer, '/brand');
  await follow(here, 'New campaign');
  await here.getByLabel('Title').fill(title);
  await here.getByLabel('What is it about?').fill('A season of cooking films.');
  await here.getByLabel('What should come of it?').fill('A thousand new kitchens.');
  await here.getByLabel('Budget').fill('2500.50');
  await here.getByLabel('First day').fill(day(7));
  await here.getByLabel('Last day').fill(day(37));
  await shot(here, '1-new');
  await press(here, 'Open it to creators');
  await headed(here, title, { level: 1 });
  await headed(here, 'Nobody has applied yet.');

  await logIn(there, seller, '/creator');
  await follow(there, 'Find campaigns');
  await there.getByRole('link', { name: title }).click();
  await headed(there, title, { level: 1 });
  await sees(there, 'A season of cooking films.');
  await there.getByLabel('Your price, in USD').fill('333.33');
  await there.getByLabel('Days you need').fill('14');
  await there.getByLabel('What you would make').fill('Three films');
  await there.getByLabel('Why you').fill('My grandmother grows it.');
  await shot(there, '2-apply');
  await press(there, 'Send the application');
  await headed(there, 'Your application');
  await sees(there, 'Waiting');

  // The brand's open page hears of both.
  const { id } = (await rows('select id from campaigns where title = $1', title))[0];
  await headed(here, chosen);
  await post(`/api/campaigns/${id}/apply`, { proposed_price: 900, deliverables: ['One film'] }, { as: other, status: 201 });
  await headed(here, left);
  await shot(here, '3-inbox');
  const one = (name) => here.getByRole('listitem').filter({ has: here.getByRole('heading', { name }) });
  await press(one(left), 'Decline');
  await press(here.getByRole('dialog'), 'Decline');
  await one(left).getByText('Declined', { exact: true }).waitFor();
  await press(one(chosen), 'Accept');
  await sees(here.getByRole('dialog'), /This opens a booking over (US)?\$333\.33\./);
  await press(here.getByRole('dialog'), 'Accept');
  await one(chosen).getByText('Accepted').waitFor();
  await shot(here, '4-answered');
  await follow(here, 'Pay or see the booking');
  await headed(here, 'Pay, and the work can begin');
  await here.getByRole('link', { name: 'Pay now' }).waitFor();
  await shot(here, '5-booking');

  // And so does the creator's.
  await sees(there, 'Accepted');
  await follow(there, 'See the booking');
  await headed(there, 'The brand has not paid yet');
  await shot(there, '6-creator');
  const third = await come();
  await logIn(third, other, '/creator/campaigns');
  await third.getByRole('tab', { name: 'Your applications' }).click();
  await sees(third.locator('main'), 'Declined');
  await shot(third, '7-declined');
  assert.deepEqual(
    await rows('select state, amount_cents from bookings where campaign_id = $1', id),
    [{ state: 'awaiting_payment', amount_cents: 33333 }],
  );
  assert.ok(here.url().startsWith(`${base}/bookings/`));
}, { long: true });
