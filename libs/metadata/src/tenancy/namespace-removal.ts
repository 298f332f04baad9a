import type { Db } from '../database.js';

/**
 * Removes a namespace that the transaction has locked, with all its repositories. Blobs that nothing else links are queued
 * for review by a trigger, and so are the names for their 90 days. Staged uploads are freed by the sweep, as after a crash.
 */
export async function removeNamespace(tx: Db, namespaceId: string): Promise<void> {
  // In this order: what restricts the deletion of something goes before it.
  await tx.$executeRaw`
    DELETE FROM manifest_child c USING repository r WHERE r.id = c.repository_id AND r.namespace_id = ${namespaceId}::uuid`;
  await tx.$executeRaw`
    DELETE FROM manifest m USING repository r WHERE r.id = m.repository_id AND r.namespace_id = ${namespaceId}::uuid`;
  await tx.$executeRaw`
    DELETE FROM repository_blob b USING repository r
    WHERE r.id = b.repository_id AND r.namespace_id = ${namespaceId}::uuid`;
  await tx.$executeRaw`
    DELETE FROM link_review l USING repository r WHERE r.id = l.repository_id AND r.namespace_id = ${namespaceId}::uuid`;
  await tx.$executeRaw`
    DELETE FROM manifest_review v USING repository r
    WHERE r.id = v.repository_id AND r.namespace_id = ${namespaceId}::uuid`;
  await tx.$executeRaw`DELETE FROM repository WHERE namespace_id = ${namespaceId}::uuid`;
  await tx.$executeRaw`DELETE FROM namespace WHERE id = ${namespaceId}::uuid`;
}
