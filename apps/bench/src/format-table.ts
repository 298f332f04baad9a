import type { Comparison } from './compare.js';
import { formatValue } from './format-value.js';

/** One line per metric: the medians, the first registry's in relation to the second's, and what we set out to reach. */
export function formatTable(names: readonly string[], comparisons: readonly Comparison[]): string {
  const ratio = names.length > 1 ? [`${names[0]} / ${names[1]}`] : [];
  const rows = comparisons.map(({ metric, medians }) => [
    metric.name,
    metric.unit,
    ...medians.map((value) => formatValue(value)),
    ...(names.length > 1 ? [formatRatio(medians)] : []),
    metric.aim ?? '',
  ]);
  const table = [['metric', 'unit', ...names, ...ratio, 'aim'], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  return table
    .map((row) =>
      row
        .map((cell, column) => pad(cell, column, widths))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function formatRatio([ours, peer]: readonly number[]): string {
  return ours === undefined || !peer ? '' : (ours / peer).toFixed(2);
}

/** Text to the left, numbers to the right. */
function pad(cell: string, column: number, widths: readonly number[]): string {
  const width = widths[column] ?? 0;
  return column < 2 || column === widths.length - 1 ? cell.padEnd(width) : cell.padStart(width);
}
