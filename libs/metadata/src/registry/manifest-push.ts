import { failPoint } from '@stowage/failpoints';
import type { Descriptor, Digest, Manifest, TagName } from '@stowage/oci';
import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database } from '../database.js';
import { DatabaseConflictError } from '../database-errors.js';
import { keepRestorable } from '../trash/kept-digests.js';
import { leaveTrash } from '../trash/leave-trash.js';
import type { Statements } from '../statements.js';
import { addCharge } from './charges.js';
import { lockBlobs, lockManifests, type References } from './manifest-references.js';
import { pinNamespace, type RepositoryRecord } from './repository-store.js';
import { type ReviewDelay, reviewManifests } from './reviews.js';
import { moveTag, type TagExpectation } from './tag-store.js';

export interface ImagePlatform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

export interface ManifestPush {
  readonly repository: RepositoryRecord;
  readonly digest: Digest;
  readonly payload: Uint8Array;
  readonly manifest: Manifest;
  readonly kind: 'image' | 'index' | 'artifact';
  /** Of an image, as its config says. */
  readonly platform: ImagePlatform | null;
  /** Blobs that must be in the repository: config and layers, without foreign ones. */
  readonly blobs: readonly Descriptor[];
  /** Manifests that must be in the repository. */
  readonly children: readonly Descriptor[];
  /** Some of these blobs and children may be absent all the same. */
  readonly sparse: boolean;
  readonly tags: readonly TagName[];
  /** What every one of the tags has to be before; undefined: anything. */
  readonly expected?: TagExpectation | undefined;
  /** How long what the tags were before can be restored; 0 when absent. */
  readonly keptSeconds?: number | undefined;
  readonly actor: Actor;
}

/**
 * A manifest, its references, its tags, the charge, the review and the audit row: one transaction. Pushing the
 * same bytes again changes nothing but the tags. Throws `ReferenceMissingError`, `ReferenceSizeError`, `TagMovedError`,
 * `ImmutableTagError` and `QuotaExceededError`; then nothing is stored.
 */
export async function pushManifest(database: Database, push: ManifestPush, delay: ReviewDelay): Promise<void> {
  const { repository, digest, actor } = push;
  const { namespaceId } = repository;
  await database.statements(
    async (tx) => {
      const check = { repositoryId: repository.id, sparse: push.sparse };
      const [blobs, children] = await Promise.all([
        lockBlobs(tx, check, push.blobs),
        lockManifests(tx, check, push.children),
      ]);
      const isNew = await insertManifest(tx, push, { blobs, children });
      if (!isNew) await keepManifest(tx, push);
      const moved: Digest[] = [];
      for (const tag of [...push.tags].sort()) {
        const { expected, keptSeconds } = push;
        const previous = await moveTag(tx, { repository, tag, digest, actor, expected, keptSeconds });
        if (previous !== undefined && previous !== digest) moved.push(previous);
      }
      const untagged = push.tags.length === 0 ? [digest] : []; // nothing but its digest holds it
      const target = `${repository.name}@${digest}`;
      const detail = { tags: [...push.tags] };
      await Promise.all([
        reviewManifests(tx, { repositoryId: repository.id, digests: untagged }, { event: 'push', delay }),
        keepRestorable(
          tx,
          { repositoryId: repository.id, digests: moved },
          { keptSeconds: push.keptSeconds ?? 0, delay },
        ),
        recordPush(tx, repository),
        recordAudit(tx, { actor, action: 'manifest.push', namespaceId, target, detail }),
      ]);
      await failPoint('M1');
      return isNew;
    },
    async (tx, isNew) => {
      if (isNew) await addCharge(tx, { namespaceId, digest, size: push.payload.length });
    },
  );
  await failPoint('M2');
}

/**
 * Throws when the repository was transferred or deleted at this moment: another namespace is charged now, or none. Pushes
 * into one repository must not wait for each other: they share its row, and of those within a second one says when it was,
 * whichever gets to it.
 */
