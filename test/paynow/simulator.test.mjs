// The simulator judged by Paynow's own SDK, by published vectors, and by hand.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import constants from 'paynow/dist/constants.js';
import sdk from 'paynow';
import { digestOf, parse, serialize, signPairs } from './wire.mjs';
import { startSimulator } from './simulator.mjs';

const KEY = '3e9fed89-60e1-4ce5-ab6e-6b1eb2d4f977';
const ZWG_KEY = '9d1f0c52-7b6e-4f0a-8a39-2f6f1f0f7c11';
const POLL_V6 = 'https://www.paynow.co.zw/Interface/CheckPayment/?guid=811e0233-e9c6-474f-a01a-f2a4df1dde51';

// Tests own their form and hash code: the simulator's must not judge itself.
function digest(values, key) {
  return createHash('sha512').update(values.join('') + key.toLowerCase(), 'utf8').digest('hex').toUpperCase();
}

function formOf(fields, key) {
  const form = new URLSearchParams(fields);
  if (key) form.append('hash', digest(Object.values(fields), key));
  return form.toString();
}

const read = (text) => Object.fromEntries(new URLSearchParams(text));

// A merchant's server: keeps what comes, answers as told, 200 by default.
async function startMerchant(t, tls) {
  const merchant = { got: [], answers: [] };
  const handle = async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    merchant.got.push({ url: request.url, headers: request.headers, body: Buffer.concat(parts).toString('latin1') });
    response.writeHead(merchant.answers.shift() ?? 200).end('ok');
  };
  const onRequest = (request, response) => handle(request, response).catch(() => response.destroy());
  const server = tls ? https.createServer(tls, onRequest) : http.createServer(onRequest);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  merchant.url = `${tls ? 'https' : 'http'}://127.0.0.1:${server.address().port}`;
  merchant.statuses = () => merchant.got.map(({ body }) => read(body).status);
  return merchant;
}

async function start(t, options = {}) {
  const simulator = await startSimulator({ scale: 0, seed: 7, ...options });
  t.after(() => simulator.close());
  const merchant = await startMerchant(t);
  const paynow = new sdk.Paynow('1201', KEY, `${merchant.url}/result`, `${merchant.url}/return`);
  constants.URL_INITIATE_TRANSACTION = `${simulator.url}/interface/initiatetransaction`;
  constants.URL_INITIATE_MOBILE_TRANSACTION = `${simulator.url}/interface/remotetransaction`;

  const post = (url, body, init) =>
    fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded' }, ...init });
  const order = (extra) => ({
    id: '1201',
    reference: 'BB000000000042',
    amount: '10.50',
    additionalinfo: '',
    returnurl: `${merchant.url}/return?o=42&t=a%2fb`,
    resulturl: `${merchant.url}/result/42`,
    authemail: 'ada@example.com',
    ...extra,
  });
  const call = async (path, fields, key = KEY) => {
    const response = await post(`${simulator.url}/interface/${path}`, formOf(fields, key));
    const text = await response.text();
    return { status: response.status, text, ...read(text) };
  };
  return {
    simulator,
    merchant,
    paynow,
    post,
    call,
    order,
    web: (extra, key) => call('initiatetransaction', { ...order(), ...extra, status: 'Message' }, key),
    express: (extra, key) => call('remotetransaction', { ...order(), ...extra, status: 'Message' }, key),
    trace: (merchanttrace, key) => call('trace', { id: '1201', merchanttrace, status: 'Message' }, key),
    poll: async (url) => read(await (await post(url, '')).text()),
    cart: (reference, email, amount = 10.5) => {
      const payment = paynow.createPayment(reference, email);
      payment.add('Package', amount);
      return payment;
    },
  };
}

const VECTORS = [
  ['V1', KEY, ['1201', 'TEST REF', '99.99', 'A test ticket transaction', 'http://www.google.com/search?q=returnurl', 'http://www.google.com/search?q=resulturl', 'Message'], '2A033FC38798D913D42ECB786B9B19645ADEDBDE788862032F1BD82CF3B92DEF84F316385D5B40DBB35F1A4FD7D5BFE73835174136463CDD48C9366B0749C689'],
  ['V2', KEY, ['Ok', 'https://staging.paynow.co.zw/Payment/ConfirmPayment/9510', 'https://staging.paynow.co.zw/Interface/CheckPayment/?guid=c7ed41da-0159-46da-b428-69549f770413', '9510'], '750DD0B0DF374678707BB5AF915AF81C228B9058AD57BB7120569EC68BBB9C2EFC1B26C6375D2BC562AC909B3CD6B2AF1D42E1A5E479FFAC8F4FB3FDCE71DF4D'],
  ['V3', '0123456789', ['Invoice 32', '1234567', '3.50', 'Created', 'https://www.paynow.co.zw/Interface/CheckPayment/?guid=06f656ab-ed60-4a03-8373-a3321b4b3e68'], 'DD982F5F279A97BE50E0156742804CAFA5E658E58AC0DB4B7D91C1B45E95A3B42475F91A249DDBEB1FF2FB69D80D3FAE3DC2289649B03ADEDEDB9624D444485E'],
  ['V4', KEY, ['1201', 'BB000000000042', '10.50', '', 'https://shop.example/pay/return?o=42&t=a b', 'https://shop.example/pay/result/42', 'ada@example.com', 'BB000000000042A1', 'Message'], '164050EE53525F43589EEF95812648E2033B98D05DCEBC7951D6CCFB486BCDD3504E2D6E1830C7ACC57C27CDD2E25E13B1911E674F0C27B2B0D0BAB622580BAA'],
  ['V5', KEY, ['1201', 'BB000000000042', '10.50', 'https://shop.example/r', 'https://shop.example/c', 'ada@example.com', '0771111111', 'ecocash', 'BB000000000042A1', 'Message'], '4032B768BBDCEC652BC49B3ECE3C1D4AB1FDE2832A0075D2850EAF80D5E3771B97FD79B75C899F340C0270495244DDE9A8C8E5B44A0A11F8DA3B529B635F570E'],
  ['V6', KEY, ['Ok', 'https://www.paynow.co.zw/Payment/ConfirmPayment/15655543', POLL_V6, '15655543'], 'C69ABEEE4E52D2C7886995AD98D1083E42229B3262E8BB4BFC7A23DE451A50902B37151350C28068F19F546912DDB0276D63216A2691FBFEE874A92447E1932C'],
  ['V8', KEY, ['BB000000000042', '15655543', '10.50', 'Awaiting Delivery', POLL_V6], 'D1B391C3A3765C2EC84726C2D9FE731B38B7371CD46B713DFFE4BE0F679F0C06F2653DF6D659C57FA1AAEDE959A1BBC186D19AA4AB98692C842F1826350033E8'],
  ['V9', KEY, ['1201', 'BB000000000042A1', 'Message'], 'EA622A43CDC9ECD34C159B344692D9190675A0934C7D22C3D135C12A3CE495FD718FB5A15FE4B610FE473F88B7FE7ABFA5C064D6C40A6E2733C01254DFC6DC92'],
  ['V10', KEY, ['NotFound'], '0A874F34E24DBC21E02882AA203FF61861B86CDA03E1B337128534B0982387E3965264CF5CDD211358C4C2ACA0AD0F2307EA8FBFB4818846937637C156854B18'],
  ['V11', KEY, ['1201', '012345', 'Message'], '60977AD3A6A1E5529811B88B882ACFC8C1ECC1BF6F24494A088AB3E1EB75A0A943DC2129197A9D5D76A310DB2F16EC8207D4F7697CABD9EE498CF8F91B7A58AC'],
];

