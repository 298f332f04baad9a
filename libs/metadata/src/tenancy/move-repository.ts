import type { Visibility } from '@stowage/contracts';
import type { Digest, RepositoryName } from '@stowage/oci';
import type { Db } from '../database.js';
import { holdToLayerLimit } from '../quota/hold-to-layer-limit.js';
import { holdToLimit } from '../quota/hold-to-limit.js';
import { refuseChangeIn } from '../read-only/read-only-modes.js';
import { addCharges, changeReservation, removeCharges } from '../registry/charges.js';

export interface MovedRepository {
  readonly from: RepositoryName;
  readonly to: RepositoryName;
}

/**
 * Puts a repository into another namespace, under the same path; its old name leads to it. What it is charged goes along, so
 * that it must fit: throws `QuotaExceededError`, `LayerTooLargeError`, `LimitExceededError` for a private one too many, and
 * `ReadOnlyError` while the namespace that it leaves is read-only. Undefined when the path is taken there.
 *
 * The repository's row is held until the end: pushes and collections that need to know whom to charge wait for it. An
 * upload that is open has reserved in the old namespace, and ends. What was granted on this one repository was granted by
 * the old namespace, and ends too; so do the grants of credentials, which name the old one.
 */
export async function moveRepository(
  tx: Db,
  repositoryId: string,
  toNamespaceId: string,
): Promise<MovedRepository | undefined> {
  const [was] = await tx.$queryRaw<MovableRepository[]>`
    SELECT namespace_id AS "namespaceId", path, name, visibility FROM repository
    WHERE id = ${repositoryId}::uuid AND deleted_at IS NULL FOR UPDATE`;
  if (!was) return undefined;
  // In one order, so that two that go in opposite directions can't deadlock; who makes a repository waits here.
  const ends = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM namespace
    WHERE id IN (${was.namespaceId}::uuid, ${toNamespaceId}::uuid) AND deleted_at IS NULL ORDER BY id FOR UPDATE`;
  if (ends.length < 2) return undefined;
  await refuseChangeIn(tx, was.namespaceId);
  if (await isTaken(tx, { namespaceId: toNamespaceId, path: was.path, repositoryId })) return undefined;
  const reserved = await endUploads(tx, repositoryId);
  const held = await heldContent(tx, repositoryId);
  await holdToLayerLimit(tx, toNamespaceId, await largestBlob(tx, repositoryId));
  const [moved] = await tx.$queryRaw<{ name: RepositoryName }[]>`
    UPDATE repository r SET namespace_id = n.id, name = n.name || '/' || r.path FROM namespace n
    WHERE r.id = ${repositoryId}::uuid AND n.id = ${toNamespaceId}::uuid RETURNING r.name`;
  if (was.visibility === 'private') await holdToLimit(tx, toNamespaceId, 'privateRepositories');
  await tx.$executeRaw`
    DELETE FROM repository_alias WHERE namespace_id = ${toNamespaceId}::uuid AND path = ${was.path}`;
  await tx.$executeRaw`
    INSERT INTO repository_alias (namespace_id, path, repository_id)
    VALUES (${was.namespaceId}::uuid, ${was.path}, ${repositoryId}::uuid)`;
  await tx.trashEntry.updateMany({ where: { repositoryId }, data: { namespaceId: toNamespaceId } });
  await tx.accessGrant.deleteMany({ where: { namespaceId: was.namespaceId, path: was.path } });
  await removeCharges(
    tx,
    held.flatMap(({ digest, links }) =>
      Array.from({ length: links }, () => ({ namespaceId: was.namespaceId, digest })),
    ),
  );
  await addCharges(tx, toNamespaceId, held);
  await changeReservation(tx, was.namespaceId, -reserved);
  return moved && { from: was.name, to: moved.name };
}

interface MovableRepository {
  readonly namespaceId: string;
  readonly path: string;
  readonly name: RepositoryName;
  readonly visibility: Visibility;
}

async function isTaken(
  tx: Db,
  {
    namespaceId,
    path,
    repositoryId,
  }: { readonly namespaceId: string; readonly path: string; readonly repositoryId: string },
): Promise<boolean> {
  if ((await tx.repository.count({ where: { namespaceId, path } })) > 0) return true;
  return (await tx.repositoryAlias.count({ where: { namespaceId, path, repositoryId: { not: repositoryId } } })) > 0;
}

/** Returns the bytes that they had reserved. */
export async function endUploads(tx: Db, repositoryId: string): Promise<number> {
  const ended = await tx.$queryRaw<{ reserved: bigint }[]>`
    DELETE FROM upload_session WHERE repository_id = ${repositoryId}::uuid RETURNING reserved_bytes AS reserved`;
  return ended.reduce((sum, session) => sum + Number(session.reserved), 0);
}

async function largestBlob(tx: Db, repositoryId: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ size: number }[]>`
    SELECT coalesce(max(b.size), 0)::float8 AS size
    FROM repository_blob l JOIN blob b ON b.digest = l.digest WHERE l.repository_id = ${repositoryId}::uuid`;
  return row?.size ?? 0;
}

interface HeldContent {
  readonly digest: Digest;
  readonly size: number;
  /** A digest may be there as a blob and as a manifest. */
  readonly links: number;
}

async function heldContent(tx: Db, repositoryId: string): Promise<HeldContent[]> {
  const rows = await tx.$queryRaw<{ digest: Digest; size: bigint; links: number }[]>`
    SELECT digest, max(size)::bigint AS size, count(*)::int AS links FROM (
      SELECT l.digest, b.size FROM repository_blob l JOIN blob b ON b.digest = l.digest
      WHERE l.repository_id = ${repositoryId}::uuid
      UNION ALL
      SELECT m.digest, m.payload_size::bigint FROM manifest m WHERE m.repository_id = ${repositoryId}::uuid
    ) AS held GROUP BY digest ORDER BY digest COLLATE "C"`;
  return rows.map(({ digest, size, links }) => ({ digest, links, size: Number(size) }));
}
