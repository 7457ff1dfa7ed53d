// The gateway's rules: what it accepts, what it answers, how a payment moves.
import { digestOf, fieldsOf } from './wire.mjs';

export const METHODS = ['ecocash', 'onemoney', 'innbucks', 'omari', 'vmc', 'zimswitch'];

const SENT_AFTER_MS = 1000;
const CODE_LIVES_MS = 10 * 60 * 1000; // an InnBucks code
const TOKEN_LIVES_MS = 182 * 24 * 60 * 60 * 1000;
const OTP_TRIES = 5;
const TRACE_LENGTH = 32;

// What the published test values lead to.
const OUTCOMES = {
  success: { outcome: 'paid', after: 5000 },
  slow: { outcome: 'paid', after: 30000 },
  cancelled: { outcome: 'failed', after: 30000 },
  broke: null, // refused at once
};
const TEST_PHONES = {
  '0771111111': 'success',
  '0772222222': 'slow',
  '0773333333': 'cancelled',
  '0774444444': 'broke',
};
const TEST_DIGITS = { 1: 'success', 2: 'slow', 3: 'cancelled', 4: 'broke' };

const OUTCOME_STATUS = { failed: 'Failed', cancelled: 'Cancelled' };
const PAID = ['Paid', 'Awaiting Delivery', 'Delivered'];
const OPEN = ['Created', 'Sent'];

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

// Thrown inside the rules, answered as status=Error without a hash.
class Refusal extends Error {}

function refuse(text) {
  throw new Refusal(text);
}

// "5", "5.9" and "5.90" come out as "5.90"; anything else is refused.
function readAmount(text = '') {
  const match = /^([0-9]{1,12})(?:\.([0-9]{1,2}))?$/.exec(text);
  if (!match) refuse('Invalid amount field');
  const amount = `${match[1].replace(/^0+(?=[0-9])/, '')}.${(match[2] ?? '').padEnd(2, '0')}`;
  if (amount === '0.00') refuse('Invalid amount field');
  return amount;
}

function readUrl(name, text = '') {
  let url = null;
  try {
    url = new URL(text);
  } catch {
    refuse(`Invalid ${name} field`);
  }
  if (!['http:', 'https:'].includes(url.protocol)) refuse(`Invalid ${name} field`);
  return text;
}

function localPhone(text) {
  return text.replace(/[\s-]/g, '').replace(/^(\+?263|(?=7))/, '0');
}

// Harare is two hours ahead of UTC the year round.
function harare(ms) {
  const date = new Date(ms + 2 * 60 * 60 * 1000);
  const two = (number) => String(number).padStart(2, '0');
  return {
    day: date.getUTCDate(),
    month: MONTHS[date.getUTCMonth()],
    year: date.getUTCFullYear(),
    time: `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`,
    two,
  };
}

function codeExpiry(ms) {
  const { day, month, year, time } = harare(ms);
  return `${day}-${month}-${year} ${time}`;
}

function tokenExpiry(ms, dashes) {
  const { day, month, year, two } = harare(ms);
  return dashes ? `${two(day)}-${month}-${year}` : `${two(day)}${month}${year}`;
}

