import { formatValue } from './format-value.js';
import type { Metric, Scenario } from './scenario.js';

/** The values of each registry for one metric, in the order of the registries; NaN of one that was not measured. */
export interface Comparison {
  readonly metric: Metric;
  readonly medians: readonly number[];
}

export interface ComparisonShape {
  readonly repetitions: number;
  readonly onReading: (line: string) => void;
  /** Waits until a server is at rest. */
  readonly settle: (measured: Contender) => Promise<void>;
}

interface Contender {
  readonly name: string;
  readonly pid: number;
}

/** Turn and turn about, so that a disk or a neighbour that slows down hits every registry alike. */
export async function compare<Measured extends Contender>(
  servers: readonly Measured[],
  scenario: Scenario<Measured>,
  { repetitions, onReading, settle }: ComparisonShape,
): Promise<Comparison[]> {
  const values = new Map<Metric, number[][]>();
  for (let repetition = 0; repetition < (scenario.isUnrepeatable ? 1 : repetitions); repetition += 1) {
    for (const [index, server] of (scenario.isOursAlone ? servers.slice(0, 1) : servers).entries()) {
      const readings = await scenario.measure(server);
      await settle(server);
      for (const { metric, value } of readings) {
        const perServer = values.get(metric) ?? servers.map(() => []);
        perServer[index]?.push(value);
        values.set(metric, perServer);
        onReading(`${server.name}: ${metric.name}: ${formatValue(value)} ${metric.unit}`);
      }
    }
  }
  return [...values].map(([metric, perServer]) => ({ metric, medians: perServer.map(median) }));
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}
