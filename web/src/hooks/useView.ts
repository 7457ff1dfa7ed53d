import { useEffect } from 'react';
import { countView, type Seen } from '@/services/mutations/views';
import { currentSession } from '@/services/tokens';

// Counts that a page was seen, once it is known whose; not by `owner`, a user's id.
export function useView(entity_type: Seen['entity_type'], entity_id?: number, owner?: number) {
  useEffect(() => {
    if (!entity_id || currentSession().userId === owner) return;
    // A page that the browser fetched ahead, or a tab behind, has no frame until it is seen.
    const frame = requestAnimationFrame(() => countView({ entity_type, entity_id }));
    return () => cancelAnimationFrame(frame);
  }, [entity_type, entity_id, owner]);
}
