import type { Statements } from '../statements.js';

/** A blob is larger than the namespace may have (Q8); nothing was changed. */
export class LayerTooLargeError extends Error {
  override name = 'LayerTooLargeError';
  constructor(
    readonly limitBytes: number,
    readonly sizeBytes: number,
  ) {
    super('a blob is larger than the namespace may have');
  }
}

/**
 * Throws `LayerTooLargeError` for a blob that may not come into the namespace. What is there already stays when the limit
 * sinks: nobody waits for a change of it.
 */
export async function holdToLayerLimit(tx: Statements, namespaceId: string, sizeBytes: number): Promise<void> {
  const [row] = await tx.$queryRaw<{ limitBytes: number }[]>`
    SELECT layer_limit_bytes::float8 AS "limitBytes" FROM namespace_usage WHERE namespace_id = ${namespaceId}::uuid`;
  if (row && sizeBytes > row.limitBytes) throw new LayerTooLargeError(row.limitBytes, sizeBytes);
}
