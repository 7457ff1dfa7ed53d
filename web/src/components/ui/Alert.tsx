import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

// What is wrong with a whole form; nothing while there is nothing to say.
export function Alert({ children }: { children: ReactNode }) {
  return (
    // Empty it takes no place, and is there for who listens.
    <div role="alert" className="empty:absolute">
      {children && (
        <p className="flex items-start gap-2 rounded-input border-2 border-danger p-3 font-bold text-danger">
          <CircleAlert aria-hidden className="shrink-0" />
          <span>{children}</span>
        </p>
      )}
    </div>
  );
}
