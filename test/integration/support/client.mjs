// HTTP through the real nginx; every answer is held against the contract and
// its request's budget.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import zlib from 'node:zlib';
import { answerFaults, operationOf, problemFaults, requestFaults } from './contract.mjs';
import { ARENA_BYTES, KEYED, PACKING, STATEMENTS, exceptions } from './budgets.mjs';
import { env } from './env.mjs';

// Connections are kept to nginx alone: others may close one under a request.
const agents = {
  [new URL(env.BASE_URL).origin]: new http.Agent({ keepAlive: true, maxSockets: 64 }),
  [new URL(env.HTTPS_URL).origin]: new https.Agent({ keepAlive: true, maxSockets: 64, ca: fs.readFileSync(env.CA_FILE) }),
};

// One request, unjudged.  `body` is bytes, text or nothing; `from` another address
// of this machine's own to ask from; `size` is the bytes of the answer as it came,
// `text` what was packed in them.
export function send(method, url, { headers = {}, body, from } = {}) {
  const { protocol, origin } = new URL(url);
  const bytes = body === undefined ? undefined : Buffer.from(body);
  return new Promise((resolve, reject) => {
    const request = (protocol === 'https:' ? https : http).request(url, {
      method,
      agent: (from === undefined && agents[origin]) || false,
      localAddress: from,
      timeout: 60000,
      headers: { ...(bytes ? { 'content-length': bytes.length } : {}), ...headers },
    });
    request.on('timeout', () => request.destroy(new Error(`${method} ${url}: no answer in 60 s`)));
    request.on('error', reject);
    request.on('response', (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        const came = Buffer.concat(parts);
        const packed = response.headers['content-encoding'] === 'gzip';
        const text = (packed ? zlib.gunzipSync(came) : came).toString('utf8');
        let json;
        if (/json/.test(response.headers['content-type'] ?? '')) {
          try {
            json = JSON.parse(text);
          } catch {
            json = undefined;
          }
        }
        resolve({ status: response.statusCode, headers: response.headers, size: came.length, text, json });
      });
    });
    request.end(bytes);
  });
}

// Bytes as they are, for requests that no client would make; gives what came.
export function sendRaw(bytes) {
  const { hostname, port } = new URL(env.BASE_URL);
  return new Promise((resolve, reject) => {
    const parts = [];
    const socket = net.connect(Number(port), hostname);
    socket.setTimeout(20000, () => socket.destroy(new Error('no answer in 20 s')));
    socket.on('connect', () => socket.write(bytes));
    socket.on('data', (part) => parts.push(part));
    // nginx may answer and close while we are still sending
    socket.on('error', (error) => (parts.length > 0 ? socket.destroy() : reject(error)));
    socket.on('close', () => {
      const text = Buffer.concat(parts).toString('latin1');
      const end = text.indexOf('\r\n\r\n');
      const headers = Object.fromEntries(text.slice(0, end).split('\r\n').slice(1).map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
      }));
      resolve({ status: Number(text.split(' ')[1]), headers, text: text.slice(end + 4) });
    });
  });
}

function judgeBudget(operation, answer, sentBytes, allowed) {
  const told = Number(answer.headers['x-statements']);
  const arena = Number(answer.headers['x-arena-bytes']);
  const exception = exceptions[operation?.operationId] ?? {};
  if (answer.headers['x-statements'] === undefined) {
    // nginx's own answers have none
    assert.ok(answer.status >= 400 || exception.untold, `${operation?.operationId} told no budget`);
    return;
  }
  const plain = (answer.status >= 400 ? exception.refused : undefined) ?? exception.statements ?? STATEMENTS;
  const keyed = allowed.headers?.['idempotency-key'] !== undefined;
  const most = allowed.statements ?? (keyed ? exception.keyed ?? KEYED : plain);
  // nginx packs all others
  const packing = answer.status === 201 && answer.headers['content-encoding'] === 'gzip' ? PACKING : 0;
  // a body is there as it came, as a tree, and as the texts read from it
  const mark = (allowed.arena ?? exception.arena ?? ARENA_BYTES) + packing + 4 * sentBytes;
  assert.ok(told <= most, `${operation?.operationId} said ${told} statements, ${most} allowed`);
  assert.ok(arena <= mark, `${operation?.operationId} took ${arena} arena bytes, ${mark} allowed`);
}

/*
 * One call.  `as` is somebody with an `access` token, or the token; `body` an
 * object (sent as JSON) or raw text or bytes; `form` a text.  `status` is what
 * must come back.  `undocumented` is for what the contract does not know: such
 * an answer must still be a problem document.
 */
export async function call(method, target, options = {}) {
  const { as, body, form, status, undocumented = false, https: secure = false } = options;
  const headers = { ...options.headers };
  const token = typeof as === 'string' ? as : as?.access;
  let bytes;
  let sent;
  if (token) headers.authorization ??= `Bearer ${token}`;
  if (form !== undefined) {
    bytes = form;
    headers['content-type'] ??= 'application/x-www-form-urlencoded';
  } else if (body !== undefined) {
    const raw = typeof body === 'string' || Buffer.isBuffer(body);
    sent = raw ? undefined : body;
    bytes = raw ? body : JSON.stringify(body);
    headers['content-type'] ??= 'application/json';
  }
  const answer = await send(method, (secure ? env.HTTPS_URL : env.BASE_URL) + target, { headers, body: bytes, from: options.from });
  judge(method, target, answer, { sent, undocumented, sentBytes: bytes === undefined ? 0 : Buffer.byteLength(bytes), ...options });
  if (status !== undefined) {
    assert.equal(answer.status, status, `${method} ${target}: ${answer.text.slice(0, 500)}`);
  }
  return answer;
}

export function judge(method, target, answer, { sent, undocumented = false, sentBytes = 0, ...allowed } = {}) {
  const what = `${method} ${target} -> ${answer.status}`;
  const operation = operationOf(method, target);
  let found;
  if (undocumented) {
    found = answer.status >= 400 ? problemFaults(answer) : [`${answer.status} where a refusal was due`];
  } else {
    assert.ok(operation, `${what}: the contract knows no such operation`);
    found = answerFaults(operation, answer);
    if (answer.status < 400) {
      found.push(...requestFaults(operation, target, sent).map((fault) => `accepted against the contract: ${fault}`));
    }
  }
  assert.deepEqual(found, [], `${what}: ${answer.text.slice(0, 800)}`);
  if (operation) judgeBudget(operation, answer, sentBytes, allowed);
}

export const get = (target, options) => call('GET', target, options);
export const post = (target, body, options) => call('POST', target, { body, ...options });
export const put = (target, body, options) => call('PUT', target, { body, ...options });
export const del = (target, options) => call('DELETE', target, options);

// The value of the refresh cookie that an answer sets, or undefined.
export function refreshCookie(answer) {
  const lines = answer.headers['set-cookie'] ?? [];
  return lines.map((line) => /^__Secure-refresh=([^;]*)/.exec(line)?.[1]).find((value) => value !== undefined);
}
