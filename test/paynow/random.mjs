// Seeded randomness, so that a failing run can be run again as it was.

export function createRandom(seed) {
  let state = seed >>> 0;

  // mulberry32
  function next() {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  const draw = (alphabet, length) =>
    Array.from({ length }, () => alphabet[Math.floor(next() * alphabet.length)]).join('');
  const hex = (length) => draw('0123456789abcdef', length);

  return {
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    digits: (length) => draw('0123456789', length),
    hex,
    guid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${draw('89ab', 1)}${hex(3)}-${hex(12)}`,
  };
}