for (const [name, key, values, hash] of VECTORS) {
  test(`hashes vector ${name}`, () => {
    const pairs = values.map((value, at) => [`field${at}`, value]);
    assert.equal(signPairs(pairs, key).at(-1)[1], hash);
    // The same values by the wire, and with the key's letters in capitals.
    assert.equal(digestOf(parse(serialize(pairs)), key.toUpperCase()), hash);
  });
}

test('hashes vector V7, whose bytes are awkward, as it came', () => {
  const wire = `reference=A%26B%3d%2b%25+%c3%a9&paynowreference=1%2c082&amount=1.00&status=Paid&pollurl=${encodeURIComponent(POLL_V6)}`;
  const pairs = parse(wire);
  assert.equal(pairs[0].value, 'A&B=+% é');
  assert.equal(
    digestOf(pairs, KEY),
    '770E7AEB1641F6C4BF5E70A754B04547B0E0E604ED1AC6690AA9B6646EDF27B8993448285F6981D6777577046840F76CB936600B6377A658D2A3B10E4DAA15ED',
  );
  assert.ok(serialize([['reference', 'A&B=+% é*']]).endsWith('A%26B%3d%2b%25+%c3%a9*'));
});

test('the SDK pays on the web and reads every update', async (t) => {
  const { simulator, merchant, paynow, cart } = await start(t);
  const reply = await paynow.send(cart('INV 35 & co', 'ada@example.com'));
  assert.equal(reply.success, true);
  assert.ok(reply.redirectUrl.startsWith(`${simulator.url}/Payment/ConfirmPayment/`));
  assert.equal((await paynow.pollTransaction(reply.pollUrl)).status, 'created');

  const response = await fetch(reply.redirectUrl, { method: 'POST', body: new URLSearchParams({ act: 'pay' }), redirect: 'manual' });
  assert.equal(response.status, 303);
  assert.equal(response.headers.get('location'), `${merchant.url}/return`);
  // The callbacks came before the payer was sent back.
  const updates = merchant.got.map(({ body }) => paynow.parseStatusUpdate(body));
  assert.deepEqual(updates.map(({ status }) => status), ['Sent', 'Paid']);
  assert.equal(updates[1].amount, '10.50');
  // This SDK encodes twice; the gateway undoes one of the two.
  assert.equal(updates[1].reference, 'INV%2035%20&%20co');
  assert.equal(updates[1].pollUrl, reply.pollUrl);
  assert.equal(merchant.got[1].headers['content-type'], 'application/x-www-form-urlencoded');
  assert.equal((await paynow.pollTransaction(reply.pollUrl)).status, 'paid');
});

test('the SDK pays by wallet, and each method says what its payer needs', async (t) => {
  const { simulator, merchant, paynow, cart } = await start(t);
  for (const method of ['ecocash', 'ONEMONEY']) {
    const reply = await paynow.sendMobile(cart('BB1', 'ada@example.com'), '0771234567', method);
    assert.equal(reply.success, true);
    assert.equal(reply.hasRedirect, false);
    assert.match(reply.instructions, /0771234567/);
  }
  const innbucks = await paynow.sendMobile(cart('BB2', 'ada@example.com'), '0771234567', 'innbucks');
  assert.match(innbucks.innbucks_info[0].authorizationcode, /^[0-9]{9}$/);
  assert.match(innbucks.innbucks_info[0].expires_at, /^[0-9]{1,2}-[A-Z][a-z]{2}-20[0-9]{2} [0-9]{2}:[0-9]{2}$/);
  await simulator.advance(5000);
  assert.deepEqual(merchant.got.map(({ body }) => paynow.parseStatusUpdate(body).status), ['Sent', 'Sent', 'Sent', 'Paid', 'Paid', 'Paid']);
});

test('the SDK sees a refusal', async (t) => {
  const { paynow, cart } = await start(t);
  const broke = await paynow.sendMobile(cart('BB1', 'ada@example.com'), '0774444444', 'ecocash');
  assert.deepEqual([broke.success, broke.error], [false, 'Insufficient balance']);
  const stranger = new sdk.Paynow('99', KEY, 'http://127.0.0.1/', 'http://127.0.0.1/');
  assert.equal((await stranger.send(cart('BB1', 'ada@example.com'))).error, 'Invalid id.');
  const unset = new sdk.Paynow('1201', KEY);
  assert.equal((await unset.send(cart('BB1', 'ada@example.com'))).error, 'Invalid returnurl field');
});

