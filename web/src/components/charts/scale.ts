// What the charts share: one box, stretched to whatever room there is.
export interface Point {
  label: string;
  value: number;
}

export interface ChartProps {
  // The finding in a sentence; what the chart is called.
  title: string;
  points: readonly Point[];
  // What its columns are called as a table.
  heads: readonly [label: string, value: string];
  format: (value: number) => string;
}

export const WIDTH = 300;
export const HEIGHT = 100;
// Half a stroke's room above and below.
const EDGE = 2;

export interface Scale {
  low: number;
  high: number;
  y: (value: number) => number;
}

// Zero is always in it; a chart of nothing has a floor.
export function scaleOf(values: readonly number[]): Scale {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  // Of nothing but zeros the line lies on the floor.
  const top = high === low ? 1 : high;
  return { low, high, y: (value) => EDGE + ((top - value) / (top - low)) * (HEIGHT - 2 * EDGE) };
}

const round = (value: number) => Math.round(value * 100) / 100;

export function path(values: readonly number[], { y }: Scale): string {
  const step = values.length > 1 ? WIDTH / (values.length - 1) : 0;
  return values.map((value, at) => `${at ? 'L' : 'M'}${round(at * step)} ${round(y(value))}`).join('');
}
