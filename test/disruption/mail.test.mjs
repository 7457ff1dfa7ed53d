// Letters and mail servers that are down, refuse, ask to wait, or hang up.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import tls from 'node:tls';
import fs from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { rows, value } from '../integration/support/db.mjs';
import { env } from '../integration/support/env.mjs';
import { mailed } from '../integration/support/mail.mjs';
import { address } from '../integration/support/people.mjs';
import { supervisor } from '../integration/support/processes.mjs';
import { until } from '../integration/support/wait.mjs';
import { startSmtp } from './smtp.mjs';
import { allSent, catcherBack, each, enqueue, idOf, outboxOf, running, settings } from './support.mjs';

await settings({ mail_first_retry_s: 1, mail_lease_s: 10 });

const letterTo = async (whom) => (await outboxOf([whom]))[0];
const addresses = (count, name) => Array.from({ length: count }, () => address(name));
const alertsOf = ({ id }) => rows(`select kind, detail, seen_at from alerts where subject_id = $1 and kind like 'mail%'`, id);

test('the mail server is down: letters wait, longer each time, and arrive after', { timeout: 60000 }, async (t) => {
  t.after(catcherBack);
  await supervisor('stop', 'maildev:*');
  const whom = address('waits');
  await enqueue(whom);
  const waits = [];
  for (const tries of [1, 2, 3]) {
    const seen = await until(`try ${tries}`, async () => {
      const [letter] = await rows(`select *, extract(epoch from next_try_at - now()) as wait from outbox
        where address = $1 and tries >= $2 and claimed_until is null`, whom, tries);
      return letter;
    });
    assert.deepEqual([seen.state, seen.done_at], ['waiting', null]);
    assert.match(seen.why, /connect/i);
    waits.push(seen.wait);
    assert.ok(seen.wait <= 2 ** (seen.tries - 1), `${seen.wait} s to wait after try ${seen.tries}`);
  }
  assert.deepEqual(await alertsOf(await letterTo(whom)), []);
  await catcherBack();
  await mailed(whom, /account/i);
  await allSent([whom]);
  t.diagnostic(`waited ${waits.map((wait) => wait.toFixed(1)).join(', ')} s`);
});

test('nobody is told of the catcher’s letters without a login, and none goes there without TLS', async () => {
  const port = Number(new URL(process.env.SMTP_URL).port);
  const socket = tls.connect({ port, host: 'localhost', ca: fs.readFileSync(env.CA_FILE) });
  const said = await new Promise((resolve, reject) => {
    let heard = '';
    socket.on('error', reject);
    socket.on('data', (bytes) => {
      heard += bytes;
      if (/^220 /.test(heard) && !/^250/m.test(heard)) socket.write('EHLO stranger\r\n');
      if (/^250 /m.test(heard) && !/^530/m.test(heard)) socket.write('MAIL FROM:<a@example.com>\r\n');
      if (/^5/m.test(heard)) resolve(heard);
    });
  });
  socket.destroy();
  assert.match(said, /^530 /m);
  const plain = net.connect(port, '127.0.0.1', () => plain.write('EHLO stranger\r\n'));
  plain.on('error', () => {});
  let heard = '';
  plain.on('data', (bytes) => {
    heard += bytes.toString('latin1');
  });
  await once(plain, 'close');
  assert.doesNotMatch(heard, /^2/m);
});

// ---- mailers of our own, at a server of our own ----

