import { randomUUID } from 'node:crypto';
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
   * Two first pushes at once get the same repository; one audit row is written.
   */
  async findOrCreate(name: RepositoryName, actor: Actor): Promise<RepositoryRecord | undefined> {
    const found = await this.find(name);
    if (found) return found;
    return this.database.transaction(async (tx) => {
      const namespace = await tx.namespace.findUnique({ where: { name: namespaceOf(name) }, select: { id: true } });
      return namespace ? createRepository(tx, { namespaceId: namespace.id, name, actor }) : undefined;
    });
  }
}

async function createRepository(
  tx: Db,
  input: { readonly namespaceId: string; readonly name: RepositoryName; readonly actor: Actor },
): Promise<RepositoryRecord> {
  const { namespaceId, name } = input;
  const created = await insertRepository(tx, input);
  if (created) return created;
  const existing = await tx.repository.findUniqueOrThrow({ where: { name }, select: { id: true } });
  return { id: existing.id, namespaceId, name };
}

/** Undefined when there is one of this name already, also when it is being made at this very moment. */
export async function insertRepository(
  tx: Db,
  input: { readonly namespaceId: string; readonly name: RepositoryName; readonly actor: Actor },
): Promise<RepositoryRecord | undefined> {
  const { namespaceId, name, actor } = input;
  const [created] = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO repository (id, namespace_id, path, name)
    VALUES (${randomUUID()}::uuid, ${namespaceId}::uuid, ${pathInNamespace(name)}, ${name})
    ON CONFLICT DO NOTHING RETURNING id`;
  if (!created) return undefined;
  await recordAudit(tx, { actor, action: 'repository.create', namespaceId, target: name });
  return { id: created.id, namespaceId, name };
}
