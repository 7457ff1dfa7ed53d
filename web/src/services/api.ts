// The only file that knows about HTTP.
import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from './schema';
import { accessToken, currentSession, end, setAccessToken } from './tokens';

const READ_MS = 15_000;
const WRITE_MS = 30_000;

// A refusal of the API, or, with status 0, no answer at all.
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly fields: Record<string, string>;
  // The problem as it came, for the few that say more.
  readonly body: Record<string, unknown>;

  constructor(
    status: number,
    code: string,
    message: string,
    fields: Record<string, string> = {},
    body: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.fields = fields;
    this.body = body;
  }
}

export const origin = () => globalThis.location?.origin ?? 'http://localhost';

async function timed(request: Request): Promise<Response> {
  const limit = AbortSignal.timeout(request.method === 'GET' ? READ_MS : WRITE_MS);
  // One signal for both: AbortSignal.any is younger than our oldest browsers.
  const both = new AbortController();
  const stop = (signal: AbortSignal) => () => both.abort(signal.reason);
  limit.addEventListener('abort', stop(limit), { once: true });
  if (request.signal.aborted) both.abort(request.signal.reason);
  else request.signal.addEventListener('abort', stop(request.signal), { once: true });
  return fetch(request, { signal: both.signal });
}

// One refresh for all tabs and calls: who comes second finds the first one's
// token, for it came in by the channel while he waited.
let refreshing: Promise<boolean> | null = null;

export function refreshOnce(stale: string | null): Promise<boolean> {
  const refresh = async () => {
    if (accessToken() !== stale && accessToken() !== null) return true;
    const answer = await timed(new Request(`${origin()}/api/auth/refresh`, { method: 'POST' }));
    if (answer.ok) {
      setAccessToken(((await answer.json()) as { access_token: string }).access_token);
      return true;
    }
    if (answer.status === 401) end();
    return false;
  };
  refreshing ??= (navigator.locks ? navigator.locks.request('bb-refresh', refresh) : refresh()).finally(
    () => {
      refreshing = null;
    },
  );
  return refreshing;
}

const pending = new Map<string, Request>();

const auth: Middleware = {
  async onRequest({ request, id }) {
    // A session that is only hinted at has to be had before it is used.
    if (accessToken() === null && currentSession().state === 'unknown') await refreshOnce(null);
    const token = accessToken();
    if (token) request.headers.set('Authorization', `Bearer ${token}`);
    pending.set(id, request.clone());
    return request;
  },
  async onResponse({ request, response, id }) {
    const again = pending.get(id);
    pending.delete(id);
    const sent = request.headers.get('Authorization');
    if (response.status !== 401 || !sent || !again) return response;
    if (!(await refreshOnce(sent.slice('Bearer '.length)))) return response;
    again.headers.set('Authorization', `Bearer ${accessToken()}`);
    return timed(again);
  },
  onError({ id }) {
    pending.delete(id);
  },
};

export const api = createClient<paths>({ baseUrl: `${origin()}/api`, fetch: timed });
api.use(auth);

interface Answer<T> {
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
    throw new ApiError(0, name === 'TimeoutError' ? 'timeout' : 'network', 'No answer');
  }
  if (answer.response.ok) return answer.data as T;
  throw refusal(answer.response.status, answer.error);
}

// What was refused, from the answer's body, if that is a problem.
export function refusal(status: number, problem: unknown): ApiError {
  const body = (typeof problem === 'object' && problem ? problem : {}) as {
    code?: string;
    error?: string;
    fields?: Record<string, string>;
  };
  return new ApiError(
    status,
    body.code ?? 'unavailable',
    body.error ?? 'No answer',
    body.fields,
    body as Record<string, unknown>,
  );
}

// Before the first page that needs it: the account behind the cookie.
export async function resume(): Promise<boolean> {
  return accessToken() !== null || (await refreshOnce(null));
}
