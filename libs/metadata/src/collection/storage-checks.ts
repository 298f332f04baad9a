import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database } from '../database.js';
import { startJobRun } from '../jobs/start-job-run.js';
import type { Statements } from '../statements.js';

/** The kind of its job runs. */
export const STORAGE_CHECK_KIND = 'storage-check';

/** Starts checks of the storage; one at a time. */
export class StorageChecks {
  constructor(private readonly database: Database) {}

  /** The id of the job run: of the one that is not over, when there is one. */
  async start(actor: Actor): Promise<string> {
    return this.database.statements(async (tx) => {
      const { id, isNew } = await startCheck(tx, actor.kind === 'user' ? actor.id : null);
      if (isNew) {
        const detail = { after: { run: id } };
        await recordAudit(tx, { actor, action: 'storage.check', namespaceId: null, target: 'storage', detail });
      }
      return id;
    });
  }

  /** By itself once a day; a registry that is younger has nothing that could have got lost. */
  async startWhenDue(): Promise<boolean> {
    return this.database.statements(async (tx) => {
      const due = await tx.$queryRaw<unknown[]>`
        SELECT 1 WHERE EXISTS (SELECT 1 FROM namespace WHERE created_at < now() - interval '1 day')
          AND NOT EXISTS (
            SELECT 1 FROM job_run WHERE kind = ${STORAGE_CHECK_KIND} AND created_at > now() - interval '1 day')`;
      return due.length > 0 && (await startCheck(tx, null)).isNew;
    });
  }
}

function startCheck(tx: Statements, requestedBy: string | null) {
  const kind = STORAGE_CHECK_KIND;
  return startJobRun(tx, { kind, payload: {}, namespaceId: null, target: 'storage', requestedBy, key: kind });
}
