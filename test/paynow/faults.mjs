// Faults waiting for the message that they shall spoil.

export const KINDS = ['initiate', 'remote', 'ticket', 'poll', 'trace', 'otp', 'callback'];

const isText = (value) => typeof value === 'string';
const isCount = (value) => Number.isInteger(value) && value >= 0;
const isFlag = (value) => typeof value === 'boolean';
const isMap = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const isTexts = (value) => Array.isArray(value) && value.every(isText);

// Every property a fault may have, and what it may hold.
const PROPERTIES = {
  kind: (value) => value === '*' || KINDS.includes(value),
  reference: isText,
  integration: isText,
  skip: isCount, // lets so many pass first
  times: isCount, // 0: until it is removed
  create: isFlag, // false: the request is not acted upon at all
  // the content
  set: isMap,
  drop: isTexts,
  append: (value) => Array.isArray(value) && value.every((pair) => isTexts(pair) && pair.length === 2),
  order: isTexts,
  hash: (value) => ['bad', 'missing', 'empty', 'lower', 'first'].includes(value),
  key: isText, // signs with this key
  error: isText,
  not_found: isFlag,
  raw: isText, // latin1
  empty: isFlag,
  oversize: isCount,
  // the way
  delay: isCount,
  clock: (value) => value === 'virtual' || value === 'real',
  hang: isFlag, // until released
  reset: isFlag,
  truncate: isCount, // so many bytes are announced and never sent
  drip: isCount, // real milliseconds between bytes
  http: (value) => Number.isInteger(value) && value >= 200 && value <= 599,
  body: isText,
  type: isText,
  redirect: isText,
  // callbacks only
  lost: (value) => isFlag(value) || isCount(value),
  duplicate: isCount,
  concurrent: isFlag,
  reorder: isFlag,
};

export class Faults {
  #list = [];
  #count = 0;

  add(fault) {
    for (const [name, value] of Object.entries(fault)) {
      if (!Object.hasOwn(PROPERTIES, name)) throw new RangeError(`unknown fault property: ${name}`);
      if (!PROPERTIES[name](value)) throw new RangeError(`bad value of fault property: ${name}`);
    }
    const kept = { id: (this.#count += 1), kind: '*', skip: 0, times: 1, ...fault, hits: 0, held: [] };
    this.#list.push(kept);
    return kept.id;
  }

  // Takes what applies to this message; the later of two wins where both
  // speak of one property. `names` are all names the payment goes by.
  take(kind, names = [], integration = '') {
    const taken = this.#list.filter(
      (fault) =>
        (fault.kind === kind || (fault.kind === '*' && kind !== 'callback')) &&
        (fault.reference === undefined || names.includes(fault.reference)) &&
        (fault.integration === undefined || fault.integration === integration) &&
        !(fault.times && fault.hits >= fault.times) &&
        !(fault.skip > 0 && fault.skip--),
    );
    const effects = { ids: [], held: [] };
    for (const fault of taken) {
      fault.hits += 1;
      const set = { ...effects.set, ...fault.set };
      const held = fault.hang ? fault.held : effects.held;
      Object.assign(effects, fault, { set, held, ids: [...effects.ids, fault.id] });
    }
    return effects;
  }

  list() {
    return this.#list.map(({ held, ...fault }) => ({ ...fault, waiting: held.length }));
  }

  // Lets go of the replies that a `hang` holds back.
  release(id) {
    let freed = 0;
    for (const fault of this.#list) {
      if (id !== undefined && fault.id !== id) continue;
      for (const go of fault.held.splice(0)) {
        go();
        freed += 1;
      }
    }
    return freed;
  }

  // A reply still held back would hang for ever, so it is let go.
  remove(id) {
    this.release(id);
    this.#list = this.#list.filter((fault) => id !== undefined && fault.id !== id);
  }
}
