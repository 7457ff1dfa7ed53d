// An evening without a line: what was seen before can be read, what is written
// waits and says so, and logging out leaves nothing on the phone.
import assert from 'node:assert/strict';
import { post } from '../integration/support/client.mjs';
import { rows } from '../integration/support/db.mjs';
import { brand, change, creator, unique } from '../integration/support/people.mjs';
import { until } from '../integration/support/wait.mjs';
import { paidBooking } from '../integration/support/work.mjs';
import { base, CUT, headed, journey, logIn, sees, visit } from './support.mjs';

// What of an account lies on this phone.
const left = (page) =>
  page.evaluate(async () => {
    const databases = (await indexedDB.databases()).map(({ name }) => name).filter((name) => name.startsWith('bb-'));
    const answers = [];
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys()) answers.push(new URL(url).pathname);
    return { databases, answers, stored: Object.keys(localStorage).filter((key) => /draft|session/.test(key)) };
  });

const kept = (page, me) =>
  page.evaluate((name) => new Promise((resolve, reject) => {
    const asked = indexedDB.open(name);
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      const all = asked.result.transaction('kept').objectStore('kept').getAllKeys();
      all.onsuccess = () => {
        asked.result.close();
        resolve(all.result);
      };
    };
  }), `bb-${me}`);

journey('offline', async ({ come, shot }) => {
  const [buyer, seller] = [await brand(), await creator()];
  await change(seller, 'creator', { username: unique('tendai') });
  const booking = await paidBooking(buyer, seller, { title: 'Rain and maize' });
  await post('/api/messages', { receiver_id: buyer.id, content: 'The film is cut by Friday.' }, { as: seller, status: 201 });
  const page = await come({ expected: [CUT] });

  // The afternoon, with a line.
  await logIn(page, buyer, '/bookings');
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const seen = async (where, part, look) => {
    await visit(page, where);
    await look();
    await until(`${where} to be kept`, async () => {
      const keys = await kept(page, buyer.id);
      if (keys.some((key) => key.includes(part))) return true;
      throw new Error(`${part} is not in ${keys.join(' ')}`);
    });
  };
  await seen(`/bookings/${booking.id}`, `["bookings","detail",${booking.id}]`, () => headed(page, 'Paid. The creator can begin'));
  await seen(`/messages/${seller.id}`, `"thread",${seller.id}`, () => sees(page.getByRole('log'), 'The film is cut by Friday.'));
  await seen('/messages', '"conversations"', () => sees(page, 'The film is cut by Friday.'));
  await seen('/bookings', '["bookings","list"', () => page.getByRole('link', { name: /Rain and maize/ }).waitFor());

  // The evening: every page begins anew without one.
  await page.context().setOffline(true);
  await page.reload();
  await sees(page, 'You are offline.');
  await page.getByRole('link', { name: /Rain and maize/ }).click();
  await headed(page, 'Paid. The creator can begin');
  await shot(page, '1-booking');
  await page.goto(`${base}/bookings/${booking.id}`);
  await headed(page, 'Paid. The creator can begin');
  await page.goto(`${base}/messages`);
  await page.getByRole('link', { name: /The film is cut by Friday/ }).click();
  await sees(page.getByRole('log'), 'The film is cut by Friday.');
  await page.getByRole('textbox', { name: 'Write a message' }).fill('Friday is good.');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await sees(page.getByRole('log'), 'Waits for a connection');
  await shot(page, '2-waiting');
  await page.reload();
  await sees(page.getByRole('log'), 'The film is cut by Friday.');
  await sees(page.getByRole('log'), 'Waits for a connection');
  assert.deepEqual(await rows('select 1 from messages where sender_id = $1', buyer.id), []);

  // The line is back.
  await page.context().setOffline(false);
  await until('the message to be sent', async () => (await rows('select 1 from messages where sender_id = $1', buyer.id)).length === 1);
  await sees(page.getByRole('log'), /^(Sent|Delivered|Read)$/);
  await page.getByText('You are offline.').waitFor({ state: 'detached' });
  assert.equal(await page.getByRole('log').getByRole('listitem').filter({ hasText: 'Friday is good.' }).count(), 1);

  // Whoever has the phone next finds nothing.
  assert.deepEqual((await left(page)).databases, [`bb-${buyer.id}`]);
  await visit(page, '/bookings');
  await page.getByRole('button', { name: 'Your account' }).click();
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.waitForURL(`${base}/`);
  const found = await until('the account to be gone', async () => {
    const now = await left(page);
    return now.databases.length === 0 && now.stored.length === 0 && now;
  });
  const open = /^\/(assets|fonts|uploads|shell\.html|icon\.svg)|^\/api\/(creators|packages|brands|reviews)/;
  assert.deepEqual(found.answers.filter((path) => !open.test(path)), []);
  await page.context().setOffline(true);
  await page.goto(`${base}/bookings`);
  await headed(page, 'Log in');
  assert.equal(await page.getByText('Rain and maize').count(), 0);
  await shot(page, '3-logged-out');
}, { long: true });
