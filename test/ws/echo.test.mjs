// What RFC 6455 asks of a server: a case each for what the sections 1 to 7 and
// 10 of the Autobahn suite look at, against a relay that echoes.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { BINARY, CLOSE, PING, PONG, Raw, TEXT, closeFrame, codeOf, frame, head, open, startRelay } from './support.mjs';

const MIB = 1 << 20;
const BACKLOG = 4 * MIB;
const { where } = await startRelay({ after }, { RELAY_ECHO: '1', RELAY_MESSAGE_MAX: String(MIB), RELAY_RATE: '60000',
  RELAY_BACKLOG_MAX: String(BACKLOG) });

// fn gets a connection that is open; it is let go afterwards.
function scene(name, fn) {
  test(name, async () => {
    const raw = await open(where);
    try {
      await fn(raw);
    } finally {
      raw.destroy();
    }
  });
}

async function echoed(raw, opcode, payload) {
  const got = await raw.next();
  assert.equal(got.opcode, opcode);
  assert.deepEqual(got.payload, Buffer.from(payload));
}

// The connection is good still, and closes as it should.
async function well(raw) {
  raw.write(frame(TEXT, 'still there'), closeFrame(1000));
  await echoed(raw, TEXT, 'still there');
  await raw.closes(1000);
}

// ---- 1: framing ----

for (const [kind, opcode] of [['text', TEXT], ['binary', BINARY]]) {
  for (const size of [0, 125, 126, 127, 128, 65535, 65536]) {
    scene(`1 a ${kind} message of ${size} bytes is echoed`, async (raw) => {
      const payload = Buffer.alloc(size, opcode === TEXT ? '*' : 0xfe);
      raw.write(frame(opcode, payload));
      await echoed(raw, opcode, payload);
      await well(raw);
    });
  }
  scene(`1 a ${kind} message of 65536 bytes in pieces of 997 is echoed`, async (raw) => {
    const payload = Buffer.alloc(65536, opcode === TEXT ? '*' : 0xfe);
    await raw.chop(frame(opcode, payload), 997);
    await echoed(raw, opcode, payload);
    await well(raw);
  });
}

// ---- 2: pings and pongs ----

for (const [name, payload] of [['without payload', ''], ['with text', 'Hello, world!'],
  ['with bytes', Buffer.from([0, 255, 254, 253, 252, 251, 0, 255])], ['of 125 bytes', Buffer.alloc(125, 0xfe)]]) {
  scene(`2 a ping ${name} is answered by its pong`, async (raw) => {
    raw.write(frame(PING, payload));
    await echoed(raw, PONG, payload);
    await well(raw);
  });
}

scene('2 a ping of 126 bytes breaks the protocol', async (raw) => {
  raw.write(frame(PING, Buffer.alloc(126, 0xfe)));
  await raw.closes(1002);
});

scene('2 a ping byte by byte is answered', async (raw) => {
  await raw.chop(frame(PING, Buffer.alloc(125, 0xfe)), 1);
  await echoed(raw, PONG, Buffer.alloc(125, 0xfe));
  await well(raw);
});

for (const payload of ['', 'unsolicited']) {
  scene(`2 a pong that nobody asked for, ${payload ? 'with payload' : 'empty'}, is passed over`, async (raw) => {
    raw.write(frame(PONG, payload));
    await well(raw);
  });
}

scene('2 a pong that nobody asked for does not hide the ping behind it', async (raw) => {
  raw.write(frame(PONG, 'unsolicited'), frame(PING, 'asked'));
  await echoed(raw, PONG, 'asked');
  await well(raw);
});

for (const piece of [undefined, 1]) {
  scene(`2 ten pings ${piece ? 'byte by byte ' : ''}have ten pongs in order`, async (raw) => {
    const pings = Buffer.concat(Array.from({ length: 10 }, (_, n) => frame(PING, `payload-${n}`)));
    if (piece) await raw.chop(pings, piece);
    else raw.write(pings);
    for (let n = 0; n < 10; n += 1) await echoed(raw, PONG, `payload-${n}`);
    await well(raw);
  });
}

// ---- 3: reserved bits ----

