import { number } from '@/utils/format';

const MOST = 99;

// How many wait, at the corner of an icon; `label` says it in words.
export function Badge({ count, label }: { count: number; label: string }) {
  if (count <= 0) return null;
  return (
    <>
      <span
        aria-hidden
        className="grid h-[1.25rem] min-w-[1.25rem] place-items-center whitespace-nowrap rounded-full bg-accent px-1.5 text-sm font-bold text-on-accent tabular-nums"
      >
        {count > MOST ? `${MOST}+` : number(count)}
      </span>
      <span className="sr-only">{label}</span>
    </>
  );
}
