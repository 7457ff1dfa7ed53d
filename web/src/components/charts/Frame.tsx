import type { ReactNode } from 'react';
import { useT } from '@/i18n';
import charts from '@/i18n/en/charts';
import { type ChartProps, HEIGHT, type Scale, WIDTH } from './scale';

interface Props extends ChartProps {
  scale: Scale;
  children: ReactNode;
}

// A chart with its finding above, its ends named, and itself as a table.
export function Frame({ title, points, heads, format, scale, children }: Props) {
  const t = useT(charts);
  const [first, last] = [points[0], points.at(-1)];
  return (
    <figure>
      <figcaption className="font-bold">{title}</figcaption>
      <div className="mt-3 flex justify-between text-sm text-muted tabular-nums">
        <span>{format(scale.high)}</span>
        {scale.low < 0 && <span>{t('lowest', { value: format(scale.low) })}</span>}
      </div>
      <svg
        role="img"
        aria-label={title}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="mt-1 block h-36 w-full"
      >
        {children}
        <line
          x1="0"
          x2={WIDTH}
          y1={scale.y(0)}
          y2={scale.y(0)}
          vectorEffect="non-scaling-stroke"
          className="stroke-line"
        />
      </svg>
      <div className="mt-1 flex justify-between text-sm text-muted">
        <span>{first?.label}</span>
        {points.length > 1 && <span>{last?.label}</span>}
      </div>
      <details className="mt-2">
        <summary className="flex min-h-11 items-center text-sm font-bold underline underline-offset-4">
          {t('asTable')}
        </summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keys too */}
        <section className="max-h-72 overflow-y-auto" tabIndex={0} aria-label={title}>
          <table className="w-full text-start text-sm">
            <thead>
              <tr>
                <th scope="col" className="py-1 text-start">
                  {heads[0]}
                </th>
                <th scope="col" className="py-1 text-end">
                  {heads[1]}
                </th>
              </tr>
            </thead>
            <tbody>
              {points.map(({ label, value }) => (
                <tr key={label} className="border-t-2 border-sunken">
                  <th scope="row" className="py-1 text-start font-normal">
                    {label}
                  </th>
                  <td className="py-1 text-end tabular-nums">{format(value)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </figure>
  );
}
