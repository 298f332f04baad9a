import { randomUUID } from 'node:crypto';
import type { Visibility } from '@stowage/contracts';
import { namespaceOf, pathInNamespace, type RepositoryName } from '@stowage/oci';
import { recordAudit } from '../audit.js';
import type { Actor } from '../actor.js';
import type { Database, Db } from '../database.js';
import { DatabaseConflictError } from '../database-errors.js';
import type { Statements } from '../statements.js';
import { holdToLimit } from '../quota/hold-to-limit.js';
import { namedRepository } from '../tenancy/name-sql.js';

/** A repository as the data plane knows it. */
export interface RepositoryRecord {
  readonly id: string;
  readonly namespaceId: string;
  readonly name: RepositoryName;
}

/** The repository, or its namespace, was deleted while something was done in it. */
export class RepositoryGoneError extends Error {
  override name = 'RepositoryGoneError';
  constructor() {
    super('the repository was deleted at this moment');
  }
}

/** The namespace wants its repositories to be made before something is pushed to them. */
export class CreateOnPushOffError extends Error {
  override name = 'CreateOnPushOffError';
  constructor(readonly repository: RepositoryName) {
    super('a push makes no repository in this namespace');
  }
}

const FIND = `
  SELECT id, namespace_id AS "namespaceId", name FROM repository WHERE id = ${namedRepository('$1')}`;

export class RepositoryStore {
  constructor(private readonly database: Database) {}

  /** By its name, or by one that it had before; the record has the present one. */
  async find(name: RepositoryName): Promise<RepositoryRecord | undefined> {
    const [row] = await this.database.prepared<{ id: string; namespaceId: string; name: RepositoryName }>(
      'repository_find',
      FIND,
      [name],
    );
    return row;
  }

  /**
   * The repository, made by this call if need be (a first push). Undefined when there is no such namespace.
   * Two first pushes at once get the same repository; one audit row is written. Throws `CreateOnPushOffError`, and
   * `LimitExceededError` for a private one too many.
   */
  async findOrCreate(name: RepositoryName, actor: Actor): Promise<RepositoryRecord | undefined> {
    const found = await this.find(name);
    if (found) return found;
    return this.database.transaction(async (tx) => {
      // Locked as the row's creation will need it: a namespace that gets another name meanwhile is waited for.
      const [namespace] = await tx.$queryRaw<HomeOfPush[]>`
        SELECT n.id, n.name, n.default_visibility AS visibility, n.creates_on_push AS "createsOnPush"
        FROM namespace_name owner JOIN namespace n ON n.id = owner.namespace_id
        WHERE owner.name = ${namespaceOf(name)} AND n.deleted_at IS NULL FOR KEY SHARE OF n`;
      if (!namespace) return undefined;
      const path = pathInNamespace(name);
      if (!namespace.createsOnPush) throw new CreateOnPushOffError(`${namespace.name}/${path}` as RepositoryName);
      const { id: namespaceId, visibility } = namespace;
      return createRepository(tx, { namespaceId, path, visibility, actor });
    });
  }
}

interface HomeOfPush {
  readonly id: string;
  readonly name: string;
  readonly visibility: Visibility;
  readonly createsOnPush: boolean;
}

export interface NewRepository {
  readonly namespaceId: string;
  /** The name without the namespace. */
  readonly path: string;
  readonly visibility: Visibility;
  readonly description?: string;
  readonly actor: Actor;
}

async function createRepository(tx: Db, input: NewRepository): Promise<RepositoryRecord> {
  const { namespaceId, path } = input;
  const created = await insertRepository(tx, input);
  if (created) return created;
  const where = { namespaceId_path: { namespaceId, path } };
  const existing = await tx.repository.findUnique({ where, select: { id: true, name: true } });
  if (!existing) throw new DatabaseConflictError('the repository was moved at this moment');
  return { id: existing.id, namespaceId, name: existing.name as RepositoryName };
}

/**
 * Undefined when there is one of this name already, also when it is being made at this very moment, and when the name leads
 * to one that was transferred. Throws `LimitExceededError` for a private one too many.
 */
export async function insertRepository(tx: Db, input: NewRepository): Promise<RepositoryRecord | undefined> {
  const { namespaceId, path, visibility, description = '', actor } = input;
  // The whole name is that of the namespace as it is once nobody is changing it.
  const home = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM namespace WHERE id = ${namespaceId}::uuid AND deleted_at IS NULL FOR KEY SHARE`;
  if (home.length === 0) throw new RepositoryGoneError();
  const [created] = await tx.$queryRaw<{ id: string; name: RepositoryName }[]>`
    INSERT INTO repository (id, namespace_id, path, name, description, visibility)
    SELECT ${randomUUID()}::uuid, n.id, ${path}, n.name || '/' || ${path}, ${description},
           ${visibility}::repository_visibility
    FROM namespace n WHERE n.id = ${namespaceId}::uuid AND NOT EXISTS (
      SELECT 1 FROM repository_alias a WHERE a.namespace_id = n.id AND a.path = ${path})
    ON CONFLICT DO NOTHING RETURNING id, name`;
  if (!created) return undefined;
  if (visibility === 'private') await holdToLimit(tx, namespaceId, 'privateRepositories');
  const { name } = created;
  const detail = { visibility };
  await recordAudit(tx, { actor, action: 'repository.create', namespaceId, target: name, detail });
  return { id: created.id, namespaceId, name };
}

/**
 * Keeps the repository in its namespace, and out of the trash, until the transaction ends, so that the right one is charged.
 * Throws `DatabaseConflictError` when it is in another one by now, `RepositoryGoneError` when it is nowhere.
 */
export async function pinNamespace(tx: Statements, repository: RepositoryRecord): Promise<void> {
  const { id, namespaceId } = repository;
  const there = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM repository
    WHERE id = ${id}::uuid AND namespace_id = ${namespaceId}::uuid AND deleted_at IS NULL FOR KEY SHARE`;
  if (there.length === 0) await throwWhyNotThere(tx, repository);
}

/** A repository that was live in its namespace a moment ago is not. */
export async function throwWhyNotThere(tx: Statements, { id }: RepositoryRecord): Promise<never> {
  const elsewhere = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM repository WHERE id = ${id}::uuid AND deleted_at IS NULL`;
  if (elsewhere.length > 0) throw new DatabaseConflictError('the repository was moved at this moment');
  throw new RepositoryGoneError();
}
