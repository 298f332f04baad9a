import type { NamespaceName } from '@stowage/oci';
import { describe, expect, it } from 'vitest';
import { NamespaceAdministration } from '../src/tenancy/namespace-administration.js';
import { AlreadyExistsError } from '../src/database-errors.js';
import { changeQuota, type QuotaChange } from '../src/quota/namespace-quota.js';
import { PlanStore } from '../src/quota/plan-store.js';
import { UNLIMITED } from '../src/quota/limits.js';
import { actorOf, aName, createTenant, createUser, type Tenant } from '../src/testing/index.js';
import { openDatabase } from './open-database.js';

const opened = openDatabase();
const GIB = 2 ** 30;
const FREE = { storageBytes: 5 * GIB, privateRepositories: 3, members: 5, robots: 1, layerBytes: GIB };

const plans = () => new PlanStore(opened.database);

async function aPlan(limits: Partial<Record<keyof typeof FREE, number | null>> = {}) {
  const name = aName('plan');
  const actor = actorOf(await createUser(opened.database));
  await plans().create({ name, description: 'For tests', limits: { ...FREE, ...limits } }, actor);
  return { name, actor };
}

async function put({ namespace, actor }: Tenant, change: QuotaChange): Promise<void> {
  const outcome = await changeQuota(opened.database, namespace.name, { change, configuredBytes: 7 * GIB, actor });
  expect(outcome).toBe('changed');
}

const seen = async ({ namespace }: Tenant) => new NamespaceAdministration(opened.database).find(namespace.name);
const hot = async ({ namespace: { id: namespaceId } }: Tenant) => {
  const row = await opened.database.run((db) => db.namespaceUsage.findUniqueOrThrow({ where: { namespaceId } }));
  return { limit: Number(row.limitBytes), layer: Number(row.layerLimitBytes) };
};
const audited = async (target: string, action: string) =>
  opened.database.run((db) => db.auditEvent.findMany({ where: { target, action }, orderBy: { id: 'asc' } }));

describe('plans', () => {
  it('leave a namespace without one of its own as it was before there were plans (Q7)', async () => {
    const tenant = await createTenant(opened.database, { limitBytes: 1234 });
    expect(await seen(tenant)).toMatchObject({
      plan: 'standard',
      limitBytes: 1234,
      limits: { storageBytes: 1234, privateRepositories: null, members: null, robots: null, layerBytes: null },
      ownLimits: [],
    });
  });

  it('count for a namespace that is put on one at once, and for all of them when the plan changes (Q7)', async () => {
    const { name, actor } = await aPlan();
    const [one, other] = [await createTenant(opened.database), await createTenant(opened.database)];
    for (const tenant of [one, other]) await put(tenant, { plan: name, limits: {} });
    expect(await seen(one)).toMatchObject({ plan: name, limits: FREE, limitBytes: FREE.storageBytes });
    await put(other, { limits: { storageBytes: 9 * GIB, robots: null } });
    await plans().change(name, { limits: { storageBytes: GIB, layerBytes: null, robots: 4 } }, actor);
    expect(await hot(one)).toEqual({ limit: GIB, layer: UNLIMITED });
    expect(await hot(other)).toEqual({ limit: 9 * GIB, layer: UNLIMITED });
    expect(await seen(one)).toMatchObject({ limits: { storageBytes: GIB, layerBytes: null, robots: 4, members: 5 } });
    expect(await seen(other)).toMatchObject({
      limits: { storageBytes: 9 * GIB, layerBytes: null, robots: null, members: 5 },
      ownLimits: ['storageBytes', 'robots'],
    });
    expect((await plans().find(name))?.namespaceCount).toBe(2);
    expect(await audited(name, 'plan.update')).toMatchObject([
      {
        detail: {
          before: { storageBytes: FREE.storageBytes, layerBytes: GIB, robots: 1 },
          after: { storageBytes: GIB, layerBytes: 'unlimited', robots: 4 },
        },
      },
    ]);
  });

  it('give a namespace its limits back when its own go, and the configured storage where the plan has none (Q7)', async () => {
    const tenant = await createTenant(opened.database, { limitBytes: 1234 });
    await put(tenant, { limits: { storageBytes: 99, members: 2 } });
    expect(await seen(tenant)).toMatchObject({
      limitBytes: 99,
      limits: { members: 2 },
      ownLimits: ['storageBytes', 'members'],
    });
    await put(tenant, { limits: { storageBytes: 'plan', members: 'plan' } });
    expect(await seen(tenant)).toMatchObject({ limitBytes: 7 * GIB, limits: { members: null }, ownLimits: [] });
    expect(await audited(tenant.namespace.name, 'namespace.quota')).toMatchObject([
      { detail: { before: { storageBytes: 'as the plan says' }, after: { storageBytes: 99, members: 2 } } },
      { detail: { before: { storageBytes: 99 }, after: { storageBytes: 'as the plan says' } } },
    ]);
    await put(tenant, { limits: { members: 'plan' } });
    expect(await audited(tenant.namespace.name, 'namespace.quota')).toHaveLength(2);
  });

  it('have one default: a new one takes over for namespaces that are made from then on', async () => {
    const { name, actor } = await aPlan();
    const before = await createTenant(opened.database, { limitBytes: 1234 });
    await plans().change(name, { isDefault: true }, actor);
    const after = await createTenant(opened.database, { limitBytes: 1234 });
    expect(await seen(before)).toMatchObject({ plan: 'standard', limitBytes: 1234 });
    expect(await seen(after)).toMatchObject({ plan: name, limits: FREE, limitBytes: FREE.storageBytes });
    expect((await plans().list()).filter(({ isDefault }) => isDefault)).toHaveLength(1);
    expect(await plans().delete(name, actor)).toBe('default');
    await plans().change('standard', { isDefault: true }, actor);
    expect(await plans().delete(name, actor)).toBe('in use');
    const personal = { ...after, namespace: { id: after.owner.id, name: after.owner.username as NamespaceName } };
    for (const tenant of [after, personal]) await put(tenant, { plan: 'standard', limits: {} });
    expect(await plans().delete(name, actor)).toBe('deleted');
    expect(await plans().delete(name, actor)).toBe('unknown');
    expect(await audited(name, 'plan.delete')).toHaveLength(1);
  });

  it('give a namespace that is made while its plan changes what the plan says then', async () => {
    const actor = actorOf(await createUser(opened.database));
    const changes = Array.from({ length: 6 }, (_, at) =>
      plans().change('standard', { limits: { layerBytes: 1000 + at } }, actor),
    );
    const made = await Promise.all([...Array.from({ length: 6 }, () => createTenant(opened.database)), ...changes]);
    const tenants = made.filter((each): each is Tenant => typeof each === 'object');
    const { layerBytes } = (await plans().find('standard'))!;
    for (const tenant of tenants) expect((await hot(tenant)).layer).toBe(layerBytes);
    await plans().change('standard', { limits: { layerBytes: null } }, actor);
  });

  it('have names of their own', async () => {
    const [one, other] = [await aPlan(), await aPlan()];
    await expect(plans().change(one.name, { name: other.name }, one.actor)).rejects.toThrow(AlreadyExistsError);
    await expect(plans().create({ name: one.name, description: '', limits: FREE }, one.actor)).rejects.toThrow(
      AlreadyExistsError,
    );
    expect(await plans().change('no-such-plan', { description: 'x' }, one.actor)).toBe('unknown');
  });
});
