import { HttpResponse, http } from 'msw';
import { expect, test, vi } from 'vitest';
import { accessToken, begin, currentSession } from '@/services/tokens';
import { brandProfile, user } from '@/test/data';
import { answer, cut, refuse, server } from '@/test/server';
import { ApiError, api, ok } from './api';

const me = () => ok(api.GET('/auth/me'));

test('an ended token is renewed once for all calls, and each is asked again', async () => {
  begin('old.to.ken', user(), brandProfile());
  const asked: (string | null)[] = [];
  server.use(
    http.get('*/api/auth/me', ({ request }) => {
      asked.push(request.headers.get('Authorization'));
      return request.headers.get('Authorization') === 'Bearer new.to.ken'
        ? HttpResponse.json({ user: user(), profile: null })
        : HttpResponse.json({ code: 'token_expired' }, { status: 401 });
    }),
  );
  const refreshes = answer('post', '/auth/refresh', { access_token: 'new.to.ken' });
  await Promise.all([me(), me(), me()]);
  expect(refreshes.length).toBe(1);
  expect(asked.filter((one) => one === 'Bearer new.to.ken').length).toBe(3);
  expect(accessToken()).toBe('new.to.ken');
});

test('a session that is over is over here too', async () => {
  begin('old.to.ken', user(), brandProfile());
  refuse('get', '/auth/me', 401, 'session_ended');
  refuse('post', '/auth/refresh', 401, 'session_ended');
  await expect(me()).rejects.toMatchObject({ status: 401, code: 'session_ended' });
  expect(currentSession().state).toBe('out');
});

test('a cut line during the renewal ends nothing', async () => {
  begin('old.to.ken', user(), brandProfile());
  refuse('get', '/auth/me', 401, 'token_expired');
  cut('post', '/auth/refresh');
  await expect(me()).rejects.toBeInstanceOf(ApiError);
  expect(currentSession().state).toBe('in');
});

test.each(['cut', 'late'])(
  'an answer of the renewal that is %s is asked for once more, at once',
  async (how) => {
    begin('old.to.ken', user(), brandProfile());
    refuse('get', '/auth/me', 401, 'token_expired');
    // A hundredth of the time, and what it was.
    const limits: number[] = [];
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    const spy = vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      limits.push(ms);
      return timeout(ms / 100);
    });
    const refreshes = answer('post', '/auth/refresh', { access_token: 'new.to.ken' });
    let lost = 0;
    server.use(
      http.post(
        '*/api/auth/refresh',
        async () => {
          lost += 1;
          if (how === 'late') await new Promise((next) => setTimeout(next, 1000));
          return HttpResponse.error();
        },
        { once: true },
      ),
    );
    await expect(me()).rejects.toMatchObject({ status: 401 });
    spy.mockRestore();
    expect([lost, refreshes.length]).toEqual([1, 1]);
    expect(accessToken()).toBe('new.to.ken');
    expect(limits[1]).toBeLessThan(5_000); // half of the server's refresh_grace_s
  },
);

test('a refusal carries its code and fields', async () => {
  refuse('post', '/auth/forgot-password', 422, 'fields_invalid', { fields: { email: 'is required' } });
  await expect(ok(api.POST('/auth/forgot-password', { body: { email: '' } }))).rejects.toMatchObject({
    status: 422,
    code: 'fields_invalid',
    fields: { email: 'is required' },
  });
});

test('no answer is an error of its own', async () => {
  cut('get', '/creators/facets');
  await expect(ok(api.GET('/creators/facets'))).rejects.toMatchObject({ status: 0, code: 'network' });
});

test('a call goes as it is asked for: path, search, headers, and on when the page is left', async () => {
  const asked: Request[] = [];
  server.use(
    http.all('*/api/*', ({ request }) => {
      asked.push(request);
      return HttpResponse.json({}, { status: 202 });
    }),
  );
  await api.POST('/analytics/views', { body: { entity_type: 'profile', entity_id: 7 }, keepalive: true });
  await api.GET('/creators', { params: { query: { search: 'sadza & co', category: undefined, page: 2 } } });
  await api.POST('/bookings/{id}/payments', {
    params: { path: { id: 9 }, header: { 'Idempotency-Key': 'k' } },
    body: { payment_method: 'paynow', phone: null },
  });
  const [view, list, act] = asked;
  expect(view?.keepalive).toBe(true);
  expect(view?.headers.get('Content-Type')).toBe('application/json');
  expect(new URL(list?.url ?? '').search).toBe('?search=sadza+%26+co&page=2');
  expect(list?.headers.get('Content-Type')).toBeNull();
  expect(new URL(act?.url ?? '').pathname).toBe('/api/bookings/9/payments');
  expect(act?.headers.get('Idempotency-Key')).toBe('k');
});
