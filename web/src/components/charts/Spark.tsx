import { HEIGHT, path, scaleOf, WIDTH } from './scale';

// The shape of a row of figures, beside the figure that says it.
export function Spark({ values }: { values: readonly number[] }) {
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="block h-8 w-full"
    >
      <path
        d={path(values, scaleOf(values))}
        fill="none"
        strokeWidth="2"
        vectorEffect="non-scaling-stroke"
        className="stroke-accent"
      />
    </svg>
  );
}
