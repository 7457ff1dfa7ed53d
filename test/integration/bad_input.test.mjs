// Bad input of every kind gets a 4xx whose body names the fields, and changes
// nothing.  The bodies are bent from the contract's own words, so that a new
// call is tried here without being written here.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { call, get, post, sendRaw } from './support/client.mjs';
import { contract, operations } from './support/contract.mjs';
import { rows, value } from './support/db.mjs';
import { env } from './support/env.mjs';
import { aPackage, address, book, brand, creator, makePackage, PASSWORD } from './support/people.mjs';
import { supervisor } from './support/processes.mjs';

const people = {};
const paths = {}; // operationId: the path with ids of one's own
const good = {}; // operationId: a body that would be taken

before(async () => {
  [people.creator, people.brand] = await Promise.all([creator(), brand()]);
  const bought = await makePackage(people.creator);
  const { booking } = await book(people.brand, bought);
  const packages = `/api/packages/${bought.id}`;
  const bookings = `/api/bookings/${booking.id}`;
  const aCampaign = { title: 'made by bad input', description: 'x', budget: 100, start_date: '2027-01-01', end_date: '2027-02-01', category: 'Other' };
  const { campaign } = (await post('/api/campaigns', { ...aCampaign, status: 'active' }, { as: people.brand, status: 201 })).json;
  const campaigns = `/api/campaigns/${campaign.id}`;
  const { application } = (await post(`${campaigns}/apply`, { proposed_price: 10, deliverables: ['x'] }, { as: people.creator, status: 201 })).json;
  Object.assign(paths, {
    respondToReview: '/api/reviews/1/response',
    listCreatorReviews: `/api/reviews/creator/${bought.creator_id}`, listBrandReviews: `/api/reviews/brand/${booking.brand_id}`,
    resetPassword: `/api/auth/reset-password/${'0'.repeat(64)}`,
    updateCampaign: campaigns, addCampaignPackage: `${campaigns}/packages`, listCampaignPackages: `${campaigns}/packages`, applyToCampaign: `${campaigns}/apply`,
    listApplications: `${campaigns}/applications`, decideApplication: `${campaigns}/applications/${application.id}`,
    ...Object.fromEntries(Object.entries({
      setCollaborationProgress: 'progress', addDeliverable: 'deliverables', addDeliverableDraft: 'deliverables/draft',
      reviseDeliverable: 'deliverables/1/request-revision', cancelCollaboration: 'cancel', requestCancellation: 'cancel-request',
    }).map(([name, rest]) => [name, `/api/collaborations/${booking.id}/${rest}`])),
    updatePackage: packages, setBookingStatus: `${bookings}/status`, actOnBooking: `${bookings}/acts`, payBooking: `${bookings}/payments`,
  });
  Object.assign(good, {
    registerCreator: { email: address('bad'), password: PASSWORD },
    registerBrand: { email: address('bad'), password: PASSWORD, company_name: 'Bad' },
    verifyCode: { email: address('bad'), code: '000000' },
    resendCode: { email: address('bad') },
    login: { email: people.creator.email, password: PASSWORD },
    forgotPassword: { email: address('bad') },
    resetPassword: { password: PASSWORD },
    changePassword: { current_password: PASSWORD, password: 'changed by bad input' },
    confirmEmail: { code: '000000' },
    updateOwnProfile: { description: 'changed by bad input' },
    updateCreatorProfile: { bio: 'changed by bad input' },
    updateBrandProfile: { description: 'changed by bad input' },
    createPackage: aPackage({ title: 'made by bad input' }),
    updatePackage: { title: 'changed by bad input' },
    createCampaign: aCampaign,
    updateCampaign: { title: 'changed by bad input' },
    addCampaignPackage: { package_id: bought.id },
    applyToCampaign: { proposed_price: 10, deliverables: ['x'] },
    decideApplication: { status: 'accepted' },
    createBooking: { package_id: bought.id },
    createMessage: { receiver_id: people.creator.id, content: 'sent by bad input' },
    readAllNotifications: { up_to_id: 1 },
    setPreference: { type: 'review', in_page: true },
    createReview: { collaboration_id: booking.id, rating: 4, comment: 'made by bad input' },
    respondToReview: { response: 'made by bad input' },
    countView: { entity_type: 'package', entity_id: bought.id },
    setBookingStatus: { status: 'cancelled' },
    actOnBooking: { act: 'withdraw' },
    payBooking: { payment_method: 'paynow' },
    setCollaborationProgress: { progress_percentage: 50 },
    addDeliverable: { title: 'made by bad input', url: 'https://example.com/' },
    addDeliverableDraft: { title: 'made by bad input', url: 'https://example.com/' },
    reviseDeliverable: { notes: 'made by bad input' },
    cancelCollaboration: { reason: 'made by bad input' },
    requestCancellation: { reason: 'made by bad input' },
  });
});

