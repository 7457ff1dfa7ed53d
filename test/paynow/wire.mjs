// Paynow's wire format: ordered pairs, .NET-style encoding, SHA-512 digest.
import { createHash } from 'node:crypto';

// What .NET's UrlEncode leaves bare.
const BARE = /^[A-Za-z0-9\-_.!*()]$/;

export function encode(text) {
  let out = '';
  for (const byte of Buffer.from(String(text), 'utf8')) {
    const char = String.fromCharCode(byte);
    if (BARE.test(char)) out += char;
    else if (char === ' ') out += '+';
    else out += `%${byte.toString(16).padStart(2, '0')}`;
  }
  return out;
}

// Works on bytes, so that a value that is no UTF-8 still hashes as it came.
function decode(text) {
  return Buffer.from(
    text
      .replace(/\+/g, ' ')
      .replace(/%([0-9a-fA-F]{2})/g, (all, hex) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  );
}

// Pairs in wire order. Decoded exactly once: the SDKs that encode twice are
// answered rightly only by a gateway that does not undo the second time.
export function parse(raw) {
  const text = Buffer.isBuffer(raw) ? raw.toString('latin1') : Buffer.from(raw, 'utf8').toString('latin1');
  if (text === '') return [];
  return text.split('&').map((part) => {
    const cut = part.indexOf('=');
    const name = decode(cut < 0 ? part : part.slice(0, cut)).toString('utf8');
    const bytes = cut < 0 ? Buffer.alloc(0) : decode(part.slice(cut + 1));
    return { name, bytes, value: bytes.toString('utf8') };
  });
}

// The values joined bare, then the key in lower case.
export function digest(values, key) {
  const hash = createHash('sha512');
  for (const value of values) hash.update(value);
  return hash.update(key.toLowerCase(), 'utf8').digest('hex').toUpperCase();
}

const isHash = (name) => name.toLowerCase() === 'hash';

// The digest that parsed pairs ought to carry.
export function digestOf(pairs, key) {
  return digest(pairs.filter((pair) => !isHash(pair.name)).map((pair) => pair.bytes), key);
}

// A look-up by lower-case name. The first of a name counts.
export function fieldsOf(pairs) {
  const fields = new Map();
  for (const { name, value } of pairs) {
    const lower = name.toLowerCase();
    if (!fields.has(lower)) fields.set(lower, value);
  }
  return fields;
}

export function serialize(pairs) {
  return pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
}

export function signPairs(pairs, key) {
  return [...pairs, ['hash', digest(pairs.map(([, value]) => String(value)), key)]];
}

// Names as an older documented sample has them.
const LEGACY = {
  status: 'Status',
  error: 'Error',
  browserurl: 'BrowserUrl',
  pollurl: 'PollUrl',
  paynowreference: 'PaynowReference',
  reference: 'Reference',
  amount: 'Amount',
  instructions: 'Instructions',
  hash: 'Hash',
};

function spoilHash(pairs, how) {
  const cut = pairs.findIndex(([name]) => name === 'hash');
  if (cut < 0) return pairs;
  const hash = pairs[cut][1];
  const rest = pairs.filter((pair, at) => at !== cut);
  switch (how) {
    case 'bad':
      return [...rest, ['hash', hash.slice(0, -1) + (hash.endsWith('0') ? '1' : '0')]];
    case 'missing':
      return rest;
    case 'empty':
      return [...rest, ['hash', '']];
    case 'lower':
      return [...rest, ['hash', hash.toLowerCase()]];
    case 'first':
      return [['hash', hash], ...rest];
    default:
      return pairs;
  }
}

// The bytes of one message: pairs, bent by a fault where it says so, signed.
// `signed` is false for error replies, which carry no hash.
export function compose(pairs, { key, signed = true, legacy = false, extra = {}, fault = {} }) {
  if (fault.raw !== undefined) return Buffer.from(fault.raw, 'latin1');
  if (fault.empty) return Buffer.alloc(0);
  let out = pairs.map((pair) => [...pair]);
  let sign = signed;
  if (fault.error !== undefined) {
    out = [['status', 'Error'], ['error', fault.error]];
    sign = false;
  } else if (fault.not_found) {
    out = [['status', 'NotFound']];
    sign = true;
  }
  if (sign) for (const [name, value] of Object.entries(extra)) out.push([name, value]);
  for (const [name, value] of Object.entries(fault.set ?? {})) {
    const pair = out.find((candidate) => candidate[0] === name);
    if (pair) pair[1] = value;
    else out.push([name, value]);
  }
  if (fault.drop) out = out.filter(([name]) => !fault.drop.includes(name));
  if (fault.append) out.push(...fault.append);
  if (fault.order) {
    const rank = ([name]) => (fault.order.includes(name) ? fault.order.indexOf(name) : fault.order.length);
    out.sort((a, b) => rank(a) - rank(b));
  }
  if (fault.oversize) out.push(['padding', 'x'.repeat(fault.oversize)]);
  if (sign) out = spoilHash(signPairs(out, fault.key ?? key), fault.hash);
  if (legacy) out = out.map(([name, value]) => [LEGACY[name] ?? name, value]);
  return Buffer.from(serialize(out), 'latin1');
}
