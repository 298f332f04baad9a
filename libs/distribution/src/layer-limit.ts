import { OciError } from '@stowage/oci';
import { formatBytes } from './quota-errors.js';

/** What a client that pushes a blob prints when the blob is larger than the namespace may have (Q8). */
export function layerTooLarge(facts: {
  readonly namespace: string;
  readonly limitBytes: number;
  /** As far as it is known. */
  readonly sizeBytes?: number | undefined;
  readonly page: string;
}): OciError {
  const { namespace, limitBytes, sizeBytes, page } = facts;
  const size = sizeBytes === undefined ? 'this one is larger' : `this one has ${formatBytes(sizeBytes)} or more`;
  return new OciError('BLOB_TOO_LARGE', {
    message: `a layer in namespace ${namespace} may have ${formatBytes(limitBytes)}, ${size}. Make it smaller or ask an administrator for more: ${page}`,
    detail: { limitBytes, sizeBytes },
  });
}