describe('a server that does what it likes', () => {
  const mailers = new Set();
  let count;

  before(async () => {
    count = running('jobs_mail').length;
    await supervisor('stop', 'jobs_mail:*');
  });
  after(async () => {
    await Promise.all([...mailers].map((mailer) => mailer.stop()));
    const names = Array.from({ length: count }, (_, i) => `jobs_mail:jobs_mail_0${i + 1}`);
    await supervisor('start', ...names);
  });

  // One more process of the same program, at another server.
  function mailer(t, smtp, settings_ = {}) {
    const child = spawn(`${env.STATE}/bin/jobs`, ['mail'], {
      stdio: 'ignore',
      env: { ...process.env, SMTP_URL: `smtp://localhost:${smtp.port}`, SMTP_TLS: 'off', SMTP_USER: '', SMTP_PASSWORD: '', ...settings_ },
    });
    const made = {
      child,
      stop: async () => {
        mailers.delete(made);
        if (child.exitCode !== null) return child.exitCode;
        const end = once(child, 'exit');
        child.kill('SIGTERM');
        return (await end)[0];
      },
    };
    mailers.add(made);
    t.after(made.stop);
    return made;
  }

  async function serverOf(t, options) {
    const smtp = await startSmtp(options);
    t.after(smtp.close);
    return smtp;
  }

  const taken = (smtp, whom) => smtp.letters.filter(({ to }) => to === whom);

  test('550 at RCPT is for good: recorded, alerted, never tried again', async (t) => {
    const whom = address('refused');
    let asked = 0;
    const smtp = await serverOf(t, { at: (stage, { to }) => {
      if (stage !== 'rcpt' || to !== whom) return undefined;
      asked += 1;
      return '550 5.1.1 nobody of that name';
    } });
    await enqueue(whom);
    mailer(t, smtp);
    await until('the refusal', async () => (await letterTo(whom)).state === 'refused');
    const refused = await letterTo(whom);
    assert.match(refused.why, /550 5\.1\.1/);
    const [alert, ...more] = await alertsOf(refused);
    assert.deepEqual([alert.kind, alert.seen_at, more.length], ['mail_refused', null, 0]);
    assert.match(alert.detail, /550/);
    // even when it would be due: others go by it
    await rows(`update outbox set next_try_at = now() - interval '1 h' where id = $1`, refused.id);
    const later = addresses(3, 'later');
    await each(later, 3, enqueue);
    await allSent(later);
    assert.deepEqual([asked, (await letterTo(whom)).state, taken(smtp, whom).length], [1, 'refused', 0]);
    assert.equal(await value('select letter from outbox where id = $1', refused.id), null);
  });

  test('450 at RCPT and 421 at the start: later, and then it goes', async (t) => {
    const whom = address('grey');
    const answers = { connect: ['421 too busy'], rcpt: ['450 4.7.1 come again'] };
    const smtp = await serverOf(t, { at: (stage) => answers[stage]?.shift() });
    await enqueue(whom);
    mailer(t, smtp);
    await allSent([whom]);
    const sent = await letterTo(whom);
    assert.deepEqual([sent.tries, taken(smtp, whom).length], [3, 1]);
    assert.deepEqual(await alertsOf(sent), []);
  });

  test('the line is cut after the final dot: sent again, under the same Message-ID', async (t) => {
    const whom = address('cut');
    const cuts = ['hang up'];
    const smtp = await serverOf(t, { at: (stage) => (stage === 'dot' ? cuts.shift() : undefined) });
    await enqueue(whom);
    const one = mailer(t, smtp);
    await allSent([whom]);
    const sent = await letterTo(whom);
    assert.deepEqual(taken(smtp, whom).map(({ id }) => id), [idOf(sent), idOf(sent)]);
    assert.equal(sent.tries, 2);
    assert.equal(await one.stop(), 0, 'the mailer outlived it');
  });

  test('a letter that is refused again and again does not hold up the others', async (t) => {
    const whom = address('grey');
    const smtp = await serverOf(t, { at: (stage, { to }) => (stage === 'rcpt' && to === whom ? '451 not now' : undefined) });
    await enqueue(whom);
    const others = addresses(10, 'others');
    await each(others, 4, enqueue);
    mailer(t, smtp);
    await allSent(others);
    assert.equal((await letterTo(whom)).state, 'waiting');
    // past its age it is given up, and a person is told
    await rows(`update outbox set created_at = now() - interval '6 days', next_try_at = now() where address = $1`, whom);
    await until('it to be given up', async () => (await letterTo(whom)).state === 'given_up');
    assert.equal((await alertsOf(await letterTo(whom)))[0].kind, 'mail_given_up');
  });

  test('many codes hold up no other letter', async (t) => {
    const smtp = await serverOf(t);
    const codes = addresses(20, 'code');
    const others = addresses(3, 'other');
    await each(codes, 4, (whom) => rows(`select mail_to($1::text, null, 'address_taken', '{}', now() + interval '10 minutes')`, whom));
    await each(others, 1, enqueue);
    mailer(t, smtp);
    await allSent([...codes, ...others]);
    const order = smtp.letters.map(({ to }) => (others.includes(to) ? 'other' : 'code'));
    assert.ok(order.lastIndexOf('other') <= 6, order.join(' '));
  });

  test('two mailers at once: every letter once', async (t) => {
    const smtp = await serverOf(t);
    const heap = addresses(60, 'heap');
    await each(heap, 4, enqueue);
    const [one, two] = [mailer(t, smtp), mailer(t, smtp)];
    await allSent(heap);
    assert.deepEqual(smtp.letters.map(({ to }) => to).sort(), heap.toSorted());
    assert.deepEqual([await one.stop(), await two.stop()], [0, 0]);
  });

  test('STARTTLS and login are honoured', async (t) => {
    const login = { user: 'post', password: 'pass word' };
    const smtp = await serverOf(t, { secure: 'starttls', login });
    const whom = address('secure');
    await enqueue(whom);
    mailer(t, smtp, { SMTP_TLS: 'required', SMTP_USER: login.user, SMTP_PASSWORD: login.password });
    await allSent([whom]);
    assert.deepEqual(smtp.letters.map(({ to, secure, user }) => [to, secure, user]), [[whom, true, 'post']]);
  });

  test('where TLS is required and not offered, nothing is said in the clear', async (t) => {
    const login = { user: 'post', password: 'secret' };
    const smtp = await serverOf(t, { login });
    const whom = address('clear');
    await enqueue(whom);
    mailer(t, smtp, { SMTP_TLS: 'required', SMTP_USER: login.user, SMTP_PASSWORD: login.password });
    await until('a try', async () => (await letterTo(whom)).why !== null);
    assert.equal((await letterTo(whom)).state, 'waiting');
    assert.deepEqual(smtp.commands.filter((verb) => ['AUTH', 'MAIL', 'RCPT', 'DATA'].includes(verb)), []);
    await rows(`delete from outbox where address = $1`, whom);
  });

  test('a wrong password is the operator’s trouble: letters wait', async (t) => {
    const smtp = await serverOf(t, { secure: 'starttls', login: { user: 'post', password: 'right' } });
    const whom = address('login');
    await enqueue(whom);
    const wrong = mailer(t, smtp, { SMTP_TLS: 'required', SMTP_USER: 'post', SMTP_PASSWORD: 'wrong' });
    await until('a try', async () => (await letterTo(whom)).why !== null);
    assert.equal((await letterTo(whom)).state, 'waiting');
    await wrong.stop();
    mailer(t, smtp, { SMTP_TLS: 'required', SMTP_USER: 'post', SMTP_PASSWORD: 'right' });
    await allSent([whom]);
  });

  test('a server that never answers holds a mailer no longer than its time', async (t) => {
    const whom = address('mute');
    let mute = true;
    const smtp = await serverOf(t, { at: (stage) => {
      if (stage !== 'mail' || !mute) return undefined;
      mute = false;
      return new Promise(() => {});
    } });
    await enqueue(whom);
    mailer(t, smtp, { SMTP_TOTAL_MS: '1000' });
    await allSent([whom]);
    assert.equal((await letterTo(whom)).tries, 2);
  });
});
