// A WebSocket client that can do everything wrong, and relays of a test's own.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { env } from '../integration/support/env.mjs';
import { until } from '../integration/support/wait.mjs';

export const TEXT = 1;
export const BINARY = 2;
export const CLOSE = 8;
export const PING = 9;
export const PONG = 10;

// ---- frames ----

const SIZES = { short: 0, middle: 2, long: 8 };

/*
 * One frame of a client.  `length` and `form` lie about the payload's size and
 * how it is written; `mask: false` leaves it bare.
 */
export function frame(opcode, payload = '', { fin = true, rsv = 0, mask = true, length, form } = {}) {
  const bytes = Buffer.from(payload);
  const size = length ?? bytes.length;
  const written = form ?? (size < 126 ? 'short' : size < 65536 ? 'middle' : 'long');
  const head = Buffer.alloc(2 + SIZES[written]);
  head[0] = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  head[1] = (mask ? 0x80 : 0) | { short: size, middle: 126, long: 127 }[written];
  if (written === 'middle') head.writeUInt16BE(size, 2);
  if (written === 'long') head.writeBigUInt64BE(BigInt(size), 2);
  if (!mask) return Buffer.concat([head, bytes]);
  const key = randomBytes(4);
  return Buffer.concat([head, key, bytes.map((byte, i) => byte ^ key[i % 4])]);
}

export const closeFrame = (code, reason = '') => {
  const bytes = Buffer.alloc(2 + Buffer.byteLength(reason));
  bytes.writeUInt16BE(code);
  bytes.write(reason, 2);
  return frame(CLOSE, bytes);
};

export const codeOf = ({ opcode, payload }) => {
  assert.equal(opcode, CLOSE);
  return payload.length === 0 ? undefined : payload.readUInt16BE();
};

// ---- a connection ----

