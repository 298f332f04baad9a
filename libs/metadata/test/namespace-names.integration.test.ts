import type { NamespaceName } from '@stowage/oci';
import { describe, expect, it } from 'vitest';
import { NameTakenError } from '../src/identity/user-store.js';
import { CreateOnPushOffError, RepositoryStore } from '../src/registry/repository-store.js';
import { NamespaceNameTakenError } from '../src/tenancy/namespace-names.js';
import { NamespaceStore } from '../src/tenancy/namespace-store.js';
import { aName, actorOf, createTenant, createUser, type Tenant } from '../src/testing/index.js';
import { parseRepositoryName } from '@stowage/oci';
import { openDatabase } from './open-database.js';

const opened = openDatabase();
const store = () => new NamespaceStore(opened.database);
const DAY_MS = 24 * 60 * 60 * 1000;

async function create(name: NamespaceName): Promise<void> {
  const owner = await createUser(opened.database);
  const kind = 'organization';
  await store().create({ name, displayName: name, kind, ownerId: owner.id, limitBytes: 1, actor: actorOf(owner) });
}

const remove = ({ namespace }: Pick<Tenant, 'namespace'>) =>
  opened.database.run((db) => db.namespace.delete({ where: { id: namespace.id } }));

describe('the name of a namespace', () => {
  it('is one for users and organisations, and goes to one of those who want it at once', async () => {
    const name = aName('both');
    const wishes = [0, 1, 2, 3].map(async (at) =>
      at % 2 ? create(name) : createUser(opened.database, { username: name }),
    );
    const outcomes = await Promise.allSettled(wishes);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') continue;
      const { reason } = outcome as { reason: unknown };
      expect(reason instanceof NamespaceNameTakenError || reason instanceof NameTakenError).toBe(true);
      expect(reason).toMatchObject({ heldUntil: null });
    }
  });

  it('is nobody’s for 90 days once its namespace is gone, and free after that (T13)', async () => {
    const tenant = await createTenant(opened.database);
    const { name } = tenant.namespace;
    await remove(tenant);
    const wishes = [() => create(name), () => createUser(opened.database, { username: name })];
    for (const wish of wishes) {
      const error: unknown = await wish().then(
        () => undefined,
        (reason: unknown) => reason,
      );
      const until = (error as { heldUntil?: Date } | undefined)?.heldUntil;
      expect(Math.round((Number(until) - Date.now()) / DAY_MS)).toBe(90);
    }
    await opened.database.run((db) =>
      db.namespaceName.update({ where: { name }, data: { heldUntil: new Date(Date.now() - 1000) } }),
    );
    await expect(create(name)).resolves.toBeUndefined();
  });

  it('is claimed in the transaction of its namespace: one that fails leaves it free', async () => {
    const name = aName();
    const failed = opened.database.transaction(async (tx) => {
      await tx.namespace.create({ data: { id: crypto.randomUUID(), name, displayName: name, kind: 'organization' } });
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    await expect(create(name)).resolves.toBeUndefined();
  });
});

describe('the settings of a namespace', () => {
  it('are changed with one audit row that says before and after, and none when nothing changes', async () => {
    const { namespace, actor } = await createTenant(opened.database);
    await store().change(namespace, { displayName: 'Acme', createsOnPush: true }, { actor });
    await store().change(namespace, { displayName: 'Acme' }, { actor });
    const rows = await opened.database.run((db) =>
      db.auditEvent.findMany({ where: { namespaceId: namespace.id, action: 'namespace.update' } }),
    );
    expect(rows.map(({ detail }) => detail)).toEqual([
      { before: { displayName: namespace.name }, after: { displayName: 'Acme' } },
    ]);
  });

  it('decide what a first push makes (T7, T8)', async () => {
    const { namespace, actor, owner } = await createTenant(opened.database);
    const repositories = new RepositoryStore(opened.database);
    const push = (path: string) => repositories.findOrCreate(parseRepositoryName(`${namespace.name}/${path}`), actor);
    await store().change(namespace, { defaultVisibility: 'internal' }, { actor });
    const made = await push('app');
    expect(
      await opened.database.run((db) => db.repository.findUniqueOrThrow({ where: { id: made!.id } })),
    ).toMatchObject({ visibility: 'internal' });
    await store().change(namespace, { createsOnPush: false }, { actor });
    await expect(push('other')).rejects.toThrow(CreateOnPushOffError);
    expect(await push('app')).toMatchObject({ id: made!.id });
    expect(await store().findVisible(namespace.name, owner.id)).toMatchObject({
      defaultVisibility: 'internal',
      createsOnPush: false,
      repositoryCount: 1,
    });
  });
});
