// Phones that talk while their lines are bad and the relays and PostgreSQL come
// and go: each message is on each screen once, in one order.
import assert from 'node:assert/strict';
import { chance, killing, running, signal } from '../disruption/support.mjs';
import { rows, value } from '../integration/support/db.mjs';
import { until } from '../integration/support/wait.mjs';
import { NGINX } from '../ws/people.mjs';
import { Phone, judge } from '../ws/phone.mjs';
import { makeUsers } from './crowd.mjs';

const PATIENCE = { ms: 120000 };

async function restart() {
  const pid = () => running('postgres')[0]?.pid;
  const old = pid();
  signal(old, 'SIGINT');
  await until('PostgreSQL to be started again', () => pid() && pid() !== old, PATIENCE);
  await until('PostgreSQL', () => value('select 1'), PATIENCE);
}

export async function converse(t, { phones: count, messages, kills: most, restarts, line }) {
  const dice = chance(t);
  const draw = () => dice.below(1 << 30) / 2 ** 30;
  const users = await makeUsers(count);
  const phones = users.map((who) => new Phone(who, { where: () => NGINX, line, dice: draw }).start());
  await until('all to have begun', () => phones.every(({ begun }) => begun), PATIENCE);
  const pairs = Array.from({ length: count / 2 }, (_, k) => phones.slice(2 * k, 2 * k + 2));
  const texts = pairs.map(() => []);
  let written = 0;
  const { kills } = killing(t, { pick: () => running('relay_1', 'relay_2'), ms: 500, dice, most });
  const started = performance.now();
  const restarted = (async () => {
    for (let n = 1; n <= restarts; n += 1) {
      await until('some to be written', () => written >= (messages * n) / (restarts + 1), { ms: 600000 });
      await restart();
    }
  })();
  await Promise.all(pairs.map(async (pair, k) => {
    while (written < messages) {
      const from = dice.below(2);
      await until('an answer', () => pair[from].outbox.size < 5, PATIENCE);
      const text = `${k} ${texts[k].length}`;
      texts[k].push(text);
      written += 1;
      pair[from].send(pair[1 - from].who, text);
    }
  }));
  await restarted;
  await until('the kills', () => kills.length === most, PATIENCE);
  for (const [k, pair] of pairs.entries()) {
    await until('all to be there', () => pair.every((phone) => phone.outbox.size === 0 && phone.messages.length >= texts[k].length), PATIENCE);
    await Promise.all(pair.map((phone) => phone.stop()));
    judge(...pair, texts[k]);
  }
  const kept = await rows('select count(*) as kept from messages where sender_id = any ($1)', users.map(({ id }) => id));
  assert.equal(kept[0].kept, written);
  t.diagnostic(`${written} messages in ${((performance.now() - started) / 1000).toFixed(0)} s, ${phones.reduce((sum, { connects }) => sum + connects, 0)} connections, ${kills.length} kills, ${restarts} restarts`);
}
