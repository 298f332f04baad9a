import { describe, expect, it } from 'vitest';
import { AccountDeletion } from '../src/identity/account-deletion.js';
import type { UserRecord } from '../src/identity/user-store.js';
import { MemberStore } from '../src/tenancy/member-store.js';
import { actorOf, addMember, createTenant, type Tenant } from '../src/testing/index.js';
import { openDatabase } from './open-database.js';
import { raceBehind } from '../src/testing/race-behind.js';

const opened = openDatabase();

interface Owners {
  readonly tenant: Tenant;
  /** The two who own it, and nobody else does. */
  readonly both: readonly [UserRecord, UserRecord];
}

/** An organisation with two owners, and somebody whose role is nothing here. */
async function twoOwners(): Promise<Owners> {
  const tenant = await createTenant(opened.database);
  await addMember(opened.database, tenant, 'maintainer');
  return { tenant, both: [tenant.owner, await addMember(opened.database, tenant, 'owner')] };
}

/** What `by` does to `whom`; each answers `changed` when it happened. */
type Deed = (owners: Owners, by: UserRecord, whom: UserRecord) => Promise<string>;

const target = ({ tenant }: Owners, by: UserRecord, { username }: UserRecord) => ({
  namespace: tenant.namespace,
  username,
  actor: actorOf(by),
});
const leave: Deed = (owners, by) => new MemberStore(opened.database).remove(target(owners, by, by));
const stepDown: Deed = (owners, by) => new MemberStore(opened.database).put(target(owners, by, by), 'maintainer');
const remove: Deed = (owners, by, whom) => new MemberStore(opened.database).remove(target(owners, by, whom));
const demote: Deed = (owners, by, whom) => new MemberStore(opened.database).put(target(owners, by, whom), 'reader');
const deleteAccount: Deed = async (_owners, by) => {
  const { kind } = await new AccountDeletion(opened.database).delete(by, { repositories: 0, address: '192.0.2.1' });
  return kind === 'deleted' ? 'changed' : 'last owner';
};

// 4.14: an organisation always has an owner.
describe('the last two owners', () => {
  it.each<[string, Deed, Deed]>([
    ['both leave', leave, leave],
    ['both step down', stepDown, stepDown],
    ['remove each other', remove, remove],
    ['demote each other', demote, demote],
    ['one leaves, the other one steps down', leave, stepDown],
    ['one removes the other one, who steps down', remove, demote],
    ['both delete their accounts', deleteAccount, deleteAccount],
    ['one leaves, the other one deletes the account', leave, deleteAccount],
    ['one deletes the account, the other one steps down', deleteAccount, stepDown],
  ])('can’t both go at once: %s', async (_what, first, second) => {
    const owners = await twoOwners();
    const { tenant, both } = owners;
    const outcomes = await raceBehind(opened.database, {
      lock: (tx) =>
        tx.$queryRaw`SELECT 1 FROM namespace_member WHERE namespace_id = ${tenant.namespace.id}::uuid FOR UPDATE`,
      contenders: [() => first(owners, both[0], both[1]), () => second(owners, both[1], both[0])],
    });
    const told = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : outcome.reason));
    expect(told.map(String).toSorted()).toEqual(['changed', 'last owner']);
    const left = await opened.database.run((db) =>
      db.member.count({ where: { namespaceId: tenant.namespace.id, role: 'owner' } }),
    );
    expect(left).toBe(1);
  });
});