const resolve = (thing) => (thing?.$ref
  ? thing.$ref.slice(2).split('/').reduce((at, step) => at[step], contract) : thing);
const schemaOf = (operation) => resolve(operation.requestBody?.content?.['application/json']?.schema);
const withBody = operations.filter(schemaOf);

function caller(operation) {
  const roles = operation['x-roles'];
  return roles.includes('brand') ? people.brand : roles.includes('creator') ? people.creator : undefined;
}
const target = (operation) => paths[operation.operationId] ?? operation.whole;
const send = (operation, body, options = {}) =>
  call(operation.method, target(operation), { as: caller(operation), body, ...options });

// All that a request of these people could have changed.
const everything = () => rows(`
  select (select count(*) from users where email like 'bad%') as users,
         (select count(*) from registrations where email like 'bad%') as registrations,
         (select json_agg(u order by id) from users u where id in ($1, $2)) as accounts,
         (select json_agg(o order by id) from one_time_codes o where user_id in ($1, $2)) as codes,
         (select json_agg(r order by digest) from password_resets r where user_id in ($1, $2)) as resets,
         (select json_agg(m order by id) from messages m where sender_id in ($1, $2)) as messages,
         (select json_agg(r order by id) from reviews r where r.booking_id in (select id from bookings where brand_id = $4)) as reviews,
         (select json_agg(d order by id) from deliverables d where d.booking_id in (select id from bookings where brand_id = $4)) as deliverables,
         (select json_agg(c order by id) from creator_profiles c where user_id = $1) as creator,
         (select json_agg(b order by id) from brand_profiles b where user_id = $2) as brand,
         (select json_agg(p order by id) from packages p where creator_id = $3) as packages,
         (select json_agg(k order by id) from bookings k where brand_id = $4) as bookings,
         (select json_agg(g order by id) from campaigns g where brand_id = $4) as campaigns,
         (select json_agg(a order by id) from campaign_applications a where creator_id = $3) as applications,
         (select count(*) from payments p join bookings k on k.id = p.booking_id where k.brand_id = $4) as payments,
         (select count(*) from booking_log l join bookings k on k.id = l.booking_id where k.brand_id = $4) as log,
         (select count(*) from sessions where user_id in ($1, $2)) as sessions,
         (select count(*) from outbox o where o.user_id in ($1, $2)) as letters`,
people.creator.id, people.brand.id, people.creator.profile.id, people.brand.profile.id);

async function nothingChanged(fn) {
  const was = await everything();
  await fn();
  assert.deepEqual(await everything(), was);
}

