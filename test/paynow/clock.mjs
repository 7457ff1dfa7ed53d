// A clock whose seconds may run faster, stand still, or be moved by hand.

export class Clock {
  #base;
  #mark = performance.now();
  #timers = [];
  #order = 0;
  #armed = null;
  #moving = Promise.resolve();
  #busy = false;
  #stopped = false;

  constructor({ scale = 1, start = Date.now() } = {}) {
    this.scale = scale;
    this.#base = start;
  }

  now() {
    return Math.round(this.#base + (performance.now() - this.#mark) * this.scale);
  }

  iso() {
    return new Date(this.now()).toISOString();
  }

  // Runs `fn` when `ms` virtual milliseconds have passed; returns a handle.
  after(ms, fn) {
    const timer = { due: this.now() + Math.max(0, ms), order: (this.#order += 1), fn };
    if (this.#stopped) return timer;
    this.#timers.push(timer);
    this.#timers.sort((a, b) => a.due - b.due || a.order - b.order);
    this.#arm();
    return timer;
  }

  cancel(timer) {
    this.#timers = this.#timers.filter((candidate) => candidate !== timer);
  }

  // Moves on by `ms`, running what falls due on the way, each at its own
  // time. `settle` is awaited after each, so that what a timer sets off (a
  // callback, its refusal, the retry) happens before the next falls due.
  advance(ms, settle = async () => {}) {
    this.#moving = this.#moving.then(async () => {
      const end = this.now() + ms;
      this.#busy = true;
      try {
        await settle();
        for (;;) {
          const timer = this.#timers[0];
          if (!timer || timer.due > end) break;
          this.#timers.shift();
          this.#jump(Math.max(timer.due, this.now()));
          timer.fn();
          await settle();
        }
        this.#jump(Math.max(end, this.now()));
      } finally {
        this.#busy = false;
        this.#arm();
      }
    });
    return this.#moving;
  }

  setScale(scale) {
    this.#jump(this.now());
    this.scale = scale;
    this.#arm();
  }

  clear() {
    this.#timers = [];
    clearTimeout(this.#armed);
  }

  stop() {
    this.#stopped = true;
    this.clear();
  }

  pending() {
    return this.#timers.length;
  }

  #jump(to) {
    this.#base = to;
    this.#mark = performance.now();
  }

  #arm() {
    clearTimeout(this.#armed);
    const next = this.#timers[0];
    if (!next || this.#busy || this.#stopped || this.scale <= 0) return;
    const wait = Math.min(Math.max(0, (next.due - this.now()) / this.scale), 2 ** 31 - 1);
    this.#armed = setTimeout(() => this.#fire(), Math.ceil(wait));
  }

  #fire() {
    while (!this.#busy && this.#timers[0] && this.#timers[0].due <= this.now()) {
      this.#timers.shift().fn();
    }
    this.#arm();
  }
}
