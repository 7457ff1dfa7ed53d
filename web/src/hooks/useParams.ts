import { useLocation } from 'react-router';
import { match } from '@/lib/routes';

// What the address gives the page: of '/creators/:id', the id.
export const useParams = (): Record<string, string> => match(useLocation().pathname)?.params ?? {};
