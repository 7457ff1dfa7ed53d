// An open-loop client: each request falls due by the clock, whether the ones
// before it were answered or not, and its latency counts from then.  wrk would
// wait, and so hide that others had to.
import http from 'node:http';
import { setTimeout as until } from 'node:timers/promises';

const CONNECTIONS = 64;

function send(agent, url, { method, path, token }) {
  return new Promise((resolve) => {
    const headers = token ? { authorization: `Bearer ${token}` } : {};
    const request = http.request(url + path, { method, agent, headers, timeout: 10000 }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
      response.on('error', () => resolve(0));
    });
    request.on('timeout', () => request.destroy(new Error('no answer')));
    request.on('error', () => resolve(0));
    request.end();
  });
}

export async function steady(url, calls, rate, seconds) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const began = performance.now();
  const answers = [];
  for (let i = 0; i < rate * seconds; i += 1) {
    const due = began + (i * 1000) / rate;
    const wait = due - performance.now();
    if (wait > 0) await until(wait);
    answers.push(send(agent, url, calls[i % calls.length].request())
      .then((status) => ({ status, ms: performance.now() - due })));
  }
  const all = await Promise.all(answers);
  agent.destroy();
  const sorted = all.map(({ ms }) => ms).sort((a, b) => a - b);
  return {
    sent: all.length,
    good: all.filter(({ status }) => status === 200).length,
    p50: sorted[Math.floor(sorted.length * 0.5)],
    p99: sorted[Math.floor(sorted.length * 0.99)],
  };
}