async function recordPush(tx: Statements, repository: RepositoryRecord): Promise<void> {
  const stamped = tx.$executeRaw`
    UPDATE repository SET last_pushed_at = now() WHERE id = (
      SELECT id FROM repository
      WHERE id = ${repository.id}::uuid AND coalesce(last_pushed_at < now() - interval '1 second', true)
      FOR NO KEY UPDATE SKIP LOCKED)`;
  await Promise.all([pinNamespace(tx, repository), stamped]);
}

/** The manifest and what it references, in one statement. False when it is there already. */
async function insertManifest(
  tx: Statements,
  push: ManifestPush,
  { blobs, children }: { readonly blobs: References; readonly children: References },
): Promise<boolean> {
  const { manifest, payload, digest } = push;
  const repositoryId = push.repository.id;
  const content = contentBytes(payload.length + blobs.bytes + children.bytes);
  const absent = [...new Set([...blobs.absent, ...children.absent])].sort();
  const inserted = await tx.$queryRaw<unknown[]>`
    WITH inserted AS (
      INSERT INTO manifest (repository_id, digest, media_type, kind, artifact_type, config_digest, subject_digest,
                            annotations, platform, payload, payload_size, content_size, pushed_by)
      VALUES (${repositoryId}::uuid, ${digest}, ${manifest.mediaType}, ${push.kind}::manifest_kind,
              ${artifactTypeOf(manifest)}, ${manifest.kind === 'image' ? manifest.config.digest : null},
              ${manifest.subject?.digest ?? null}, ${JSON.stringify(manifest.annotations)}::jsonb,
              ${push.platform === null ? null : JSON.stringify(push.platform)}::jsonb, ${payload},
              ${payload.length}, ${content}, ${push.actor.name})
      ON CONFLICT (repository_id, digest) DO NOTHING
      RETURNING repository_id, digest
    ), blobs AS (
      INSERT INTO manifest_blob (repository_id, manifest_digest, blob_digest)
      SELECT m.repository_id, m.digest, b.digest FROM inserted m, unnest(${digestsOf(blobs.present)}::text[]) AS b (digest)
    ), children AS (
      INSERT INTO manifest_child (repository_id, parent_digest, child_digest)
      SELECT m.repository_id, m.digest, c.digest FROM inserted m, unnest(${digestsOf(children.present)}::text[]) AS c (digest)
    ), absent AS (
      INSERT INTO absent_reference (repository_id, manifest_digest, digest)
      SELECT m.repository_id, m.digest, a.digest FROM inserted m, unnest(${absent}::text[]) AS a (digest)
    )
    SELECT 1 FROM inserted`;
  return inserted.length === 1;
}

/** Indexes that share their children count them once for each path, of which there may be more than any number holds. */
function contentBytes(sum: number): number {
  return Math.min(sum, Number.MAX_SAFE_INTEGER);
}

/** Each once, in order. */
function digestsOf(descriptors: readonly Descriptor[]): Digest[] {
  return [...new Set(descriptors.map(({ digest }) => digest))].sort();
}

/**
 * A manifest that is there already may be on its way out: waits for who deletes it, and has the push run again then. One in
 * the trash is live again.
 */
async function keepManifest(tx: Statements, { repository, digest, actor }: ManifestPush): Promise<void> {
  const [kept] = await tx.$queryRaw<{ isDeleted: boolean }[]>`
    SELECT deleted_at IS NOT NULL AS "isDeleted" FROM manifest
    WHERE repository_id = ${repository.id}::uuid AND digest = ${digest} FOR KEY SHARE`;
  if (!kept) throw new DatabaseConflictError('the manifest was deleted at this moment');
  if (kept.isDeleted) await leaveTrash(tx, { repositoryId: repository.id, digest, actor });
}

/** distribution-spec: without `artifactType` an image manifest's is its config's media type. */
function artifactTypeOf(manifest: Manifest): string | null {
  return manifest.artifactType ?? (manifest.kind === 'image' ? manifest.config.mediaType : null);
}