test('replies have the captured order and encoding, and no newline', async (t) => {
  const { merchant, simulator, web, express, post } = await start(t, { start: Date.UTC(2026, 0, 5, 21, 58) });
  const names = (text) => text.split('&').map((pair) => pair.split('=')[0]);
  const reply = await web();
  assert.deepEqual(names(reply.text), ['status', 'browserurl', 'pollurl', 'paynowreference', 'hash']);
  assert.match(reply.text, /^status=Ok&browserurl=http%3a%2f%2f127\.0\.0\.1%3a[0-9]+%2fPayment%2fConfirmPayment%2f[0-9]+&/);
  assert.match(reply.text, /&hash=[0-9A-F]{128}$/);
  const wallet = await express({ phone: '0771111111', method: 'ecocash' });
  assert.deepEqual(names(wallet.text), ['status', 'instructions', 'paynowreference', 'pollurl', 'hash']);
  const innbucks = await express({ phone: '+263771111111', method: 'innbucks' });
  assert.equal(innbucks.authorizationexpires, '6-Jan-2026 00:08');

  await simulator.setStatus({ reference: 'BB000000000042', status: 'Awaiting Delivery' });
  await simulator.idle();
  const update = merchant.got[0].body;
  assert.deepEqual(names(update), ['reference', 'paynowreference', 'amount', 'status', 'pollurl', 'hash']);
  assert.match(update, /&status=Awaiting\+Delivery&/);
  assert.equal(await (await post(innbucks.pollurl, '')).text(), update);
  assert.equal(await (await fetch(innbucks.pollurl.toLowerCase().replace('payment/?', 'payment?'))).text(), update);
  assert.equal(merchant.got[0].url, '/result/42');
});

test('paths go in any case and the hash may stand anywhere', async (t) => {
  const { simulator, post, order } = await start(t);
  const fields = { ...order(), status: 'Message' };
  const hash = digest(Object.values(fields), KEY);
  const { id, ...rest } = fields;
  const body = new URLSearchParams({ id, hash, ...rest });
  const reply = await post(`${simulator.url}/INTERFACE/InitiateTransaction/`, body);
  assert.match(await reply.text(), /^status=Ok&/);
  assert.equal((await fetch(`${simulator.url}/interface/trace`)).status, 405);
});

test('refusals come in the documented order, as a 200 without a hash', async (t) => {
  const { web, express, simulator } = await start(t);
  const refusal = async (promise) => {
    const reply = await promise;
    assert.deepEqual([reply.hash, reply.text.startsWith('status=Error&error=')], [undefined, true]);
    return reply.error;
  };
  const bad = { amount: '1,000.00', returnurl: 'nowhere' };
  assert.equal(await refusal(web({ id: '7', ...bad }, 'x')), 'Invalid id.');
  const text = await refusal(web(bad, 'wrong-key'));
  assert.match(text, /^Invalid Hash\. {2}Hash should start with: [0-9A-F]{6}$/);
  assert.equal(await refusal(web(bad)), 'Invalid amount field');
  for (const amount of ['$5', '5.', '.5', '5.123', '0', '0.00', '-1', '1e3', ' 5', '']) {
    assert.equal(await refusal(web({ amount })), 'Invalid amount field', amount);
  }
  assert.equal(await refusal(web({ returnurl: 'nowhere' })), 'Invalid returnurl field');
  assert.equal(await refusal(web({ resulturl: 'ftp://x/' })), 'Invalid resulturl field');
  assert.equal(await refusal(express({ authemail: '', method: 'ecocash', phone: '0771111111' })), 'Invalid authemail field');
  assert.match(await refusal(express({ method: 'paygo', phone: '0771111111' })), /not enabled/);
  assert.equal(await refusal(express({ method: 'ecocash', phone: '12' })), 'Invalid phone number');
  assert.equal(await refusal(express({ method: 'vmc', token: `{${'1'.repeat(8)}}` })), 'Invalid merchanttrace field');
  assert.equal(await refusal(web({ merchanttrace: 'x'.repeat(33) })), 'Invalid merchanttrace field');
  assert.equal((await web({ merchanttrace: 'T1' })).text.slice(0, 9), 'status=Ok');
  assert.equal(await refusal(web({ merchanttrace: 'T1' })), 'Duplicate merchanttrace');
  assert.equal(simulator.transactions().length, 1);
});

test('takes amounts as the SDKs send them and gives two places', async (t) => {
  const { web, poll } = await start(t);
  for (const [amount, given] of [['5', '5.00'], ['5.9', '5.90'], ['005.09', '5.09'], ['123456.78', '123456.78']]) {
    assert.equal((await poll((await web({ amount })).pollurl)).amount, given);
  }
});

test('a test-mode integration takes only its own logins and the test numbers', async (t) => {
  const { simulator, express, web } = await start(t);
  simulator.setIntegration('1201', { mode: 'test' });
  assert.match((await web()).error, /currently in test mode/);
  const login = { authemail: 'merchant@example.com', method: 'ecocash' };
  assert.match((await express({ ...login, phone: '0779999999' })).error, /test numbers/);
  assert.equal((await express({ ...login, phone: '0771111111' })).text.slice(0, 9), 'status=Ok');
});

const TOKEN_GROUPS = [8, 4, 4, 4, 12];
const CHOICES = [
  ['ecocash', (n) => ({ phone: `077${String(n).repeat(7)}` })],
  ['onemoney', (n) => ({ phone: `+26377${String(n).repeat(7)}` })],
  ['vmc', (n) => ({ token: `{${TOKEN_GROUPS.map((length) => String(n).repeat(length)).join('-')}}` })],
  ['zimswitch', (n) => ({ token: String(n).repeat(32) })],
];
const ENDS = { 1: [5000, 'Paid'], 2: [30000, 'Paid'], 3: [30000, 'Failed'] };

for (const [method, fields] of CHOICES) {
  test(`the test values of ${method} end as published`, async (t) => {
    const { simulator, merchant, express, paynow, poll, trace } = await start(t);
    for (const [n, [after, status]] of Object.entries(ENDS)) {
      merchant.got.length = 0;
      const reply = await express({ method, merchanttrace: `T${n}`, ...fields(n) });
      assert.match(reply.text, /^status=Ok&/);
      assert.equal((await poll(reply.pollurl)).status, 'Created');
      await simulator.advance(after - 1);
      assert.equal((await poll(reply.pollurl)).status, 'Sent');
      assert.deepEqual(merchant.statuses(), ['Sent']);
      await simulator.advance(1);
      assert.deepEqual(merchant.statuses(), ['Sent', status]);
      assert.equal(paynow.parseStatusUpdate(merchant.got[1].body).status, status);
      assert.equal((await poll(reply.pollurl)).status, status);
    }
    const broke = await express({ method, merchanttrace: 'T4', ...fields(4) });
    assert.equal(broke.error, 'Insufficient balance');
    assert.equal((await trace('T4')).status, 'NotFound');
    assert.equal(simulator.transactions().length, 3);
  });
}

