import type { AuditEvent, AuditFilter } from '@stowage/contracts';
import type { AuditFilter as AuditRowFilter, AuditRecord } from '@stowage/metadata';

export function toAuditEvent({ at, ...record }: AuditRecord): AuditEvent {
  return { ...record, at: at.toISOString() };
}

export function toRowFilter({ from, to, ...filter }: AuditFilter): AuditRowFilter {
  return {
    ...filter,
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
  };
}
