// A page's side of the relay: JSON frames over one socket, each held against
// its schema in app/events.md.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { env } from '../integration/support/env.mjs';
import { CLOSE, Raw, TEXT, closeFrame, codeOf, frame, head } from './support.mjs';

// ---- schemas ----

const text = fs.readFileSync(new URL('../../app/events.md', import.meta.url), 'utf8');
const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });
addFormats(ajv);
const [, sent, heard] = text.split(/^## (?:Frames that a page sends|Answers and passing things)$/m);

function schemasOf(part) {
  const found = {};
  for (const [, name, json] of part.matchAll(/^### (\S+)\n[^#]*?```json\n([^`]*)```/gm)) {
    const schema = JSON.parse(json);
    ajv.addSchema(schema, part === sent ? `sent ${name}` : name);
    found[schema.properties.type.const] = part === sent ? `sent ${name}` : name;
  }
  return found;
}

export const sentTypes = schemasOf(sent);
export const heardTypes = schemasOf(heard);
export const seen = new Set(); // types heard by this file's tests
export const said = new Set(); // and sent

function faults(types, object) {
  const name = types[object.type];
  if (name === undefined) return [`no schema for ${object.type}`];
  const good = ajv.getSchema(name);
  return good(object) ? [] : good.errors.map(({ instancePath, message }) => `${instancePath} ${message}`);
}

// ---- sockets ----

// Through nginx, as a browser does; `where` is a relay of one's own, or nginx.
export const NGINX = { host: '127.0.0.1', port: Number(new URL(env.BASE_URL).port) };
export const ORIGIN = env.HTTPS_URL;
// The relays of the stack, each by its own socket.
export const RELAYS = [1, 2].map((n) => `${process.env.SOCKETS}/relay_${n}.sock`);

export class Socket extends Raw {
  heard = []; // all of it

  async open(lines = {}) {
    this.write(head({ Origin: ORIGIN, ...lines }));
    const { status } = await this.answer();
    if (status !== 101) throw new Error(`${status} in place of a socket`);
    return this;
  }

  say(object) {
    assert.deepEqual(faults(sentTypes, object), [], JSON.stringify(object));
    said.add(object.type);
    this.sayAnything(object);
  }

  sayAnything(object) {
    this.write(frame(TEXT, JSON.stringify(object)));
  }

  // The next frame; a close is { closed: code }.
  async hear() {
    const got = await this.next();
    if (got.opcode === CLOSE) {
      this.write(closeFrame(codeOf(got)));
      return { closed: codeOf(got), reason: got.payload.subarray(2).toString() };
    }
    if (got.opcode !== TEXT) return this.hear();
    const object = JSON.parse(got.payload.toString('utf8'));
    assert.deepEqual(faults(heardTypes, object), [], got.payload.toString('utf8'));
    seen.add(object.type);
    this.heard.push(object);
    return object;
  }

  // Hears on to the first frame of a type that is good; 'closed' is a close.
  async until(type, good = () => true) {
    for (;;) {
      const got = await this.hear();
      if (type === 'closed' ? got.closed !== undefined : got.type === type && good(got)) return got;
      assert.equal(got.closed, undefined, `${JSON.stringify(got)} before ${type}`);
    }
  }

  async auth(who, extra = {}) {
    this.say({ type: 'auth', token: who.access ?? who, ...extra });
    this.ready = await this.hear();
    assert.equal(this.ready.type, 'ready', JSON.stringify(this.ready));
    return this;
  }

  // The events among what was heard.
  get events() {
    return this.heard.filter((object) => object.event_id !== undefined && object.data !== undefined);
  }

  get lastEventId() {
    return this.heard.findLast((object) => object.event_id !== undefined).event_id;
  }
}

export const socket = (where = NGINX, lines = {}) => new Socket(where).open(lines);

// Somebody's page, live.
export async function connected(who, { where, lines, ...extra } = {}) {
  const page = await (await socket(where, lines)).auth(who, extra);
  await page.until('live');
  return page;
}
