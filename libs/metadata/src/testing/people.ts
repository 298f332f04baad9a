import { randomBytes } from 'node:crypto';
import type { Role, Visibility } from '@stowage/contracts';
import { type NamespaceName, namespaceOf, parseRepositoryName } from '@stowage/oci';
import { type Actor, type PrincipalRef, SYSTEM_ACTOR, userActor } from '../actor.js';
import type { Database } from '../database.js';
import { type UserRecord, UserStore } from '../identity/user-store.js';
import { type RepositoryRecord, RepositoryStore } from '../registry/repository-store.js';
import { MemberStore } from '../tenancy/member-store.js';
import { NamespaceStore } from '../tenancy/namespace-store.js';

/** A name that nothing else in the database has. */
export function aName(prefix = 'n'): NamespaceName {
  return `${prefix}${randomBytes(5).toString('hex')}` as NamespaceName;
}

export function actorOf(user: Pick<UserRecord, 'id' | 'username'>): Actor {
  return userActor(user, { address: '192.0.2.1' });
}

/** The user as the owner of an upload, a grant or a token. */
export function userRef({ id }: Pick<UserRecord, 'id'>): PrincipalRef {
  return { kind: 'user', id };
}

export interface UserOptions {
  readonly username?: string;
  readonly email?: string;
  readonly passwordHash?: string;
  readonly isAdmin?: boolean;
  readonly limitBytes?: number;
}

export async function createUser(database: Database, options: UserOptions = {}): Promise<UserRecord> {
  const username = (options.username ?? aName('u')) as NamespaceName;
  return new UserStore(database).create({
    username,
    email: options.email ?? `${username}@example.com`,
    passwordHash: options.passwordHash ?? 'x',
    isAdmin: options.isAdmin ?? false,
    limitBytes: options.limitBytes ?? 1e9,
    address: null,
  });
}

export interface Tenant {
  readonly owner: UserRecord;
  readonly actor: Actor;
  readonly namespace: { readonly id: string; readonly name: NamespaceName };
}

/** An organisation with its owner. */
export async function createTenant(
  database: Database,
  options: { name?: string; limitBytes?: number } = {},
): Promise<Tenant> {
  const owner = await createUser(database);
  const actor = actorOf(owner);
  const name = (options.name ?? aName('org')) as NamespaceName;
  const store = new NamespaceStore(database);
  const limitBytes = options.limitBytes ?? 1e9;
  await store.create({ name, displayName: name, kind: 'organization', ownerId: owner.id, limitBytes, actor });
  const namespace = await store.findVisible(name, owner.id);
  if (!namespace) throw new Error('the namespace was not made');
  return { owner, actor, namespace };
}

export async function addMember(database: Database, tenant: Tenant, role: Role): Promise<UserRecord> {
  const user = await createUser(database);
  const { namespace, actor } = tenant;
  await new MemberStore(database).put({ namespace, username: user.username, actor }, role);
  return user;
}

/** `namespace/path` in a namespace that is there. */
export async function createRepository(
  database: Database,
  name: string,
  options: { visibility?: Visibility } = {},
): Promise<RepositoryRecord> {
  const parsed = parseRepositoryName(name);
  const repository = await new RepositoryStore(database).findOrCreate(parsed, SYSTEM_ACTOR);
  if (!repository) throw new Error(`no namespace ${namespaceOf(parsed)}`);
  const { visibility } = options;
  if (visibility)
    await database.run((db) => db.repository.update({ where: { id: repository.id }, data: { visibility } }));
  return repository;
}