for (const [name, bytes] of [
  ['a small text', frame(TEXT, 'Hello', { rsv: 1 })],
  ['a ping', frame(PING, 'Hello', { rsv: 5 })],
  ['a close', frame(CLOSE, '', { rsv: 6 })],
  ['a binary message', frame(BINARY, Buffer.alloc(8, 0xfe), { rsv: 7 })],
]) {
  scene(`3 ${name} with reserved bits breaks the protocol`, async (raw) => {
    raw.write(bytes);
    await raw.closes(1002);
  });
}

for (const piece of [undefined, 6, 1]) {
  const how = piece === undefined ? 'at once' : `in pieces of ${piece}`;
  for (const rsv of [2, 3, 4]) {
    scene(`3 reserved bits ${rsv} between good frames, ${how}: the first is echoed, then it closes`, async (raw) => {
      const bytes = Buffer.concat([frame(TEXT, 'Hello'), frame(TEXT, 'Hello', { rsv }), frame(PING)]);
      if (piece) await raw.chop(bytes, piece);
      else raw.write(bytes);
      await echoed(raw, TEXT, 'Hello');
      await raw.closes(1002);
    });
  }
}

// ---- 4: opcodes ----

for (const opcode of [3, 4, 5, 6, 7, 11, 12, 13, 14, 15]) {
  for (const payload of ['', 'reserved opcode payload']) {
    scene(`4 opcode ${opcode} ${payload ? 'with payload ' : ''}breaks the protocol`, async (raw) => {
      raw.write(frame(opcode, payload), frame(PING));
      await raw.closes(1002);
    });
  }
  scene(`4 opcode ${opcode} behind a good message: that is echoed, then it closes`, async (raw) => {
    raw.write(frame(TEXT, 'Hello'), frame(opcode, 'x'), frame(PING));
    await echoed(raw, TEXT, 'Hello');
    await raw.closes(1002);
  });
}

// ---- 5: fragments ----

const first = (text, options) => frame(TEXT, text, { fin: false, ...options });
const middle = (text) => frame(0, text, { fin: false });
const last = (text) => frame(0, text);

for (const [name, opcode] of [['ping', PING], ['pong', PONG], ['close', CLOSE]]) {
  scene(`5 a ${name} in fragments breaks the protocol`, async (raw) => {
    raw.write(frame(opcode, 'frag', { fin: false }), last('ment'));
    await raw.closes(1002);
  });
}

for (const piece of [undefined, 1]) {
  const how = piece === undefined ? '' : ', byte by byte,';
  const put = (raw, ...frames) => (piece ? raw.chop(Buffer.concat(frames), piece) : raw.write(...frames));
  scene(`5 a text in two fragments${how} is echoed whole`, async (raw) => {
    await put(raw, first('frag'), last('ment'));
    await echoed(raw, TEXT, 'fragment');
    await well(raw);
  });
  scene(`5 a ping between two fragments${how} is answered before the message`, async (raw) => {
    await put(raw, first('frag'), frame(PING, 'ping'), last('ment'));
    await echoed(raw, PONG, 'ping');
    await echoed(raw, TEXT, 'fragment');
    await well(raw);
  });
  scene(`5 two pings among many fragments${how} are answered`, async (raw) => {
    await put(raw, first('a'), middle('b'), frame(PING, '1'), middle('c'), middle('d'), frame(PING, '2'), last('e'));
    await echoed(raw, PONG, '1');
    await echoed(raw, PONG, '2');
    await echoed(raw, TEXT, 'abcde');
    await well(raw);
  });
  for (const fin of [true, false]) {
    scene(`5 a continuation of nothing, ${fin ? 'the last' : 'not the last'},${how} breaks the protocol`, async (raw) => {
      await put(raw, frame(0, 'non-continuation', { fin }), frame(TEXT, 'Hello'));
      await raw.closes(1002);
    });
  }
}

scene('5 a continuation after a whole message breaks the protocol', async (raw) => {
  raw.write(first('frag'), last('ment'), middle('of nothing'), frame(TEXT, 'Hello'));
  await echoed(raw, TEXT, 'fragment');
  await raw.closes(1002);
});

scene('5 continuations of nothing, and again, break the protocol', async (raw) => {
  raw.write(middle('a'), first('b'), last('c'), middle('a'), first('b'), last('c'));
  await raw.closes(1002);
});

for (const second of [TEXT, BINARY]) {
  scene(`5 a ${second === TEXT ? 'text' : 'binary message'} within a text breaks the protocol`, async (raw) => {
    raw.write(first('frag'), frame(second, 'ment'));
    await raw.closes(1002);
  });
}

