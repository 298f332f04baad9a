import type { Role } from '@stowage/contracts';
import { describe, expect, it } from 'vitest';
import { AccountDeletion } from '../src/identity/account-deletion.js';
import { convertAccount } from '../src/identity/account-conversion.js';
import { AccountExport } from '../src/identity/account-export.js';
import { renameAccount } from '../src/identity/account-renaming.js';
import { FormerUsernames } from '../src/identity/former-usernames.js';
import { type UserRecord, UserStore } from '../src/identity/user-store.js';
import { MAX_OLD_NAMES } from '../src/tenancy/name-change.js';
import { NamespaceNameTakenError } from '../src/tenancy/namespace-names.js';
import { NamespaceRenaming } from '../src/tenancy/namespace-renaming.js';
import { NamespaceStore } from '../src/tenancy/namespace-store.js';
import { actorOf, aName, createRepository, createTenant, createUser } from '../src/testing/index.js';
import { openDatabase } from './open-database.js';
import { raceBehind } from '../src/testing/race-behind.js';

const opened = openDatabase();
const former = () => new FormerUsernames(opened.database);
const seenBy = (name: string, { id }: UserRecord) => new NamespaceStore(opened.database).findVisible(name, id);

async function rename(user: UserRecord, username = aName('new')): Promise<UserRecord> {
  const request = { userId: user.id, username, actor: actorOf(user) };
  expect(await renameAccount(opened.database, request)).toBe('renamed');
  return { ...user, username };
}

function convert(user: UserRecord, owners: readonly UserRecord[], role: Role | null = null) {
  const username = aName('person');
  const conversion = { userId: user.id, username, owners: owners.map((owner) => owner.username), role };
  return convertAccount(opened.database, { ...conversion, limitBytes: 1e9, actor: actorOf(user) });
}

async function rows(action: string, target: string) {
  return opened.database.run((db) => db.auditEvent.findMany({ where: { action, target } }));
}

describe('somebody who takes another username', () => {
  it('has the personal namespace by both names, and the old one is nobody else’s (T9, T11)', async () => {
    const user = await createUser(opened.database);
    await createRepository(opened.database, `${user.username}/app`);
    const renamed = await rename(user);
    for (const name of [user.username, renamed.username]) {
      expect(await seenBy(name, user)).toMatchObject({ name: renamed.username, kind: 'personal', repositoryCount: 1 });
    }
    expect(await new UserStore(opened.database).findById(user.id)).toMatchObject({ username: renamed.username });
    await expect(createUser(opened.database, { username: user.username })).rejects.toThrow('the username is taken');
    const other = await createTenant(opened.database);
    const take = new NamespaceRenaming(opened.database).rename(other.namespace, user.username as never, other.actor);
    await expect(take).rejects.toThrow(NamespaceNameTakenError);
    expect(await rows('user.rename', renamed.username)).toMatchObject([
      { actorId: user.id, detail: { before: { username: user.username }, after: { username: renamed.username } } },
    ]);
  });

  it('may have the old name back, and has so many old ones at most', async () => {
    const user = await createUser(opened.database);
    let renamed = user;
    for (let at = 0; at < MAX_OLD_NAMES; at += 1) renamed = await rename(renamed);
    const further = { userId: user.id, username: aName('more'), actor: actorOf(user) };
    expect(await renameAccount(opened.database, further)).toBe('too many old names');
    expect(await new UserStore(opened.database).findById(user.id)).toMatchObject({ username: renamed.username });
    expect((await rename(renamed, user.username as never)).username).toBe(user.username);
  });

  it('is known by the old name until somebody else has it (T11)', async () => {
    const user = await createUser(opened.database);
    const { username } = user;
    expect(await former().isOf(user.id, username)).toBe(false);
    const renamed = await rename(user);
    const other = await createUser(opened.database);
    expect([await former().isOf(user.id, username), await former().isOf(other.id, username)]).toEqual([true, false]);
    const namespace = (await seenBy(renamed.username, user))!;
    await new NamespaceRenaming(opened.database).giveUp(namespace, username, actorOf(user));
    expect(await former().isOf(user.id, username)).toBe(true);
    await opened.database.run(
      (db) => db.$executeRaw`UPDATE namespace_name SET held_until = now() WHERE name = ${username}`,
    );
    const next = await createUser(opened.database, { username });
    expect([await former().isOf(user.id, username), await former().isOf(next.id, username)]).toEqual([false, false]);
  });

  it('gets a name that two want once, and loses nothing otherwise (T13)', async () => {
    const [one, two] = [await createUser(opened.database), await createUser(opened.database)];
    const username = aName('wanted');
    const outcomes = await raceBehind(opened.database, {
      lock: (tx) =>
        tx.$queryRaw`SELECT 1 FROM app_user WHERE id IN (${one.id}::uuid, ${two.id}::uuid) ORDER BY id FOR UPDATE`,
      contenders: [one, two].map(
        (user) => () => renameAccount(opened.database, { userId: user.id, username, actor: actorOf(user) }),
      ),
    });
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const loser = outcomes[0]?.status === 'rejected' ? one : two;
    expect(await new UserStore(opened.database).findById(loser.id)).toMatchObject({ username: loser.username });
    expect(await seenBy(loser.username, loser)).toMatchObject({ name: loser.username });
    expect(await rows('user.rename', username)).toHaveLength(1);
  });

  it('takes every name along in the export, and out of the log at the end of the account', async () => {
    const user = await createUser(opened.database);
    const renamed = await rename(await rename(user));
    expect(await new AccountExport(opened.database).find(renamed)).toMatchObject({
      formerUsernames: [{ username: user.username }, { username: expect.any(String) as string }],
    });
    const end = { repositories: 0, address: '192.0.2.1' };
    expect(await new AccountDeletion(opened.database).delete(renamed, end)).toEqual({ kind: 'deleted' });
    const [log] = await opened.database.run(
      (db) => db.$queryRaw<{ text: string }[]>`SELECT string_agg(e::text, ' ') AS text FROM audit_event e`,
    );
    expect(log?.text).not.toContain(user.username);
    expect(log?.text).not.toContain(renamed.username);
  });
});

