import type { RepositoryName } from '@stowage/oci';
import type { Db } from '../database.js';
import { holdToLimit } from '../quota/hold-to-limit.js';
import type { Restored } from './restoration.js';
import type { EntryRow } from './trash-entry.js';

/** Under its own name, unless another one has it by now, or is found by it. */
export async function restoreRepository(tx: Db, entry: EntryRow): Promise<Restored> {
  const { repositoryId, namespaceId, name: path } = entry;
  const [home] = await tx.$queryRaw<{ isLive: boolean; name: string }[]>`
    SELECT deleted_at IS NULL AS "isLive", name FROM namespace WHERE id = ${namespaceId}::uuid FOR UPDATE`;
  if (!home?.isLive) return { obstacle: { kind: 'inside', what: 'repository', name: home?.name ?? '' } };
  const [taken] = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM repository WHERE namespace_id = ${namespaceId}::uuid AND path = ${path}
    UNION ALL
    SELECT 1 FROM repository_alias
    WHERE namespace_id = ${namespaceId}::uuid AND path = ${path} AND repository_id <> ${repositoryId}::uuid`;
  if (taken) return { obstacle: { kind: 'taken', names: [path] } };
  const [restored] = await tx.$queryRaw<{ name: RepositoryName; visibility: string }[]>`
    UPDATE repository r SET deleted_at = NULL, path = ${path}, name = ${`${home.name}/${path}`}
    WHERE r.id = ${repositoryId}::uuid RETURNING r.name, r.visibility`;
  if (!restored) throw new Error('an entry of the trash goes with its repository');
  if (restored.visibility === 'private') await holdToLimit(tx, namespaceId, 'privateRepositories');
  return { target: restored.name };
}
