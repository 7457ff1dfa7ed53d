// What was measured, as lines of text.
const sorted = (list) => [...list].sort((a, b) => a - b);

export function median(list) {
  const all = sorted(list);
  const half = all.length >> 1;
  return all.length % 2 ? all[half] : (all[half - 1] + all[half]) / 2;
}

const span = (list, digits = 0) => {
  const all = sorted(list);
  return `${median(all).toFixed(digits)} (${all[0].toFixed(digits)}–${all.at(-1).toFixed(digits)})`;
};

const mid = (slices, of, digits = 0) => median(slices.map(of)).toFixed(digits);

const HEAD = ['call', 'a second', 'of its limit', 'nginx', 'workers', 'PostgreSQL', 'CPU µs a request', 'limit’s', 'p50 / p99 ms', 'strangers'];

function lineOf({ name, ours, limits }) {
  const cpu = (group) => mid(ours, (slice) => slice.cpu[group]);
  return [
    name,
    mid(ours, ({ rate }) => rate),
    span(ours.map(({ rate }, round) => rate / limits[round].rate), 2),
    cpu('nginx'), cpu('workers'), cpu('postgres'),
    span(ours.map((slice) => slice.cpu.sum)),
    mid(limits, (slice) => slice.cpu.sum),
    `${mid(ours, ({ p50 }) => p50, 2)} / ${mid(ours, ({ p99 }) => p99, 1)}`,
    `${mid(ours, ({ strangers }) => strangers * 100)} %`,
  ];
}

// The first column to the left, the others to the right.
function align(lines) {
  const widths = lines[0].map((_, i) => Math.max(...lines.map((line) => [...line[i]].length)));
  return lines.map((line) => line.map((cell, i) => {
    const blank = ' '.repeat(widths[i] - [...cell].length);
    return i === 0 ? cell + blank : blank + cell;
  }).join('  ').trimEnd());
}

export function table(results) {
  return align([HEAD, ...results.map(lineOf)]);
}

export const kilobytes = (list) => `${span(list)} kB`;
