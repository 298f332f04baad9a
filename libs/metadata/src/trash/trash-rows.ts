import { randomUUID } from 'node:crypto';
import type { Actor } from '../actor.js';
import type { Statements } from '../statements.js';

/** What one deletion has put into the trash. */
export interface NewTrashEntry {
  readonly kind: 'tag' | 'manifest' | 'repository' | 'namespace';
  /** Undefined: the namespace itself. */
  readonly repositoryId?: string;
  readonly name: string;
  readonly digest?: string;
  readonly held: object;
}

interface Deletion {
  readonly namespaceId: string;
  readonly actor: Actor;
  readonly trashSeconds: number;
  readonly runId?: string | undefined;
}

/** Writes the entries; their ids, in the same order. */
export async function putInTrash(
  tx: Statements,
  { namespaceId, actor, trashSeconds, runId }: Deletion,
  entries: readonly NewTrashEntry[],
): Promise<string[]> {
  const ids = entries.map(() => randomUUID());
  await tx.$executeRaw`
    INSERT INTO trash_entry (id, kind, namespace_id, repository_id, name, digest, held, deleted_by, purge_after, run_id)
    SELECT e.id, e.kind::trash_kind, ${namespaceId}::uuid, e.repository_id, e.name, e.digest, e.held, ${actor.name},
           now() + make_interval(secs => ${trashSeconds}::float8), ${runId ?? null}::uuid
    FROM unnest(${ids}::uuid[], ${entries.map(({ kind }) => kind)}::text[],
                ${entries.map(({ repositoryId }) => repositoryId ?? null)}::uuid[],
                ${entries.map(({ name }) => name)}::text[], ${entries.map(({ digest }) => digest ?? null)}::text[],
                ${entries.map(({ held }) => JSON.stringify(held))}::jsonb[])
      AS e (id, kind, repository_id, name, digest, held)`;
  return ids;
}
