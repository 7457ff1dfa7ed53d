import type { ReactNode } from 'react';
import { Spark } from './charts/Spark';
import { Link } from './ui/Link';

interface Props {
  label: string;
  value: ReactNode;
  note?: ReactNode;
  // Where the figure comes from.
  to?: string;
  spark?: readonly number[];
}

// One figure, inside of Stats.
export function Stat({ label, value, note, to, spark }: Props) {
  return (
    <div className="relative flex flex-col gap-1 rounded-card bg-card p-4 sm:p-5">
      <dt className="text-sm text-muted">
        {to ? (
          <Link to={to} className="stretched underline underline-offset-4">
            {label}
          </Link>
        ) : (
          label
        )}
      </dt>
      <dd className="font-display text-xl tabular-nums sm:text-2xl md:text-3xl">{value}</dd>
      {note && <dd className="text-sm text-muted">{note}</dd>}
      {spark && spark.length > 1 && (
        <dd className="mt-auto pt-2">
          <Spark values={spark} />
        </dd>
      )}
    </div>
  );
}

export function Stats({ children }: { children: ReactNode }) {
  return (
    <dl className="grid grid-cols-2 gap-3 *:only:col-span-2 md:gap-4 lg:[&:has(>:nth-child(3))]:grid-cols-4">
      {children}
    </dl>
  );
}
