import type { AuditEvent, AuditExport, AuditQuery, Page } from '@stowage/contracts';
import type { AuditLog } from '@stowage/metadata';
import type { FastifyReply } from 'fastify';
import { foreignCursor, parseCursor, toPage } from '../cursors.js';
import { auditFile, CONTENT_TYPES } from './audit-file.js';
import { toAuditEvent, toRowFilter } from './audit-view.js';

/** The log as answers, of one namespace or (null) of the whole registry. */
export class AuditAnswers {
  constructor(private readonly log: AuditLog) {}

  async page(namespaceId: string | null, query: AuditQuery): Promise<Page<AuditEvent>> {
    const { limit, cursor, ...filter } = query;
    const before = parseCursor(cursor);
    if (before !== '' && !/^[1-9]\d{0,17}$/.test(before)) throw foreignCursor();
    const rows = await this.log.list({
      namespaceId,
      filter: toRowFilter(filter),
      before: before === '' ? undefined : before,
      limit: limit + 1,
    });
    return toPage(rows, limit, { item: toAuditEvent, key: ({ id }) => id });
  }

  send(
    reply: FastifyReply,
    namespace: { readonly id: string; readonly name: string } | null,
    query: AuditExport,
  ): void {
    const { format, ...filter } = query;
    const records = this.log.stream({ namespaceId: namespace?.id ?? null, filter: toRowFilter(filter) });
    const name = `audit-${namespace?.name ?? 'registry'}-${new Date().toISOString().slice(0, 10)}`;
    void reply
      .headers({
        'content-type': CONTENT_TYPES[format],
        'content-disposition': `attachment; filename="${name}.${format === 'csv' ? 'csv' : 'jsonl'}"`,
      })
      .send(auditFile(records, format));
  }
}
