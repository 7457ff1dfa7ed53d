// The control port: the simulator's own methods over HTTP, as JSON.
//
// GET    /state                                clock, integrations, switches, what is under way
// GET    /transactions    GET /transactions/NAME
// POST   /outcome         {reference, outcome: paid|failed|cancelled|none, after?, callback?}
// POST   /status          {reference, status, callback?}
// POST   /clock           {advance?, scale?, settle?}
// POST   /faults          {kind, …} → {id}      GET /faults   DELETE /faults[/ID]   POST /faults/release {id?}
// GET    /journal         ?after=&kind=&direction=&type=&reference=&count=&wait=      DELETE /journal
// POST   /callbacks       {reference?, url?, body?|base64?, times?, concurrent?, set?, hash?, key?, …} → {replies}
// POST   /switches        {autopay, legacy_names, paynowreference, comma_reference, extra_fields, token_expiry_dashes}
// POST   /integrations/ID {mode?, methods?, logins?, escrow?, tokenizing?, instrument?}
// POST   /integrations/ID/key  {key, keep_old?}
// POST   /idle            answers when no callback is on its way
// POST   /reset           back to how it started
//
// NAME is a reference, merchanttrace, paynowreference or guid. README.md says more.
import http from 'node:http';
import { readBody } from './public.mjs';

const BODY_LIMIT = 16 * 1024 * 1024;

export class NotFound extends Error {}

const number = (text) => (text === undefined ? undefined : Number(text));

const ROUTES = [
  ['GET', /^\/state$/, (sim) => sim.state()],
  ['GET', /^\/transactions$/, (sim) => ({ transactions: sim.transactions() })],
  ['GET', /^\/transactions\/(.+)$/, (sim, input, name) => sim.transaction(name)],
  ['POST', /^\/outcome$/, (sim, input) => sim.outcome(input)],
  ['POST', /^\/status$/, (sim, input) => sim.setStatus(input)],
  ['POST', /^\/clock$/, (sim, input) => sim.clock(input)],
  ['GET', /^\/faults$/, (sim) => ({ faults: sim.faults() })],
  ['POST', /^\/faults$/, (sim, input) => ({ id: sim.fault(input) })],
  ['POST', /^\/faults\/release$/, (sim, input) => ({ released: sim.release(input.id) })],
  ['DELETE', /^\/faults(?:\/([0-9]+))?$/, (sim, input, id) => sim.removeFault(number(id))],
  [
    'GET',
    /^\/journal$/,
    async (sim, { after, count, wait, ...filter }) => {
      const wanted = { ...filter, after: number(after) };
      return { entries: wait ? await sim.waitFor(wanted, { count: number(count), ms: number(wait) }) : sim.journal(wanted) };
    },
  ],
  ['DELETE', /^\/journal$/, (sim) => sim.clearJournal()],
  ['POST', /^\/callbacks$/, async (sim, input) => ({ replies: await sim.callback(input) })],
  ['POST', /^\/switches$/, (sim, input) => sim.switch(input)],
  ['POST', /^\/integrations\/([^/]+)$/, (sim, input, id) => sim.setIntegration(id, input)],
  ['POST', /^\/integrations\/([^/]+)\/key$/, (sim, input, id) => sim.rotateKey(id, input)],
  ['POST', /^\/idle$/, (sim) => sim.idle()],
  ['POST', /^\/reset$/, (sim) => sim.reset()],
];

export function createControl(sim) {
  async function handle(request, response) {
    const answer = (status, value) => {
      response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
      response.end(JSON.stringify(value ?? { ok: true }));
    };
    // A page in the developer's browser has no business here.
    if (request.headers.origin !== undefined) return answer(403, { error: 'not for browsers' });
    const raw = await readBody(request, BODY_LIMIT);
    const url = new URL(request.url, 'http://control');
    const path = decodeURIComponent(url.pathname);
    let known = false;
    for (const [method, pattern, run] of ROUTES) {
      const match = pattern.exec(path);
      if (!match) continue;
      known = true;
      if (method !== request.method) continue;
      const input = method === 'GET' ? Object.fromEntries(url.searchParams) : raw.length ? JSON.parse(raw) : {};
      return answer(200, await run(sim, input, match[1]));
    }
    return answer(known ? 405 : 404, { error: known ? 'method not allowed' : 'no such call' });
  }

  return http.createServer((request, response) => {
    handle(request, response).catch((error) => {
      const status = error instanceof NotFound ? 404 : 400;
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ error: error.message }));
    });
  });
}