export function createGateway({ integrations, clock, random, switches, baseUrl, notify }) {
  let transactions = [];
  let nextNumber = random.between(15000000, 15999999);
  let tokens = new Map(); // token → integration id; a charge uses it up

  const integrationOf = (id) => integrations.find((one) => one.id === id);
  const keyOf = (tx) => tx.key ?? integrationOf(tx.integration).key;

  // The newest wins: a reference may come again in a later attempt.
  function find(name) {
    return transactions.findLast((tx) => namesOf(tx).includes(name));
  }

  function namesOf(tx) {
    return [tx.reference, tx.merchanttrace, tx.number, tx.guid].filter(Boolean);
  }

  function paynowReference(tx) {
    return switches.comma_reference ? Number(tx.number).toLocaleString('en-US') : tx.number;
  }

  function pollUrl(tx) {
    return `${baseUrl()}/Interface/CheckPayment/?guid=${tx.guid}`;
  }

  // One format for callback, poll and a trace that found something.
  function statusPairs(tx) {
    const integration = integrationOf(tx.integration);
    const pairs = [
      ['reference', tx.reference],
      ['paynowreference', paynowReference(tx)],
      ['amount', tx.amount],
      ['status', tx.status],
      ['pollurl', pollUrl(tx)],
    ];
    if (tx.token) pairs.push(['token', tx.token], ['tokenexpiry', tx.tokenexpiry]);
    if (integration.instrument && PAID.includes(tx.status)) {
      pairs.push(
        ['paymentchannel', tx.method],
        ['paymentinstrument', tx.phone ? `${tx.phone.slice(0, 3)}****${tx.phone.slice(-3)}` : '4111********1111'],
        ['paymentinstrumentname', 'T TESTER'],
        ['paymentinstrumentnationality', 'Domestic'],
        ['paymentchannelreference', `MP${tx.number}`],
      );
    }
    return pairs;
  }

  function stopTimers(tx) {
    for (const timer of tx.timers.splice(0)) clock.cancel(timer);
  }

  function setStatus(tx, status, { callback = true } = {}) {
    tx.status = status;
    tx.history.push({ status, at: clock.iso() });
    if (PAID.includes(status)) issueToken(tx);
    if (callback) notify(tx);
  }

  // A stored card is good for one charge; the update brings its successor.
  function issueToken(tx) {
    if (!tx.tokenize || tx.token) return;
    tx.token = tx.method === 'zimswitch' ? random.hex(32) : `{${random.guid()}}`;
    tx.tokenexpiry = tokenExpiry(clock.now() + TOKEN_LIVES_MS, switches.token_expiry_dashes);
    tokens.set(tx.token, tx.integration);
  }

  function settle(tx, outcome, options) {
    stopTimers(tx);
    if (outcome === 'paid') {
      const escrow = integrationOf(tx.integration).escrow;
      setStatus(tx, escrow ? 'Awaiting Delivery' : 'Paid', options);
    } else {
      setStatus(tx, OUTCOME_STATUS[outcome], options);
    }
  }

  // Replaces whatever was going to happen. 'none' leaves the payment waiting.
  function choose(tx, outcome, { after = 0, callback = true } = {}) {
    if (outcome !== 'none' && outcome !== 'paid' && !OUTCOME_STATUS[outcome]) {
      throw new RangeError(`unknown outcome: ${outcome}`);
    }
    stopTimers(tx);
    if (outcome === 'none') return;
    if (after > 0) tx.timers.push(clock.after(after, () => settle(tx, outcome, { callback })));
    else settle(tx, outcome, { callback });
  }

  function begin(tx, plan) {
    tx.timers.push(clock.after(SENT_AFTER_MS, () => setStatus(tx, 'Sent')));
    if (plan && switches.autopay) {
      tx.timers.push(clock.after(plan.after, () => settle(tx, plan.outcome)));
    }
  }

  // Section 2's order of refusals: id, then hash.
  function identify(pairs, fields) {
    const integration = integrationOf(fields.get('id') ?? '');
    if (!integration) refuse('Invalid id.');
    const expected = digestOf(pairs, integration.key);
    if (fields.get('hash') !== expected) {
      refuse(`Invalid Hash.  Hash should start with: ${expected.slice(0, 6)}`);
    }
    return integration;
  }

  function readOrder(integration, fields, express) {
    const amount = readAmount(fields.get('amount'));
    if (!fields.get('reference')) refuse('Invalid reference field');
    if (fields.get('status') !== 'Message') refuse('Invalid status field');
    const returnurl = readUrl('returnurl', fields.get('returnurl'));
    const resulturl = readUrl('resulturl', fields.get('resulturl'));
    const email = fields.get('authemail') ?? '';
    if (express && !/^[^@\s]+@[^@\s]+$/.test(email)) refuse('Invalid authemail field');
    if (integration.mode === 'test' && email && !integration.logins.includes(email.toLowerCase())) {
      refuse(
        'The integration ID specified is currently in test mode. ' +
          'The authemail used must belong to the company in control of the integration ID.',
      );
    }
    return { reference: fields.get('reference'), amount, returnurl, resulturl, email };
  }

  function checkTrace(integration, trace) {
    if (trace.length > TRACE_LENGTH) refuse('Invalid merchanttrace field');
    const known = transactions.some((tx) => tx.integration === integration.id && tx.merchanttrace === trace);
    if (trace && known) refuse('Duplicate merchanttrace');
  }

  function create(integration, order, fields, method) {
    const tx = {
      ...order,
      number: String(nextNumber++),
      guid: random.guid(),
      integration: integration.id,
      currency: integration.currency,
      status: 'Created',
      method,
      phone: '',
      merchanttrace: fields.get('merchanttrace') ?? '',
      additionalinfo: fields.get('additionalinfo') ?? '',
      tokenize: integration.tokenizing && (fields.get('tokenize') ?? '').toLowerCase() === 'true',
      history: [{ status: 'Created', at: clock.iso() }],
      timers: [],
    };
    transactions.push(tx);
    return tx;
  }

  const numbered = (tx) => (switches.paynowreference ? [['paynowreference', paynowReference(tx)]] : []);

  function initiate(pairs, fields) {
    const integration = identify(pairs, fields);
    const order = readOrder(integration, fields, false);
    checkTrace(integration, fields.get('merchanttrace') ?? '');
    const tx = create(integration, order, fields, 'web');
    return {
      tx,
      pairs: [
        ['status', 'Ok'],
        ['browserurl', `${baseUrl()}/Payment/ConfirmPayment/${tx.number}`],
        ['pollurl', pollUrl(tx)],
        ...numbered(tx),
      ],
    };
  }

  function planByPhone(integration, phone) {
    if (!/^0[0-9]{9}$/.test(phone)) refuse('Invalid phone number');
    const known = TEST_PHONES[phone];
    if (!known && integration.mode === 'test') {
      refuse('Invalid phone number. Only the test numbers may be used in test mode');
    }
    return OUTCOMES[known ?? 'success'];
  }

  function planByToken(integration, method, token) {
    const pattern =
      method === 'vmc'
        ? /^\{([1-4])\1{7}-\1{4}-\1{4}-\1{4}-\1{12}\}$/
        : /^([1-4])\1{31}$/;
    const match = pattern.exec(token);
    if (match) return OUTCOMES[TEST_DIGITS[match[1]]];
    if (tokens.get(token) !== integration.id) refuse('Invalid token');
    return OUTCOMES.success;
  }

  // What each wallet adds to the Ok reply.
  function walletPairs(tx) {
    switch (tx.method) {
      case 'innbucks':
      case 'paygo': {
        const pairs = [
          ['authorizationcode', tx.authorizationcode],
          ['authorizationexpires', tx.authorizationexpires],
        ];
        if (tx.method === 'paygo') pairs.splice(1, 0, ['authorizationqr', tx.authorizationcode]);
        return [...numbered(tx), ...pairs];
      }
      case 'omari':
        return [['otpreference', tx.otpreference], ['remoteotpurl', tx.remoteotpurl], ...numbered(tx)];
      case 'vmc':
      case 'zimswitch':
        return numbered(tx);
      default:
        return [
          [
            'instructions',
            `A prompt has been sent to ${tx.phone}. Dial *${tx.method === 'onemoney' ? '111' : '151'}*2*4# and enter your PIN ` +
              'if it does not appear. (Local simulator: no money moves.)',
          ],
          ...numbered(tx),
        ];
    }
  }

  function remote(pairs, fields) {
    const integration = identify(pairs, fields);
    const order = readOrder(integration, fields, true);
    const method = (fields.get('method') ?? '').toLowerCase();
    if (!integration.methods.includes(method)) refuse('Payment method not enabled for this integration');
    const trace = fields.get('merchanttrace') ?? '';
    const byToken = method === 'vmc' || method === 'zimswitch';
    const phone = localPhone(fields.get('phone') ?? '');
    const token = fields.get('token') ?? '';
    if (byToken && !trace) refuse('Invalid merchanttrace field');
    const plan = byToken ? planByToken(integration, method, token) : planByPhone(integration, phone);
    checkTrace(integration, trace);
    if (!plan) refuse('Insufficient balance');

    const tx = create(integration, order, fields, method);
    if (byToken) {
      tokens.delete(token);
      tx.tokenize = true;
    } else {
      tx.phone = phone;
    }
    if (method === 'innbucks' || method === 'paygo') {
      tx.authorizationcode = random.digits(9);
      tx.authorizationexpires = codeExpiry(clock.now() + CODE_LIVES_MS);
      begin(tx, plan);
      clock.after(CODE_LIVES_MS, () => OPEN.includes(tx.status) && settle(tx, 'cancelled'));
    } else if (method === 'omari') {
      // Nothing happens until the payer's one-time code comes.
      Object.assign(tx, { otp: random.digits(6), otpreference: random.hex(8).toUpperCase(), otptries: 0, plan });
      tx.remoteotpurl = `${baseUrl()}/Interface/RemoteOtp?guid=${tx.guid}`;
    } else {
      begin(tx, plan);
    }
    return { tx, pairs: [['status', 'Ok'], ...walletPairs(tx), ['pollurl', pollUrl(tx)]] };
  }

  function poll(pairs, fields, query) {
    const tx = transactions.find((one) => one.guid === query.get('guid')?.toLowerCase());
    if (!tx) refuse('Transaction not found');
    return { tx, pairs: statusPairs(tx) };
  }

  function trace(pairs, fields) {
    const integration = identify(pairs, fields);
    const name = fields.get('merchanttrace');
    if (!name) refuse('Trace failed');
    const tx = transactions.find((one) => one.integration === integration.id && one.merchanttrace === name);
    if (!tx) return { pairs: [['status', 'NotFound']], key: integration.key };
    return { tx, pairs: statusPairs(tx) };
  }

  function otp(pairs, fields, query) {
    const integration = identify(pairs, fields);
    const tx = transactions.find((one) => one.guid === query.get('guid')?.toLowerCase());
    if (!tx?.otp || tx.integration !== integration.id) refuse('Transaction not found');
    if (!OPEN.includes(tx.status) || tx.otpdone) refuse('Invalid OTP');
    if (fields.get('otp') !== tx.otp) {
      tx.otptries += 1;
      if (tx.otptries >= OTP_TRIES) settle(tx, 'cancelled');
      refuse('Invalid OTP');
    }
    tx.otpdone = true;
    // A test number's slow or failing outcome shows after the code, not before.
    if (tx.plan === OUTCOMES.success && switches.autopay) settle(tx, 'paid');
    else {
      setStatus(tx, 'Sent');
      if (switches.autopay) tx.timers.push(clock.after(tx.plan.after, () => settle(tx, tx.plan.outcome)));
    }
    return { tx, pairs: statusPairs(tx) };
  }

  const rules = { initiate, ticket: initiate, remote, poll, trace, otp };

  return {
    find,
    namesOf,
    keyOf,
    statusPairs,
    setStatus,
    choose,
    stopTimers,
    isOpen: (tx) => OPEN.includes(tx.status),
    list: () => transactions,

    // Every name under which a fault may be set for this request.
    namesIn(fields, query) {
      const names = [fields.get('reference'), fields.get('merchanttrace')].filter(Boolean);
      const guid = query.get('guid')?.toLowerCase();
      const tx = guid
        ? transactions.find((one) => one.guid === guid)
        : transactions.findLast((one) => names.includes(one.merchanttrace));
      return {
        names: tx ? [...new Set([...names, ...namesOf(tx)])] : names,
        reference: fields.get('reference') || tx?.reference || names[0],
        integration: tx?.integration ?? fields.get('id'),
      };
    },

    // The answer's pairs, and whether and with which key they are signed.
    answer(kind, pairs, query) {
      try {
        const reply = rules[kind](pairs, fieldsOf(pairs), query);
        return { signed: true, key: reply.key ?? keyOf(reply.tx), tx: reply.tx, pairs: reply.pairs };
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        return { signed: false, pairs: [['status', 'Error'], ['error', error.message]] };
      }
    },

    // Payments begun before a rotation may go on under the old key.
    rotate(id, key, keepOld) {
      const integration = integrationOf(id);
      for (const tx of transactions) {
        if (keepOld && tx.integration === id) tx.key ??= integration.key;
        else if (tx.integration === id) delete tx.key;
      }
      integration.key = key;
    },

    reset() {
      for (const tx of transactions) stopTimers(tx);
      transactions = [];
      tokens = new Map();
    },
  };
}
