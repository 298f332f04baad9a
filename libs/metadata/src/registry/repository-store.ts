import { randomUUID } from 'node:crypto';
import type { Visibility } from '@stowage/contracts';
import { namespaceOf, pathInNamespace, type RepositoryName } from '@stowage/oci';
import { recordAudit } from '../audit.js';
import type { Actor } from '../actor.js';
import type { Database, Db } from '../database.js';

/** A repository as the data plane knows it. */
export interface RepositoryRecord {
  readonly id: string;
  readonly namespaceId: string;
  readonly name: RepositoryName;
}

/** The namespace wants its repositories to be made before something is pushed to them. */
export class CreateOnPushOffError extends Error {
  override name = 'CreateOnPushOffError';
  constructor(readonly repository: RepositoryName) {
    super('a push makes no repository in this namespace');
  }
}

const FIND = `
  SELECT id, namespace_id AS "namespaceId", name FROM repository WHERE name = $1`;

export class RepositoryStore {
  constructor(private readonly database: Database) {}

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
   * Two first pushes at once get the same repository; one audit row is written. Throws `CreateOnPushOffError`.
   */
  async findOrCreate(name: RepositoryName, actor: Actor): Promise<RepositoryRecord | undefined> {
    const found = await this.find(name);
    if (found) return found;
    return this.database.transaction(async (tx) => {
      const namespace = await tx.namespace.findUnique({
        where: { name: namespaceOf(name) },
        select: { id: true, defaultVisibility: true, createsOnPush: true },
      });
      if (!namespace) return undefined;
      if (!namespace.createsOnPush) throw new CreateOnPushOffError(name);
      const { id: namespaceId, defaultVisibility: visibility } = namespace;
      return createRepository(tx, { namespaceId, name, visibility, actor });
    });
  }
}

export interface NewRepository {
  readonly namespaceId: string;
  readonly name: RepositoryName;
  readonly visibility: Visibility;
  readonly description?: string;
  readonly actor: Actor;
}

async function createRepository(tx: Db, input: NewRepository): Promise<RepositoryRecord> {
  const { namespaceId, name } = input;
  const created = await insertRepository(tx, input);
  if (created) return created;
  const existing = await tx.repository.findUniqueOrThrow({ where: { name }, select: { id: true } });
  return { id: existing.id, namespaceId, name };
}

/** Undefined when there is one of this name already, also when it is being made at this very moment. */
export async function insertRepository(tx: Db, input: NewRepository): Promise<RepositoryRecord | undefined> {
  const { namespaceId, name, visibility, description = '', actor } = input;
  const [created] = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO repository (id, namespace_id, path, name, description, visibility)
    VALUES (${randomUUID()}::uuid, ${namespaceId}::uuid, ${pathInNamespace(name)}, ${name}, ${description},
            ${visibility}::repository_visibility)
    ON CONFLICT DO NOTHING RETURNING id`;
  if (!created) return undefined;
  const detail = { visibility };
  await recordAudit(tx, { actor, action: 'repository.create', namespaceId, target: name, detail });
  return { id: created.id, namespaceId, name };
}
