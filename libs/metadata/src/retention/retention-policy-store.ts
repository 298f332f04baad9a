import type { RetentionPolicy } from '@stowage/contracts';
import { describeRule, nextRun } from '@stowage/retention';
import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database, Db } from '../database.js';

export interface StoredRetention {
  readonly policy: RetentionPolicy;
  readonly nextRunAt: Date | null;
  readonly updatedAt: Date;
  readonly updatedBy: string | null;
}

/** Whose policy it is: a namespace's, or a repository's own. */
export type RetentionScope =
  | { readonly kind: 'namespace'; readonly id: string; readonly namespaceId: string; readonly name: string }
  | { readonly kind: 'repository'; readonly id: string; readonly namespaceId: string; readonly name: string };

interface RetentionRow {
  readonly policy: unknown;
  readonly nextRunAt: Date | null;
  readonly updatedAt: Date;
  readonly updatedBy: string | null;
}

/** Which tags of namespaces and of repositories are kept. */
export class RetentionPolicyStore {
  constructor(private readonly database: Database) {}

  /** Undefined where nothing was said: a repository then has the policy of its namespace. */
  async find(scope: Pick<RetentionScope, 'kind' | 'id'>): Promise<StoredRetention | undefined> {
    return this.database.run(async (db) => toStored(await findRow(db, scope)));
  }

  /** Null takes the policy away. One audit row; none when nothing is another thing now. Throws `InvalidScheduleError`. */
  async set(scope: RetentionScope, policy: RetentionPolicy | null, actor: Actor): Promise<void> {
    await this.database.transaction(async (tx) => {
      await keepOwner(tx, scope);
      const was = await findRow(tx, scope);
      const before = was ? describePolicy(was.policy as RetentionPolicy) : null;
      const after = policy ? describePolicy(policy) : null;
      if (JSON.stringify(before) === JSON.stringify(after)) return;
      await (policy ? write(tx, scope, { policy, actor }) : erase(tx, scope));
      const { namespaceId, name: target } = scope;
      await recordAudit(tx, { actor, action: 'retention.update', namespaceId, target, detail: { before, after } });
    });
  }
}

async function findRow(db: Db, { kind, id }: Pick<RetentionScope, 'kind' | 'id'>): Promise<RetentionRow | null> {
  return kind === 'namespace'
    ? db.namespaceRetention.findUnique({ where: { namespaceId: id } })
    : db.repositoryRetention.findUnique({ where: { repositoryId: id } });
}

/** Two changes of one policy take turns. */
async function keepOwner(tx: Db, { kind, id }: RetentionScope): Promise<void> {
  if (kind === 'namespace') await tx.$queryRaw`SELECT 1 FROM namespace WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  else await tx.$queryRaw`SELECT 1 FROM repository WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
}

async function write(
  tx: Db,
  { kind, id }: RetentionScope,
  { policy, actor }: { readonly policy: RetentionPolicy; readonly actor: Actor },
): Promise<void> {
  const [clock] = await tx.$queryRaw<{ now: Date }[]>`SELECT now() AS now`;
  const now = clock?.now ?? new Date();
  const nextRunAt = policy.schedule === null ? null : nextRun(policy.schedule, now);
  const data = { policy, nextRunAt, updatedAt: now, updatedBy: actor.name };
  if (kind === 'namespace') {
    await tx.namespaceRetention.upsert({
      where: { namespaceId: id },
      create: { namespaceId: id, ...data },
      update: data,
    });
  } else {
    const where = { repositoryId: id };
    await tx.repositoryRetention.upsert({ where, create: { repositoryId: id, ...data }, update: data });
  }
}

async function erase(tx: Db, { kind, id }: RetentionScope): Promise<void> {
  if (kind === 'namespace') await tx.namespaceRetention.deleteMany({ where: { namespaceId: id } });
  else await tx.repositoryRetention.deleteMany({ where: { repositoryId: id } });
}

function toStored(row: RetentionRow | null): StoredRetention | undefined {
  return row ? { ...row, policy: row.policy as RetentionPolicy } : undefined;
}

/** A policy as audit rows say it. */
function describePolicy({ rules, guards, schedule }: RetentionPolicy) {
  return {
    rules: rules.map((rule) => `${describeRule(rule)}: ${describeKeep(rule.keep)}`),
    guards: [
      ...(guards.latest ? ['latest'] : []),
      ...(guards.inIndex ? ['in an index'] : []),
      ...(guards.pulledWithinDays === null ? [] : [`pulled within ${guards.pulledWithinDays} days`]),
    ],
    schedule,
  };
}

function describeKeep({ kind, ...settings }: RetentionPolicy['rules'][number]['keep']): string {
  return [kind, ...Object.entries(settings).map(([name, value]) => `${name} ${value}`)].join(' ');
}
