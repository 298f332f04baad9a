import { type Digest, parseTagName } from '@stowage/oci';
import type { Db } from '../database.js';
import { DatabaseConflictError } from '../database-errors.js';
import { revealLinksOf } from '../registry/hidden-links.js';
import { reviewManifests } from '../registry/reviews.js';
import { moveTag } from '../registry/tag-store.js';
import type { Restoration, Restored } from './restoration.js';
import { type EntryRow, pinRepositoryOf, tagsOf } from './trash-entry.js';

/** What nothing holds after its return is looked at again at once, as after any change. */
const NO_DELAY = { seconds: 0 } as const;

/** With its tags, and with the children of an index that went to the trash after it. */
export async function restoreManifest(tx: Db, entry: EntryRow, { actor, leaveTaken }: Restoration): Promise<Restored> {
  const repository = await pinRepositoryOf(tx, entry);
  if (!repository.isLive) return { obstacle: { kind: 'inside', what: 'repository', name: repository.name } };
  const { digest } = entry;
  if (digest === null) throw new Error('a manifest has a digest');
  const { id: repositoryId } = repository;
  const tags = tagsOf(entry);
  const taken = await takenAmong(tx, repositoryId, tags);
  if (taken.length > 0 && !leaveTaken) return { obstacle: { kind: 'taken', names: taken } };
  await reviveFamily(tx, repositoryId, digest);
  const free = tags.filter((tag) => !taken.includes(tag));
  for (const tag of free) await moveTag(tx, { repository, tag: parseTagName(tag), digest, actor, expected: 'absent' });
  if (free.length === 0)
    await reviewManifests(tx, { repositoryId, digests: [digest] }, { event: 'restore', delay: NO_DELAY });
  return { target: `${repository.name}@${digest}`, left: taken };
}

/** In the order of their names, and locked: nobody takes one of them meanwhile. */
async function takenAmong(tx: Db, repositoryId: string, tags: readonly string[]): Promise<string[]> {
  const taken = await tx.$queryRaw<{ name: string }[]>`
    SELECT name FROM tag WHERE repository_id = ${repositoryId}::uuid AND name = ANY (${tags}::text[])
    ORDER BY name FOR SHARE`;
  return taken.map(({ name }) => name);
}

/** The manifest and all that it contains: an index without its children would be a pull that fails. */
async function reviveFamily(tx: Db, repositoryId: string, digest: Digest): Promise<void> {
  const family = await tx.$queryRaw<{ digest: string }[]>`
    WITH RECURSIVE family AS (
      SELECT ${digest}::text COLLATE "C" AS digest
      UNION
      SELECT c.child_digest FROM family f
      JOIN manifest_child c ON c.repository_id = ${repositoryId}::uuid AND c.parent_digest = f.digest
    )
    SELECT digest FROM family`;
  const digests = family.map((member) => member.digest);
  await tx.$queryRaw`
    SELECT 1 FROM manifest WHERE repository_id = ${repositoryId}::uuid AND digest = ANY (${digests}::text[])
    ORDER BY digest FOR UPDATE`;
  const revived = await tx.$queryRaw<{ digest: string }[]>`
    UPDATE manifest SET deleted_at = NULL
    WHERE repository_id = ${repositoryId}::uuid AND digest = ANY (${digests}::text[]) AND deleted_at IS NOT NULL
    RETURNING digest`;
  if (!revived.some((member) => member.digest === digest)) throw new DatabaseConflictError('the manifest was purged');
  await revealLinksOf(tx, { repositoryId, digests });
  const others = digests.filter((member) => member !== digest);
  // Their own entries are settled: they are where they were, apart from tags, which have entries or pushes of their own.
  await tx.$executeRaw`
    DELETE FROM trash_entry
    WHERE repository_id = ${repositoryId}::uuid AND kind = 'manifest' AND digest = ANY (${others}::text[])`;
}
