import { parseTagName } from '@stowage/oci';
import type { Db } from '../database.js';
import { DatabaseConflictError } from '../database-errors.js';
import { moveTag, TagMovedError } from '../registry/tag-store.js';
import type { Restoration, Restored } from './restoration.js';
import { type EntryRow, pinRepositoryOf } from './trash-entry.js';

/** A tag that was pushed anew is not replaced. */
export async function restoreTag(tx: Db, entry: EntryRow, { actor }: Restoration): Promise<Restored> {
  const repository = await pinRepositoryOf(tx, entry);
  if (!repository.isLive) return { obstacle: { kind: 'inside', what: 'repository', name: repository.name } };
  const { digest } = entry;
  if (digest === null) throw new Error('a tag has a digest');
  const [manifest] = await tx.$queryRaw<{ isLive: boolean }[]>`
    SELECT deleted_at IS NULL AS "isLive" FROM manifest
    WHERE repository_id = ${repository.id}::uuid AND digest = ${digest} FOR KEY SHARE`;
  if (!manifest) throw new DatabaseConflictError('the manifest was purged at this moment');
  if (!manifest.isLive) return { obstacle: { kind: 'inside', what: 'manifest', name: digest } };
  try {
    const tag = parseTagName(entry.name);
    await moveTag(tx, { repository, tag, digest, actor, expected: 'absent' });
  } catch (error) {
    if (error instanceof TagMovedError) return { obstacle: { kind: 'taken', names: [entry.name] } };
    throw error;
  }
  return { target: `${repository.name}:${entry.name}` };
}
