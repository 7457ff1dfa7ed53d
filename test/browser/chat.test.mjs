// Two people write to each other, and the line of one is cut and comes back.
import assert from 'node:assert/strict';
import { rows } from '../integration/support/db.mjs';
import { brand, change, creator, unique } from '../integration/support/people.mjs';
import { until } from '../integration/support/wait.mjs';
import { CUT, follow, journey, logIn, PHONE, sees, visit } from './support.mjs';

const log = (page) => page.getByRole('log');
const bubble = (page, text) => log(page).getByRole('listitem').filter({ hasText: text });

async function say(page, text) {
  await page.getByRole('textbox', { name: 'Write a message' }).fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

// Once, and marked so.
const marked = (page, text, mark) =>
  until(`"${text}" to be ${mark}, once`, async () => {
    const found = await bubble(page, text).allInnerTexts();
    return found.length === 1 && found[0].includes(mark);
  });

const texts = (page) => log(page).locator('li p:not(:has(*))').allInnerTexts();
const stored = (from, to) =>
  rows('select content from messages where sender_id = $1 and receiver_id = $2 order by id', from.id, to.id)
    .then((found) => found.map(({ content }) => content));

journey('chat', async ({ come, shot }) => {
  const [buyer, seller] = [await brand(), await creator()];
  await change(seller, 'creator', { username: unique('rudo') });
  const [here, there] = [await come({ expected: [CUT] }), await come({ expected: [CUT] })];
  await logIn(here, buyer, `/messages/${seller.id}`);
  await logIn(there, seller, '/creator');

  // The other is there, but looks elsewhere.
  await say(here, 'Mhoro, are you free in May?');
  await marked(here, 'Mhoro', 'Delivered');
  await there.getByText('1 unread message').first().waitFor({ state: 'attached' });
  await follow(there, 'Messages', { exact: false });
  await there.getByRole('link', { name: /Mhoro/ }).click();
  await bubble(there, 'Mhoro').waitFor();
  await marked(here, 'Mhoro', 'Read');
  for (const page of [here, there]) await sees(page, 'Online');

  await there.getByRole('textbox', { name: 'Write a message' }).pressSequentially('I am');
  await sees(here, 'Typing…');
  await shot(here, '1-typing');
  await say(there, 'I am, from the 4th.');
  await bubble(here, 'from the 4th').waitFor();
  await marked(there, 'from the 4th', 'Read');

  // The line of one breaks: both go on writing.
  await here.context().setOffline(true);
  await sees(here, 'You are offline.');
  await say(here, 'First without a line');
  await say(here, 'Second without a line');
  await marked(here, 'First without', 'Waits for a connection');
  await marked(here, 'Second without', 'Waits for a connection');
  for (const text of ['Are you there?', 'I wait.', 'Still.']) await say(there, text);
  await marked(there, 'Still.', 'Sent');
  assert.deepEqual(await stored(buyer, seller), ['Mhoro, are you free in May?']);
  await shot(here, '2-cut');

  await here.context().setOffline(false);
  await sees(here, 'Online');
  await marked(here, 'Second without', 'Read');
  await marked(there, 'Still.', 'Read');
  for (const text of ['Are you there?', 'I wait.', 'Still.']) assert.equal(await bubble(here, text).count(), 1, text);
  for (const text of ['First without', 'Second without']) assert.equal(await bubble(there, text).count(), 1, text);
  await shot(here, '3-back');
  await shot(there, '4-other');

  // Both see the same, and it is what is stored.
  await until('both to show the same', async () => JSON.stringify(await texts(here)) === JSON.stringify(await texts(there)));
  assert.deepEqual(await stored(buyer, seller), ['Mhoro, are you free in May?', 'First without a line', 'Second without a line']);
  assert.deepEqual(await stored(seller, buyer), ['I am, from the 4th.', 'Are you there?', 'I wait.', 'Still.']);
  await visit(here, `/messages/${seller.id}`);
  await bubble(here, 'Still.').waitFor();
  for (const text of [...await stored(buyer, seller), ...await stored(seller, buyer)]) assert.equal(await bubble(here, text).count(), 1, text);
});

journey('chat, answers lost', async ({ come, shot }) => {
  const [buyer, seller] = [await brand(), await creator()];
  // Between the page and the relay, where lines break: what is said arrives,
  // and its answer does not.  The page hears of it a moment later than who
  // stands between, and may say something meanwhile.
  const here = await come({ expected: [CUT, /WebSocket is already in CLOSING or CLOSED state/] });
  let lost = 0;
  await here.routeWebSocket(/\/ws$/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((frame) => {
      if (lost === 0 && JSON.parse(frame).type === 'message.sent') {
        lost += 1;
        void server.close();
        void socket.close();
      } else socket.send(frame);
    });
  });
  await logIn(here, buyer, `/messages/${seller.id}`);
  await say(here, 'Sent, and never heard of');
  await marked(here, 'Sent, and never heard of', 'Sent');
  await say(here, 'And one more');
  await marked(here, 'And one more', 'Sent');
  assert.equal(lost, 1);
  await marked(here, 'Sent, and never heard of', 'Sent');
  assert.deepEqual(await stored(buyer, seller), ['Sent, and never heard of', 'And one more']);
  await shot(here, 'after');
}, { screens: [PHONE], long: true });
