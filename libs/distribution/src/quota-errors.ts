import { QuotaExceededError } from '@stowage/metadata';
import { OciError } from '@stowage/oci';

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

export interface QuotaFacts {
  readonly namespace: string;
  readonly usedBytes: number;
  readonly reservedBytes: number;
  readonly limitBytes: number;
  readonly neededBytes?: number;
  readonly page: string;
}

/** What `docker push` prints when a namespace is full: the numbers, and where to look. */
export function quotaError(facts: QuotaFacts, cause?: unknown): OciError {
  const { namespace, usedBytes, reservedBytes, limitBytes, neededBytes, page } = facts;
  const used = `${formatBytes(usedBytes + reservedBytes)} of ${formatBytes(limitBytes)}`;
  const need = neededBytes === undefined ? '' : `, this needs ${formatBytes(neededBytes)} more`;
  return new OciError('DENIED', {
    message: `namespace ${namespace} is out of storage: ${used} used${need}. Delete what is not needed or ask for more: ${page}`,
    detail: { usedBytes, reservedBytes, limitBytes, neededBytes },
    cause,
  });
}

/** Turns the store's refusal into the client's; anything else comes back as it was. */
export function translateQuota(error: unknown, namespace: string, page: string): unknown {
  if (!(error instanceof QuotaExceededError)) return error;
  return quotaError({ namespace, ...error.usage, neededBytes: error.neededBytes, page }, error);
}

export function formatBytes(bytes: number): string {
  const power = bytes < 1024 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${UNITS[power]}`;
}
