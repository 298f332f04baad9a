import { administrationRoutes, type AuditFilter, type AuditFormat, namespaceRoutes } from '@stowage/contracts';
import { keysetQuery } from '../../../lib/api/keyset-query';
import { hrefOf } from '../../../lib/api/client';

/** What the list is narrowed to; empty is everything. Dates are days, as `2026-11-21`. */
export interface AuditFilterValues {
  readonly action: string;
  readonly actor: string;
  readonly target: string;
  readonly from: string;
  readonly to: string;
}

export const NO_FILTER: AuditFilterValues = { action: '', actor: '', target: '', from: '', to: '' };

/** Of one namespace, or (null) of the whole registry. */
export function auditQuery(namespace: string | null, values: AuditFilterValues) {
  const filter = toParameters(values);
  const key = ['audit', namespace ?? '', JSON.stringify(filter)];
  return namespace === null
    ? keysetQuery(key, administrationRoutes.listRegistryAuditEvents, { filter })
    : keysetQuery(key, namespaceRoutes.listAuditEvents, { params: { namespace }, filter });
}

/** Where the file with all that the filter leaves comes from. */
export function auditExportUrl(namespace: string | null, values: AuditFilterValues, format: AuditFormat): string {
  const query = { ...toParameters(values), format };
  return namespace === null
    ? hrefOf(administrationRoutes.exportRegistryAuditEvents, { query })
    : hrefOf(namespaceRoutes.exportAuditEvents, { params: { namespace }, query });
}

/** Days are those of the person who looks; the last one is meant as a whole. */
export function toParameters({ action, actor, target, from, to }: AuditFilterValues): AuditFilter {
  const all: Required<AuditFilter> = {
    action,
    actor: actor.trim(),
    target: target.trim(),
    from: startOf(from, 0),
    to: startOf(to, 1),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

function startOf(day: string, later: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const start = new Date(year, month - 1, date + later);
  return day === '' || Number.isNaN(start.getTime()) ? '' : start.toISOString();
}
