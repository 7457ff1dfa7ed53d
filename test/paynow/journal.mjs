// Every message in and out, byte for byte, in the order it passed.

const KEPT_ENTRIES = 20000;
const KEPT_BYTES = 65536; // of one body; `length` still says how long it was

export class Journal {
  #entries = [];
  #count = 0;
  #waiters = new Set();

  constructor(clock) {
    this.clock = clock;
  }

  // direction: in, out; type: request, reply; kind: initiate, poll, callback …
  add({ body = '', ...rest }) {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body, 'latin1');
    const kept = bytes.subarray(0, KEPT_BYTES);
    const entry = {
      n: (this.#count += 1),
      at: this.clock.iso(),
      real_at: new Date().toISOString(),
      ...rest,
      length: bytes.length,
      text: kept.toString('latin1'),
      base64: kept.toString('base64'),
    };
    this.#entries.push(entry);
    if (this.#entries.length > KEPT_ENTRIES) this.#entries.shift();
    for (const look of [...this.#waiters]) look();
    return entry;
  }

  list({ after = 0, ...filter } = {}) {
    const wanted = Object.entries(filter).filter(([, value]) => value !== undefined);
    return this.#entries.filter(
      (entry) => entry.n > after && wanted.every(([name, value]) => entry[name] === value),
    );
  }

  // Resolves with what matches once it is `count` or more, or with less once
  // `ms` real milliseconds are over.
  wait(filter = {}, { count = 1, ms = 5000 } = {}) {
    return new Promise((resolve) => {
      const finish = (found) => {
        clearTimeout(timer);
        this.#waiters.delete(look);
        resolve(found);
      };
      const look = () => {
        const found = this.list(filter);
        if (found.length >= count) finish(found);
      };
      const timer = setTimeout(() => finish(this.list(filter)), ms);
      this.#waiters.add(look);
      look();
    });
  }

  clear() {
    this.#entries = [];
  }
}
