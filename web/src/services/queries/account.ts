import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '@/services/api';

const SESSIONS = 100;

export const accountKeys = {
  all: ['account'] as const,
  sessions: () => [...accountKeys.all, 'sessions'] as const,
};

export const sessionsQuery = () =>
  queryOptions({
    queryKey: accountKeys.sessions(),
    queryFn: ({ signal }) =>
      ok(api.GET('/auth/sessions', { params: { query: { per_page: SESSIONS } }, signal })),
  });