scene('5 fragments without payload make an empty message', async (raw) => {
  raw.write(first(''), middle(''), last(''));
  await echoed(raw, TEXT, '');
  await well(raw);
});

// ---- 6: UTF-8 ----

const bytesOf = (hex) => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const GOOD = {
  'one byte each': '48656c6c6f',
  'Greek with marks': 'ce ba e1 bd b9 cf 83 ce bc ce b5',
  'two bytes, the least': 'c2 80',
  'three bytes, the least': 'e0 a0 80',
  'four bytes, the least': 'f0 90 80 80',
  'one byte, the most': '7f',
  'two bytes, the most': 'df bf',
  'three bytes, the most': 'ef bf bf',
  'four bytes, the most': 'f4 8f bf bf',
  'before the surrogates': 'ed 9f bf',
  'behind the surrogates': 'ee 80 80',
  'the replacement character': 'ef bf bd',
  'a byte order mark': 'ef bb bf 61',
  'a non-character': 'ef bf be',
  'a non-character of plane 16': 'f4 8f bf be',
  'a zero byte': '61 00 62',
};
const BAD = {
  'a continuation alone': '80',
  'the last continuation alone': 'bf',
  'two continuations alone': '80 bf',
  'all continuations': Buffer.from(Array.from({ length: 64 }, (_, n) => 128 + n)).toString('hex'),
  'a start of two and a blank': 'c3 20',
  'a start of three and a blank': 'e8 20',
  'a start of four and a blank': 'f1 20',
  'two bytes, cut': 'c3',
  'three bytes, cut': 'e0 a0',
  'four bytes, cut': 'f0 90 80',
  'cut ones in a row': 'c3 e0 a0 f0 90 80',
  'the byte fe': 'fe',
  'the byte ff': 'ff',
  'a slash in two bytes': 'c0 af',
  'a slash in three': 'e0 80 af',
  'a slash in four': 'f0 80 80 af',
  'overlong, the most of two': 'c1 bf',
  'overlong, the most of three': 'e0 9f bf',
  'overlong, the most of four': 'f0 8f bf bf',
  'zero in two bytes': 'c0 80',
  'five bytes': 'f8 88 80 80 80',
  'six bytes': 'fc 84 80 80 80 80',
  'past the last plane': 'f4 90 80 80',
  'the first surrogate': 'ed a0 80',
  'the last high surrogate': 'ed af bf',
  'the first low surrogate': 'ed b0 80',
  'a pair of surrogates': 'ed a0 80 ed b0 80',
  'Greek and a surrogate': 'ce ba e1 bd b9 cf 83 ce bc ce b5 ed a0 80 65 64 69 74 65 64',
};

for (const [name, hex] of Object.entries(GOOD)) {
  const text = bytesOf(hex);
  scene(`6 good: ${name}, in one frame`, async (raw) => {
    raw.write(frame(TEXT, text));
    await echoed(raw, TEXT, text);
    await well(raw);
  });
  scene(`6 good: ${name}, a frame a byte`, async (raw) => {
    raw.write(...[...text].map((byte, i) => frame(i === 0 ? TEXT : 0, [byte], { fin: i === text.length - 1 })));
    await echoed(raw, TEXT, text);
    await well(raw);
  });
}

for (const [name, hex] of Object.entries(BAD)) {
  const text = bytesOf(hex);
  scene(`6 bad: ${name}, in one frame`, async (raw) => {
    raw.write(frame(TEXT, text));
    await raw.closes(1007);
  });
  scene(`6 bad: ${name}, a frame a byte`, async (raw) => {
    raw.write(...[...text].map((byte, i) => frame(i === 0 ? TEXT : 0, [byte], { fin: i === text.length - 1 })));
    await raw.closes(1007);
  });
}

for (const [name, rest] of [['in a fragment', [middle(bytesOf('f4 90 80 80'))]], ['in a frame that has not ended', undefined]]) {
  scene(`6 bad text ${name} closes at once, before the message has ended`, async (raw) => {
    raw.write(first(bytesOf('ce ba e1 bd b9 cf 83 ce bc ce b5')), ...(rest ?? [frame(0, bytesOf('f4 90 80 80 6564')).subarray(0, 6 + 4)]));
    await raw.closes(1007);
  });
}

scene('6 a binary message may hold what is no text', async (raw) => {
  raw.write(frame(BINARY, bytesOf('c0 af ff')));
  await echoed(raw, BINARY, bytesOf('c0 af ff'));
  await well(raw);
});

