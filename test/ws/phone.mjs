// A page that keeps what it has and comes back whatever happens to its line:
// what app/events.md asks of one, and a line as bad as wanted.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Socket } from './people.mjs';

export const GOOD_LINE = { drop: 0, repeat: 0, delay: 0 };

/*
 * where() gives what to connect to.  line: how likely each frame is the last
 * one of its connection, or is said twice, and the most ms that it waits.
 */
export class Phone {
  received = []; // events, in the order told
  outbox = new Map(); // client_id -> frame, until its answer
  waits = []; // that relays asked for as they left
  connects = 0;
  begun = false; // it has been live once
  failures = [];
  #going = true;
  #page;
  #last = null;
  #dice;
  #done;

  constructor(who, { where, line = GOOD_LINE, dice = Math.random }) {
    this.who = who;
    this.where = where;
    this.line = line;
    this.#dice = dice;
  }

  start() {
    this.#done = this.#run();
    return this;
  }

  async stop() {
    this.#going = false;
    this.#page?.destroy();
    await this.#done;
    assert.deepEqual(this.failures, []);
  }

  send(to, content) {
    const id = randomUUID();
    const frame = { type: 'message.send', client_id: id, receiver_id: to.id, content };
    this.outbox.set(id, frame);
    if (this.live) this.#say(frame);
  }

  get state() {
    return { live: this.live, outbox: [...this.outbox.values()], messages: this.messages.length, connects: this.connects, failures: this.failures.map(String) };
  }

  get messages() {
    return this.received.filter(({ type }) => type === 'message').map(({ data }) => data);
  }

  async #run() {
    let wait = 10;
    while (this.#going) {
      try {
        await this.#connection();
        wait = 10;
      } catch (error) {
        if (error.code === 'ERR_ASSERTION') this.failures.push(error);
        wait = Math.min(wait * 2, 400);
      }
      this.live = false;
      this.#page?.destroy();
      if (this.#going) await pause(this.#asked ?? wait * this.#dice());
      this.#asked = undefined;
    }
  }

  #asked;

  async #connection() {
    const page = new Socket(this.where());
    this.#page = page;
    await page.open();
    this.connects += 1;
    page.say({ type: 'auth', token: this.who.access, last_event_id: this.#last });
    for (;;) {
      const got = await page.hear();
      if (got.closed !== undefined) return;
      this.#take(got);
      if (this.line.delay > 0 && this.#dice() < 0.05) await pause(this.#dice() * this.line.delay);
      if (this.#dice() < this.line.drop) {
        page.destroy();
        return;
      }
    }
  }

  #take(got) {
    if (got.event_id !== undefined) this.#last = got.event_id;
    if (got.type === 'live') {
      this.live = this.begun = true;
      for (const frame of this.outbox.values()) this.#say(frame);
    } else if (got.type === 'message.sent') {
      this.outbox.delete(got.client_id);
    } else if (got.type === 'error') {
      if (got.code === 'unavailable' || got.code === 'timeout') setTimeout(() => this.#again(got.client_id), 100);
      else this.failures.push(new Error(JSON.stringify(got)));
    } else if (got.type === 'going_away') {
      this.waits.push(got.reconnect_ms);
      this.#asked = got.reconnect_ms;
    } else if (got.data !== undefined) {
      this.received.push(got);
    }
  }

  #again(id) {
    const frame = this.outbox.get(id);
    if (frame && this.live) this.#say(frame);
  }

  #say(frame) {
    this.#page.say(frame);
    if (this.#dice() < this.line.repeat) this.#page.say(frame);
    if (this.#dice() < this.line.drop) this.#page.destroy();
  }
}

/*
 * Every message of `texts` is on both phones once, and both have them in one
 * order, which is that of their ids too.
 */
export function judge(one, two, texts) {
  const between = (phone) => phone.messages.filter(({ sender_id: from, receiver_id: to }) =>
    [from, to].every((id) => [one.who.id, two.who.id].includes(id)));
  const [mine, theirs] = [between(one), between(two)];
  assert.deepEqual(mine.map(({ content }) => content).sort(), [...texts].sort());
  assert.deepEqual(mine, theirs);
  assert.deepEqual(mine.map(({ id }) => id), mine.map(({ id }) => id).sort((a, b) => a - b));
}
