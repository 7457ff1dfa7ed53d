// Many users with sockets open, as little of each as can be.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import { rows } from '../integration/support/db.mjs';
import { sign, signingKey } from '../integration/support/tokens.mjs';
import { TEXT, frame, head } from '../ws/support.mjs';

// So many users with a session each: [{ id, access }].
export async function makeUsers(count) {
  const made = await rows(`with made as (
      insert into users (email, password_hash, user_type)
      select gen_random_uuid() || '@load.example', repeat('x', 20), 'creator' from generate_series(1, $1::int) returning id
    ) insert into sessions (id, user_id, rotates, address, user_agent, expires_at)
      select gen_random_uuid(), id, false, '127.0.0.1', 'load', now() + interval '1 day' from made returning user_id, id`, count);
  const now = Math.floor(Date.now() / 1000);
  const header = { alg: 'HS256', kid: signingKey().kid, typ: 'JWT' };
  return made.map(({ user_id: id, id: session }) => ({ id, access: sign(header, { sub: String(id), type: 'access', user_type: 'creator',
    sid: session, jti: randomUUID(), iat: now - 1, exp: now + 36000 }) }));
}

class Member {
  #rest = Buffer.alloc(0);

  constructor(where, who, hear) {
    this.live = new Promise((resolve, reject) => {
      this.socket = net.connect(where);
      this.socket.on('error', reject);
      this.socket.on('close', () => reject(new Error('cut')));
      this.socket.write(head());
      let open = false;
      this.socket.on('data', (bytes) => {
        this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
        if (!open) {
          const end = this.#rest.indexOf('\r\n\r\n');
          if (end < 0) return;
          assert.match(this.#rest.subarray(0, 12).toString(), /^HTTP\/1.1 101/);
          open = true;
          this.#rest = this.#rest.subarray(end + 4);
          this.socket.write(frame(TEXT, JSON.stringify({ type: 'auth', token: who.access })));
        }
        for (const text of this.#frames()) {
          const got = JSON.parse(text);
          if (got.type === 'live') resolve();
          else if (got.event_id !== undefined) hear(got);
        }
      });
    });
  }

  * #frames() {
    while (this.#rest.length >= 2) {
      const short = this.#rest[1] & 127;
      const at = short < 126 ? 2 : 4;
      assert.ok(short < 127);
      if (this.#rest.length < at) return;
      const size = short < 126 ? short : this.#rest.readUInt16BE(2);
      if (this.#rest.length < at + size) return;
      const bytes = this.#rest.subarray(at, at + size);
      const text = (this.#rest[0] & 15) === TEXT;
      this.#rest = this.#rest.subarray(at + size);
      if (text) yield bytes.toString();
    }
  }
}

// All of them live; hear(event) for what they are told.
export async function gather(where, users, hear) {
  const members = [];
  for (let i = 0; i < users.length; i += 100) {
    const some = users.slice(i, i + 100).map((who) => new Member(where, who, hear));
    await Promise.all(some.map(({ live }) => live));
    members.push(...some);
  }
  return {
    leave: () => members.forEach(({ socket }) => {
      socket.removeAllListeners('close');
      socket.destroy();
    }),
  };
}

// ---- what the kernel counted ----

const read = (path) => fs.readFileSync(path, 'utf8');
// Bytes that are this process's alone.
export const memoryOf = (pid) => 1024 * Number(/^Private_Dirty:\s*(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))[1]);
// The scheduler's microseconds.
export const cpuOf = (pid) => fs.readdirSync(`/proc/${pid}/task`)
  .reduce((sum, task) => sum + Number(read(`/proc/${pid}/task/${task}/schedstat`).split(' ')[0]), 0) / 1000;
