import type { Operation } from '../history/operation.js';
import type { Check } from './check.js';

export interface Stored {
  /** Keys of objects, as storage lists them and as rows name them. */
  readonly objects: readonly string[];
  readonly named: readonly string[];
  /** Uploads with bytes in storage; the rows have none any more. */
  readonly staged: readonly string[];
  /** How often the worker was killed: each time it may have been ending one upload. */
  readonly workerKills: number;
}

/**
 * I7, when all uploads have ended and all garbage is collected. A crash may leave an object or staged bytes for the sweep,
 * which comes hours later: no more than there were requests about uploads of which nobody knows how they ended.
 */
export function checkLeftovers(
  { objects, named, staged, workerKills }: Stored,
  operations: readonly Operation[],
): Check {
  const [stored, wanted] = [new Set(objects), new Set(named)];
  const missing = named.filter((key) => !stored.has(key));
  const unnamed = objects.filter((key) => !wanted.has(key));
  const lost = operations.filter(({ type }) => type === 'info');
  const publications = lost.filter(({ f }) => f === 'finish-upload').length;
  const uploads = lost.filter(({ f }) => f.endsWith('-upload') || f === 'mount-blob').length + workerKills;
  const found = `${named.length} blobs; left by crashes: ${unnamed.length} objects, ${staged.length} uploads`;
  return {
    name: 'storage holds what rows name, and little else (I7)',
    summary: `${found}; at most ${publications} and ${uploads}`,
    violations: [
      ...missing.map((key) => `${key} has a row and no bytes`),
      ...(unnamed.length > publications ? [`${unnamed.length} objects have no row`] : []),
      ...(staged.length > uploads ? [`bytes of ${staged.length} uploads are left`] : []),
    ],
  };
}
