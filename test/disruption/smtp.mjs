// A mail server that takes letters, and does what a test wants at any stage.
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';
import { env } from '../integration/support/env.mjs';

// In the order in which a session comes by them.  `dot`: the letter is here
// whole, nobody has been told; `taken`: the 250 was sent.
export const STAGES = ['connect', 'mail', 'rcpt', 'data', 'middle', 'dot', 'taken'];

const certificate = () => ({
  key: fs.readFileSync(`${env.STATE}/tls/key.pem`),
  cert: fs.readFileSync(`${env.STATE}/tls/cert.pem`),
});

/*
 * port: where; secure: 'none', 'starttls' or 'implicit'; login: { user,
 * password } without which nothing goes.  at(stage, session): may answer a
 * reply such as '550 no' instead of the usual one, 'hang up', or nothing; it
 * may wait.  session: { peer (its port), secure, user, to }.
 *
 * letters: [{ id, to, secure, user }] of what was taken, in order;  commands: the
 * verbs that were heard.
 */
export async function startSmtp({ port = 0, secure = 'none', login, at = () => {} } = {}) {
  const letters = [];
  const commands = [];
  const sockets = new Set();

  async function converse(raw) {
    let socket = raw;
    let buffered = '';
    let inLetter = false;
    let loggingIn = false;
    let gone = false;
    const session = { peer: raw.remotePort, secure: secure === 'implicit', user: undefined, to: undefined };
    const say = (line) => socket.writable && socket.write(`${line}\r\n`);

    async function stage(name, usual) {
      const wanted = await at(name, session);
      if (wanted === 'hang up') hangUp();
      else if (usual !== undefined) say(wanted ?? usual);
      return wanted === undefined;
    }

    function hangUp() {
      gone = true;
      raw.destroy();
    }

    async function letterEnds(text) {
      inLetter = false;
      const id = /^Message-ID: <([^>]*)>/im.exec(text)[1];
      letters.push({ id, to: session.to, secure: session.secure, user: session.user });
      if (await stage('dot', '250 taken')) await stage('taken');
    }

    function judgeLogin(proof) {
      const [, user, password] = Buffer.from(proof, 'base64').toString().split('\0');
      loggingIn = false;
      if (user !== login?.user || password !== login?.password) return say('535 not you');
      session.user = user;
      return say('235 welcome');
    }

    async function command(line) {
      if (loggingIn) return judgeLogin(line);
      const [verb, ...words] = line.split(' ');
      const rest = words.join(' ');
      commands.push(verb.toUpperCase());
      switch (verb.toUpperCase()) {
        case 'EHLO':
          socket.write('250-here\r\n');
          if (secure === 'starttls' && !session.secure) socket.write('250-STARTTLS\r\n');
          if (login) socket.write('250-AUTH PLAIN\r\n');
          return say('250 8BITMIME');
        case 'STARTTLS':
          say('220 go on');
          raw.removeAllListeners('data');
          socket = new tls.TLSSocket(raw, { isServer: true, ...certificate() });
          session.secure = true;
          return listen();
        case 'AUTH':
          if (words[1]) return judgeLogin(words[1]);
          loggingIn = true;
          return say('334 ');
        case 'MAIL':
          return login && !session.user ? say('530 who are you') : stage('mail', '250 fine');
        case 'RCPT':
          session.to = /<([^>]*)>/.exec(rest)[1];
          return stage('rcpt', '250 fine');
        case 'DATA':
          inLetter = await stage('data', '354 go on');
          return undefined;
        case 'QUIT': return say('221 bye');
        default: return say('500 what?');
      }
    }

    async function eat() {
      while (!gone) {
        const end = buffered.indexOf(inLetter ? '\r\n.\r\n' : '\r\n');
        if (end < 0) {
          if (inLetter && buffered.length > 0) await stage('middle');
          return;
        }
        const text = buffered.slice(0, end);
        buffered = buffered.slice(end + (inLetter ? 5 : 2));
        if (inLetter) {
          if (await stage('middle')) await letterEnds(text);
        } else {
          await command(text);
        }
      }
    }

    let work = Promise.resolve();
    function listen() {
      socket.on('error', () => {});
      socket.on('data', (bytes) => {
        buffered += bytes.toString('latin1');
        work = work.then(eat);
      });
    }
    listen();
    await stage('connect', '220 here');
  }

  const server = secure === 'implicit'
    ? tls.createServer(certificate(), converse)
    : net.createServer(converse);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('tlsClientError', () => {});
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: server.address().port,
    letters,
    commands,
    close: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

// Whose connection comes from this port of loopback.
export function ownerOf(port, pids) {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const inode = ['/proc/net/tcp', '/proc/net/tcp6']
    .flatMap((path) => fs.readFileSync(path, 'latin1').split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .find((fields) => fields[1]?.endsWith(wanted))?.[9];
  return pids.find((pid) => {
    try {
      return fs.readdirSync(`/proc/${pid}/fd`).some((fd) => fs.readlinkSync(`/proc/${pid}/fd/${fd}`) === `socket:[${inode}]`);
    } catch {
      return false; // it has ended, or closed that one, meanwhile
    }
  });
}
