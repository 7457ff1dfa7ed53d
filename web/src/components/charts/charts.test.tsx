import { render, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { Stat, Stats } from '@/components/Stat';
import { money } from '@/utils/format';
import { BarChart } from './BarChart';
import { LineChart } from './LineChart';
import { HEIGHT, path, scaleOf, WIDTH } from './scale';

const points = [
  { label: '1 Mar', value: 20 },
  { label: '2 Mar', value: -5 },
  { label: '3 Mar', value: 60 },
];
const props = {
  title: 'You spent US$75.00 in 3 days',
  points,
  heads: ['Day', 'Spent'],
  format: (value: number) => money(value),
} as const;

test.each([
  ['a line', LineChart],
  ['bars', BarChart],
])('%s is a picture with its finding as its name, and a table', (_, Chart) => {
  const { container } = render(<Chart {...props} />);
  expect(screen.getByRole('img', { name: props.title })).toBeInTheDocument();
  const rows = within(screen.getByRole('table', { hidden: true })).getAllByRole('row', { hidden: true });
  expect(rows.map((row) => row.textContent)).toEqual([
    'DaySpent',
    '1 MarUS$20.00',
    '2 Mar-US$5.00',
    '3 MarUS$60.00',
  ]);
  expect(container).toHaveTextContent('Lowest: -US$5.00');
});

test('bars below zero hang from the floor, none has a height below nothing', () => {
  const { container } = render(<BarChart {...props} />);
  const floor = scaleOf([20, -5, 60]).y(0);
  const bars = [...container.querySelectorAll('rect')].map((bar) => [
    Number(bar.getAttribute('y')),
    Number(bar.getAttribute('height')),
  ]);
  expect(bars).toHaveLength(3);
  expect(bars[1]?.[0]).toBe(floor);
  for (const [y = 0, height = 0] of bars) {
    expect(height).toBeGreaterThan(0);
    expect(y + height).toBeLessThanOrEqual(HEIGHT);
  }
});

test('a scale holds zero and all values, also where there are none', () => {
  for (const values of [[], [0, 0], [3, 9], [-2, -1]]) {
    const { y, low, high } = scaleOf(values);
    for (const value of [...values, 0, low, high]) {
      expect(y(value)).toBeGreaterThanOrEqual(0);
      expect(y(value)).toBeLessThanOrEqual(HEIGHT);
    }
  }
  expect(path([1, 2], scaleOf([1, 2]))).toMatch(new RegExp(`^M0 [\\d.]+L${WIDTH} [\\d.]+$`));
  expect(path([], scaleOf([]))).toBe('');
  expect(scaleOf([0, 0]).y(0)).toBeGreaterThan(HEIGHT / 2);
});

test('a figure leads to where it comes from', () => {
  render(
    <Stats>
      <Stat label="Bookings" value="3" note="1 waits for you" to="/bookings" spark={[1, 2]} />
    </Stats>,
  );
  expect(screen.getByRole('link', { name: 'Bookings' })).toHaveAttribute('href', '/bookings');
  expect(screen.getAllByRole('definition')[0]).toHaveTextContent('3');
});
