import { randomBytes, randomUUID } from 'node:crypto';
import type { LimitName } from '@stowage/contracts';
import { parseRepositoryName } from '@stowage/oci';
import { describe, expect, it } from 'vitest';
import { RepositoryListings } from '../src/browsing/repository-listing.js';
import { changeQuota } from '../src/quota/namespace-quota.js';
import { LimitExceededError } from '../src/quota/hold-to-limit.js';
import { RepositoryStore } from '../src/registry/repository-store.js';
import { acceptInvitation } from '../src/tenancy/accept-invitation.js';
import { MemberStore } from '../src/tenancy/member-store.js';
import { RepositoryTransfers } from '../src/tenancy/repository-transfers.js';
import { actorOf, createRepository, createRobot, createTenant, createUser, type Tenant } from '../src/testing/index.js';
import { openDatabase } from './open-database.js';
import { waitForLocks } from './wait-for-locks.js';

const opened = openDatabase();
const CONTENDERS = 12;
const AT_ONCE = Array.from({ length: CONTENDERS }, (_, at) => at);

async function limited(limit: Partial<Record<LimitName, number>>): Promise<Tenant> {
  const tenant = await createTenant(opened.database);
  const { namespace, actor } = tenant;
  const change = { limits: limit };
  await changeQuota(opened.database, namespace.name, { change, configuredBytes: 1e9, actor });
  return tenant;
}

const firstPush = ({ namespace, actor }: Tenant, path: string) =>
  new RepositoryStore(opened.database).findOrCreate(parseRepositoryName(`${namespace.name}/${path}`), actor);

async function join({ namespace, actor }: Tenant): Promise<void> {
  const { username } = await createUser(opened.database);
  await new MemberStore(opened.database).put({ namespace, username, actor }, 'reader');
}

/** Somebody with a link of their own who accepts it. */
async function accept({ namespace }: Tenant) {
  const hash = randomBytes(32);
  const data = {
    id: randomUUID(),
    namespaceId: namespace.id,
    hash,
    role: 'reader',
    expiresAt: new Date(Date.now() + 1e8),
  } as const;
  await opened.database.run((db) => db.invitation.create({ data }));
  const invitee = await createUser(opened.database);
  return opened.database.transaction((tx) => acceptInvitation(tx, { hash, invitee, actor: actorOf(invitee) }));
}

/** All of them come to the lock of the namespace's limits before the first one goes on: how many got in. */
async function winners({ namespace }: Tenant, contend: (at: number) => Promise<unknown>): Promise<number> {
  const held = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const gate = opened.database.transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM namespace_limit WHERE namespace_id = ${namespace.id}::uuid FOR UPDATE`;
    held.resolve();
    await release.promise;
  });
  await held.promise;
  const outcomes = Promise.allSettled(AT_ONCE.map(contend));
  await waitForLocks(opened.database, CONTENDERS);
  release.resolve();
  await gate;
  const settled = await outcomes;
  for (const outcome of settled)
    if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(LimitExceededError);
  return settled.filter(({ status }) => status === 'fulfilled').length;
}

const refusal = (numbers: { limit: number; used: number }) =>
  expect.objectContaining({ name: 'LimitExceededError', numbers });

describe('the limit of private repositories', () => {
  it('lets as many first pushes through as there is room for, exactly (R13, Q7)', async () => {
    const tenant = await limited({ privateRepositories: 5 });
    await firstPush(tenant, 'there');
    expect(await winners(tenant, (at) => firstPush(tenant, `r${at}`))).toBe(4);
    expect(
      await opened.database.run((db) => db.repository.count({ where: { namespaceId: tenant.namespace.id } })),
    ).toBe(5);
    expect(await firstPush(tenant, 'there')).toBeDefined();
    await expect(firstPush(tenant, 'one-more')).rejects.toEqual(refusal({ limit: 5, used: 5 }));
  });

  it('makes one repository of the last place when everybody pushes to it first (R13)', async () => {
    const tenant = await limited({ privateRepositories: 1 });
    const made = await Promise.all(AT_ONCE.map(() => firstPush(tenant, 'app')));
    expect(new Set(made.map((repository) => repository?.id)).size).toBe(1);
  });

  it('counts one that is made on a page, becomes private, or comes from elsewhere, and no public one', async () => {
    const tenant = await limited({ privateRepositories: 1 });
    const listings = new RepositoryListings(opened.database);
    const { namespace, actor, owner } = tenant;
    const create = (path: string, visibility: 'public' | 'private') =>
      listings.create({ namespaceId: namespace.id, path, visibility, actor });
    expect(await create('open', 'public')).toBe(true);
    expect(await create('closed', 'private')).toBe(true);
    await expect(create('closed-too', 'private')).rejects.toEqual(refusal({ limit: 1, used: 1 }));
    const open = (await listings.identify(owner.id, parseRepositoryName(`${namespace.name}/open`)))!;
    await expect(listings.update(open, { visibility: 'private' }, { actor })).rejects.toThrow(LimitExceededError);
    await listings.update(open, { visibility: 'internal' }, { actor });

    const source = await createTenant(opened.database);
    const offered = await createRepository(opened.database, `${source.namespace.name}/app`);
    const transfers = new RepositoryTransfers(opened.database);
    await transfers.request(offered, namespace.name, source.actor);
    const [offer] = await transfers.list(namespace.id);
    await expect(transfers.accept(namespace, offer!.id, actor)).rejects.toThrow(LimitExceededError);
    expect((await new RepositoryStore(opened.database).find(offered.name))?.namespaceId).toBe(source.namespace.id);
    await listings.update(
      (await listings.identify(owner.id, parseRepositoryName(`${namespace.name}/closed`)))!,
      { visibility: 'public' },
      { actor },
    );
    expect(await transfers.accept(namespace, offer!.id, actor)).toMatchObject({ kind: 'transferred' });
  });
});

describe('the limit of members', () => {
  it('lets as many in as there is room for, whether they are added or accept an invitation, exactly (R13, Q7)', async () => {
    const tenant = await limited({ members: 4 });
    expect(await winners(tenant, async (at) => (at % 2 ? join(tenant) : accept(tenant)))).toBe(3);
    expect(await opened.database.run((db) => db.member.count({ where: { namespaceId: tenant.namespace.id } }))).toBe(4);
  });

  it('refuses nobody a new role, and keeps an invitation that there was no room for', async () => {
    const tenant = await limited({ members: 1 });
    const { namespace, actor, owner } = tenant;
    await expect(accept(tenant)).rejects.toEqual(refusal({ limit: 1, used: 1 }));
    expect(await opened.database.run((db) => db.invitation.count({ where: { namespaceId: namespace.id } }))).toBe(1);
    expect(await new MemberStore(opened.database).put({ namespace, username: owner.username, actor }, 'owner')).toBe(
      'changed',
    );
  });
});

describe('the limit of robots', () => {
  it('lets as many be made as there is room for, exactly (R13, Q7)', async () => {
    const tenant = await limited({ robots: 2 });
    expect(await winners(tenant, () => createRobot(opened.database, tenant))).toBe(2);
    await expect(createRobot(opened.database, tenant)).rejects.toEqual(refusal({ limit: 2, used: 2 }));
  });
});
