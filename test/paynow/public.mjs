// The gateway's public port: the merchant's API and the payer's pages.
import { once } from 'node:events';
import http from 'node:http';
import { compose, fieldsOf, parse } from './wire.mjs';
import { listPage, messagePage, paymentPage } from './page.mjs';

const BODY_LIMIT = 65536;
const CALLBACK_FIRST_MS = 2000; // how long the payer's way back waits for it
const PAGE_ACTS = { pay: 'paid', fail: 'failed', cancel: 'cancelled' };

const PATHS = {
  '/interface/initiatetransaction': 'initiate',
  '/interface/remotetransaction': 'remote',
  '/interface/initiatetickettransaction': 'ticket',
  '/interface/checkpayment': 'poll',
  '/interface/trace': 'trace',
  '/interface/remoteotp': 'otp',
};

export function readBody(request, limit = BODY_LIMIT) {
  return new Promise((resolve, reject) => {
    const parts = [];
    let length = 0;
    request.on('data', (part) => {
      length += part.length;
      if (length > limit) reject(new RangeError('body too large'));
      else parts.push(part);
    });
    request.on('end', () => resolve(Buffer.concat(parts)));
    request.on('error', reject);
  });
}

export function createPublic({ clock, journal, faults, switches, gateway, callbacks, integrations }) {
  const dripping = new Set();
  const delayed = new Set(); // replies that wait for their time

  function sendPage(response, status, html) {
    response.writeHead(status, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:",
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-store',
    });
    response.end(html);
  }

  async function page(request, response, path, body) {
    if (path === '/') return sendPage(response, 200, listPage([...gateway.list()].reverse().slice(0, 100)));
    const number = /^\/payment\/confirmpayment\/([0-9]+)(\/.*)?$/i.exec(path)?.[1];
    const tx = gateway.list().find((one) => one.number === number);
    if (!tx) return sendPage(response, 404, messagePage('There is no such payment'));
    const integration = integrations.find((one) => one.id === tx.integration);
    const open = gateway.isOpen(tx);
    if (request.method !== 'POST') {
      return sendPage(response, 200, paymentPage(tx, { merchant: integration.name, open, test: integration.mode === 'test' }));
    }
    const act = fieldsOf(parse(body)).get('act');
    if (act !== 'abandon' && !PAGE_ACTS[act]) return sendPage(response, 400, messagePage('There is no such button'));
    if (PAGE_ACTS[act] && open) {
      gateway.stopTimers(tx);
      if (act === 'pay' && tx.status === 'Created') gateway.setStatus(tx, 'Sent');
      gateway.choose(tx, PAGE_ACTS[act]);
      // The documentation has the callback come before the payer does.
      await Promise.race([callbacks.idle(), new Promise((resolve) => setTimeout(resolve, CALLBACK_FIRST_MS).unref())]);
    }
    response.writeHead(303, { Location: new URL(tx.returnurl).href, 'Referrer-Policy': 'no-referrer' });
    response.end();
  }

  async function hold(fault) {
    if (fault.hang) await new Promise((resolve) => fault.held.push(resolve));
    if (!fault.delay) return;
    await new Promise((resolve) => {
      const go = () => {
        delayed.delete(go);
        resolve();
      };
      delayed.add(go);
      if (fault.clock === 'real') setTimeout(go, fault.delay).unref();
      else clock.after(fault.delay, go);
    });
  }

  // The reply's way out, with whatever a fault does to it on that way.
  async function deliver(response, { body, status = 200, headers = {} }, fault, about) {
    const log = (note) =>
      journal.add({ ...about, direction: 'out', type: 'reply', status, fault: fault.ids, note, body });
    if (!response.destroyed) await Promise.race([hold(fault), once(response, 'close')]);
    if (response.destroyed) return log('the client was gone');
    if (fault.reset) {
      log('connection reset');
      return response.socket.resetAndDestroy();
    }
    const length = body.length + (fault.truncate ?? 0);
    response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Length': length, ...headers });
    if (fault.truncate !== undefined) {
      log('truncated');
      return response.write(body, () => response.socket?.end());
    }
    if (fault.drip) {
      log('dripped');
      let sent = 0;
      const tick = setInterval(() => {
        if (sent < body.length && !response.destroyed) return response.write(body.subarray(sent, (sent += 1)));
        clearInterval(tick);
        dripping.delete(tick);
        return response.end();
      }, fault.drip);
      return dripping.add(tick);
    }
    log(fault.ids.length ? 'spoiled by a fault' : undefined);
    return response.end(body);
  }

  async function api(request, response, kind, url, raw) {
    const query = new Map([...url.searchParams].map(([name, value]) => [name.toLowerCase(), value]));
    const pairs = parse(raw);
    const fields = fieldsOf(pairs);
    const { names, reference, integration } = gateway.namesIn(fields, query);
    journal.add({
      kind,
      direction: 'in',
      type: 'request',
      reference,
      method: request.method,
      url: request.url,
      headers: request.headers,
      body: raw,
    });
    const fault = faults.take(kind, names, integration);
    // A refusal, a redirect or an HTTP error comes from in front of the
    // gateway: it has done nothing. All else falls on its reply.
    const untouched = fault.http !== undefined || fault.redirect !== undefined || fault.error !== undefined;
    const about = { kind, reference };
    const acted = fault.create ?? !untouched;
    const reply = acted ? gateway.answer(kind, pairs, query) : { signed: true, pairs: [] };
    const key = reply.key ?? integrations.find((one) => one.id === integration)?.key ?? '';
    if (fault.redirect !== undefined) {
      return deliver(response, { status: fault.http ?? 302, headers: { Location: fault.redirect }, body: Buffer.alloc(0) }, fault, about);
    }
    if (fault.http !== undefined && (fault.body !== undefined || !acted)) {
      const headers = { 'Content-Type': fault.type ?? 'text/html; charset=utf-8' };
      return deliver(response, { status: fault.http, headers, body: Buffer.from(fault.body ?? '', 'utf8') }, fault, about);
    }
    const body = compose(reply.pairs, {
      key,
      signed: reply.signed,
      legacy: switches.legacy_names,
      extra: switches.extra_fields,
      fault,
    });
    return deliver(response, { status: fault.http, body }, fault, about);
  }

  async function handle(request, response) {
    const raw = await readBody(request);
    const url = new URL(request.url, 'http://simulator');
    const kind = PATHS[url.pathname.toLowerCase().replace(/\/+$/, '')];
    if (!kind) {
      if (request.method !== 'GET' && request.method !== 'HEAD' && request.method !== 'POST') {
        return sendPage(response, 405, messagePage('Method not allowed'));
      }
      return page(request, response, url.pathname, raw);
    }
    // One official SDK polls by GET; everything else is posted.
    if (request.method !== 'POST' && !(kind === 'poll' && request.method === 'GET')) {
      return sendPage(response, 405, messagePage('Method not allowed'));
    }
    return api(request, response, kind, url, raw);
  }

  const server = http.createServer((request, response) => {
    handle(request, response).catch((error) => {
      if (error instanceof RangeError) sendPage(response, 413, messagePage('Request too large'));
      else if (!response.headersSent) sendPage(response, 500, messagePage('The simulator failed'));
      if (!(error instanceof RangeError)) console.error(error);
    });
  });

  return {
    server,
    // Lets go of the replies still waiting for their time.
    hurry() {
      for (const go of [...delayed]) go();
    },
    close() {
      for (const tick of dripping) clearInterval(tick);
    },
  };
}
