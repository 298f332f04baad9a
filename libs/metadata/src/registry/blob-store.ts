import { randomUUID } from 'node:crypto';
import type { Digest, RepositoryName } from '@stowage/oci';
import type { Actor, PrincipalRef } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database, Db } from '../database.js';
import { namedRepository } from '../tenancy/name-sql.js';
import { holdToLayerLimit } from '../quota/hold-to-layer-limit.js';
import type { Statements } from '../statements.js';
import { holdsPath } from '../tenancy/grant-sql.js';
import { addCharge, releaseReservation, removeCharge } from './charges.js';
import { hideLink, revealLink } from './hidden-links.js';
import { pinNamespace, type RepositoryRecord } from './repository-store.js';
import { type ReviewDelay, reviewLinks } from './reviews.js';

export interface BlobRecord {
  readonly digest: Digest;
  readonly size: number;
  readonly generation: string;
}

export type UnlinkOutcome = 'unlinked' | 'unknown' | 'in use';

const FIND_IN_REPOSITORY = `
  SELECT b.digest, b.size::float8 AS size, b.generation
  FROM repository_blob l
  JOIN blob b ON b.digest = l.digest AND b.state = 'live'
  WHERE l.repository_id = ${namedRepository('$1')} AND l.digest = $2 AND l.deleted_at IS NULL`;

const FIND_LIVE = `SELECT digest, size::float8 AS size, generation FROM blob WHERE digest = $1 AND state = 'live'`;

/** Repositories that hold the blob and that the principal may be able to pull: sources of a mount without "from". */
const FIND_READABLE_SOURCE = `
  SELECT r.name FROM repository_blob l
  JOIN blob b ON b.digest = l.digest AND b.state = 'live'
  JOIN repository r ON r.id = l.repository_id AND r.deleted_at IS NULL
  LEFT JOIN namespace_member m ON m.namespace_id = r.namespace_id AND m.user_id = $2
  WHERE l.digest = $1 AND l.deleted_at IS NULL AND (m.role IS NOT NULL OR r.visibility IN ('public', 'internal') OR EXISTS (
    SELECT 1 FROM access_grant g WHERE g.subject_id = $2 AND g.namespace_id = r.namespace_id AND g.can_pull
      AND ${holdsPath('g.path', 'r.path')}))
  LIMIT 20`;

export class BlobStore {
  constructor(
    private readonly database: Database,
    private readonly reviewDelay: ReviewDelay,
  ) {}

  /** The blob as this repository sees it; a blob that only another repository links is undefined. */
  async findInRepository(name: RepositoryName, digest: Digest): Promise<BlobRecord | undefined> {
    const rows = await this.database.prepared<BlobRecord>('blob_find_in_repository', FIND_IN_REPOSITORY, [
      name,
      digest,
    ]);
    return rows[0];
  }

  /** Cross-tenant: whether the bytes are stored at all. Never answer a client from this. */
  async findLive(digest: Digest): Promise<BlobRecord | undefined> {
    const rows = await this.database.prepared<BlobRecord>('blob_find_live', FIND_LIVE, [digest]);
    return rows[0];
  }

  /** For a blob whose bytes were lost: names the generation that has them again. False when the row has changed since. */
  async replaceGeneration(lost: BlobRecord, generation: string): Promise<boolean> {
    const { digest, generation: known } = lost;
    const change = { where: { digest, generation: known, state: 'live' as const }, data: { generation } };
    return (await this.database.run((db) => db.blob.updateMany(change))).count === 1;
  }

  /** Candidates: whether they may be pulled just now is decided elsewhere. */
  async listReadableSources(digest: Digest, principal: PrincipalRef): Promise<RepositoryName[]> {
    const rows = await this.database.prepared<{ name: RepositoryName }>('blob_readable_sources', FIND_READABLE_SOURCE, [
      digest,
      principal.id,
    ]);
    return rows.map((row) => row.name);
  }