test('a charge of a stored card brings a new token and uses up the old', async (t) => {
  const { simulator, merchant, web, express } = await start(t);
  const { paynowreference } = await web({ tokenize: 'true' });
  simulator.outcome({ reference: paynowreference, outcome: 'paid' });
  await simulator.idle();
  const first = read(merchant.got.at(-1).body);
  assert.match(first.token, /^\{[0-9a-f-]{36}\}$/);
  assert.match(first.tokenexpiry, /^[0-9]{2}[A-Z][a-z]{2}20[0-9]{2}$/);

  simulator.switch({ token_expiry_dashes: true });
  const charge = { method: 'vmc', token: first.token, merchanttrace: 'A' };
  assert.match((await express(charge)).text, /^status=Ok/);
  await simulator.advance(5000);
  const second = read(merchant.got.at(-1).body);
  assert.notEqual(second.token, first.token);
  assert.match(second.tokenexpiry, /^[0-9]{2}-[A-Z][a-z]{2}-20[0-9]{2}$/);
  assert.equal((await express({ ...charge, merchanttrace: 'B' })).error, 'Invalid token');
  assert.match((await express({ ...charge, token: second.token, merchanttrace: 'C' })).text, /^status=Ok/);
});

test("O'mari takes its code, five tries long", async (t) => {
  const { simulator, merchant, express, post } = await start(t);
  const enter = async (url, otp) => read(await (await post(url, formOf({ id: '1201', otp, status: 'Message' }, KEY))).text());
  const good = await express({ method: 'omari', phone: '0771111111' });
  assert.ok(good.otpreference);
  await simulator.advance(60000);
  const { otp, status } = simulator.transaction('BB000000000042');
  assert.equal(status, 'Created'); // no code, no payment
  assert.deepEqual(await enter(good.remoteotpurl, 'wrong'), { status: 'Error', error: 'Invalid OTP' });
  const reply = await enter(good.remoteotpurl, otp);
  assert.equal(reply.status, 'Paid');
  assert.equal(reply.hash, digest(Object.values(reply).slice(0, -1), KEY));

  const bad = await express({ method: 'omari', phone: '0771111111', reference: 'BB43' });
  for (let tries = 0; tries < 5; tries += 1) assert.equal((await enter(bad.remoteotpurl, 'wrong')).error, 'Invalid OTP');
  await simulator.idle();
  assert.equal(simulator.transaction('BB43').status, 'Cancelled');
  assert.equal((await enter(bad.remoteotpurl, simulator.transaction('BB43').otp)).error, 'Invalid OTP');
  assert.deepEqual(merchant.statuses(), ['Paid', 'Cancelled']);
});

test('an InnBucks code lapses, and InnBucks is not for ZWG', async (t) => {
  const { simulator, express } = await start(t);
  simulator.switch({ autopay: false });
  await express({ method: 'innbucks', phone: '0771234567' });
  await simulator.advance(599999);
  assert.equal(simulator.transaction('BB000000000042').status, 'Sent');
  await simulator.advance(1);
  assert.equal(simulator.transaction('BB000000000042').status, 'Cancelled');
  assert.match((await express({ id: '1202', method: 'innbucks', phone: '0771234567' }, ZWG_KEY)).error, /not enabled/);
});

test('a trace finds what was begun, by its own integration only', async (t) => {
  const { web, trace, call, paynow } = await start(t);
  await web({ merchanttrace: 'BB000000000042A1' });
  const found = await trace('BB000000000042A1');
  assert.equal(paynow.parseStatusUpdate(found.text).status, 'Created');
  const other = await call('trace', { id: '1202', merchanttrace: 'BB000000000042A1', status: 'Message' }, ZWG_KEY);
  assert.equal(other.status, 'NotFound');
  assert.equal(
    (await trace('nothing')).text,
    'status=NotFound&hash=0A874F34E24DBC21E02882AA203FF61861B86CDA03E1B337128534B0982387E3965264CF5CDD211358C4C2ACA0AD0F2307EA8FBFB4818846937637C156854B18',
  );
});

test('a refused callback comes again, up to ten times, then no more', async (t) => {
  const { simulator, merchant, web } = await start(t, { retryMs: 60000 });
  await web();
  merchant.answers = [500, 404, 400];
  simulator.setStatus({ reference: 'BB000000000042', status: 'Paid' });
  await simulator.idle();
  assert.equal(merchant.got.length, 1);
  await simulator.advance(59999);
  assert.equal(merchant.got.length, 1);
  await simulator.advance(600001);
  assert.equal(merchant.got.length, 4); // the fourth was answered 200
  assert.equal(new Set(merchant.got.map(({ body }) => body)).size, 1);

  merchant.got.length = 0;
  merchant.answers = Array(20).fill(503);
  simulator.setStatus({ reference: 'BB000000000042', status: 'Delivered' });
  await simulator.advance(60 * 60000);
  assert.equal(merchant.got.length, 11);
});

test('a callback that finds nobody comes again', async (t) => {
  const { simulator, web, merchant } = await start(t);
  const closed = http.createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const resulturl = `http://127.0.0.1:${closed.address().port}/`;
  await new Promise((resolve) => closed.close(resolve));
  await web({ resulturl });
  simulator.setStatus({ reference: 'BB000000000042', status: 'Paid' });
  await simulator.advance(2000);
  const tries = simulator.journal({ kind: 'callback', type: 'reply' });
  assert.equal(tries.length, 3);
  assert.match(tries[0].error, /ECONNREFUSED/);
  assert.equal(merchant.got.length, 0);
});

