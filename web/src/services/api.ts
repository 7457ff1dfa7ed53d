// The only file that knows about HTTP.
import type { Client } from 'openapi-fetch';
import type { components, paths } from './schema';
import { accessToken, currentSession, end, setAccessToken } from './tokens';

const READ_MS = 15_000;
const WRITE_MS = 30_000;
// Well below the time in which the server gives a lost answer again (setting
// refresh_grace_s): afterwards the same question ends the session.
const REFRESH_MS = 4_000;

type Problem = components['schemas']['Problem'];
type Reason = components['schemas']['Reason'];

// A refusal of the API, or, with status 0, no answer at all.
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: Record<string, string>;
  readonly reasons: Record<string, Reason>;
  // The problem as it came, for the few that say more.
  readonly body: Partial<Problem> & Record<string, unknown>;

  constructor(status: number, code: string, message = '', body: Partial<Problem> = {}) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.fields = body.fields ?? {};
    this.reasons = body.reasons ?? {};
    this.body = body;
  }
}

export const origin = () => globalThis.location?.origin ?? 'http://localhost';

async function timed(
  request: Request,
  limit_ms = request.method === 'GET' ? READ_MS : WRITE_MS,
): Promise<Response> {
  const limit = AbortSignal.timeout(limit_ms);
  // One signal for both: AbortSignal.any is younger than our oldest browsers.
  const both = new AbortController();
  const stop = (signal: AbortSignal) => () => both.abort(signal.reason);
  limit.addEventListener('abort', stop(limit), { once: true });
  if (request.signal.aborted) both.abort(request.signal.reason);
  else request.signal.addEventListener('abort', stop(request.signal), { once: true });
  return fetch(request, { signal: both.signal });
}

// The answer with its body: null where the session is not given.
async function askRefresh(limit_ms: number): Promise<{ status: number; token: string | null }> {
  const answer = await timed(new Request(`${origin()}/api/auth/refresh`, { method: 'POST' }), limit_ms);
  const { status } = answer;
  return {
    status,
    token: answer.ok ? ((await answer.json()) as { access_token: string }).access_token : null,
  };
}

// One refresh for all tabs and calls: who comes second finds the first one's
// token, for it came in by the channel while he waited.
let refreshing: Promise<boolean> | null = null;

export function refreshOnce(stale: string | null): Promise<boolean> {
  const refresh = async () => {
    if (accessToken() !== stale && accessToken() !== null) return true;
    // An answer that was lost is there once more, for a short while.  Nobody
    // asks after the second, so that may take its time.
    const { status, token } = await askRefresh(REFRESH_MS).catch(() => askRefresh(READ_MS));
    if (status === 401) end();
    if (token !== null) setAccessToken(token);
    return token !== null;
  };
  refreshing ??= (navigator.locks ? navigator.locks.request('bb-refresh', refresh) : refresh()).finally(
    () => {
      refreshing = null;
    },
  );
  return refreshing;
}

interface Asked extends Omit<RequestInit, 'body'> {
  params?: {
    path?: Record<string, string | number>;
    query?: Record<string, unknown>;
    header?: Record<string, string>;
  };
  body?: unknown;
  // What the contract's own types leave open: a body that is sent as it is, and
  // an answer that is no JSON.
  bodySerializer?: () => BodyInit;
  parseAs?: 'blob';
}

function address(path: string, { path: places = {}, query = {} }: NonNullable<Asked['params']> = {}) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value != null) search.append(name, String(value));
  const filled = path.replace(/{(\w+)}/g, (_, name: string) => encodeURIComponent(String(places[name])));
  return `${origin()}/api${filled}${search.size > 0 ? `?${search}` : ''}`;
}

let held: Promise<void> = Promise.resolve();

// Until then answers wait, and that there is none too.
export function holdAnswers(until: Promise<void>) {
  held = until;
}

// The token goes with each call; one that has ended is renewed, and the call
// made again.
const call =
  (method: string) =>
  async (path: string, asked: Asked = {}) => {
    const { params, body, headers, bodySerializer, parseAs, ...how } = asked;
    const send = (token: string | null) => {
      const request = new Request(address(path, params), {
        ...how,
        method,
        headers: {
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...params?.header,
          ...headers,
        },
        body: body === undefined ? null : (bodySerializer?.() ?? JSON.stringify(body)),
      });
      if (token) request.headers.set('Authorization', `Bearer ${token}`);
      return timed(request).finally(() => held);
    };

    // A session that is only hinted at has to be had before it is used.
    if (accessToken() === null && currentSession().state === 'unknown') await refreshOnce(null);
    const token = accessToken();
    let response = await send(token);
    if (response.status === 401 && token && (await refreshOnce(token))) response = await send(accessToken());

    if (!response.ok) {
      // A proxy's words are no problem of ours: the status says enough.
      const error: unknown = await response.json().catch(() => undefined);
      return { error, response };
    }
    if (parseAs) return { data: await response.blob(), response };
    const text = await response.text();
    return { data: text === '' ? undefined : JSON.parse(text), response };
  };

// Types alone come from openapi-fetch: each path and what belongs to it.
export const api = {
  GET: call('GET'),
  POST: call('POST'),
  PUT: call('PUT'),
  PATCH: call('PATCH'),
  DELETE: call('DELETE'),
} as unknown as Pick<Client<paths>, 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'>;

export interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

// The answer's body, or an ApiError: what Query wants.
export async function ok<T>(call: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await call;
  } catch (reason) {
    if (reason instanceof ApiError) throw reason;
    const name = reason instanceof Error ? reason.name : '';
    // Given up by the page itself: Query wants to see that as it is.
    if (name === 'AbortError') throw reason;
    throw new ApiError(0, name === 'TimeoutError' ? 'timeout' : 'network');
  }
  if (answer.response.ok) return answer.data as T;
  throw refusal(answer.response.status, answer.error);
}

// What was refused, from the answer's body, if that is a problem.
export function refusal(status: number, problem: unknown): ApiError {
  const body = (typeof problem === 'object' && problem ? problem : {}) as Partial<Problem>;
  return new ApiError(status, body.code ?? 'unavailable', body.error, body);
}

// Before the first page that needs it: the account behind the cookie.
export async function resume(): Promise<boolean> {
  return accessToken() !== null || (await refreshOnce(null));
}
