// The API of the tests.  answer() is typed by the contract: a body that the API
// could not give does not compile.
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import type { paths } from '@/services/schema';

// What every page of somebody who is logged in asks; a test that cares answers
// it otherwise.
export const server = setupServer(
  http.get('*/api/notifications', () =>
    HttpResponse.json({
      notifications: [],
      total: 0,
      pages: 0,
      current_page: 1,
      has_more: false,
      unread_count: 0,
    }),
  ),
  http.get('*/api/messages/conversations', () =>
    HttpResponse.json({ conversations: [], total: 0, pages: 0, current_page: 1 }),
  ),
  // That it was seen is told by a page, and nothing is done with the answer.
  http.post('*/api/analytics/views', () => HttpResponse.json({ message: 'View counted' }, { status: 202 })),
);

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type Ok<P extends keyof paths, M extends Method> = paths[P][M] extends {
  responses: infer R;
}
  ? {
      [S in keyof R]: S extends 200 | 201 | 202
        ? R[S] extends { content: { 'application/json': infer B } }
          ? B
          : never
        : never;
    }[keyof R]
  : never;

const address = (path: string) => `*/api${path.replace(/\{(\w+)\}/g, ':$1')}`;

// Every request that came, for what a test wants to know of it.
export interface Asked {
  url: URL;
  headers: Headers;
  body: unknown;
}

// Answers a call from now on; gives back what was asked, as it comes.
export function answer<P extends keyof paths & string, M extends Method>(
  method: M,
  path: P,
  body: Ok<P, M> | ((asked: Asked) => Ok<P, M>),
): Asked[] {
  const asked: Asked[] = [];
  server.use(
    http[method](address(path), async ({ request }) => {
      const text = await request.text();
      const one = {
        url: new URL(request.url),
        headers: request.headers,
        body: text ? JSON.parse(text) : null,
      };
      asked.push(one);
      return HttpResponse.json((typeof body === 'function' ? body(one) : body) as never);
    }),
  );
  return asked;
}

// Refuses it, as the API does; pages say in English what it says.
export const says = (code: string) => `The worker says ${code}.`;
export function refuse(
  method: Method,
  path: keyof paths & string,
  status: number,
  code: string,
  more: Record<string, unknown> = {},
) {
  server.use(
    http[method](address(path), () =>
      HttpResponse.json(
        {
          type: 'about:blank',
          title: 'No',
          status,
          error: says(code),
          code,
          fields: {},
          reasons: {},
          request_id: 'r',
          ...more,
        },
        { status, headers: { 'Content-Type': 'application/problem+json' } },
      ),
    ),
  );
}

// The line is cut.
export function cut(method: Method, path: keyof paths & string) {
  server.use(http[method](address(path), () => HttpResponse.error()));
}

// The answer comes when the test lets it.
export function hold<P extends keyof paths & string, M extends Method>(method: M, path: P, body: Ok<P, M>) {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  server.use(
    http[method](address(path), async () => {
      await held;
      return HttpResponse.json(body as never);
    }),
  );
  return release;
}
