import { api } from '@/services/api';
import type { paths } from '@/services/schema';

export type Seen = paths['/analytics/views']['post']['requestBody']['content']['application/json'];

// Goes on when the page is left; whoever looked is not told when it was not counted.
export function countView(seen: Seen) {
  api.POST('/analytics/views', { body: seen, keepalive: true }).catch(() => {});
}
