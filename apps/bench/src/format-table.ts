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
  return formatRows(table, 2);
}

/** Rows of cells as columns: the first so many and the last to the left, numbers to the right. */
export function formatRows(table: readonly (readonly string[])[], names: number): string {
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  return table
    .map((row) =>
      row
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return column < names || column === widths.length - 1 ? cell.padEnd(width) : cell.padStart(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function formatRatio([ours, peer]: readonly number[]): string {
  return ours === undefined || !peer ? '' : (ours / peer).toFixed(2);
}
