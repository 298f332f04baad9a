import { LayerTooLargeError } from '@stowage/metadata';
import { OciError } from '@stowage/oci';
import { formatBytes } from './quota-errors.js';

export interface LayerLimitFacts {
  readonly namespace: string;
  readonly limitBytes: number;
  /** Of the blob, as far as it is known. */
  readonly sizeBytes?: number | undefined;
  readonly page: string;
}

/** What a client that pushes a blob prints when the blob is larger than the namespace may have (Q8). */
export function layerTooLarge(facts: LayerLimitFacts, cause?: unknown): OciError {
  const { limitBytes, sizeBytes } = facts;
  return new OciError('BLOB_TOO_LARGE', { message: layerLimitWords(facts), detail: { limitBytes, sizeBytes }, cause });
}

export function layerLimitWords({ namespace, limitBytes, sizeBytes, page }: LayerLimitFacts): string {
  const size = sizeBytes === undefined ? 'this one is larger' : `this one has ${formatBytes(sizeBytes)} or more`;
  return `a layer in namespace ${namespace} may have ${formatBytes(limitBytes)}, ${size}. Make it smaller or ask an administrator for more: ${page}`;
}

/** Turns the store's refusal into the client's; anything else comes back as it was. */
export function translateLayerLimit(error: unknown, namespace: string, page: string): unknown {
  if (!(error instanceof LayerTooLargeError)) return error;
  const { limitBytes, sizeBytes } = error;
  return layerTooLarge({ namespace, limitBytes, sizeBytes, page }, error);
}
