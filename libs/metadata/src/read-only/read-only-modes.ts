import type { Actor } from '../actor.js';
import { differenceOf, recordAudit } from '../audit.js';
import type { Database } from '../database.js';
import type { Statements } from '../statements.js';
import { ReadOnlyError, type ReadOnlyNotice } from './read-only-error.js';

export interface ReadOnlyRecord extends ReadOnlyNotice {
  readonly since: Date;
  /** Null: somebody who is gone. */
  readonly setBy: string | null;
}

/** The same in a transaction, for a change that reaches into a namespace besides the one that was asked about. */
export async function refuseChangeIn(tx: Statements, namespaceId: string): Promise<void> {
  const [mode] = await tx.$queryRaw<ReadOnlyNotice[]>`
    SELECT n.name AS namespace, m.message FROM read_only_mode m LEFT JOIN namespace n ON n.id = m.namespace_id
    WHERE m.namespace_id IS NULL OR m.namespace_id = ${namespaceId}::uuid ORDER BY m.namespace_id NULLS FIRST LIMIT 1`;
  if (mode) throw new ReadOnlyError(mode);
}

/** What is, or is to be, read-only: a namespace, or the whole registry (null). */
export type ReadOnlyScope = { readonly id: string; readonly name: string } | null;

const SELECT = `
  SELECT n.name AS namespace, m.message, m.since, u.username AS "setBy"
  FROM read_only_mode m LEFT JOIN namespace n ON n.id = m.namespace_id LEFT JOIN app_user u ON u.id = m.set_by`;

/**
 * Where content may be read and not changed. It is asked for in the statements that decide about a write, so that every
 * replica knows at once; writes that were let through before end as they began.
 */
export class ReadOnlyModes {
  constructor(private readonly database: Database) {}

  /** Cross-tenant. The whole registry first, then namespaces by name. */
  async list(): Promise<ReadOnlyRecord[]> {
    return this.database.prepared<ReadOnlyRecord>('read_only_list', `${SELECT} ORDER BY n.name NULLS FIRST`, []);
  }

  /** Those that a user meets: of the registry, and of namespaces where the user is a member or was granted something. */
  async listFor(userId: string): Promise<ReadOnlyRecord[]> {
    return this.database.prepared<ReadOnlyRecord>(
      'read_only_list_for',
      `${SELECT} WHERE m.namespace_id IS NULL
         OR EXISTS (SELECT 1 FROM namespace_member b WHERE b.namespace_id = m.namespace_id AND b.user_id = $1)
         OR EXISTS (SELECT 1 FROM access_grant g
                    WHERE g.namespace_id = m.namespace_id AND g.subject_kind = 'user' AND g.subject_id = $1)
       ORDER BY n.name NULLS FIRST`,
      [userId],
    );
  }

  /** Throws `ReadOnlyError` when content of the namespace, or of the whole registry, may not be changed. */
  async refuseChange(namespaceId: string | null): Promise<void> {
    const [mode] = await this.database.prepared<ReadOnlyRecord>(
      'read_only_find',
      `${SELECT} WHERE m.namespace_id IS NULL OR m.namespace_id = $1 ORDER BY m.namespace_id NULLS FIRST LIMIT 1`,
      [namespaceId],
    );
    if (mode) throw new ReadOnlyError(mode);
  }

  /** From now on; a mode that is on gets the new message. */
  async begin(scope: ReadOnlyScope, message: string, actor: Actor): Promise<void> {
    const namespaceId = scope?.id ?? null;
    await this.database.statements(async (tx) => {
      const [was] = await tx.$queryRaw<{ message: string }[]>`
        SELECT message FROM read_only_mode WHERE namespace_id IS NOT DISTINCT FROM ${namespaceId}::uuid FOR UPDATE`;
      const detail = was ? differenceOf({ ...was }, { message }) : { before: null, after: { message } };
      if (!detail) return;
      const setBy = actor.kind === 'user' ? actor.id : null;
      await tx.$executeRaw`
        INSERT INTO read_only_mode (namespace_id, message, set_by)
        VALUES (${namespaceId}::uuid, ${message}, ${setBy}::uuid)
        ON CONFLICT (namespace_id) DO UPDATE SET message = EXCLUDED.message, set_by = EXCLUDED.set_by`;
      const action = was ? 'read-only.change' : 'read-only.begin';
      await recordAudit(tx, { actor, action, namespaceId, target: scope?.name ?? 'registry', detail });
    });
  }

  /** Uploads that were open go on: the time that they could not does not count as idle. False: it was not on. */
  async end(scope: ReadOnlyScope, actor: Actor): Promise<boolean> {
    const namespaceId = scope?.id ?? null;
    return this.database.statements(async (tx) => {
      const [was] = await tx.$queryRaw<{ message: string }[]>`
        DELETE FROM read_only_mode WHERE namespace_id IS NOT DISTINCT FROM ${namespaceId}::uuid RETURNING message`;
      if (!was) return false;
      await tx.$executeRaw`
        UPDATE upload_session SET touched_at = now()
        WHERE ${namespaceId}::uuid IS NULL
          OR repository_id IN (SELECT id FROM repository WHERE namespace_id = ${namespaceId}::uuid)`;
      const detail = { before: { message: was.message }, after: null };
      await recordAudit(tx, { actor, action: 'read-only.end', namespaceId, target: scope?.name ?? 'registry', detail });
      return true;
    });
  }
}
