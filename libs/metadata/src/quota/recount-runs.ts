import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database, Db } from '../database.js';
import { startJobRun, type StartedJobRun } from '../jobs/start-job-run.js';

/** The kind of run that recounts; the worker knows it by this name. */
export const RECOUNT_KIND = 'recount-usage';

/** Cross-tenant. Somebody wants a recount, of one namespace or of all, with the audit row. Undefined: no such namespace. */
export async function requestRecount(
  database: Database,
  namespaceName: string | undefined,
  actor: Actor,
): Promise<StartedJobRun | undefined> {
  return database.transaction(async (tx) => {
    const recounted = namespaceName === undefined ? EVERYTHING : await findNamespace(tx, namespaceName);
    if (!recounted) return undefined;
    const { id, name: target } = recounted;
    const run = await startJobRun(tx, {
      kind: RECOUNT_KIND,
      payload: id === null ? {} : { namespaceId: id },
      // Administrators alone see how well we count.
      namespaceId: null,
      target,
      requestedBy: actor.kind === 'user' ? actor.id : null,
      key: keyOf(id),
    });
    const detail = { run: run.id };
    if (run.isNew) await recordAudit(tx, { actor, action: 'usage.recount', namespaceId: id, target, detail });
    return run;
  });
}

interface Recounted {
  readonly id: string | null;
  readonly name: string;
}

const EVERYTHING: Recounted = { id: null, name: 'all namespaces' };

async function findNamespace(tx: Db, name: string): Promise<Recounted | null> {
  return tx.namespace.findUnique({ where: { name }, select: { id: true, name: true } });
}

function keyOf(id: string | null): string {
  return `${RECOUNT_KIND}:${id ?? ''}`;
}

/** Cross-tenant: the one that comes by itself, unless there was one of all within the last hours. True when it was started. */
export async function startDueRecount(database: Database, afterHours: number): Promise<boolean> {
  return database.transaction(async (tx) => {
    const [due] = await tx.$queryRaw<unknown[]>`
      SELECT 1 WHERE EXISTS (SELECT 1 FROM namespace) AND NOT EXISTS (
        SELECT 1 FROM job_run WHERE kind = ${RECOUNT_KIND} AND payload = '{}'::jsonb
          AND created_at > now() - make_interval(hours => ${afterHours}::int))`;
    if (!due) return false;
    const run = { kind: RECOUNT_KIND, payload: {}, namespaceId: null, target: EVERYTHING.name, requestedBy: null };
    return (await startJobRun(tx, { ...run, key: keyOf(null) })).isNew;
  });
}