export const head = (lines = {}, first = 'GET /ws HTTP/1.1') => {
  const all = { Host: 'localhost', Upgrade: 'websocket', Connection: 'Upgrade',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==', 'Sec-WebSocket-Version': '13', ...lines };
  const text = Object.entries(all).filter(([, value]) => value !== undefined).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${first}\r\n${text.join('')}\r\n`;
};

export class Raw {
  #socket;
  #bytes = Buffer.alloc(0);
  #ended = false;
  #error;
  #wake = () => {};

  // where: a path, or { host, port }
  constructor(where) {
    this.#socket = net.connect(typeof where === 'string' ? { path: where } : where);
    this.#socket.on('data', (bytes) => {
      this.#bytes = Buffer.concat([this.#bytes, bytes]);
      this.#wake();
    });
    this.#socket.on('error', (error) => {
      this.#error = error;
    });
    this.#socket.on('close', () => {
      this.#ended = true;
      this.#wake();
    });
  }

  write(...parts) {
    this.#socket.write(Buffer.concat(parts.map((part) => Buffer.from(part))));
  }

  // In pieces of so many bytes, each a packet as far as that is ours to say.
  async chop(bytes, size) {
    for (let i = 0; i < bytes.length; i += size) {
      const flushed = new Promise((resolve) => {
        this.#socket.write(bytes.subarray(i, i + size), resolve);
      });
      await flushed;
    }
  }

  stopReading() {
    this.#socket.pause();
  }

  resumeReading() {
    this.#socket.resume();
  }

  destroy() {
    this.#socket.destroy();
  }

  end() {
    this.#socket.end();
  }

  // Waits until take(bytes) gives [what, size], and takes so many of them.
  async #take(what, take) {
    const timer = setTimeout(() => this.#socket.destroy(new Error(`no ${what} in 20 s`)), 20000);
    try {
      for (;;) {
        const found = take(this.#bytes);
        if (found) {
          this.#bytes = this.#bytes.subarray(found[1]);
          return found[0];
        }
        if (this.#ended) throw this.#error ?? new Error(`the end in place of ${what}`);
        await new Promise((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      clearTimeout(timer);
    }
  }

  async answer() {
    return this.#take('an answer', (bytes) => {
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) return undefined;
      const [first, ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
      const headers = Object.fromEntries(lines.map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
      }));
      return [{ status: Number(first.split(' ')[1]), headers }, end + 4];
    });
  }

  // A server's frame; what no server may send fails here.
  async next() {
    const got = await this.#take('a frame', (bytes) => {
      if (bytes.length < 2) return undefined;
      const short = bytes[1] & 127;
      const at = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (bytes.length < at) return undefined;
      const size = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
      if (bytes.length < at + size) return undefined;
      return [{ first: bytes[0], masked: bytes[1] >= 128, opcode: bytes[0] & 15, payload: Buffer.from(bytes.subarray(at, at + size)) }, at + size];
    });
    assert.equal(got.masked, false);
    assert.equal(got.first & 0xf0, 0x80, 'whole and without reserved bits');
    return got;
  }

  async text() {
    const { opcode, payload } = await this.next();
    assert.equal(opcode, TEXT, `a close with ${opcode === CLOSE ? payload.readUInt16BE() : opcode}`);
    return payload.toString('utf8');
  }

  // Nothing more comes, and the other side closes.
  async over() {
    const timer = setTimeout(() => this.#socket.destroy(new Error('no end in 20 s')), 20000);
    while (!this.#ended) {
      await new Promise((resolve) => {
        this.#wake = resolve;
      });
    }
    clearTimeout(timer);
    assert.equal(this.#error, undefined);
    assert.deepEqual(this.#bytes, Buffer.alloc(0));
  }

  // The server closes with this code, then the connection.
  async closes(code) {
    assert.equal(codeOf(await this.next()), code);
    await this.over();
  }

  get ended() {
    return this.#ended;
  }

  // The other side has cut the connection: what is written goes nowhere.
  get refused() {
    return ['EPIPE', 'ECONNRESET'].includes(this.#error?.code);
  }
}

export async function open(where, lines) {
  const raw = new Raw(where);
  raw.write(head(lines));
  const { status } = await raw.answer();
  assert.equal(status, 101);
  return raw;
}

// ---- a relay ----

const LISTEN = `import os, socket, sys
s = socket.socket(socket.AF_UNIX)
s.bind(sys.argv[1])
s.listen(4096)
os.dup2(s.fileno(), 0)
os.execv(sys.argv[2], sys.argv[2:])`;

/*
 * A relay of the test's own, with settings of its own; gives where it listens.
 * It ends with the test, by SIGTERM and with exit code 0.
 */
export async function startRelay(t, settings = {}, { descriptors } = {}) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'relay-'));
  const where = path.join(folder, 'sock');
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...(descriptors ? ['prlimit', `--nofile=${descriptors}:${descriptors}`] : []), 'python3', '-c', LISTEN, where, `${env.STATE}/bin/relay`],
    { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, LOG_LEVEL: 'warn', ...settings } });
  const gone = once(child, 'exit');
  t.after(async () => {
    child.kill('SIGTERM');
    const [code, signal] = await gone;
    fs.rmSync(folder, { recursive: true });
    if (signal !== 'SIGKILL') assert.deepEqual([code, signal], [0, null]);
  });
  await until('the relay to listen', () => {
    assert.equal(child.exitCode, null);
    // Its file is there before it listens; the flag says which of the two it does.
    return fs.readFileSync('/proc/net/unix', 'utf8').split('\n')
      .some((line) => line.endsWith(` ${where}`) && line.split(' ')[3] === '00010000');
  });
  return { where, pid: child.pid, child };
}

// ---- what a relay says of itself ----

export const ask = (where, path) => new Promise((resolve, reject) => {
  http.get({ socketPath: where, path, agent: false }, (response) => {
    const parts = [];
    response.on('data', (part) => parts.push(part));
    response.on('end', () => resolve({ status: response.statusCode, type: response.headers['content-type'], text: Buffer.concat(parts).toString() }));
  }).on('error', reject);
});

export async function metrics(where) {
  const { status, type, text } = await ask(where, '/metrics');
  assert.deepEqual([status, type], [200, 'text/plain; version=0.0.4']);
  const lines = text.trimEnd().split('\n');
  const found = {};
  for (let i = 0; i < lines.length; i += 2) {
    const [, name, kind] = /^# TYPE (bantubuzz_relay_[a-z_]+) (gauge|counter)$/.exec(lines[i]);
    const [, value] = new RegExp(`^${name} ([0-9.]+)$`).exec(lines[i + 1]);
    assert.equal(kind === 'counter', name.endsWith('_total'));
    found[name.slice('bantubuzz_relay_'.length)] = Number(value);
  }
  return found;
}
