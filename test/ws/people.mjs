// A page's side of the relay: JSON frames over one socket.
import assert from 'node:assert/strict';
import { env } from '../integration/support/env.mjs';
import { Raw, TEXT, closeFrame, codeOf, frame, head, CLOSE } from './support.mjs';

// Through nginx, as a browser does; `where` is a relay of one's own, or nginx.
export const NGINX = { host: '127.0.0.1', port: Number(new URL(env.BASE_URL).port) };
export const ORIGIN = env.HTTPS_URL;

export class Socket extends Raw {
  async open(lines = {}) {
    this.write(head({ Origin: ORIGIN, ...lines }));
    const answer = await this.answer();
    assert.equal(answer.status, 101);
    return this;
  }

  say(object) {
    this.write(frame(TEXT, JSON.stringify(object)));
  }

  // The next frame; a close is { closed: code }.
  async hear() {
    const got = await this.next();
    if (got.opcode === CLOSE) {
      this.write(closeFrame(codeOf(got)));
      return { closed: codeOf(got), reason: got.payload.subarray(2).toString() };
    }
    assert.equal(got.opcode, TEXT);
    return JSON.parse(got.payload.toString('utf8'));
  }

  async auth(who, extra = {}) {
    this.say({ type: 'auth', token: who.access ?? who, ...extra });
    const answer = await this.hear();
    assert.equal(answer.type, 'ready', JSON.stringify(answer));
    return answer;
  }
}

export const socket = (where = NGINX, lines = {}) => new Socket(where).open(lines);

export async function connected(who, { where, lines, ...extra } = {}) {
  const one = await socket(where, lines);
  one.ready = await one.auth(who, extra);
  return one;
}