test('a callback leaves neither the machine nor by another protocol', async (t) => {
  const { simulator, web } = await start(t);
  for (const resulturl of ['https://shop.example/c', 'http://127.0.0.1.example/']) {
    await web({ resulturl });
    simulator.setStatus({ reference: 'BB000000000042', status: 'Paid' });
    await simulator.idle();
    assert.equal(simulator.journal({ kind: 'callback', type: 'reply' }).at(-1).error, 'not a loopback host');
  }
});

test('a self-signed certificate is accepted, or not, as set', async (t) => {
  const both = execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2', '-subj', '/CN=localhost', '-keyout', '-', '-out', '-'], { stdio: ['ignore', 'pipe', 'ignore'] }).toString();
  for (const checkTls of [false, true]) {
    const { simulator, web } = await start(t, { checkTls });
    const secure = await startMerchant(t, { key: both, cert: both });
    await web({ resulturl: `${secure.url}/c` });
    simulator.setStatus({ reference: 'BB000000000042', status: 'Paid' });
    await simulator.idle();
    assert.equal(secure.got.length, checkTls ? 0 : 1);
  }
});

test('control sets any status, with a callback or without', async (t) => {
  const { simulator, merchant, web, poll, paynow } = await start(t);
  const { pollurl } = await web();
  const words = ['Awaiting Delivery', 'Delivered', 'Paid', 'Disputed', 'Refunded', 'Cancelled', 'Created', 'Whatever'];
  for (const status of words) simulator.setStatus({ reference: 'BB000000000042', status });
  await simulator.idle();
  assert.deepEqual(merchant.got.map(({ body }) => paynow.parseStatusUpdate(body).status), words);
  simulator.setStatus({ reference: 'BB000000000042', status: 'Failed', callback: false });
  await simulator.idle();
  assert.equal(merchant.got.length, words.length);
  assert.equal((await poll(pollurl)).status, 'Failed');
});

test('an outcome chosen by hand replaces the one to come', async (t) => {
  const { simulator, merchant, express } = await start(t);
  await express({ method: 'ecocash', phone: '0771111111' });
  simulator.outcome({ reference: 'BB000000000042', outcome: 'cancelled', after: 2000 });
  await simulator.advance(60000);
  assert.deepEqual(merchant.statuses(), ['Cancelled']);
  await express({ method: 'ecocash', phone: '0771111111', reference: 'BB43' });
  simulator.outcome({ reference: 'BB43', outcome: 'none' });
  await simulator.advance(60000);
  assert.equal(simulator.transaction('BB43').status, 'Created');
  assert.throws(() => simulator.outcome({ reference: 'BB43', outcome: 'rich' }), RangeError);
});

test('an integration with escrow pays to Awaiting Delivery, and may tell the instrument', async (t) => {
  const { simulator, merchant, express } = await start(t);
  simulator.setIntegration('1201', { escrow: true, instrument: true });
  await express({ method: 'ecocash', phone: '0771111111' });
  await simulator.advance(5000);
  const update = read(merchant.got.at(-1).body);
  assert.equal(update.status, 'Awaiting Delivery');
  assert.equal(update.paymentchannel, 'ecocash');
  assert.equal(update.hash, digest(Object.values(update).slice(0, -1), KEY));
});

test('switches turn on what older and newer gateways do', async (t) => {
  const { simulator, merchant, web, paynow } = await start(t);
  simulator.switch({ legacy_names: true });
  assert.match((await web()).text, /^Status=Ok&BrowserUrl=[^&]+&PollUrl=[^&]+&PaynowReference=[0-9]+&Hash=[0-9A-F]{128}$/);
  simulator.switch({ legacy_names: false, paynowreference: false });
  assert.equal((await web()).paynowreference, undefined);
  simulator.switch({ paynowreference: true, comma_reference: true, extra_fields: { colour: 'green' } });
  const reply = await web();
  assert.match(reply.paynowreference, /^15,[0-9]{3},[0-9]{3}$/);
  assert.equal(reply.colour, 'green');
  simulator.setStatus({ reference: 'BB000000000042', status: 'Paid' });
  await simulator.idle();
  assert.equal(paynow.parseStatusUpdate(merchant.got.at(-1).body).paynowReference, reply.paynowreference);
  assert.throws(() => simulator.switch({ colour: 1 }), RangeError);
});

