import type { Prisma } from '../generated/prisma/client.js';
import type { Statements } from '../statements.js';

export interface NewJobRun {
  /** Kebab-case; the name of a kind that workers know (`defineRun` of `@stowage/jobs`). */
  readonly kind: string;
  /** What the kind wants: ids, never entities or secrets. */
  readonly payload: Prisma.InputJsonObject;
  /** Whose members see the run; null: administrators alone. */
  readonly namespaceId: string | null;
  /** What it works on, as a person would name it, without the name of the namespace. */
  readonly target: string;
  /** The user who asked; null for the registry itself. */
  readonly requestedBy: string | null;
  /** While a run of this key is queued, at work or paused, no other one is started. */
  readonly key?: string | undefined;
  /** How many items there will be, when that is known. */
  readonly total?: number | undefined;
  /** By the database's clock. */
  readonly delaySeconds?: number | undefined;
}

export interface StartedJobRun {
  readonly id: string;
  /** False: a run of this key is live already, and this is its id. */
  readonly isNew: boolean;
}

/** Starts a run in the transaction of its cause: there is a run if, and only if, the transaction commits. */
export async function startJobRun(tx: Statements, run: NewJobRun): Promise<StartedJobRun> {
  const { kind, namespaceId, target, requestedBy, key = null, total = null, delaySeconds = 0 } = run;
  const payload = JSON.stringify(run.payload);
  for (;;) {
    const [made] = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO job_run (kind, key, namespace_id, target, requested_by, payload, total, due_at)
      VALUES (${kind}, ${key}, ${namespaceId}::uuid, ${target}, ${requestedBy}::uuid, ${payload}::jsonb,
              ${total}::bigint, now() + make_interval(secs => ${delaySeconds}::float8))
      ON CONFLICT (key) WHERE state IN ('queued', 'running', 'paused') DO NOTHING
      RETURNING id`;
    if (made) return { id: made.id, isNew: true };
    const [live] = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM job_run WHERE key = ${key} AND state IN ('queued', 'running', 'paused')`;
    // It may have ended between the two statements: then there is room for this one.
    if (live) return { id: live.id, isNew: false };
  }
}
