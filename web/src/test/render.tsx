import { render } from '@testing-library/react';
import { MemoryRouter, useLocation } from 'react-router';
import { App } from '@/App';
import { queryClient } from '@/lib/queryClient';
import { begin, type Profile, type User } from '@/services/tokens';
import '@/routes';

let at = '';
function Where() {
  const { pathname, search } = useLocation();
  at = pathname + search;
  return null;
}

// The whole site at an address; failures show at once, for nothing is retried.
export function visit(path: string, session?: { user: User; profile: Profile }) {
  queryClient.setDefaultOptions({ queries: { ...queryClient.getDefaultOptions().queries, retry: false } });
  if (session) begin('a.b.c', session.user, session.profile);
  return render(
    <MemoryRouter initialEntries={[path]}>
      <App />
      <Where />
    </MemoryRouter>,
  );
}

export const where = () => at;
