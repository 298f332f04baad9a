import '@mantine/charts/styles.css';
import { AreaChart } from '@mantine/charts';
import type { UsageSample } from '@stowage/contracts';
import { formatBytes } from '../../../lib/format-bytes';

interface GrowthChartProps {
  readonly samples: readonly UsageSample[];
  readonly limitBytes: number | null;
}

/** From here on the limit is drawn: a line far above would press the curve flat. */
const LIMIT_IN_SIGHT = 0.5;

/** The only user of the chart library: loaded when there is something to draw. */
export function GrowthChart({ samples, limitBytes }: GrowthChartProps) {
  const highest = Math.max(...samples.map(({ usedBytes }) => usedBytes));
  const showsLimit = limitBytes !== null && highest >= limitBytes * LIMIT_IN_SIGHT;
  const line = { y: limitBytes ?? 0, label: 'Limit', color: 'red.6', labelPosition: 'insideTopRight' as const };
  return (
    <AreaChart
      h={220}
      data={samples.map(({ day, usedBytes }) => ({ day, usedBytes }))}
      dataKey="day"
      series={[{ name: 'usedBytes', label: 'Used', color: 'petrol.6' }]}
      curveType="linear"
      withDots={samples.length < 15}
      valueFormatter={formatBytes}
      yAxisProps={{ width: 72, domain: [0, showsLimit ? Math.max(limitBytes, highest) : 'auto'] }}
      xAxisProps={{ minTickGap: 48, tickFormatter: dayText }}
      referenceLines={showsLimit ? [line] : []}
      areaChartProps={{ accessibilityLayer: false }}
    />
  );
}

function dayText(day: string): string {
  return new Date(day).toLocaleDateString(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' });
}
