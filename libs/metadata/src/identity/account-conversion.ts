import type { Role } from '@stowage/contracts';
import type { NamespaceName } from '@stowage/oci';
import type { Actor } from '../actor.js';
import { recordAudit } from '../audit.js';
import type { Database, Db } from '../database.js';
import { putMember, removeMember } from '../tenancy/member-store.js';
import { naming } from '../tenancy/namespace-names.js';
import { createNamespace } from '../tenancy/namespace-store.js';
import { rememberUsername } from './former-usernames.js';
import { lockOwnAccount, type OwnAccount } from './own-account.js';

export interface AccountConversion {
  readonly userId: string;
  /** What the account is called from now on. */
  readonly username: NamespaceName;
  /** Other people, by username; one at least. */
  readonly owners: readonly string[];
  /** Of the account in the organisation; null when it leaves. */
  readonly role: Role | null;
  /** Storage limit of the account's new personal namespace. */
  readonly limitBytes: number;
  readonly actor: Actor;
}

export type AccountConversionOutcome =
  | { readonly kind: 'converted' | 'gone' }
  | { readonly kind: 'not an owner'; readonly username: string };

/**
 * Makes an organisation of somebody's personal namespace (T11). It keeps its name, all that is in it, its members, robots
 * and rules; the person takes another username, with a new and empty namespace of it. Nothing is copied and no credential
 * changes hands: what the person's tokens may do there is what the chosen role allows, which is never more than before.
 * Throws `NamespaceNameTakenError`, `LimitExceededError`.
 */
export async function convertAccount(
  database: Database,
  conversion: AccountConversion,
): Promise<AccountConversionOutcome> {
  const { userId, username, owners, actor } = conversion;
  return naming(database, username, () =>
    database.transaction(async (tx) => {
      const own = await lockOwnAccount(tx, userId, owners);
      if (!own) return { kind: 'gone' };
      const unfit = await firstUnfit(tx, userId, owners);
      if (unfit !== undefined) return { kind: 'not an owner', username: unfit };
      await tx.namespace.update({
        where: { id: own.namespaceId },
        data: { kind: 'organization' },
        select: { id: true },
      });
      const detail = { before: { kind: 'personal' }, after: { kind: 'organization', username } };
      const { namespaceId, username: target } = own;
      await recordAudit(tx, { actor, action: 'namespace.convert', namespaceId, target, detail });
      await handOver(tx, own, conversion);
      await beginAnew(tx, own, conversion);
      return { kind: 'converted' };
    }),
  );
}

/** Somebody who isn't there, may not sign in, or is the account itself. */
async function firstUnfit(tx: Db, userId: string, owners: readonly string[]): Promise<string | undefined> {
  const fit = await tx.user.findMany({
    where: { username: { in: [...owners] }, disabledAt: null, id: { not: userId } },
    select: { username: true },
  });
  const names = new Set(fit.map(({ username }) => username));
  return owners.find((owner) => !names.has(owner));
}

/** The others first: there is an owner at every moment. */
async function handOver(tx: Db, own: OwnAccount, { owners, role, actor }: AccountConversion): Promise<void> {
  const namespace = { id: own.namespaceId, name: own.username };
  for (const username of new Set(owners)) await putMember(tx, { namespace, username, actor }, 'owner');
  const self = { namespace, username: own.username, actor };
  if (role === null) await removeMember(tx, self);
  else if (role !== 'owner') await putMember(tx, self, role);
}

async function beginAnew(tx: Db, own: OwnAccount, conversion: AccountConversion): Promise<void> {
  const { userId, username, limitBytes, actor } = conversion;
  await rememberUsername(tx, userId, own.username);
  await tx.user.update({ where: { id: userId }, data: { username }, select: { id: true } });
  const detail = { before: { username: own.username }, after: { username } };
  await recordAudit(tx, { actor, action: 'user.rename', namespaceId: null, target: username, detail });
  await createNamespace(tx, {
    name: username,
    displayName: username,
    kind: 'personal',
    ownerId: userId,
    limitBytes,
    actor,
  });
}