  /**
   * Makes the blob of `source` visible in `target` too. False when the source doesn't see it (any more).
   * Throws `QuotaExceededError`, and `LayerTooLargeError` for one that the target's namespace would not take as an upload.
   */
  async mount(input: {
    source: RepositoryName;
    target: RepositoryRecord;
    digest: Digest;
    actor: Actor;
  }): Promise<boolean> {
    const mounted = await this.database.statements(async (tx) => {
      // FOR SHARE keeps garbage collection from condemning the blob until the link is there.
      const [blob] = await tx.$queryRaw<{ size: bigint }[]>`
        SELECT b.size FROM repository r
        JOIN repository_blob l ON l.repository_id = r.id AND l.digest = ${input.digest} AND l.deleted_at IS NULL
        JOIN blob b ON b.digest = l.digest AND b.state = 'live'
        WHERE r.name = ${input.source} FOR SHARE OF b`;
      if (!blob) return undefined;
      await holdToLayerLimit(tx, input.target.namespaceId, Number(blob.size));
      await pinNamespace(tx, input.target);
      await reviewLinks(
        tx,
        { repositoryId: input.target.id, digests: [input.digest] },
        { event: 'mount', delay: this.reviewDelay },
      );
      await recordAudit(tx, {
        actor: input.actor,
        action: 'blob.mount',
        namespaceId: input.target.namespaceId,
        target: `${input.target.name}@${input.digest}`,
      });
      return linkBlob(tx, { repository: input.target, digest: input.digest, size: Number(blob.size) });
    }, chargeMounted);
    return mounted !== undefined;
  }

  /**
   * Takes the blob out of one repository. `in use` when a manifest of the repository needs it. For one in the trash the link
   * stays, where nobody sees it: a restore brings both back, a purge ends both.
   */
  async unlink(repository: RepositoryRecord, digest: Digest, actor: Actor): Promise<UnlinkOutcome> {
    return this.database.transaction(async (tx) => {
      const locked = await tx.$queryRaw<unknown[]>`
        SELECT 1 FROM repository_blob
        WHERE repository_id = ${repository.id}::uuid AND digest = ${digest} AND deleted_at IS NULL FOR UPDATE`;
      if (locked.length === 0) return 'unknown';
      await pinNamespace(tx, repository);
      if (await isNeeded(tx, repository.id, digest)) return 'in use';
      const link = { repositoryId: repository.id, digest };
      const isKept = (await tx.manifestBlob.count({ where: { repositoryId: repository.id, blobDigest: digest } })) > 0;
      if (isKept) await hideLink(tx, repository.id, digest);
      else await tx.repositoryBlob.delete({ where: { repositoryId_digest: link } });
      const target = `${repository.name}@${digest}`;
      await recordAudit(tx, { actor, action: 'blob.delete', namespaceId: repository.namespaceId, target });
      if (!isKept) await removeCharge(tx, { namespaceId: repository.namespaceId, digest });
      return 'unlinked';
    });
  }
}

/** A blob that belongs to a repository, and whether it did before. */
export interface Link {
  readonly repository: RepositoryRecord;
  readonly digest: Digest;
  readonly size: number;
  readonly isNew: boolean;
}

/** Links a blob to a repository, once however often it is called. `chargeLink` has to follow in the same transaction. */
export async function linkBlob(tx: Statements, blob: Omit<Link, 'isNew'>): Promise<Link> {
  const { repository, digest } = blob;
  const linked = await tx.$executeRaw`
    INSERT INTO repository_blob (repository_id, digest) VALUES (${repository.id}::uuid, ${digest})
    ON CONFLICT (repository_id, digest) DO NOTHING`;
  if (linked === 0) await revealLink(tx, repository.id, digest);
  return { ...blob, isNew: linked === 1 };
}

/**
 * Charges the namespace for a link that is new, and gives back what was reserved for it. One statement, the last step of its
 * transaction. Throws `QuotaExceededError`.
 */
export async function chargeLink(tx: Statements, link: Link, releasedBytes = 0): Promise<void> {
  const { namespaceId } = link.repository;
  if (link.isNew) await addCharge(tx, { namespaceId, digest: link.digest, size: link.size }, releasedBytes);
  else if (releasedBytes > 0) await releaseReservation(tx, namespaceId, releasedBytes);
}

async function chargeMounted(tx: Statements, link: Link | undefined): Promise<void> {
  if (link) await chargeLink(tx, link);
}

/** A new part of a storage key; see the key layout in @stowage/storage. */
export function newGeneration(): string {
  return randomUUID();
}

/** By a manifest of the repository that is not in the trash; a sparse one may have been there first. */
async function isNeeded(tx: Db, repositoryId: string, digest: Digest): Promise<boolean> {
  const manifest = { deletedAt: null };
  const user = await tx.manifestBlob.findFirst({ where: { repositoryId, blobDigest: digest, manifest } });
  return user !== null || (await tx.absentReference.findFirst({ where: { repositoryId, digest, manifest } })) !== null;
}
