import { Frame } from './Frame';
import { type ChartProps, scaleOf, WIDTH } from './scale';

const GAP = 0.25; // of a bar's room

// What is counted apart: weeks, months, kinds.
export function BarChart(props: ChartProps) {
  const scale = scaleOf(props.points.map(({ value }) => value));
  const room = WIDTH / (props.points.length || 1);
  const floor = scale.y(0);
  return (
    <Frame {...props} scale={scale}>
      {props.points.map(({ label, value }, at) => (
        <rect
          key={label}
          x={at * room + (room * GAP) / 2}
          width={room * (1 - GAP)}
          y={Math.min(scale.y(value), floor)}
          height={Math.abs(scale.y(value) - floor)}
          className="fill-accent"
        />
      ))}
    </Frame>
  );
}