test('the page shows what is to be paid and escapes it', async (t) => {
  const { simulator, merchant, web } = await start(t);
  const { browserurl } = await web({ additionalinfo: '<script>alert(1)</script>', reference: 'A"&\'B' });
  const response = await fetch(`${browserurl}/ada@example.com//`);
  const page = await response.text();
  assert.match(response.headers.get('content-security-policy'), /default-src 'none'/);
  assert.match(page, /USD<\/small> 10\.50/);
  assert.match(page, /A&quot;&amp;&#39;B/);
  assert.match(page, /No money moves/);
  assert.ok(!page.includes('<script'));
  assert.equal(merchant.got.length, 0);
  assert.equal((await fetch(`${simulator.url}/Payment/ConfirmPayment/1`)).status, 404);
  assert.match(await (await fetch(simulator.url)).text(), /ConfirmPayment/);
});

for (const [act, status, updates] of [['fail', 'Failed', ['Failed']], ['cancel', 'Cancelled', ['Cancelled']], ['abandon', 'Created', []]]) {
  test(`the page's button "${act}" leads back to the shop`, async (t) => {
    const { simulator, merchant, web } = await start(t);
    const { browserurl } = await web();
    const press = (name) => fetch(browserurl, { method: 'POST', body: new URLSearchParams({ act: name }), redirect: 'manual' });
    const response = await press(act);
    assert.equal(response.headers.get('location'), `${merchant.url}/return?o=42&t=a%2fb`);
    assert.equal(simulator.transaction('BB000000000042').status, status);
    assert.deepEqual(merchant.statuses(), updates);
    assert.equal((await press('steal')).status, 400);
    if (status === 'Created') return;
    await press('pay'); // too late
    assert.equal(simulator.transaction('BB000000000042').status, status);
    assert.match(await (await fetch(browserurl)).text(), /Back to BantuBuzz/);
  });
}

// What each fault makes of a reply; `reached` is whether a payment was made.
const REPLY_FAULTS = [
  ['a bad hash', { hash: 'bad' }, true, ({ text }) => assert.notEqual(read(text).hash, digest(Object.values(read(text)).slice(0, -1), KEY))],
  ['no hash', { hash: 'missing' }, true, ({ text }) => assert.ok(!text.includes('hash'))],
  ['an empty hash', { hash: 'empty' }, true, ({ text }) => assert.match(text, /&hash=$/)],
  ['a lower-case hash', { hash: 'lower' }, true, ({ text }) => assert.match(text, /&hash=[0-9a-f]{128}$/)],
  ['the hash first', { hash: 'first' }, true, ({ text }) => assert.match(text, /^hash=[0-9A-F]{128}&status=Ok/)],
  ['another key', { key: ZWG_KEY }, true, ({ text }) => assert.equal(read(text).hash, digest(Object.values(read(text)).slice(0, -1), ZWG_KEY))],
  ['an error', { error: 'Down for a while' }, false, ({ text }) => assert.equal(text, 'status=Error&error=Down+for+a+while')],
  ['a 503', { http: 503 }, false, ({ status, text }) => assert.deepEqual([status, text], [503, ''])],
  ['a 403 page', { http: 403, body: '<h1>No</h1>' }, false, ({ status, text }) => assert.deepEqual([status, text], [403, '<h1>No</h1>'])],
  ['a 500 after the deed', { http: 500, create: true }, true, ({ status }) => assert.equal(status, 500)],
  ['a redirect', { redirect: 'http://127.0.0.1:1/' }, false, ({ status, headers }) => assert.deepEqual([status, headers.get('location')], [302, 'http://127.0.0.1:1/'])],
  ['an empty body', { empty: true }, true, ({ status, text }) => assert.deepEqual([status, text], [200, ''])],
  ['a body by hand', { raw: 'status=\xe9\r\n' }, true, ({ bytes }) => assert.deepEqual([...bytes.subarray(7)], [0xe9, 13, 10])],
  ['an oversized body', { oversize: 100000 }, true, ({ text }) => assert.ok(text.length > 100000)],
  ['another host', { set: { pollurl: 'http://127.0.0.1@evil.example/x' } }, true, ({ text }) => assert.equal(read(text).pollurl, 'http://127.0.0.1@evil.example/x')],
  ['an unknown word', { set: { status: 'Perhaps' } }, true, ({ text }) => assert.match(text, /^status=Perhaps&/)],
  ['a missing field', { drop: ['pollurl'] }, true, ({ text }) => assert.equal(read(text).pollurl, undefined)],
  ['a name twice', { append: [['status', 'Paid']] }, true, ({ text }) => assert.equal(text.match(/(^|&)status=/g).length, 2)],
  ['another order', { order: ['pollurl', 'status'] }, true, ({ text }) => assert.match(text, /^pollurl=[^&]+&status=Ok&browserurl=/)],
  ['a dripping body', { drip: 1, raw: 'status=Ok' }, true, ({ text }) => assert.equal(text, 'status=Ok')],
];

for (const [name, fault, reached, check] of REPLY_FAULTS) {
  test(`fault: ${name}`, async (t) => {
    const { simulator, order, post } = await start(t);
    simulator.fault({ kind: 'initiate', ...fault });
    const body = formOf({ ...order(), status: 'Message' }, KEY);
    const send = () => post(`${simulator.url}/interface/initiatetransaction`, body, { redirect: 'manual' });
    const response = await send();
    const bytes = Buffer.from(await response.arrayBuffer());
    check({ status: response.status, headers: response.headers, text: bytes.toString('latin1'), bytes });
    assert.equal(simulator.transactions().length, reached ? 1 : 0);
    // It applied once.
    assert.match(await (await send()).text(), /^status=Ok&browserurl/);
  });
}

for (const [name, fault] of [['reset', { reset: true }], ['truncated', { truncate: 9 }]]) {
  test(`fault: a reply ${name} after the payment was made, found again by trace`, async (t) => {
    const { simulator, web, trace } = await start(t);
    simulator.fault({ kind: 'initiate', ...fault });
    await assert.rejects(web({ merchanttrace: 'T1' }));
    assert.equal((await trace('T1')).status, 'Created');
    simulator.fault({ kind: 'initiate', reset: true, create: false });
    await assert.rejects(web({ merchanttrace: 'T2' }));
    assert.equal((await trace('T2')).status, 'NotFound');
  });
}

test('fault: a reply hangs until it is released, while callbacks go on', async (t) => {
  const { simulator, merchant, web } = await start(t);
  const id = simulator.fault({ kind: 'initiate', hang: true });
  const slow = web();
  await simulator.waitFor({ kind: 'initiate', direction: 'in' });
  simulator.setStatus({ reference: 'BB000000000042', status: 'Paid' });
  await simulator.idle();
  assert.deepEqual(merchant.statuses(), ['Paid']); // before the reply to initiate
  assert.equal(simulator.faults()[0].waiting, 1);
  assert.equal(simulator.release(id), 1);
  assert.match((await slow).text, /^status=Ok/);
});

test('fault: a reply is delayed on the virtual clock, or the real one', async (t) => {
  const { simulator, web, poll } = await start(t);
  simulator.fault({ kind: 'initiate', delay: 50000 });
  const slow = web();
  await simulator.waitFor({ kind: 'initiate', direction: 'in' });
  await simulator.advance(49999);
  assert.equal(simulator.journal({ kind: 'initiate', direction: 'out' }).length, 0);
  await simulator.advance(1);
  const { pollurl } = await slow;
  simulator.fault({ kind: 'poll', delay: 5, clock: 'real' });
  assert.equal((await poll(pollurl)).status, 'Created');
});

test('fault: a client that gives up is written down', async (t) => {
  const { simulator, order, post } = await start(t);
  simulator.fault({ kind: 'initiate', hang: true });
  const stop = new AbortController();
  const slow = post(`${simulator.url}/interface/initiatetransaction`, formOf({ ...order(), status: 'Message' }, KEY), { signal: stop.signal });
  await simulator.waitFor({ kind: 'initiate', direction: 'in' });
  stop.abort();
  await assert.rejects(slow);
  const gone = await simulator.waitFor({ kind: 'initiate', note: 'the client was gone' });
  assert.equal(gone.length, 1);
  assert.equal(simulator.transactions().length, 1);
});

test('faults pick their payment, skip, and last as told', async (t) => {
  const { simulator, web, poll, trace } = await start(t);
  const one = await web({ reference: 'BB1', merchanttrace: 'T1' });
  const two = await web({ reference: 'BB2' });
  const id = simulator.fault({ kind: 'poll', reference: 'BB1', times: 0, skip: 1, set: { status: 'Paid', amount: '1,000.00' } });
  assert.equal((await poll(one.pollurl)).status, 'Created');
  for (let count = 0; count < 3; count += 1) assert.equal((await poll(one.pollurl)).amount, '1,000.00');
  assert.equal((await poll(two.pollurl)).status, 'Created');
  simulator.fault({ kind: 'trace', not_found: true });
  assert.equal((await trace('T1')).text.slice(0, 15), 'status=NotFound');
  simulator.fault({ kind: 'trace', error: 'Trace failed' });
  assert.equal((await trace('T1')).error, 'Trace failed');
  simulator.fault({ integration: '1202', error: 'ZWG only' });
  assert.equal((await trace('T1')).status, 'Created');
  simulator.removeFault(id);
  assert.equal((await poll(one.pollurl)).status, 'Created');
  assert.throws(() => simulator.fault({ kind: 'poll', colour: 'red' }), /unknown fault property/);
  assert.throws(() => simulator.fault({ kind: 'nothing' }), /bad value/);
});

test('fault: callbacks are lost, delayed, doubled, or overtaken', async (t) => {
  const { simulator, merchant, web } = await start(t);
  await web();
  const set = (status) => simulator.setStatus({ reference: 'BB000000000042', status });

  simulator.fault({ kind: 'callback', lost: true });
  set('Sent');
  await simulator.advance(60000);
  assert.deepEqual(merchant.statuses(), []);
  assert.equal(simulator.journal({ type: 'lost' }).length, 1);

  simulator.fault({ kind: 'callback', lost: 3 });
  set('Paid');
  await simulator.advance(2999);
  assert.deepEqual(merchant.statuses(), []);
  await simulator.advance(1);
  assert.deepEqual(merchant.statuses(), ['Paid']);

  merchant.got.length = 0;
  simulator.fault({ kind: 'callback', delay: 90000 });
  set('Delivered');
  await simulator.advance(89999);
  assert.deepEqual(merchant.statuses(), []);
  await simulator.advance(1);
  assert.deepEqual(merchant.statuses(), ['Delivered']);

  for (const concurrent of [false, true]) {
    merchant.got.length = 0;
    simulator.fault({ kind: 'callback', duplicate: 19, concurrent });
    set('Paid');
    await simulator.idle();
    assert.deepEqual(merchant.statuses(), Array(20).fill('Paid'));
  }

  merchant.got.length = 0;
  simulator.fault({ kind: 'callback', reorder: true });
  set('Created');
  await simulator.idle();
  set('Paid');
  await simulator.idle();
  assert.deepEqual(merchant.statuses(), ['Paid', 'Created']);
});

test('fault: callbacks are spoiled in content and on the way', async (t) => {
  const { simulator, merchant, web, paynow } = await start(t);
  await web();
  const next = async (fault) => {
    merchant.got.length = 0;
    simulator.fault({ kind: 'callback', ...fault });
    simulator.setStatus({ reference: 'BB000000000042', status: 'Paid' });
    await simulator.idle();
    return merchant.got[0]?.body;
  };
  assert.throws(() => paynow.parseStatusUpdate('status=Paid&hash='));
  for (const hash of ['bad', 'missing', 'lower']) {
    const body = await next({ hash });
    assert.throws(() => paynow.parseStatusUpdate(body), /Hashes do not match/);
  }
  assert.equal(paynow.parseStatusUpdate(await next({ set: { amount: '10.5', reference: 'OTHER' } })).reference, 'OTHER');
  assert.equal(await next({ raw: 'a=b&&=' }), 'a=b&&=');
  assert.equal(await next({ truncate: 5 }), undefined);
  assert.ok((await next({ oversize: 100000 })).length > 100000);
  assert.equal(await next({ empty: true }), '');
});

test('a callback by hand is sent as it stands, as often as told', async (t) => {
  const { simulator, merchant, web } = await start(t);
  await web();
  merchant.answers = [400, 404];
  const replies = await simulator.callback({ reference: 'BB000000000042', body: 'reference=\xff&status=Paid', times: 2 });
  assert.deepEqual(replies.map(({ status }) => status), [400, 404]);
  assert.equal(merchant.got[0].body, 'reference=\xff&status=Paid');
  await simulator.advance(60000); // no retries
  assert.equal(merchant.got.length, 2);

  merchant.got.length = 0;
  const many = await simulator.callback({ reference: 'BB000000000042', set: { status: 'Paid' }, key: ZWG_KEY, times: 20, concurrent: true });
  assert.equal(many.length, 20);
  const update = read(merchant.got[0].body);
  assert.equal(update.hash, digest(Object.values(update).slice(0, -1), ZWG_KEY));
  await simulator.callback({ url: `${merchant.url}/elsewhere`, base64: Buffer.from('x=1').toString('base64') });
  assert.deepEqual([merchant.got.at(-1).url, merchant.got.at(-1).body], ['/elsewhere', 'x=1']);
  assert.equal(simulator.transaction('BB000000000042').status, 'Created');
});

test('a rotated key signs at once, or only what begins after', async (t) => {
  const { simulator, web, poll } = await start(t);
  const signedBy = (reply, key) => reply.hash === digest(Object.values(reply).slice(0, -1), key);
  const old = await web({ reference: 'BB1' });
  simulator.rotateKey('1201', { key: 'second', keep_old: true });
  assert.match((await web({ reference: 'BB2' })).error, /^Invalid Hash/);
  const fresh = await web({ reference: 'BB2' }, 'second');
  assert.ok(signedBy(await poll(old.pollurl), KEY));
  assert.ok(signedBy(await poll(fresh.pollurl), 'second'));
  simulator.rotateKey('1201', { key: 'third' });
  assert.ok(signedBy(await poll(old.pollurl), 'third'));
});

test('the journal keeps every message, byte for byte', async (t) => {
  const { simulator, merchant, post } = await start(t);
  await post(`${simulator.url}/interface/trace`, Buffer.from([0x61, 0x3d, 0xff]));
  const [request, reply] = simulator.journal({ kind: 'trace' });
  assert.deepEqual([request.direction, request.text, request.base64, request.length], ['in', 'a=\xff', 'YT3/', 3]);
  assert.deepEqual([reply.direction, reply.text], ['out', 'status=Error&error=Invalid+id.']);
  assert.ok(!JSON.stringify(simulator.state()).includes(KEY));
  assert.equal(merchant.got.length, 0);
  simulator.clearJournal();
  assert.equal(simulator.journal().length, 0);
  assert.deepEqual(await simulator.waitFor({ kind: 'otp' }, { ms: 1 }), []);
});

test('the same seed gives the same run', async (t) => {
  const runs = [];
  for (let run = 0; run < 2; run += 1) {
    const { web, simulator } = await start(t, { seed: 42 });
    await web();
    const { guid, number } = simulator.transaction('BB000000000042');
    runs.push({ guid, number });
  }
  assert.deepEqual(runs[0], runs[1]);
});

test('reset brings back how it started', async (t) => {
  const { simulator, web, merchant } = await start(t);
  simulator.switch({ legacy_names: true });
  simulator.setIntegration('1201', { mode: 'test' });
  simulator.rotateKey('1201', { key: 'second' });
  simulator.fault({ kind: '*', times: 0, reset: true });
  simulator.reset();
  merchant.answers = [500];
  assert.match((await web()).text, /^status=Ok/);
  simulator.setStatus({ reference: 'BB000000000042', status: 'Paid' });
  await simulator.idle();
  simulator.reset();
  await simulator.advance(60000);
  assert.equal(merchant.got.length, 1); // the retry was forgotten
});

test('the clock runs by itself at the set pace', async (t) => {
  const { simulator, merchant, express } = await start(t, { scale: 100 });
  await express({ method: 'ecocash', phone: '0771111111' });
  await simulator.waitFor({ kind: 'callback', type: 'reply' }, { count: 2 });
  assert.deepEqual(merchant.statuses(), ['Sent', 'Paid']);
});

test('the program answers on its control port and ends on SIGTERM', async (t) => {
  const merchant = await startMerchant(t);
  const program = fileURLToPath(new URL('./server.mjs', import.meta.url));
  const env = { PATH: process.env.PATH, PAYNOW_PORT: '0', PAYNOW_CONTROL_PORT: '0', PAYNOW_USD_ID: '1201', PAYNOW_USD_KEY: KEY, PAYNOW_SIM_CLOCK: '0', PAYNOW_SIM_MODE: 'usd=live', PAYNOW_SIM_ESCROW: '1' };
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  const [line] = await once(child.stdout, 'data');
  const [, url, controlUrl] = /^Paynow simulator at (\S+), control at (\S+), seed [0-9]+/.exec(line);
  const ask = async (method, path, body, headers) => {
    const response = await fetch(controlUrl + path, { method, body: body && JSON.stringify(body), headers });
    return { status: response.status, ...(await response.json()) };
  };
  const fields = { id: '1201', reference: 'BB1', amount: '5', returnurl: 'http://127.0.0.1/', resulturl: `${merchant.url}/c`, authemail: 'a@b.co', phone: '0771111111', method: 'ecocash', merchanttrace: 'T1', status: 'Message' };
  const form = formOf(fields, KEY);
  const { id } = await ask('POST', '/faults', { kind: 'remote', http: 503 });
  assert.equal((await fetch(`${url}/interface/remotetransaction`, { method: 'POST', body: form })).status, 503);
  assert.equal((await ask('DELETE', `/faults/${id}`)).ok, true);
  assert.equal((await fetch(`${url}/interface/remotetransaction`, { method: 'POST', body: form })).status, 200);

  await ask('POST', '/clock', { advance: 5000 });
  assert.deepEqual(merchant.statuses(), ['Sent', 'Awaiting Delivery']);
  assert.equal((await ask('GET', '/transactions/T1')).status, 'Awaiting Delivery');
  assert.equal((await ask('GET', '/transactions')).transactions.length, 1);
  assert.equal((await ask('POST', '/status', { reference: 'BB1', status: 'Delivered' })).status, 'Delivered');
  const { entries } = await ask('GET', '/journal?kind=callback&type=reply&count=3&wait=5000');
  assert.equal(entries.length, 3);
  assert.equal((await ask('GET', `/journal?after=${entries[2].n}`)).entries.length, 0);
  assert.equal((await ask('POST', '/callbacks', { reference: 'BB1', hash: 'bad' })).replies[0].status, 200);
  assert.equal((await ask('POST', '/outcome', { reference: 'BB1', outcome: 'failed' })).status, 'Failed');
  assert.equal((await ask('POST', '/switches', { autopay: false })).autopay, false);
  assert.equal((await ask('POST', '/integrations/1201', { escrow: false })).integrations[0].escrow, false);
  assert.equal((await ask('POST', '/integrations/1201/key', { key: 'new' })).ok, true);
  assert.equal((await ask('POST', '/faults/release')).released, 0);
  assert.equal((await ask('POST', '/idle')).ok, true);
  assert.equal((await ask('GET', '/state')).transactions, 1);
  assert.equal((await ask('POST', '/reset')).ok, true);
  assert.equal((await ask('GET', '/state')).transactions, 0);
  assert.equal((await ask('GET', '/transactions/T1')).status, 404);
  assert.equal((await ask('POST', '/faults', { kind: 'x' })).status, 400);
  assert.equal((await ask('PUT', '/state')).status, 405);
  assert.equal((await ask('GET', '/nothing')).status, 404);
  assert.equal((await ask('POST', '/reset', undefined, { origin: 'http://evil.example' })).status, 403);

  child.kill('SIGTERM');
  assert.deepEqual(await once(child, 'exit'), [0, null]);
});
