import type { ReactNode } from 'react';
import { Spark } from './charts/Spark';
import { Link } from './ui/Link';
import { Loading, Skeleton } from './ui/State';

// What is null is yet to come, and its room is kept.
interface Props {
  label: string;
  value: ReactNode | null;
  note?: ReactNode | null;
  // Where the figure comes from.
  to?: string;
  spark?: readonly number[] | null;
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
      <dd className="font-display text-xl tabular-nums sm:text-2xl md:text-3xl">
        {value ?? <Skeleton className="h-[1lh]" />}
      </dd>
      {note !== undefined && <dd className="min-h-[1lh] text-sm text-muted">{note}</dd>}
      {spark !== undefined && (
        <dd className="mt-auto min-h-10 pt-2">
          {spark !== null && spark.length > 1 && <Spark values={spark} />}
        </dd>
      )}
    </div>
  );
}

export function Stats({ waits, children }: { waits?: boolean; children: ReactNode }) {
  return (
    <>
      {waits && <Loading>{null}</Loading>}
      <dl className="grid grid-cols-2 gap-3 *:only:col-span-2 md:gap-4 lg:[&:has(>:nth-child(3))]:grid-cols-4">
        {children}
      </dl>
    </>
  );
}
