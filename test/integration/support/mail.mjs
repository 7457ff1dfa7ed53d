// Letters in the catcher.
import assert from 'node:assert/strict';
import { env } from './env.mjs';
import { until } from './wait.mjs';

// All letters to an address, oldest first.
export async function letters(address) {
  const answer = await fetch(`${env.MAIL_URL}/email?to.address=${encodeURIComponent(address.toLowerCase())}`);
  assert.equal(answer.status, 200);
  return (await answer.json()).sort((a, b) => (a.time < b.time ? -1 : 1));
}

// Waits until `count` letters to the address match, and gives these.
export function mailed(address, pattern, { count = 1, ...wait } = {}) {
  return until(`${count} letter(s) ${pattern} to ${address}`, async () => {
    const found = (await letters(address)).filter(({ subject, text }) => pattern.test(`${subject}\n${text}`));
    return found.length >= count ? found : false;
  }, wait);
}

// Waits for a letter of exactly this subject.
export function mailedAs(address, subject) {
  return until(`the letter "${subject}" to ${address}`, async () =>
    (await letters(address)).find((letter) => letter.subject === subject));
}

// A code stands in the subject, so that a phone shows it.
const CODE = /(?<![0-9])([0-9]{6})(?![0-9])/;

// The six digits of the newest of at least `count` letters that carry a code.
export async function codeFor(address, count = 1) {
  const found = await until(`${count} code(s) to ${address}`, async () => {
    const some = (await letters(address)).filter(({ subject }) => CODE.test(subject));
    return some.length >= count && some;
  });
  return CODE.exec(found.at(-1).subject)[1];
}
