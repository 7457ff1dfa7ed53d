// The relay in Node, on ws and pg, to measure ours beside: the same first
// frame, statements, order, events and frames, and no more than that.
//
//   node node_relay.mjs PATH      listens there; settings as the relay's
import { createHmac, timingSafeEqual } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import pg from 'pg';
import { WebSocketServer } from 'ws';
import { signingKey } from '../integration/support/tokens.mjs';

const statements = Object.fromEntries([...fs.readFileSync(new URL('../../sql/queries/relay.sql', import.meta.url), 'utf8')
  .matchAll(/^-- name: (\S+)\n((?:--.*\n)*)([^;]*);/gm)].map(([, name, , text]) => [name, text]));
const { secret } = signingKey();
const url = new URL(process.env.DATABASE_URL.replace('@/', '@localhost/'));
const settings = { host: url.searchParams.get('host'), user: url.username, database: url.pathname.slice(1) };
const [reader, joiner] = [new pg.Client(settings), new pg.Pool({ ...settings, max: 2 })];
await reader.connect();
const ask = (client, name, values) => client.query({ name, text: statements[name], values });

const people = new Map(); // user id -> set of sockets
let at = (await ask(reader, 'events_end', [])).rows[0] ?? { xid: '0', id: '0' };

function verify(token) {
  const [head, body, sum] = token.split('.');
  const right = createHmac('sha256', secret).update(`${head}.${body}`).digest();
  const given = Buffer.from(sum, 'base64url');
  if (given.length !== right.length || !timingSafeEqual(given, right)) throw new Error('a wrong token');
  const claims = JSON.parse(Buffer.from(body, 'base64url'));
  if (claims.exp * 1000 <= Date.now() || claims.type !== 'access') throw new Error('an old token');
  return claims;
}

// ---- events ----

let reading = false;
let again = false;

async function read() {
  again = true;
  if (reading) return;
  reading = true;
  while (again) {
    again = false;
    const { rows } = await ask(reader, 'events_read', [at.xid, at.id, 200]);
    for (const row of rows) {
      if (row.id === null) continue;
      at = { xid: row.xid, id: row.id };
      const sockets = people.get(row.user_id);
      if (sockets === undefined || row.type === 'session') continue;
      const frame = JSON.stringify({ type: row.type, event_id: `${at.xid}-${at.id}`, data: row.payload });
      for (const socket of sockets) socket.send(frame);
    }
    again = again || rows.length === 200;
    if (rows[0].waiting) setTimeout(read, 2);
  }
  reading = false;
}

reader.on('notification', read);
await reader.query('listen events');
setInterval(read, 1000);

// ---- sockets ----

const server = http.createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false, maxPayload: 32768 });
sockets.on('connection', (socket) => {
  const late = setTimeout(() => socket.close(1008), 10000);
  socket.once('message', async (bytes) => {
    clearTimeout(late);
    const claims = verify(JSON.parse(bytes).token);
    const { rows: [joined] } = await ask(joiner, 'socket_join', [claims.sub, claims.sid, null, null]);
    if (!joined.good) {
      socket.close(4403);
      return;
    }
    if (!people.has(claims.sub)) people.set(claims.sub, new Set());
    people.get(claims.sub).add(socket);
    socket.on('close', () => people.get(claims.sub).delete(socket));
    socket.send(JSON.stringify({ type: 'ready', user_id: Number(claims.sub), expires_s: claims.exp }));
    socket.send(JSON.stringify({ type: 'presence', users: [] }));
    socket.send(JSON.stringify({ type: 'live', event_id: `${at.xid}-${at.id}` }));
  });
});
server.listen({ path: process.argv[2], backlog: 4096 });
process.on('SIGTERM', () => process.exit(0));
