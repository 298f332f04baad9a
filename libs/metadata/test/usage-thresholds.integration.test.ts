import { describe, expect, it } from 'vitest';
import { announceThresholds, type ThresholdCrossing } from '../src/quota/usage-thresholds.js';
import { addMember, createTenant, type Tenant } from '../src/testing/index.js';
import { openDatabase } from './open-database.js';

const opened = openDatabase();

async function use({ namespace }: Tenant, usedBytes: number): Promise<void> {
  const where = { namespaceId: namespace.id };
  await opened.database.run((db) => db.namespaceUsage.update({ where, data: { usedBytes } }));
}

async function announced({ namespace }: Tenant): Promise<ThresholdCrossing[]> {
  const crossings: ThresholdCrossing[] = [];
  await announceThresholds(opened.database, async (_tx, crossing) => void crossings.push(crossing));
  return crossings.filter(({ namespaceId }) => namespaceId === namespace.id);
}

describe('thresholds of usage', () => {
  it('are announced once for each crossing, and again after usage has fallen below (Q3)', async () => {
    const tenant = await createTenant(opened.database, { limitBytes: 1000 });
    const other = await addMember(opened.database, tenant, 'owner');
    await addMember(opened.database, tenant, 'maintainer');
    await use(tenant, 799);
    expect(await announced(tenant)).toEqual([]);
    await use(tenant, 800);
    const [crossing] = await announced(tenant);
    expect(crossing).toMatchObject({ percent: 80, usedBytes: 800, limitBytes: 1000, namespace: tenant.namespace.name });
    expect(crossing?.owners.map(({ email }) => email).toSorted()).toEqual([tenant.owner.email, other.email].toSorted());
    await use(tenant, 899);
    expect(await announced(tenant)).toEqual([]);
    await use(tenant, 950);
    expect(await announced(tenant)).toMatchObject([{ percent: 90 }]);
    await use(tenant, 850);
    expect(await announced(tenant)).toEqual([]);
    await use(tenant, 900);
    expect(await announced(tenant)).toMatchObject([{ percent: 90 }]);
    await use(tenant, 0);
    expect(await announced(tenant)).toEqual([]);
    await use(tenant, 1000);
    expect(await announced(tenant)).toMatchObject([{ percent: 90 }]);
  });

  it('are announced by one of several workers, and by none when it fails', async () => {
    const tenant = await createTenant(opened.database, { limitBytes: 1000 });
    await use(tenant, 1000);
    const fail = announceThresholds(opened.database, async () => Promise.reject(new Error('no mail')));
    await expect(fail).rejects.toThrow('no mail');
    const counts = await Promise.all(Array.from({ length: 4 }, () => announced(tenant)));
    expect(counts.flat()).toHaveLength(1);
  });

  it('know a namespace without anything in it for empty, also where nothing may be stored', async () => {
    const tenant = await createTenant(opened.database, { limitBytes: 0 });
    expect(await announced(tenant)).toEqual([]);
  });
});
