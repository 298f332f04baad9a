import { beforeEach, describe, expect, it } from 'vitest';
import type { RepositoryRecord } from '../src/registry/repository-store.js';
import { ImmutabilityStore } from '../src/tag-rules/immutability-store.js';
import { DeletionPreviews } from '../src/trash/deletion-preview.js';
import { Deletions } from '../src/trash/deletions.js';
import { anImage, createRepository, createTenant, pushImageRows, type Tenant, TRASH } from '../src/testing/index.js';
import { openDatabase } from './open-database.js';

const opened = openDatabase();
const deletions = () => new Deletions(opened.database, TRASH);
const previews = () => new DeletionPreviews(opened.database, TRASH);
let tenant: Tenant;
let app: RepositoryRecord;
let tool: RepositoryRecord;

/** Releases are immutable in `app` and below it, but for candidates; `tool` has rules of its own. */
beforeEach(async () => {
  tenant = await createTenant(opened.database);
  const { name } = tenant.namespace;
  app = await createRepository(opened.database, `${name}/app/web`);
  tool = await createRepository(opened.database, `${name}/app/tool`);
  const tags = ['v1', 'v2', 'v3-rc', 'main'];
  for (const repository of [app, tool]) await pushImageRows(opened.database, repository, anImage(), { tags });
  const store = new ImmutabilityStore(opened.database);
  const rule = { repositories: ['app/**'], tags: ['v*'], except: ['*-rc'] };
  await store.setOfNamespace(tenant.namespace, [rule], tenant.actor);
  await store.setOfRepository(tool, [{ tags: ['main'], except: [] }], tenant.actor);
});

const isThere = async ({ id }: RepositoryRecord) =>
  (await opened.database.run((db) => db.repository.count({ where: { id, deletedAt: null } }))) === 1;
const auditOf = async (action: string) => {
  const where = { action, namespaceId: tenant.namespace.id };
  return opened.database.run((db) => db.auditEvent.findMany({ where, select: { detail: true } }));
};

describe('the deletion of a repository with immutable tags', () => {
  it('is refused with the rule, and changes nothing (R18)', async () => {
    await expect(deletions().repository({ repository: app, actor: tenant.actor })).rejects.toMatchObject({
      name: 'ImmutableTagError',
      held: { tag: 'v1' },
      rule: { words: 'v* except *-rc, in app/**', of: 'namespace' },
    });
    await expect(deletions().repository({ repository: tool, actor: tenant.actor })).rejects.toMatchObject({
      held: { tag: 'main' },
      rule: { words: 'main', of: 'repository' },
    });
    expect([await isThere(app), await isThere(tool)]).toEqual([true, true]);
    expect(await auditOf('repository.delete')).toEqual([]);
  });

  it('goes for those who may change the rules; the preview and the audit row say how many', async () => {
    expect(await previews().ofRepository(app)).toMatchObject({ tags: 4, immutableTags: 2 });
    expect(await previews().ofRepository(tool)).toMatchObject({ tags: 4, immutableTags: 1 });
    await deletions().repository({ repository: app, actor: tenant.actor, overrulesTagRules: true });
    expect(await isThere(app)).toBe(false);
    expect(await auditOf('repository.delete')).toMatchObject([{ detail: { tags: 4, immutableTags: 2 } }]);
  });

  it('goes for everybody when a repository has said that it has no rules', async () => {
    await new ImmutabilityStore(opened.database).setOfRepository(app, [], tenant.actor);
    expect(await previews().ofRepository(app)).toMatchObject({ immutableTags: 0 });
    await deletions().repository({ repository: app, actor: tenant.actor });
    expect(await isThere(app)).toBe(false);
  });
});

describe('the deletion of a namespace with immutable tags', () => {
  it('is refused with the rule, or counts those of all its repositories', async () => {
    const { namespace, actor } = tenant;
    await expect(deletions().namespace({ namespace, actor })).rejects.toMatchObject({
      repository: tool.name,
      held: { tag: 'main' },
    });
    expect([await isThere(app), await isThere(tool)]).toEqual([true, true]);
    expect(await previews().ofNamespace(namespace.id)).toMatchObject({ tags: 8, immutableTags: 3 });
    const outcome = await deletions().namespace({ namespace, actor, overrulesTagRules: true });
    expect(outcome.kind).toBe('deleted');
    expect(await auditOf('namespace.delete')).toMatchObject([{ detail: { repositories: 2, immutableTags: 3 } }]);
  });

  it('does not look at repositories that are in the trash already', async () => {
    await deletions().repository({ repository: tool, actor: tenant.actor, overrulesTagRules: true });
    expect(await previews().ofNamespace(tenant.namespace.id)).toMatchObject({ immutableTags: 2 });
  });
});