// ---- 7: closing ----

scene('7 a close with 1000 is answered by its like', async (raw) => {
  raw.write(frame(TEXT, 'Hello'), closeFrame(1000));
  await echoed(raw, TEXT, 'Hello');
  await raw.closes(1000);
});

scene('7 of two closes one is answered', async (raw) => {
  raw.write(closeFrame(1000), closeFrame(1000));
  await raw.closes(1000);
});

scene('7 a ping behind a close is passed over', async (raw) => {
  raw.write(closeFrame(1000), frame(PING, 'late'));
  await raw.closes(1000);
});

scene('7 a text behind a close is passed over', async (raw) => {
  raw.write(closeFrame(1000), frame(TEXT, 'late'));
  await raw.closes(1000);
});

scene('7 a close within a message ends it', async (raw) => {
  raw.write(first('fragment'), closeFrame(1000), last('late'));
  await raw.closes(1000);
});

scene('7 a message of 256 KiB before a close is echoed whole', async (raw) => {
  const payload = Buffer.alloc(256 * 1024, 'Hello');
  raw.write(frame(TEXT, payload), closeFrame(1000));
  await echoed(raw, TEXT, payload);
  await raw.closes(1000);
});

scene('7 a close without a code is answered', async (raw) => {
  raw.write(frame(CLOSE));
  const code = codeOf(await raw.next());
  assert.ok(code === undefined || code === 1000);
  await raw.over();
});

scene('7 a close of one byte breaks the protocol', async (raw) => {
  raw.write(frame(CLOSE, 'a'));
  await raw.closes(1002);
});

for (const [name, reason] of [['a reason', 'Hello World!'], ['the longest reason', '*'.repeat(123)]]) {
  scene(`7 a close with ${name} is answered`, async (raw) => {
    raw.write(closeFrame(1000, reason));
    await raw.closes(1000);
  });
}

scene('7 a close with too long a reason breaks the protocol', async (raw) => {
  raw.write(closeFrame(1000, '*'.repeat(124)));
  await raw.closes(1002);
});

scene('7 a reason that is no text is refused', async (raw) => {
  raw.write(frame(CLOSE, Buffer.concat([Buffer.from([0x03, 0xe8]), bytesOf('ce ba e1 bd b9 ed a0 80')])));
  await raw.closes(1007);
});

for (const code of [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999]) {
  scene(`7 a close with ${code} is answered by its like`, async (raw) => {
    raw.write(closeFrame(code));
    await raw.closes(code);
  });
}

for (const code of [0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999, 5000, 65535]) {
  scene(`7 a close with ${code}, which nobody may send, breaks the protocol`, async (raw) => {
    raw.write(closeFrame(code));
    await raw.closes(1002);
  });
}

// ---- 10: fragments by themselves ----

scene('10 a text of 65536 bytes in fragments of 1300 is echoed whole', async (raw) => {
  const payload = Buffer.alloc(65536, '*');
  const parts = [];
  for (let i = 0; i < payload.length; i += 1300) {
    parts.push(frame(i === 0 ? TEXT : 0, payload.subarray(i, i + 1300), { fin: i + 1300 >= payload.length }));
  }
  raw.write(...parts);
  await echoed(raw, TEXT, payload);
  await well(raw);
});

// ---- masks, lengths, limits ----

scene('a frame without a mask breaks the protocol', async (raw) => {
  raw.write(frame(TEXT, 'Hello', { mask: false }));
  await raw.closes(1002);
});

for (const [name, options] of [['two bytes for 5', { form: 'middle' }], ['eight bytes for 5', { form: 'long' }]]) {
  scene(`a length in ${name} breaks the protocol`, async (raw) => {
    raw.write(frame(TEXT, 'Hello', options));
    await raw.closes(1002);
  });
}

scene('a length with its first bit set breaks the protocol', async (raw) => {
  const bytes = frame(TEXT, 'Hello', { form: 'long' });
  bytes[2] = 0x80;
  raw.write(bytes);
  await raw.closes(1002);
});

scene('a message as long as may be is echoed', async (raw) => {
  const payload = Buffer.alloc(MIB, 'x');
  raw.write(frame(TEXT, payload));
  await echoed(raw, TEXT, payload);
  await well(raw);
});

