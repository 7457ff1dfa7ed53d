// A local Paynow: starts the gateway, its callbacks and its control port.
import { randomInt } from 'node:crypto';
import { createCallbacks } from './callbacks.mjs';
import { Clock } from './clock.mjs';
import { createControl, NotFound } from './control.mjs';
import { Faults } from './faults.mjs';
import { createGateway, METHODS } from './gateway.mjs';
import { Journal } from './journal.mjs';
import { createPublic } from './public.mjs';
import { createRandom } from './random.mjs';

const HOST = '127.0.0.1'; // never anything else

// The documentation's own key, and one of ours: neither opens anything.
const SAMPLE_INTEGRATIONS = [
  { id: '1201', key: '3e9fed89-60e1-4ce5-ab6e-6b1eb2d4f977', currency: 'USD' },
  { id: '1202', key: '9d1f0c52-7b6e-4f0a-8a39-2f6f1f0f7c11', currency: 'ZWG' },
];

const SWITCHES = {
  autopay: true, // express payments come to their end by themselves
  legacy_names: false, // Status=Ok&BrowserUrl=…
  paynowreference: true, // in the reply to initiate
  comma_reference: false, // 15,655,543
  extra_fields: {}, // signed, at the end of every message
  token_expiry_dashes: false, // 31-Dec-2027 for 31Dec2027
};

const INTEGRATION_SETTINGS = ['name', 'mode', 'methods', 'logins', 'escrow', 'tokenizing', 'instrument'];

function makeIntegration(given) {
  return {
    name: 'BantuBuzz',
    mode: 'live',
    logins: ['merchant@example.com'],
    escrow: false,
    tokenizing: true,
    instrument: false,
    // InnBucks is offered for US dollars only.
    methods: METHODS.filter((method) => method !== 'innbucks' || given.currency === 'USD'),
    ...given,
  };
}

function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => resolve(server.address().port));
  });
}

function stop(server) {
  return new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
}

export async function startSimulator(options = {}) {
  const seed = options.seed ?? randomInt(2 ** 31);
  const settings = {
    retries: options.retries ?? 10,
    retryMs: options.retryMs ?? 1000,
    callbackMs: options.callbackMs ?? 10000,
    checkTls: options.checkTls ?? false,
    loopbackOnly: options.loopbackOnly ?? true,
  };
  const given = (options.integrations ?? SAMPLE_INTEGRATIONS).map(makeIntegration);
  const integrations = structuredClone(given);
  const startSwitches = { ...SWITCHES, ...options.switches };
  const switches = structuredClone(startSwitches);
  const clock = new Clock({ scale: options.scale ?? 1, start: options.start });
  const journal = new Journal(clock);
  const faults = new Faults();
  let url = options.publicUrl?.replace(/\/+$/, '');

  let callbacks = null;
  const gateway = createGateway({
    integrations,
    clock,
    random: createRandom(seed),
    switches,
    baseUrl: () => url,
    notify: (tx) => callbacks.notify(tx),
  });
  callbacks = createCallbacks({ clock, journal, faults, switches, gateway, settings });

  const front = createPublic({ clock, journal, faults, switches, gateway, callbacks, integrations });

  function need(name) {
    const tx = gateway.find(String(name));
    if (!tx) throw new NotFound(`no transaction: ${name}`);
    return tx;
  }

  function needIntegration(id) {
    const integration = integrations.find((one) => one.id === id);
    if (!integration) throw new NotFound(`no integration: ${id}`);
    return integration;
  }

  const view = ({ timers, plan, key, ...tx }) => structuredClone(tx);

  const sim = {
    seed,

    state: () => ({
      now: clock.iso(),
      scale: clock.scale,
      timers: clock.pending(),
      seed,
      url,
      integrations: integrations.map(({ key, ...rest }) => rest),
      switches,
      transactions: gateway.list().length,
      faults: faults.list().length,
    }),

    transactions: () => gateway.list().map(view),
    transaction: (name) => view(need(name)),

    outcome({ reference, outcome, after, callback }) {
      const tx = need(reference);
      gateway.choose(tx, outcome, { after, callback });
      return view(tx);
    },

    // Any word will do: the merchant has to bear with unknown ones.
    setStatus({ reference, status, callback }) {
      const tx = need(reference);
      if (typeof status !== 'string') throw new RangeError('status is missing');
      gateway.stopTimers(tx);
      gateway.setStatus(tx, status, { callback });
      return view(tx);
    },

    async clock({ advance = 0, scale, settle = true } = {}) {
      if (!(Number.isFinite(advance) && advance >= 0)) throw new RangeError('bad advance');
      if (scale !== undefined && !(Number.isFinite(scale) && scale >= 0)) throw new RangeError('bad scale');
      if (scale !== undefined) clock.setScale(scale);
      if (advance > 0) await clock.advance(advance, settle ? callbacks.idle : undefined);
      return { now: clock.iso(), scale: clock.scale };
    },
    advance: (ms, { settle = true } = {}) => sim.clock({ advance: ms, settle }),

    fault: (fault) => faults.add(fault),
    faults: () => faults.list(),
    release: (id) => faults.release(id),
    removeFault: (id) => faults.remove(id),

    journal: (filter) => journal.list(filter),
    waitFor: (filter, limits) => journal.wait(filter, limits),
    clearJournal: () => journal.clear(),

    async callback({ reference, body, base64, ...rest }) {
      const tx = reference === undefined ? undefined : need(reference);
      if (!tx && (rest.url === undefined || (body ?? base64) === undefined)) {
        throw new RangeError('a callback needs a reference, or a url and a body');
      }
      let bytes;
      if (base64 !== undefined) bytes = Buffer.from(base64, 'base64');
      else if (body !== undefined) bytes = Buffer.from(body, 'latin1');
      return callbacks.send({ tx, body: bytes, ...rest });
    },

    switch(changes) {
      for (const name of Object.keys(changes)) {
        if (!Object.hasOwn(SWITCHES, name)) throw new RangeError(`unknown switch: ${name}`);
      }
      Object.assign(switches, changes);
      return { ...switches };
    },

    setIntegration(id, changes) {
      const integration = needIntegration(id);
      for (const name of Object.keys(changes)) {
        if (!INTEGRATION_SETTINGS.includes(name)) throw new RangeError(`unknown setting: ${name}`);
      }
      Object.assign(integration, changes);
      return sim.state();
    },

    rotateKey(id, { key, keep_old: keepOld = false }) {
      needIntegration(id);
      if (typeof key !== 'string' || key === '') throw new RangeError('key is missing');
      gateway.rotate(id, key, keepOld);
    },

    idle: () => callbacks.idle(),

    reset() {
      faults.remove();
      callbacks.reset();
      gateway.reset();
      front.hurry();
      clock.clear();
      journal.clear();
      for (const [at, integration] of integrations.entries()) Object.assign(integration, structuredClone(given[at]));
      Object.assign(switches, structuredClone(startSwitches));
    },
  };

  const control = createControl(sim);
  const port = await listen(front.server, options.port ?? 0);
  url ??= `http://${HOST}:${port}`;
  sim.url = url;
  try {
    sim.controlUrl = `http://${HOST}:${await listen(control, options.controlPort ?? 0)}`;
  } catch (error) {
    await stop(front.server);
    throw error;
  }

  sim.close = async () => {
    clock.stop();
    callbacks.close();
    front.close();
    await Promise.all([stop(front.server), stop(control)]);
  };
  return sim;
}
