// Sends status updates to the merchant, again and again where it refuses.
import http from 'node:http';
import https from 'node:https';
import { compose } from './wire.mjs';

const LOOPBACK = /^(localhost|127(\.[0-9]+){3}|\[::1\])$/;

export function createCallbacks({ clock, journal, faults, switches, gateway, settings }) {
  const agents = {
    'http:': new http.Agent(),
    // On loopback the merchant's certificate is as a rule its own.
    'https:': new https.Agent({ rejectUnauthorized: settings.checkTls }),
  };
  const open = new Set();
  const lines = new Map(); // transaction → its first tries, one after the other
  const waiting = new Map(); // transaction → messages a `reorder` holds back
  let busy = 0;
  let generation = 0; // a reset forgets what was still to be sent
  let idle = [];

  function working(promise) {
    busy += 1;
    return promise.finally(() => {
      busy -= 1;
      if (busy === 0) for (const done of idle.splice(0)) done();
    });
  }

  // One POST; resolves to {status, body} or {error}, and never rejects.
  function post(url, body, { reference, kind = 'callback', fault = {}, attempt = 1, note, type }) {
    return new Promise((resolve) => {
      const about = { kind, reference, url: String(url), attempt, fault: fault.ids, note };
      let finished = false;
      const finish = (reply) => {
        if (finished) return;
        finished = true;
        journal.add({ ...about, direction: 'in', type: 'reply', status: reply.status, error: reply.error, body: reply.body ?? '' });
        resolve({ status: reply.status, body: reply.body?.toString('latin1'), error: reply.error });
      };
      let target = null;
      try {
        target = new URL(url);
      } catch {
        return finish({ error: 'no URL' });
      }
      if (!agents[target.protocol]) return finish({ error: `cannot send to ${target.protocol}` });
      if (settings.loopbackOnly && !LOOPBACK.test(target.hostname)) return finish({ error: 'not a loopback host' });
      const headers = {
        'Content-Type': type ?? 'application/x-www-form-urlencoded',
        'Content-Length': body.length + (fault.truncate ?? 0),
      };
      journal.add({ ...about, direction: 'out', type: 'request', headers, body });
      const request = (target.protocol === 'https:' ? https : http).request(target, {
        method: 'POST',
        headers,
        agent: agents[target.protocol],
        timeout: settings.callbackMs,
      });
      open.add(request);
      request.on('timeout', () => request.destroy(new Error('timed out')));
      request.on('close', () => open.delete(request));
      request.on('error', (error) => finish({ error: error.message || error.code }));
      request.on('response', (response) => {
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('error', () => {});
        response.on('close', () => finish({ status: response.statusCode, body: Buffer.concat(parts) }));
      });
      request.write(body, () => {
        if (fault.truncate) request.destroy(new Error('truncated by a fault'));
        if (fault.reset) request.socket?.resetAndDestroy();
      });
      if (!fault.truncate && !fault.reset) request.end();
    });
  }

  // The first try, then up to `retries` more on an HTTP error or none at all.
  async function attempt(tx, body, fault, number = 1) {
    const born = generation;
    const lost = fault.lost === true || (Number.isInteger(fault.lost) && number <= fault.lost);
    if (lost) {
      journal.add({ kind: 'callback', direction: 'out', type: 'lost', reference: tx.reference, url: tx.resulturl, attempt: number, fault: fault.ids, body });
    }
    const reply = lost
      ? { error: 'lost by a fault' }
      : await post(tx.resulturl, body, { reference: tx.reference, fault, attempt: number });
    const failed = reply.error !== undefined || reply.status >= 400;
    if (failed && number <= settings.retries && born === generation && fault.lost !== true) {
      clock.after(settings.retryMs, () => {
        if (born === generation) working(attempt(tx, body, fault, number + 1));
      });
    }
    return reply;
  }

  function enqueue(tx, body, fault) {
    const previous = lines.get(tx.guid) ?? Promise.resolve();
    const next = previous.then(async () => {
      const copies = 1 + (fault.duplicate ?? 0);
      if (fault.concurrent) {
        await Promise.all(Array.from({ length: copies }, () => attempt(tx, body, fault)));
      } else {
        for (let copy = 0; copy < copies; copy += 1) await attempt(tx, body, fault);
      }
    });
    lines.set(tx.guid, next);
    return working(next);
  }

  function content(tx, fault, pairs = gateway.statusPairs(tx)) {
    return compose(pairs, {
      key: gateway.keyOf(tx),
      legacy: switches.legacy_names,
      extra: switches.extra_fields,
      fault,
    });
  }

  // Called at every change of status; the body is that of this moment.
  function notify(tx) {
    const fault = faults.take('callback', gateway.namesOf(tx), tx.integration);
    const body = content(tx, fault);
    const held = waiting.get(tx.guid);
    const go = () => {
      waiting.delete(tx.guid);
      working(enqueue(tx, body, fault).then(() => held?.forEach((later) => later())));
    };
    if (fault.reorder) {
      waiting.set(tx.guid, [...(held ?? []), () => enqueue(tx, body, { ...fault, reorder: false })]);
    } else if (fault.hang) {
      const born = generation;
      fault.held.push(() => born === generation && go());
    } else if (fault.delay && fault.clock === 'real') {
      const born = generation;
      setTimeout(() => born === generation && go(), fault.delay).unref();
    } else if (fault.delay) {
      clock.after(fault.delay, go);
    } else {
      go();
    }
  }

  return {
    notify,

    // A hand-made message: `body` as it stands, or the payment's own pairs
    // bent by the same properties as a fault. No retries.
    async send({ tx, url, body, type, times = 1, concurrent = false, ...fault }) {
      const bytes = body ?? content(tx, fault);
      const target = url ?? tx?.resulturl;
      const about = { reference: tx?.reference, note: 'by hand', type };
      const one = () => working(post(target, bytes, about));
      if (concurrent) return Promise.all(Array.from({ length: times }, one));
      const replies = [];
      for (let count = 0; count < times; count += 1) replies.push(await one());
      return replies;
    },

    // Resolves when no callback is on its way (retries still to come are not).
    idle: () => (busy === 0 ? Promise.resolve() : new Promise((resolve) => idle.push(resolve))),

    reset() {
      generation += 1;
      lines.clear();
      waiting.clear();
    },

    close() {
      generation += 1;
      for (const request of open) request.destroy(new Error('simulator closed'));
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}
