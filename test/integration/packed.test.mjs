// What was made comes packed to whoever takes it so, and is kept unpacked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { post } from './support/client.mjs';
import { value } from './support/db.mjs';
import { makePackage, theBrand, theCreator, unique } from './support/people.mjs';

const PACKED = ['gzip', 'gzip, deflate, br, zstd', 'br;q=1, *;q=0.5'];
const PLAIN = [undefined, 'br', 'identity', 'gzip;q=0', '*, gzip;q=0'];

const accepting = (accepts, headers = {}) => ({ headers: { ...headers, ...(accepts && { 'accept-encoding': accepts }) }, status: 201 });

function judge({ headers, size, text }, packed) {
  assert.equal(headers['content-encoding'], packed ? 'gzip' : undefined);
  assert.match(headers.vary, /\bAccept-Encoding\b/);
  assert.match(headers['content-type'], /^application\/json/);
  assert.equal(Number(headers['content-length']), size);
  const whole = Buffer.byteLength(text);
  assert.ok(packed ? size < whole / 2 : size === whole, `${size} of ${whole} bytes`);
}

test('a booking comes packed when that is asked for, and plain when not', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  for (const [accepts, packed] of [...PACKED.map((one) => [one, true]), ...PLAIN.map((one) => [one, false])]) {
    const { id } = await makePackage(seller);
    const answer = await post('/api/bookings', { package_id: id }, { as: buyer, ...accepting(accepts) });
    judge(answer, packed);
    assert.equal(answer.json.booking.package.id, id);
  }
});

test('an answer that is kept comes again in the form asked for, the same JSON', async () => {
  const [buyer, seller] = [await theBrand(), await theCreator()];
  for (const first of [true, false]) {
    const key = unique('k');
    const body = { package_id: (await makePackage(seller)).id };
    const made = (packed) => post('/api/bookings', body, { as: buyer, ...accepting(packed ? 'gzip' : undefined, { 'idempotency-key': key }) });
    const { text, ...answer } = await made(first);
    judge({ text, ...answer }, first);
    assert.equal(await value('select answer from idempotency_keys where key = $1', key), text);
    for (const packed of [true, false]) {
      const again = await made(packed);
      assert.equal(again.headers['idempotent-replayed'], 'true');
      judge(again, packed);
      assert.equal(again.text, text);
    }
  }
});
