import type { Digest, RepositoryName } from '@stowage/oci';
import type { Db } from '../database.js';
import type { RepositoryRecord } from '../registry/repository-store.js';
import type { TrashKind } from './trash-listing.js';

/** An entry of the trash that a transaction has locked. */
export interface EntryRow {
  readonly id: string;
  readonly kind: TrashKind;
  readonly namespaceId: string;
  readonly repositoryId: string | null;
  readonly name: string;
  readonly digest: Digest | null;
  readonly held: Readonly<Record<string, unknown>>;
  readonly isPurging: boolean;
  readonly runId: string | null;
}

/** Waits for whoever restores or purges it. */
export async function lockEntry(tx: Db, id: string): Promise<EntryRow | undefined> {
  const [entry] = await tx.$queryRaw<EntryRow[]>`
    SELECT id, kind, namespace_id AS "namespaceId", repository_id AS "repositoryId", name, digest, held,
           is_purging AS "isPurging", run_id AS "runId"
    FROM trash_entry WHERE id = ${id}::uuid FOR UPDATE`;
  return entry;
}

/** The repository of a tag's or a manifest's entry, kept where it is until the transaction ends; with whether it is live. */
export async function pinRepositoryOf(
  tx: Db,
  { repositoryId }: EntryRow,
): Promise<RepositoryRecord & { readonly isLive: boolean }> {
  const [repository] = await tx.$queryRaw<(RepositoryRecord & { isLive: boolean })[]>`
    SELECT id, namespace_id AS "namespaceId", name, deleted_at IS NULL AS "isLive" FROM repository
    WHERE id = ${repositoryId}::uuid FOR KEY SHARE`;
  if (!repository) throw new Error('an entry of the trash goes with its repository');
  return { ...repository, name: repository.name as RepositoryName };
}

/** Tags that went with a manifest. */
export function tagsOf({ held }: EntryRow): string[] {
  return Array.isArray(held.tags) ? held.tags.filter((tag) => typeof tag === 'string') : [];
}
