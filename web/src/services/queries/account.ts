import { queryOptions } from '@tanstack/react-query';
import { api, ok } from '@/services/api';
import type { components } from '@/services/schema';

export type Preference = components['schemas']['Preference'];

const SESSIONS = 100;

export const accountKeys = {
  all: ['account'] as const,
  sessions: () => [...accountKeys.all, 'sessions'] as const,
  preferences: () => [...accountKeys.all, 'preferences'] as const,
};

export const sessionsQuery = () =>
  queryOptions({
    queryKey: accountKeys.sessions(),
    queryFn: ({ signal }) =>
      ok(api.GET('/auth/sessions', { params: { query: { per_page: SESSIONS } }, signal })),
  });

export const preferencesQuery = () =>
  queryOptions({
    queryKey: accountKeys.preferences(),
    queryFn: ({ signal }) => ok(api.GET('/notifications/preferences', { signal })),
  });