describe('an account that becomes an organisation', () => {
  it('leaves its name and what it holds to others, and begins anew under another one (T11)', async () => {
    const [user, owner] = [await createUser(opened.database), await createUser(opened.database)];
    await createRepository(opened.database, `${user.username}/app`);
    expect(await convert(user, [owner], 'developer')).toEqual({ kind: 'converted' });
    const organisation = { name: user.username, kind: 'organization', repositoryCount: 1, memberCount: 2 };
    expect(await seenBy(user.username, owner)).toMatchObject({ ...organisation, role: 'owner' });
    expect(await seenBy(user.username, user)).toMatchObject({ ...organisation, role: 'developer' });
    const now = await new UserStore(opened.database).findById(user.id);
    expect(now?.username).not.toBe(user.username);
    const personal = { name: now?.username, kind: 'personal', role: 'owner', repositoryCount: 0 };
    expect(await seenBy(now!.username, user)).toMatchObject(personal);
    expect(await former().isOf(user.id, user.username)).toBe(true);
    expect(await rows('namespace.convert', user.username)).toMatchObject([
      { detail: { before: { kind: 'personal' }, after: { kind: 'organization', username: now?.username } } },
    ]);
    expect(await rows('member.put', `${user.username}/${owner.username}`)).toHaveLength(1);
    expect(await rows('member.put', `${user.username}/${user.username}`)).toHaveLength(1);
    expect(await rows('user.rename', now!.username)).toHaveLength(1);
    expect(await rows('namespace.create', now!.username)).toHaveLength(1);
  });

  it('may leave altogether', async () => {
    const [user, owner] = [await createUser(opened.database), await createUser(opened.database)];
    expect(await convert(user, [owner])).toEqual({ kind: 'converted' });
    expect(await seenBy(user.username, user)).toBeUndefined();
    expect(await rows('member.delete', `${user.username}/${user.username}`)).toHaveLength(1);
  });

  it('has an owner who is somebody else, is there, and may sign in (4.14)', async () => {
    const [user, owner] = [await createUser(opened.database), await createUser(opened.database)];
    const disabled = await createUser(opened.database);
    await opened.database.run((db) => db.user.update({ where: { id: disabled.id }, data: { disabledAt: new Date() } }));
    const missing = { ...owner, username: aName('missing') };
    for (const unfit of [user, disabled, missing]) {
      expect(await convert(user, [owner, unfit])).toEqual({ kind: 'not an owner', username: unfit.username });
    }
    expect(await seenBy(user.username, user)).toMatchObject({ kind: 'personal', role: 'owner', memberCount: 1 });
    expect(await rows('namespace.convert', user.username)).toEqual([]);
  });

  it('is nobody’s to convert when its only new owner goes at that moment (4.14)', async () => {
    const [user, owner] = [await createUser(opened.database), await createUser(opened.database)];
    const [end, made] = await raceBehind(opened.database, {
      lock: (tx) => tx.$queryRaw`SELECT 1 FROM app_user WHERE id = ${owner.id}::uuid FOR UPDATE`,
      contenders: [
        () => new AccountDeletion(opened.database).delete(owner, { repositories: 0, address: '192.0.2.1' }),
        () => convert(user, [owner]),
      ],
    });
    const deleted = end?.status === 'fulfilled' && JSON.stringify(end.value) === '{"kind":"deleted"}';
    const owners = await opened.database.run((db) =>
      db.member.count({ where: { namespace: { name: user.username }, role: 'owner' } }),
    );
    expect(owners).toBe(1);
    const outcome = made?.status === 'fulfilled' ? made.value : made?.reason;
    expect(outcome).toEqual(deleted ? { kind: 'not an owner', username: owner.username } : { kind: 'converted' });
  });
});