// Values that the schema of a field does not know, each with its fault.
function wrongValues(given) {
  const schema = { ...given, ...resolve(given) };
  const choices = schema.oneOf ?? [schema];
  const types = choices.flatMap((one) => [resolve(one).type].flat());
  const wrong = [];
  if (!types.includes('string')) wrong.push('a text', '');
  if (!types.includes('number') && !types.includes('integer')) wrong.push(7, 1.5);
  if (!types.includes('boolean')) wrong.push(true);
  if (!types.includes('array')) wrong.push([], ['x']);
  if (!types.includes('object')) wrong.push({}, { x: 1 });
  if (types.includes('integer')) wrong.push(1.5, '1', 1e300, -9007199254740993);
  if (types.includes('string')) wrong.push('\u0000', 'a\u0000b', '\u0001', 'x'.repeat(200000));
  const { minimum, maximum, minLength, maxLength, maxItems, items } = choices.map(resolve).reduce((all, one) => ({ ...all, ...one }), {});
  if (minimum !== undefined) wrong.push(minimum - 1);
  if (maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER) wrong.push(maximum + 1);
  if (minLength) wrong.push('', '   ', '\u00e9'.repeat(minLength - 1));
  if (maxLength) wrong.push('\u00e9'.repeat(maxLength + 1));
  if (maxItems) wrong.push(Array(maxItems + 1).fill('x'));
  if (items) wrong.push([1], [null], [[]], [{}], ['']);
  if (choices[0].enum) wrong.push(`${choices[0].enum[0]} `.repeat(2), `x${choices[0].enum[0]}`);
  if (schema.$ref?.endsWith('/EmailIn')) {
    wrong.push('', 'no at', '@', 'a@', '@b.c', 'a@b', 'a@@b.c', 'a b@c.de', 'a@b..c', 'a@.b', 'a@b.c\r\nBcc: x@y.zw', '<a@b.cd>', 'a@b.cd,e@f.gh', `${'a'.repeat(120)}@b.cd`);
  }
  return wrong;
}

// Any character but NUL may stand in a password.
const wrongPasswords = (known) =>
  [7, true, [], ['x'], {}, '', '\u0000', 'long enough\u0000', 'x'.repeat(1025), ...(known ? [] : ['seven77', ' '])];

for (const operation of withBody) {
  const { operationId } = operation;
  const schema = schemaOf(operation);

  describe(operationId, () => {
    test('what is no JSON object is 400', async () => {
      const nested = '['.repeat(5000) + ']'.repeat(5000);
      await nothingChanged(async () => {
        for (const body of ['{', '}', '{"a":1,}', "{'a':1}", '{"a":1}{"b":2}', '{"a":1} x', '[]', '"x"', '7', 'null', 'true', 'NaN', '{"a":NaN}',
          '{"a":Infinity}', '{"a":01}', '{"a":1', '{"a" 1}', '{a:1}', '/* */{}', '\ufeff{}', '{"a":"\t"}', '{"a":"\\x"}', '{"a":"\\ud800"}', nested,
          `{"a":${nested}}`, '{"a":1,"a":2}', `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`, '\u0000', 'email=x&password=y']) {
          const answer = await send(operation, body);
          assert.deepEqual([answer.status, answer.json.code], [400, 'body_malformed'], `${body.slice(0, 40)}: ${answer.text.slice(0, 300)}`);
        }
      });
    });

    test('what is no UTF-8 is 400', async () => {
      const first = Object.keys(good[operationId])[0];
      await nothingChanged(async () => {
        for (const bytes of [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xe2, 0x82], [0xf5, 0x80, 0x80, 0x80], [0x80]]) {
          const body = Buffer.concat([Buffer.from(`{"${first}": "`), Buffer.from(bytes), Buffer.from('"}')]);
          await send(operation, body, { status: 400 });
        }
      });
    });

    test('a missing field is named', async () => {
      if (!schema.required) {
        const unknown = await send(operation, { nothing_known: 1 }, { status: 422 });
        assert.ok(unknown.json.fields.nothing_known);
        return;
      }
      await nothingChanged(async () => {
        for (const body of [{}, undefined, ...schema.required.map((name) => ({ ...good[operationId], [name]: undefined })),
          ...schema.required.map((name) => ({ ...good[operationId], [name]: null }))]) {
          const answer = await send(operation, body, { status: 422 });
          const missing = schema.required.filter((name) => (body?.[name] ?? undefined) === undefined);
          assert.deepEqual(Object.keys(answer.json.fields).sort(), missing.sort(), answer.text);
        }
      });
    });

    test('an unknown field is named', async () => {
      await nothingChanged(async () => {
        for (const name of ['nothing_known', 'id', '__proto__', 'Email', 'is_active\u0000', '', 'x'.repeat(1000)]) {
          if (Object.hasOwn(schema.properties, name)) continue;
          const body = `{${JSON.stringify(name)}: 1, ${JSON.stringify(good[operationId]).slice(1)}`;
          const answer = await send(operation, body);
          assert.deepEqual([answer.status, answer.status === 422 && Object.keys(answer.json.fields).length], name.includes('\u0000') ? [400, false] : [422, 1], `${name.slice(0, 20)}: ${answer.text}`);
        }
      });
    });

    for (const [name, property] of Object.entries(schema.properties)) {
      test(`a bad ${name} is named, and nothing else`, async () => {
        await nothingChanged(async () => {
          for (const wrong of name.endsWith('password') ? wrongPasswords(operationId === 'login' || name === 'current_password') : wrongValues(property)) {
            const answer = await send(operation, JSON.stringify({ ...good[operationId], [name]: wrong }));
            const what = `${operationId} ${name} = ${JSON.stringify(wrong).slice(0, 60)}: ${answer.status} ${answer.text.slice(0, 300)}`;
            assert.equal(answer.status, 422, what);
            assert.deepEqual(Object.keys(answer.json.fields), [name], what);
          }
        });
      });
    }

    test('another content type is 415', async () => {
      await nothingChanged(async () => {
        for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp', 'json', '']) {
          await send(operation, JSON.stringify(good[operationId]), { headers: { 'content-type': type }, status: 415 });
        }
      });
    });

    test('two megabytes are 413', async () => {
      await nothingChanged(async () => {
        const body = JSON.stringify({ ...good[operationId], x: 'x'.repeat(2 * 1024 * 1024) });
        await send(operation, body, { status: 413 });
      });
    });
  });
}

