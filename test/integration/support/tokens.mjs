// Tokens of ours and of others, made by hand.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';

// The key that signs: the first of JWT_KEYS, "kid:hex or base64url[,…]".
export function signingKey() {
  assert.ok(process.env.JWT_KEYS, 'JWT_KEYS is not in the environment');
  const [kid, text] = process.env.JWT_KEYS.split(',')[0].split(':');
  const hex = /^([0-9a-fA-F]{2})+$/.test(text);
  return { kid, secret: Buffer.from(text, hex ? 'hex' : 'base64url') };
}

const b64 = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

// header and claims: objects, or the JSON text itself.
export function sign(header, claims, secret = signingKey().secret, hash = 'sha256') {
  const head = `${b64(header)}.${b64(claims)}`;
  return `${head}.${createHmac(hash, secret).update(head).digest('base64url')}`;
}

export function read(token) {
  const [header, claims] = token.split('.').slice(0, 2).map((part) => JSON.parse(Buffer.from(part, 'base64url')));
  return { header, claims };
}