scene('a message one byte too long is refused as it begins', async (raw) => {
  raw.write(frame(TEXT, 'x', { length: MIB + 1 }));
  await raw.closes(1009);
});

scene('a message too long in fragments is refused', async (raw) => {
  raw.write(first(Buffer.alloc(MIB, 'x')), middle('x'));
  await raw.closes(1009);
});

scene('a message of too many frames is refused', async (raw) => {
  raw.write(first(''), ...Array.from({ length: 64 }, () => middle('')));
  await raw.closes(1008);
});

scene('who leaves in the midst of a frame harms nobody', async (raw) => {
  raw.write(frame(TEXT, 'Hello').subarray(0, 5));
  raw.end();
  await raw.over();
  const other = await open(where);
  await well(other);
});

scene('a reader that does not read is cut, and others are not', async (raw) => {
  raw.stopReading();
  const other = await open(where);
  const payload = frame(TEXT, Buffer.alloc(MIB / 2, 'x'));
  while (!raw.refused) {
    raw.write(payload);
    other.write(frame(PING, 'there?'));
    await echoed(other, PONG, 'there?');
  }
  await well(other);
});

// ---- the request ----

const REFUSED = [
  ['another method', head({}, 'POST /ws HTTP/1.1'), 405],
  ['HTTP/1.0', head({}, 'GET /ws HTTP/1.0'), 400],
  ['HTTP/2.0', head({}, 'GET /ws HTTP/2.0'), 400],
  ['no path', head({}, 'GET ws HTTP/1.1'), 400],
  ['no host', head({ Host: undefined }), 400],
  ['no upgrade', head({ Upgrade: undefined }), 426],
  ['another upgrade', head({ Upgrade: 'h2c' }), 426],
  ['no connection line', head({ Connection: undefined }), 426],
  ['a kept connection', head({ Connection: 'keep-alive' }), 426],
  ['version 8', head({ 'Sec-WebSocket-Version': '8' }), 426],
  ['no version', head({ 'Sec-WebSocket-Version': undefined }), 426],
  ['no key', head({ 'Sec-WebSocket-Key': undefined }), 400],
  ['a short key', head({ 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZQ==' }), 400],
  ['a key that is no base64', head({ 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZ!==' }), 400],
  ['two keys', head({ 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' }), 400],
  ['two hosts', head({ host: 'other' }), 400],
  ['a body', head({ 'Content-Length': '5' }), 400],
  ['a chunked body', head({ 'Transfer-Encoding': 'chunked' }), 400],
  ['a folded line', head({ 'X-Long': 'a\r\n b' }), 400],
  ['a control character', head({ 'X-Odd': 'a\x01b' }), 400],
  ['a line without a colon', head().replace('Host:', 'Host'), 400],
  ['too many lines', head(Object.fromEntries(Array.from({ length: 64 }, (_, n) => [`X-${n}`, 'x']))), 431],
  ['too long a head', head({ 'X-Long': 'x'.repeat(9000) }), 431],
  ['garbage', '\x16\x03\x01\x02\x00\x01\x00\r\n\r\n', 400],
];

for (const [name, bytes, status] of REFUSED) {
  test(`a request with ${name} is refused with ${status}`, async () => {
    const raw = new Raw(where);
    raw.write(Buffer.from(bytes, 'latin1'));
    const answer = await raw.answer();
    assert.equal(answer.status, status);
    assert.equal(answer.headers['content-length'], '0');
    if (status === 405) assert.equal(answer.headers.allow, 'GET');
    if (status === 426) assert.equal(answer.headers['sec-websocket-version'], '13');
    await raw.over();
  });
}

test('a request byte by byte, with a frame behind it, opens', async () => {
  const raw = new Raw(where);
  await raw.chop(Buffer.concat([Buffer.from(head({ connection: undefined, Connection: 'keep-alive, Upgrade' })), frame(TEXT, 'early')]), 1);
  const { status, headers } = await raw.answer();
  assert.deepEqual([status, headers['sec-websocket-accept'], headers['sec-websocket-extensions']], [101, 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=', undefined]);
  await echoed(raw, TEXT, 'early');
  await well(raw);
});

test('a request and a frame in one packet open', async () => {
  const raw = new Raw(where);
  raw.write(head(), frame(TEXT, 'early'));
  assert.equal((await raw.answer()).status, 101);
  await echoed(raw, TEXT, 'early');
  await well(raw);
});
