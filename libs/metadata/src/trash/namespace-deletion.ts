import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database, Db } from '../database.js';
import { changeReservation } from '../registry/charges.js';
import { immutableContent } from '../tag-rules/immutable-content.js';
import type { DeletionTerms } from './deletion-terms.js';
import { putInTrash } from './trash-rows.js';

/** A namespace with its names and its repositories, as its entry in the trash remembers it. */
interface HeldNamespace {
  /** The present one and the old ones, which lead to it again after a restore. */
  readonly names: readonly string[];
  readonly repositories: number;
  readonly sizeBytes: number;
}

export type NamespaceDeletionOutcome =
  | { readonly kind: 'deleted'; readonly entryId: string }
  /** It goes with the account of its person, and not before. */
  | { readonly kind: 'personal' }
  | { readonly kind: 'gone' };

export interface NamespaceDeletion {
  readonly namespace: { readonly id: string; readonly name: string };
  readonly actor: Actor;
  /** Who may change the rules of immutable tags may delete what they hold; nobody else. */
  readonly overrulesTagRules?: boolean | undefined;
}

/**
 * Puts a namespace with all its repositories into the trash. None of its names leads anywhere from then on, nor can anybody
 * else take one: they are held for as long as it can be restored, and 90 days more. Throws `ImmutableTagError` for the
 * first tag that a rule holds, unless that is overruled.
 */
export async function deleteNamespace(
  database: Database,
  { namespace, actor, overrulesTagRules = false }: NamespaceDeletion,
  { trashSeconds }: DeletionTerms,
): Promise<NamespaceDeletionOutcome> {
  const { id: namespaceId } = namespace;
  return database.transaction(async (tx) => {
    const [was] = await tx.$queryRaw<{ name: string; isPersonal: boolean }[]>`
      SELECT name, kind = 'personal' AS "isPersonal" FROM namespace
      WHERE id = ${namespaceId}::uuid AND deleted_at IS NULL FOR UPDATE`;
    if (!was) return { kind: 'gone' };
    if (was.isPersonal) return { kind: 'personal' };
    const reserved = await endUploadsIn(tx, namespaceId);
    const immutable = await immutableContent(tx, { namespaceId, repositoryId: null });
    if (immutable.refusal && !overrulesTagRules) throw immutable.refusal;
    const repositories = await hideRepositories(tx, namespaceId);
    await tx.repositoryTransfer.deleteMany({
      where: { OR: [{ toNamespaceId: namespaceId }, { repository: { namespaceId } }] },
    });
    const held: HeldNamespace = {
      names: await holdNames(tx, namespaceId, trashSeconds),
      repositories,
      sizeBytes: await usedBy(tx, namespaceId),
    };
    await tx.$executeRaw`UPDATE namespace SET deleted_at = now() WHERE id = ${namespaceId}::uuid`;
    const [entryId] = await putInTrash(tx, { namespaceId, actor, trashSeconds }, [
      { kind: 'namespace', name: was.name, held },
    ]);
    const detail = { repositories, immutableTags: immutable.tags, sizeBytes: held.sizeBytes };
    await recordAudit(tx, { actor, action: 'namespace.delete', namespaceId, target: was.name, detail });
    await changeReservation(tx, namespaceId, -reserved);
    if (entryId === undefined) throw new Error('an entry that was made has an id');
    return { kind: 'deleted', entryId };
  });
}

async function endUploadsIn(tx: Db, namespaceId: string): Promise<number> {
  // Locked first, in order: who pushes into one of them is waited for, and comes too late afterwards.
  await tx.$queryRaw`
    SELECT 1 FROM repository WHERE namespace_id = ${namespaceId}::uuid AND deleted_at IS NULL ORDER BY id FOR UPDATE`;
  const [ended] = await tx.$queryRaw<{ reserved: number }[]>`
    WITH ended AS (
      DELETE FROM upload_session s USING repository r
      WHERE r.id = s.repository_id AND r.namespace_id = ${namespaceId}::uuid RETURNING s.reserved_bytes
    )
    SELECT coalesce(sum(reserved_bytes), 0)::float8 AS reserved FROM ended`;
  return ended?.reserved ?? 0;
}

/** Their paths stay: that is where a restore puts them. Those that were in the trash before have none to go back to. */
async function hideRepositories(tx: Db, namespaceId: string): Promise<number> {
  return tx.$executeRaw`
    UPDATE repository SET deleted_at = now(), name = '~' || id
    WHERE namespace_id = ${namespaceId}::uuid AND deleted_at IS NULL`;
}

async function holdNames(tx: Db, namespaceId: string, trashSeconds: number): Promise<string[]> {
  const held = await tx.$queryRaw<{ name: string }[]>`
    UPDATE namespace_name SET namespace_id = NULL,
      held_until = now() + make_interval(secs => ${trashSeconds}::float8) + interval '90 days'
    WHERE namespace_id = ${namespaceId}::uuid RETURNING name`;
  return held.map(({ name }) => name);
}

async function usedBy(tx: Db, namespaceId: string): Promise<number> {
  const usage = await tx.namespaceUsage.findUnique({ where: { namespaceId }, select: { usedBytes: true } });
  return Number(usage?.usedBytes ?? 0);
}
