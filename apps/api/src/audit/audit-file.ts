import { Readable } from 'node:stream';
import type { AuditEvent, AuditFormat } from '@stowage/contracts';
import type { AuditRecord } from '@stowage/metadata';
import { toAuditEvent } from './audit-view.js';

const COLUMNS = [
  'at',
  'action',
  'actor',
  'actorKind',
  'credentialId',
  'address',
  'namespace',
  'target',
  'detail',
] as const;

export const CONTENT_TYPES: Record<AuditFormat, string> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/x-ndjson',
};

/** A file of events, made while it is read: CSV by RFC 4180, or one JSON object a line. */
export function auditFile(records: AsyncIterable<AuditRecord>, format: AuditFormat): Readable {
  return Readable.from(format === 'csv' ? csv(records) : lines(records));
}

async function* csv(records: AsyncIterable<AuditRecord>): AsyncGenerator<string> {
  yield `${COLUMNS.join(',')}\r\n`;
  for await (const record of records) {
    const event = toAuditEvent(record);
    yield `${COLUMNS.map((column) => cell(event[column])).join(',')}\r\n`;
  }
}

async function* lines(records: AsyncIterable<AuditRecord>): AsyncGenerator<string> {
  for await (const record of records) yield `${JSON.stringify(toAuditEvent(record))}\n`;
}

/** Names are other people's: what a spreadsheet would take for a formula gets an apostrophe in front of it. */
export function cell(value: AuditEvent[(typeof COLUMNS)[number]]): string {
  const text = value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
