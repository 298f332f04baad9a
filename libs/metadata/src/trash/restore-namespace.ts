import type { Db } from '../database.js';
import type { Restored } from './restoration.js';
import type { EntryRow } from './trash-entry.js';

/** With its names, which were held for it, and with the repositories that went with it. */
export async function restoreNamespace(tx: Db, entry: EntryRow): Promise<Restored> {
  const { namespaceId, name } = entry;
  await tx.$queryRaw`SELECT 1 FROM namespace WHERE id = ${namespaceId}::uuid FOR UPDATE`;
  const names = Array.isArray(entry.held.names) ? entry.held.names.map(String) : [name];
  const returned = await tx.$queryRaw<{ name: string }[]>`
    UPDATE namespace_name SET namespace_id = ${namespaceId}::uuid, held_until = NULL
    WHERE name = ANY (${names}::text[]) AND namespace_id IS NULL RETURNING name`;
  if (!returned.some((each) => each.name === name)) return { obstacle: { kind: 'taken', names: [name] } };
  await tx.$executeRaw`UPDATE namespace SET deleted_at = NULL WHERE id = ${namespaceId}::uuid`;
  await tx.$executeRaw`
    UPDATE repository r SET deleted_at = NULL, name = ${name} || '/' || r.path
    WHERE r.namespace_id = ${namespaceId}::uuid AND r.deleted_at IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM trash_entry e WHERE e.repository_id = r.id AND e.kind = 'repository')`;
  return { target: name };
}