test('a body of one megabyte that holds 300,000 values is 400, and costs no worker its life', async () => {
  const workers = async () => (await supervisor('status')).split('\n')
    .map((line) => /^(?:api|auth|payments):(\S+) +RUNNING +pid ([0-9]+)/.exec(line)).filter(Boolean).map(([, name, pid]) => `${name} ${pid}`);
  const were = await workers();
  assert.ok(were.length >= 3, were.join());
  const many = (count, one) => `{"x":[${Array(count).fill(one).join()}]}`;
  await nothingChanged(async () => {
    for (const operation of withBody) {
      for (const body of [many(300000, '{}'), many(300000, '[]'), many(500000, '1'),
        `{${Array.from({ length: 70000 }, (_, n) => `"${n}":{}`).join()}}`, many(100000, '[[[]]]'), many(10000, '{}')]) {
        assert.ok(body.length < 1048576);
        const { json } = await send(operation, body, { status: 400 });
        assert.equal(json.code, 'body_malformed');
      }
      // this side of the limit it is a body like any other
      const { json } = await send(operation, many(9000, '{}'), { status: 422 });
      assert.ok(json.fields.x);
    }
  });
  assert.deepEqual(await workers(), were);
});

describe('paths and methods', () => {
  const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

  test('a wrong method is 405, and says which are right', async () => {
    const byPath = Map.groupBy ? Map.groupBy(operations, (o) => o.whole) : operations.reduce(
      (map, o) => map.set(o.whole, [...(map.get(o.whole) ?? []), o]), new Map());
    for (const [path, there] of byPath) {
      const known = there.map(({ method }) => method);
      const example = path.replaceAll(/\{[a-z_]*id\}/g, '1').replace('{token}', '00000000-0000-4000-8000-000000000000');
      // one path may fit another's parameter: /notifications/mark-all-read
      for (const method of METHODS.filter((one) => !known.includes(one))) {
        const answer = await call(method, example, { undocumented: true, as: people.brand });
        assert.equal(answer.status, 405, `${method} ${example}: ${answer.text}`);
        assert.deepEqual(answer.headers.allow.split(', ').sort(), known.sort());
      }
    }
  });

  test('methods that nobody takes are refused', async () => {
    for (const [method, refusal] of [['TRACE', 405], ['PROPFIND', 405], ['get', 400], ['FOO', 405], ['G'.repeat(300), 405]]) {
      const { status } = await sendRaw(`${method} /api/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      assert.equal(status, refusal, method);
    }
  });

  test('an unknown path is 404', async () => {
    for (const path of ['/api', '/api/', '/api/nothing', '/api/users', '/api/admin', '/api/bookings/1/nothing', '/api/packages/1/2', '/api/health/x',
      '/api/v1/packages', '/api/creators/1.json', '/api/creators/0x1', '/api/creators/+1', '/api/creators/1%2F2', '/api/..%2f..%2fetc/passwd',
      '/api/%00', '/api/creators/%ff', "/api/creators/1'", '/api/creators/1;x=1', '/api/payment/return', '/api/payment/return/', `/api/${'a/'.repeat(200)}`]) {
      const answer = await call('GET', path, { undocumented: true });
      assert.equal(answer.status, ['/api/..%2f..%2fetc/passwd', '/api/%00'].includes(path) ? 400 : 404, path);
    }
  });

  test('HEAD is GET without a body', async () => {
    const { status, text } = await sendRaw('HEAD /api/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    assert.deepEqual([status, text], [200, '']);
  });
});

describe('queries', () => {
  const lists = operations.filter((o) => o.parameters.some((p) => p.name === 'page'));

  for (const operation of lists) {
    test(`${operation.operationId}: bad pages are 422 and named`, async () => {
      const as = caller(operation);
      for (const name of ['page', 'per_page']) {
        for (const wrong of ['0', '-1', 'x', '1.5', '1e3', '99999999999999999999', '٣', '0x10', '1;drop', 'NaN', '%00', '%ff', '1&page=2'.replace('page', name)]) {
          const answer = await get(`${target(operation)}?${name}=${encodeURI(wrong).replaceAll('%25', '%')}`, { as, status: 422 });
          assert.ok(answer.json.fields[name] ?? answer.json.fields.query, `${name}=${wrong}: ${answer.text}`);
        }
      }
      await get(`${target(operation)}?page=1000000&per_page=100`, { as, status: 200 });
      await get(`${target(operation)}?page=&per_page=`, { as, status: 200 });
    });
  }

  test('bad filters are 422 and named', async () => {
    const bad = {
      '/api/packages': { min_price: ['x', '-1', '1.234', '1e3', '%00'], max_price: ['x'], creator_id: ['0', 'x', '-1', '99999999999999999999'],
        currency: ['EUR', 'usd', 'US', 'USDD'], my_packages: ['yes'], search: ['%00', '%ff', 'x'.repeat(101)], category: ['x'.repeat(101)] },
      '/api/creators': { min_followers: ['-1', 'x', '1.5'], max_price: ['free'], search: ['%01', 'x'.repeat(101)], location: ['%ff'], platform: ['x'.repeat(31)] },
    };
    for (const [path, filters] of Object.entries(bad)) {
      for (const [name, values] of Object.entries(filters)) {
        for (const one of values) {
          const answer = await get(`${path}?${name}=${one}`, { status: 422 });
          assert.deepEqual(Object.keys(answer.json.fields), [one === '%00' ? 'query' : name], `${path} ${name}=${one}`);
        }
      }
    }
    const flag = await get('/api/notifications?unread_only=maybe', { as: people.brand, status: 422 });
    assert.ok(flag.json.fields.unread_only);
  });

  test('words of SQL are words', async () => {
    for (const few of ["'", "' or '1'='1", '"; drop table users; --', '\\', '%', '_', '$1', '1) union select 1--', "\\'; select pg_sleep(5)--"]) {
      const words = few.padEnd(3, few); // fewer are no search
      for (const path of ['/api/packages?search=', '/api/creators?search=', '/api/creators?location=', '/api/packages?category=']) {
        await get(path + encodeURIComponent(words), { status: 200 });
      }
    }
  });
});

describe('raw HTTP', () => {
  const raw = (head, body = '') => sendRaw(`${head}\r\nConnection: close\r\n\r\n${body}`);
  const first = 'POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json';

  test('long headers, many headers and long lines are refused', async () => {
    const { host } = new URL(env.BASE_URL);
    for (const [head, refusal] of [
      [`GET /api/health HTTP/1.1\r\nHost: ${host}\r\nX-Long: ${'x'.repeat(70000)}`, 431],
      [`GET /api/health HTTP/1.1\r\nHost: ${host}\r\n${'X-Many: x\r\n'.repeat(9000)}X-Last: 1`, 431],
      [`GET /api/health?${'x'.repeat(70000)} HTTP/1.1\r\nHost: ${host}`, 414],
      [`GET /api/health HTTP/1.1\r\nHost: ${host}\r\nCookie: ${'a=b; '.repeat(20000)}`, 431],
    ]) {
      const { status } = await raw(head);
      assert.equal(status, refusal, head.slice(0, 90));
    }
    await get('/api/auth/me', { headers: { authorization: `Bearer ${'x'.repeat(6000)}` }, status: 401 });
  });

  test('NUL, bare line ends and folded headers are refused', async () => {
    for (const head of [
      'GET /api/health\u0000 HTTP/1.1\r\nHost: localhost',
      'GET /api/health HTTP/1.1\r\nHost: localhost\r\nX-A: a\u0000b',
      'GET  HTTP/1.1\r\nHost: localhost',
      'GET /api/health HTTP/9.9\r\nHost: localhost',
      'GET /api/health HTTP/1.1',
      'GET /api/health HTTP/1.1\r\nHost: a\r\nHost: b',
    ]) {
      const { status } = await raw(head);
      assert.equal(status, head.includes('HTTP/9.9') ? 505 : 400, JSON.stringify(head));
    }
  });

  test('lengths that disagree, and smuggled requests, are refused', async () => {
    for (const [head, body, refusal = 400] of [
      [`${first}\r\nContent-Length: 5\r\nContent-Length: 6`, '{"a":'],
      [`${first}\r\nContent-Length: -1`, ''],
      [`${first}\r\nContent-Length: 1x`, 'x'],
      [`${first}\r\nContent-Length: 99999999999999999999`, 'x'],
      [`${first}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked`, '0\r\n\r\nGET /api/health HTTP/1.1\r\n\r\n'],
      [`${first}\r\nTransfer-Encoding: chunked`, 'zz\r\n{}\r\n0\r\n\r\n'],
      [`${first}\r\nTransfer-Encoding: gzip, chunked`, '0\r\n\r\n', 501],
      [`${first}\r\nContent-Length: 10000000000`, '{}', 413],
    ]) {
      const { status } = await raw(head, body);
      assert.equal(status, refusal, head.split('\r\n').slice(3).join());
    }
  });

  test('a chunked body is a body like any other', async () => {
    const body = JSON.stringify({ email: people.brand.email, password: PASSWORD });
    const { status, text } = await raw(`${first}\r\nTransfer-Encoding: chunked`, `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`);
    assert.equal(status, 200, text);
  });

  test('a request id of the client’s is not taken for ours', async () => {
    const answer = await get('/api/nothing', { undocumented: true, headers: { 'x-request-id': 'mine' } });
    assert.notEqual(answer.headers['x-request-id'], 'mine');
    assert.equal(answer.json.request_id, answer.headers['x-request-id']);
  });

  test('method override headers override nothing', async () => {
    const was = await value('select count(*) from packages');
    const answer = await get('/api/packages', { headers: { 'x-http-method-override': 'DELETE', 'x-method-override': 'POST', 'x-original-url': '/api/bookings' } });
    assert.equal(answer.status, 200);
    assert.equal(await value('select count(*) from packages'), was);
  });
});

describe('the gateway’s door', () => {
  test('what is no form of the gateway’s is refused', async () => {
    for (const form of ['', '=', '&', '&&&', 'reference', 'reference=&status=&amount=', '%', '%zz', '\u0000', 'x'.repeat(60000), `${'a=b&'.repeat(5000)}c=d`,
      '{"reference":"BB000000000001","status":"Paid"}', 'reference=BB000000000001%00&status=Paid']) {
      for (const path of ['/api/payment/webhook', '/api/bookings/payment-webhook']) {
        const answer = await call('POST', path, { form });
        assert.deepEqual([answer.status, answer.json.code], [400, 'callback_malformed'], form.slice(0, 30));
      }
    }
    const big = await call('POST', '/api/payment/webhook', { form: 'x'.repeat(2 * 1024 * 1024) });
    assert.equal(big.status, 413);
  });
});
