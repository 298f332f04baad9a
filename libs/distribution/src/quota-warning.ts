import type { NamespaceUsage } from '@stowage/metadata';
import { formatBytes } from './quota-errors.js';

const WARN_FROM_PERCENT = 80;

export interface QuotaWarningFacts extends NamespaceUsage {
  readonly namespace: string;
  readonly page: string;
}

/** What somebody who pushes should know before pushes are refused; undefined below 80 %. Open uploads count as used. */
export function quotaWarning(facts: QuotaWarningFacts): string | undefined {
  const { namespace, limitBytes, page } = facts;
  const percent = percentUsed(facts);
  if (percent < WARN_FROM_PERCENT) return undefined;
  return `namespace ${namespace} uses ${percent} % of its ${formatBytes(limitBytes)}; delete what is not needed or ask for more: ${page}`;
}

export function isFull({ usedBytes, reservedBytes, limitBytes }: NamespaceUsage): boolean {
  return usedBytes + reservedBytes >= limitBytes;
}

/** Rounded down, so that 100 % means full. */
function percentUsed(usage: NamespaceUsage): number {
  if (isFull(usage)) return 100;
  return Math.floor(((usage.usedBytes + usage.reservedBytes) / usage.limitBytes) * 100);
}
