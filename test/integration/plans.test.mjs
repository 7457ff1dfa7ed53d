// `make plans` asks every statement that reads: one that is new, or gone, shows
// here and not only there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allReads } from '../bench/reads.mjs';
import { sizes } from '../bench/sizes.mjs';
import { readStatements } from '../bench/statements.mjs';
import { value } from './support/db.mjs';

test('each statement that reads has its cases in test/bench/reads.mjs', async () => {
  const statements = readStatements();
  const cases = await allReads(sizes(0.1), value);
  assert.deepEqual(Object.keys(cases).sort(), Object.keys(statements).filter((name) => statements[name].reads).sort());
  for (const [name, asked] of Object.entries(cases)) {
    const known = statements[name].args.map((arg) => arg.name);
    for (const values of Object.values(asked)) assert.deepEqual(Object.keys(values).filter((key) => !known.includes(key)), [], name);
  }
});
