import { Frame } from './Frame';
import { type ChartProps, path, scaleOf, WIDTH } from './scale';

// What changes from day to day.
export function LineChart(props: ChartProps) {
  const values = props.points.map(({ value }) => value);
  const scale = scaleOf(values);
  const line = path(values, scale);
  const floor = scale.y(0);
  return (
    <Frame {...props} scale={scale}>
      {line && <path d={`${line}L${WIDTH} ${floor}L0 ${floor}Z`} className="fill-sunken" />}
      <path
        d={line}
        fill="none"
        strokeWidth="3"
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
        className="stroke-accent"
      />
    </Frame>
  );
}
