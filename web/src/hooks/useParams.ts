import { usePathname } from '@/lib/router';
import { match } from '@/lib/routes';

// What the page's address says at the places its route names.
export const useParams = (): Record<string, string | undefined> => match(usePathname())?.params ?? {};
