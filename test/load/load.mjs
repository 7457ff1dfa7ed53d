// `make load`: our relay beside one in Node, and phones on bad lines.
//   node load.mjs SOCKETS ROUNDS RATE SECONDS PHONES MESSAGES
import assert from 'node:assert/strict';
import { makeUsers } from './crowd.mjs';
import { measure, writing } from './measure.mjs';
import { converse } from './converse.mjs';
import { unlimited } from '../disruption/support.mjs';
import { test } from 'node:test';

const [sockets, rounds, rate, seconds, phones, messages] = process.argv.slice(2).map(Number);
const median = (list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];
const show = (x) => x.toFixed(x < 10 ? 2 : 0);

await unlimited();

test(`${sockets} sockets at rest, ${rate} events a second to one each`, async () => {
  const users = await makeUsers(sockets);
  const found = { ours: [], node: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of round % 2 === 0 ? ['ours', 'node'] : ['node', 'ours']) {
      const got = await measure(kind, users, { rate, seconds });
      found[kind].push(got);
      console.log(`${kind}: ${show(got.memory)} bytes a socket, ${show(got.cpu)} us an event, p50 ${show(got.p50)} ms, p99 ${show(got.p99)} ms, ${got.events} events`);
    }
  }
  const ratio = (what) => median(found.ours.map((got, i) => got[what] / found.node[i][what]));
  const ratios = Object.fromEntries(['memory', 'cpu', 'p50', 'p99'].map((what) => [what, ratio(what)]));
  console.log(`ours to Node's: ${Object.entries(ratios).map(([what, x]) => `${what} ${x.toFixed(3)}`).join(', ')}`);
  assert.ok(ratios.memory <= 1 / 3, 'memory a socket');
  assert.ok(ratios.cpu <= 1 / 3, 'CPU an event');
  assert.ok(ratios.p99 <= 1, 'p99');
});

// The same event written and told: after the commit, as the worker does, and
// within the transaction.
for (const writers of [1, 16]) {
  test(`telling after the commit beside telling within, ${writers} writers`, async () => {
    const [{ id }] = await makeUsers(1);
    const found = { after: [], within: [] };
    for (let round = 0; round < rounds; round += 1) {
      for (const how of round % 2 === 0 ? ['after', 'within'] : ['within', 'after']) found[how].push(await writing(how, id, { writers, seconds: Math.min(3, seconds) }));
    }
    const speed = (how) => `${how} ${found[how].map((x) => x.toFixed(0)).join(' ')} a second`;
    console.log(`${writers} writers: ${speed('after')}; ${speed('within')}; after to within ${median(found.after.map((x, i) => x / found.within[i])).toFixed(2)}`);
  });
}

test(`${phones} phones exchange ${messages} messages over bad lines, relays killed, PostgreSQL restarted`, async (t) => {
  await converse(t, { phones, messages, kills: 40, restarts: 4, line: { drop: 0.002, repeat: 0.1, delay: 200 } });
});
