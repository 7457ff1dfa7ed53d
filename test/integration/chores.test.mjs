// Work of the clock that goes wrong.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { rows, value } from './support/db.mjs';
import { until } from './support/wait.mjs';

after(() => rows(`
  delete from chores where name = 'chore_too_long';
  drop function if exists chore_too_long();
  delete from alerts where kind = 'timer_failed' and detail like 'chore_too_long %'`));

test('a chore that takes too long is told of, and the others go on', async () => {
  await rows(`
    create function chore_too_long() returns void language sql as 'select pg_sleep(600)';
    grant execute on function chore_too_long() to bantubuzz_worker;
    insert into chores (name, every, next_at) values ('chore_too_long', '1 hour', '-infinity')`);
  await until('the alert', () => value(`select 1 from alerts where kind = 'timer_failed' and detail like 'chore_too_long 57014 %'`));
  assert.equal(await value(`select next_at > now() from chores where name = 'chore_too_long'`), true);
  await rows(`update chores set next_at = now() where name = 'clean_up'`);
  await until('another chore', () => value(`select next_at > now() from chores where name = 'clean_up'`));
});
