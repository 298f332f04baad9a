import type { BulkFilter } from '@stowage/contracts';
import { pathInNamespace } from '@stowage/oci';
import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database } from '../database.js';
import { startJobRun } from '../jobs/start-job-run.js';
import type { RepositoryRecord } from '../registry/repository-store.js';

export const BULK_DELETION_RUN = 'delete-by-filter';
export const RUN_RESTORATION_RUN = 'restore-run';

interface StartedRun {
  readonly id: string;
  readonly isNew: boolean;
}

/** One entry in the trash of what a run has deleted. */
export interface RunEntry {
  readonly id: string;
  readonly isTag: boolean;
}

/** Starts the runs that delete much at once, and that undo it. */
export class BulkRuns {
  constructor(private readonly database: Database) {}

  /** One at a time in a repository: `isNew` is false when one is at work. */
  async delete(repository: RepositoryRecord, filter: BulkFilter, actor: Actor): Promise<StartedRun> {
    const { id: repositoryId, namespaceId, name } = repository;
    const conditions = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
    return this.database.statements(async (tx) => {
      const started = await startJobRun(tx, {
        kind: BULK_DELETION_RUN,
        payload: { repositoryId, filter: conditions, actor: { ...actor } },
        namespaceId,
        target: pathInNamespace(name),
        requestedBy: actor.kind === 'user' ? actor.id : null,
        key: `${BULK_DELETION_RUN}:${repositoryId}`,
      });
      if (started.isNew) {
        const detail = { filter: conditions, run: started.id };
        await recordAudit(tx, { actor, action: 'repository.bulk-delete', namespaceId, target: name, detail });
      }
      return started;
    });
  }

  /** Undefined when nothing of the run is in the trash of the namespace. */
  async restore(
    namespace: { readonly id: string; readonly name: string },
    runId: string,
    actor: Actor,
  ): Promise<StartedRun | undefined> {
    const { id: namespaceId } = namespace;
    return this.database.statements(async (tx) => {
      const [held] = await tx.$queryRaw<{ entries: number }[]>`
        SELECT count(*)::int AS entries FROM trash_entry
        WHERE run_id = ${runId}::uuid AND namespace_id = ${namespaceId}::uuid AND NOT is_purging`;
      if (!held || held.entries === 0) return undefined;
      const started = await startJobRun(tx, {
        kind: RUN_RESTORATION_RUN,
        payload: { runId, actor: { ...actor } },
        namespaceId,
        target: `what the run ${runId.slice(0, 8)} deleted`,
        requestedBy: actor.kind === 'user' ? actor.id : null,
        key: `${RUN_RESTORATION_RUN}:${runId}`,
        total: held.entries,
      });
      if (started.isNew) {
        const detail = { entries: held.entries, run: started.id };
        await recordAudit(tx, { actor, action: 'trash.restore-run', namespaceId, target: runId, detail });
      }
      return started;
    });
  }

  /**
   * Entries of a run that can be restored, after one of them or from the first one. Tags come last: the image of a tag that has
   * lost its only one may have gone with the same run, and has to be back first.
   */
  async entriesOf(
    namespaceId: string,
    runId: string,
    { after, limit }: { readonly after: RunEntry | undefined; readonly limit: number },
  ): Promise<RunEntry[]> {
    return this.database.prepared<RunEntry>(
      'trash_entries_of_run',
      `SELECT id, kind = 'tag' AS "isTag" FROM trash_entry
       WHERE namespace_id = $1 AND run_id = $2 AND NOT is_purging
         AND ($3::uuid IS NULL OR (kind = 'tag', id) > ($4::boolean, $3::uuid))
       ORDER BY kind = 'tag', id LIMIT $5`,
      [namespaceId, runId, after?.id ?? null, after?.isTag ?? false, limit],
    );
  }
}
