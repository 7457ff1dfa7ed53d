import { render } from '@testing-library/react';
import { App } from '@/App';
import { queryClient } from '@/lib/queryClient';
import { begin, type Profile, type User } from '@/services/tokens';
import '@/routes';

// The whole site at an address; failures show at once, for nothing is retried.
export function visit(path: string, session?: { user: User; profile: Profile }) {
  queryClient.setDefaultOptions({ queries: { ...queryClient.getDefaultOptions().queries, retry: false } });
  if (session) begin('a.b.c', session.user, session.profile);
  history.replaceState(null, '', path);
  return render(<App />);
}

export const where = () => location.pathname + location.search;
