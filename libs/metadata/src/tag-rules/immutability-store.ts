import type { ImmutabilityRule, TagSelector } from '@stowage/contracts';
import { describeRule } from '@stowage/retention';
import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database } from '../database.js';
import { DatabaseConflictError } from '../database-errors.js';
import type { Statements } from '../statements.js';
import { lockTagRules } from './tag-rules-lock.js';

export interface StoredRules<Rule> {
  readonly rules: readonly Rule[];
  readonly updatedAt: Date | null;
  readonly updatedBy: string | null;
}

interface NamedNamespace {
  readonly id: string;
  readonly name: string;
}

interface NamedRepository extends NamedNamespace {
  readonly namespaceId: string;
}

/** Which tags of namespaces and of repositories stay at their digest. */
export class ImmutabilityStore {
  constructor(private readonly database: Database) {}

  async ofNamespace(namespaceId: string): Promise<StoredRules<ImmutabilityRule>> {
    const row = await this.database.run((db) => db.namespaceImmutability.findUnique({ where: { namespaceId } }));
    return row ? toStored<ImmutabilityRule>(row) : { rules: [], updatedAt: null, updatedBy: null };
  }

  /** Undefined while the repository has what its namespace says. */
  async ofRepository(repositoryId: string): Promise<StoredRules<TagSelector> | undefined> {
    const row = await this.database.run((db) => db.repositoryImmutability.findUnique({ where: { repositoryId } }));
    return row ? toStored<TagSelector>(row) : undefined;
  }

  /** Waits for changes of tags that have begun; from its answer on the new rules hold. */
  async setOfNamespace(namespace: NamedNamespace, rules: readonly ImmutabilityRule[], actor: Actor): Promise<void> {
    await this.database.statements(async (tx) => {
      await keepNamespace(tx, namespace.id);
      await lockTagRules(tx, namespace.id);
      const [was] = await tx.$queryRaw<{ rules: ImmutabilityRule[] }[]>`
        SELECT rules FROM namespace_immutability WHERE namespace_id = ${namespace.id}::uuid`;
      if (isSame(was?.rules ?? [], rules)) return;
      await tx.$executeRaw`
        INSERT INTO namespace_immutability (namespace_id, rules, updated_by)
        VALUES (${namespace.id}::uuid, ${JSON.stringify(rules)}::jsonb, ${actor.name})
        ON CONFLICT (namespace_id) DO UPDATE
          SET rules = excluded.rules, updated_by = excluded.updated_by, updated_at = now()`;
      await recordAudit(tx, {
        actor,
        action: 'immutability.update',
        namespaceId: namespace.id,
        target: namespace.name,
        detail: { before: describe(was?.rules), after: describe(rules) },
      });
    });
  }

  /** The same for a repository; null gives it the rules of its namespace again. */
  async setOfRepository(
    repository: NamedRepository,
    rules: readonly TagSelector[] | null,
    actor: Actor,
  ): Promise<void> {
    await this.database.statements(async (tx) => {
      await keepRepository(tx, repository);
      await lockTagRules(tx, repository.namespaceId);
      const [was] = await tx.$queryRaw<{ rules: TagSelector[] }[]>`
        SELECT rules FROM repository_immutability WHERE repository_id = ${repository.id}::uuid`;
      if (was === undefined ? rules === null : rules !== null && isSame(was.rules, rules)) return;
      await (rules === null ? inherit(tx, repository.id) : replace(tx, repository.id, { rules, actor }));
      await recordAudit(tx, {
        actor,
        action: 'immutability.update',
        namespaceId: repository.namespaceId,
        target: repository.name,
        detail: { before: describe(was?.rules), after: describe(rules ?? undefined) },
      });
    });
  }
}

async function inherit(tx: Statements, repositoryId: string): Promise<void> {
  await tx.$executeRaw`DELETE FROM repository_immutability WHERE repository_id = ${repositoryId}::uuid`;
}

async function replace(
  tx: Statements,
  repositoryId: string,
  { rules, actor }: { readonly rules: readonly TagSelector[]; readonly actor: Actor },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO repository_immutability (repository_id, rules, updated_by)
    VALUES (${repositoryId}::uuid, ${JSON.stringify(rules)}::jsonb, ${actor.name})
    ON CONFLICT (repository_id) DO UPDATE
      SET rules = excluded.rules, updated_by = excluded.updated_by, updated_at = now()`;
}

/** Rows before the lock: whoever deletes them may be about to share it. */
async function keepNamespace(tx: Statements, id: string): Promise<void> {
  const kept = await tx.$queryRaw<unknown[]>`SELECT 1 FROM namespace WHERE id = ${id}::uuid FOR KEY SHARE`;
  if (kept.length === 0) throw new DatabaseConflictError('the namespace was deleted at this moment');
}

async function keepRepository(tx: Statements, { id, namespaceId }: NamedRepository): Promise<void> {
  const kept = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM repository WHERE id = ${id}::uuid AND namespace_id = ${namespaceId}::uuid FOR KEY SHARE`;
  if (kept.length === 0) throw new DatabaseConflictError('the repository was moved or deleted at this moment');
}

function toStored<Rule>(row: { rules: unknown; updatedAt: Date; updatedBy: string | null }): StoredRules<Rule> {
  return { rules: row.rules as Rule[], updatedAt: row.updatedAt, updatedBy: row.updatedBy };
}

/** Postgres keeps the members of an object in an order of its own. */
function isSame(was: readonly TagSelector[], is: readonly TagSelector[]): boolean {
  return JSON.stringify(was.map(describeRule)) === JSON.stringify(is.map(describeRule));
}

function describe(rules: readonly TagSelector[] | undefined): string[] | null {
  return rules?.map(describeRule) ?? null;
}
