import { randomUUID } from 'node:crypto';
import type { RepositoryName } from '@stowage/oci';
import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database } from '../database.js';
import { moveRepository } from './move-repository.js';

export interface TransferRecord {
  readonly id: string;
  /** `namespace/path`, where it is now. */
  readonly repository: RepositoryName;
  readonly from: string;
  readonly to: string;
  readonly requestedBy: string | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** What the new namespace would have to store besides what it has. */
  readonly sizeBytes: number;
}

interface NamespaceRef {
  readonly id: string;
  readonly name: string;
}

const LIFETIME_DAYS = 14;

export type TransferOutcome =
  | { readonly kind: 'transferred'; readonly repository: RepositoryName }
  | { readonly kind: 'unknown' }
  /** The new namespace has a repository of this name, or an old name of one. */
  | { readonly kind: 'name taken' };

const SIZE = `(SELECT coalesce(sum(held.size), 0)::float8 FROM (
    SELECT l.digest, b.size FROM repository_blob l JOIN blob b ON b.digest = l.digest WHERE l.repository_id = r.id
    UNION SELECT m.digest, m.payload_size::bigint FROM manifest m WHERE m.repository_id = r.id
  ) AS held WHERE NOT EXISTS (
    SELECT 1 FROM namespace_blob has WHERE has.namespace_id = target.id AND has.digest = held.digest))`;

/** Repositories that change hands: one side asks, the other one accepts (T10). */
export class RepositoryTransfers {
  constructor(private readonly database: Database) {}

  /** Those that leave the namespace and those that are offered to it, the newest first. */
  async list(namespaceId: string): Promise<TransferRecord[]> {
    return this.database.prepared<TransferRecord>(
      'repository_transfer_list',
      `SELECT t.id, r.name AS repository, source.name AS "from", target.name AS "to", t.requested_by AS "requestedBy",
              t.created_at AS "createdAt", t.expires_at AS "expiresAt", ${SIZE} AS "sizeBytes"
       FROM repository_transfer t JOIN repository r ON r.id = t.repository_id
       JOIN namespace source ON source.id = r.namespace_id JOIN namespace target ON target.id = t.to_namespace_id
       WHERE (source.id = $1 OR target.id = $1) AND t.expires_at > now() ORDER BY t.created_at DESC, t.id`,
      [namespaceId],
    );
  }

  /** Undefined without such a namespace. Asking again replaces what was asked before. */
  async request(
    repository: { readonly id: string; readonly namespaceId: string; readonly name: string },
    to: string,
    actor: Actor,
  ): Promise<'requested' | 'unknown namespace' | 'same namespace'> {
    return this.database.transaction(async (tx) => {
      const target = await tx.namespace.findUnique({ where: { name: to }, select: { id: true } });
      if (!target) return 'unknown namespace';
      if (target.id === repository.namespaceId) return 'same namespace';
      await tx.$executeRaw`
        INSERT INTO repository_transfer AS t (id, repository_id, to_namespace_id, requested_by, expires_at)
        VALUES (${randomUUID()}::uuid, ${repository.id}::uuid, ${target.id}::uuid, ${actor.name},
                now() + make_interval(days => ${LIFETIME_DAYS}::int))
        ON CONFLICT (repository_id) DO UPDATE SET id = excluded.id, to_namespace_id = excluded.to_namespace_id,
          requested_by = excluded.requested_by, created_at = now(), expires_at = excluded.expires_at`;
      const { namespaceId, name: target_ } = repository;
      await recordAudit(tx, { actor, action: 'transfer.request', namespaceId, target: target_, detail: { to } });
      return 'requested';
    });
  }

  /**
   * Moves the repository, with what it is charged, in one transaction; uploads to it that are open end. Throws
   * `QuotaExceededError`, `LayerTooLargeError` or `LimitExceededError` when it does not fit: then nothing has changed, and it may
   * be accepted later.
   */
  async accept(target: NamespaceRef, id: string, actor: Actor): Promise<TransferOutcome> {
    return this.database.transaction(async (tx) => {
      const [transfer] = await tx.$queryRaw<{ repositoryId: string }[]>`
        SELECT repository_id AS "repositoryId" FROM repository_transfer
        WHERE id = ${id}::uuid AND to_namespace_id = ${target.id}::uuid AND expires_at > now() FOR UPDATE`;
      if (!transfer) return { kind: 'unknown' };
      const moved = await moveRepository(tx, transfer.repositoryId, target.id);
      if (!moved) return { kind: 'name taken' };
      await tx.repositoryTransfer.delete({ where: { id } });
      const detail = { before: { name: moved.from }, after: { name: moved.to } };
      await recordAudit(tx, { actor, action: 'transfer.accept', namespaceId: target.id, target: moved.to, detail });
      return { kind: 'transferred', repository: moved.to };
    });
  }

  /** Either side may: the one takes it back, the other one declines. False when there is no such transfer. */
  async end(side: NamespaceRef, id: string, actor: Actor): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const [gone] = await tx.$queryRaw<{ name: string; toNamespaceId: string }[]>`
        DELETE FROM repository_transfer t USING repository r
        WHERE t.id = ${id}::uuid AND r.id = t.repository_id
          AND ${side.id}::uuid IN (r.namespace_id, t.to_namespace_id)
        RETURNING r.name, t.to_namespace_id AS "toNamespaceId"`;
      if (!gone) return false;
      const action = gone.toNamespaceId === side.id ? 'transfer.decline' : 'transfer.cancel';
      await recordAudit(tx, { actor, action, namespaceId: side.id, target: gone.name });
      return true;
    });
  }
}
