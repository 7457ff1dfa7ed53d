// What one address may ask of nginx: another nginx before the same workers, as
// strict as a server's and behind a proxy of its trust.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { send } from './support/client.mjs';
import { env } from './support/env.mjs';
import { until } from './support/wait.mjs';

const free = () =>
  new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'address-'));
fs.chmodSync(folder, 0o755);
const [http, https] = [await free(), await free()];
const base = `http://localhost:${http}`;
const theirs = `${env.STATE}/nginx/site`;
for (const name of fs.readdirSync(theirs)) {
  const text = fs.readFileSync(`${theirs}/${name}`, 'utf8')
    .replaceAll(theirs, folder)
    .replaceAll(`${env.STATE}/nginx/`, `${folder}/`)
    .replaceAll(/\S+\/nginx-error\.log|\S+\/access\.log/g, `${folder}/log`)
    .replaceAll(`:${new URL(env.BASE_URL).port}`, `:${http}`)
    .replaceAll(`:${new URL(env.HTTPS_URL).port}`, `:${https}`)
    .replace(/rate=\d+r/, 'rate=1r')
    .replace(/burst=\d+/, 'burst=9')
    .replace(/limit_conn uploads_at_once \d+/, 'limit_conn uploads_at_once 2');
  fs.writeFileSync(`${folder}/${name}`, text);
}
fs.writeFileSync(`${folder}/proxies.conf`, 'set_real_ip_from 127.0.0.1;\nreal_ip_header CF-Connecting-IP;\n');
const nginx = spawn('/usr/sbin/nginx', ['-e', `${folder}/log`, '-p', folder, '-c', `${folder}/main.conf`], { stdio: ['ignore', 'ignore', 'pipe'] });
let said = '';
nginx.stderr.on('data', (data) => { said += data; });
after(async () => {
  nginx.kill('SIGTERM');
  await until('nginx to have gone', () => nginx.exitCode !== null);
  fs.rmSync(folder, { recursive: true });
});
await until('nginx', async () => {
  assert.equal(nginx.exitCode, null, said);
  return (await ask('192.0.2.1')).status === 200;
});

function ask(from, target = '/api/health') {
  return send('GET', base + target, { headers: { 'cf-connecting-ip': from } });
}

const refusals = async (addresses) => (await Promise.all(addresses.map((from) => ask(from)))).filter(({ status }) => status === 429);

test('an address has so many requests a second; of IPv6 a network of 64 bits is one', async () => {
  const each = Array.from({ length: 30 }, (_, n) => n);
  const many = await refusals(each.map(() => '192.0.2.7'));
  assert.ok(many.length >= 15, `${many.length} of 30 refused`);
  assert.equal(many[0].json.code, 'rate_limited');
  assert.equal((await refusals(each.map((n) => `192.0.2.${100 + n}`))).length, 0);
  // the tenth byte is a line's end for whoever reads them as text
  assert.ok((await refusals(each.map((n) => `2001:db8:a0a:a::${n.toString(16)}`))).length >= 15);
  assert.ok((await refusals(each.map((n) => `2001:db8:0:0:${n.toString(16)}:a0a::1`))).length >= 15);
  assert.equal((await refusals(each.map((n) => `2001:db8:1:${n.toString(16)}::1`))).length, 0);
});

test('an address sends so many files at once, however slowly, and others are not held up', async () => {
  const head = (from) => `PUT /api/uploads?kind=message HTTP/1.1\r\nhost: localhost\r\ncf-connecting-ip: ${from}\r\ncontent-type: image/png\r\ncontent-length: 1000\r\n\r\n`;
  const sockets = [];
  const begin = (from) => {
    const socket = net.connect(http, '127.0.0.1');
    sockets.push(socket);
    socket.answer = '';
    socket.on('data', (data) => { socket.answer += data; });
    socket.write(`${head(from)}half of it`);
    return socket;
  };
  try {
    const slow = Array.from({ length: 4 }, () => begin('198.51.100.4'));
    await until('two to be refused', () => slow.filter(({ answer }) => answer.startsWith('HTTP/1.1 429')).length === 2);
    const other = begin('198.51.100.5');
    assert.equal((await ask('198.51.100.4')).status, 200);
    assert.equal(slow.filter(({ answer }) => answer === '').length, 2);
    assert.equal(other.answer, '');
  } finally {
    for (const socket of sockets) socket.destroy();
  }
});
