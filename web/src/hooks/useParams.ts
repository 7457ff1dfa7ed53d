import { useLocation } from 'react-router';
import { match } from '@/lib/routes';

// What the page's address says at the places its route names.
export const useParams = (): Record<string, string | undefined> =>
  match(useLocation().pathname)?.params ?? {};
