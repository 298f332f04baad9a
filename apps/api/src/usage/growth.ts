import type { UsageSample, UsageSummary } from '@stowage/contracts';

const DAY_MS = 86_400_000;
/** Growth is what the last so many days say. */
const WINDOW_DAYS = 30;
/** Two points are always on a line. */
const MIN_SAMPLES = 3;
const HORIZON_DAYS = 3_650;

/** Bytes a day by the method of least squares; null while there are too few samples. */
export function growthPerDay(samples: readonly UsageSample[], today: Date): number | null {
  const points = samples
    .map(({ day, usedBytes }) => ({ x: (Date.parse(day) - today.getTime()) / DAY_MS, y: usedBytes }))
    .filter(({ x }) => x > -WINDOW_DAYS - 1);
  if (points.length < MIN_SAMPLES) return null;
  const mean = (of: (point: { x: number; y: number }) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [meanX, meanY] = [mean(({ x }) => x), mean(({ y }) => y)];
  const spread = mean(({ x }) => (x - meanX) ** 2);
  return Math.round(mean(({ x, y }) => (x - meanX) * (y - meanY)) / spread);
}

/** The day on which the storage is full if growth goes on, as `2026-11-21`; null: not within ten years, or never. */
export function fullOn({ usedBytes, limitBytes }: UsageSummary, growth: number | null, today: Date): string | null {
  if (limitBytes === null) return null;
  const left = limitBytes - usedBytes;
  if (left > 0 && (growth === null || growth <= 0 || left / growth > HORIZON_DAYS)) return null;
  const days = left <= 0 ? 0 : Math.floor(left / (growth ?? 1));
  return new Date(today.getTime() + days * DAY_MS).toISOString().slice(0, 10);
}
