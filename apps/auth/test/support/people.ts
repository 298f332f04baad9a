import { generateSecretToken, hashSecretToken, hintOf, PasswordHasher } from '@stowage/auth';
import type { Grant, Role, Visibility } from '@stowage/contracts';
import {
  AccessTokenStore,
  type Actor,
  type Database,
  MemberStore,
  NamespaceStore,
  RepositoryListings,
  SYSTEM_ACTOR,
  type UserRecord,
  UserStore,
  userActor,
} from '@stowage/metadata';
import { type NamespaceName, parseRepositoryName, pathInNamespace } from '@stowage/oci';

export const PASSWORD = 'correct horse battery staple';
const passwordHash = await new PasswordHasher().hash(PASSWORD);

export async function addUser(database: Database, username: string): Promise<UserRecord> {
  return new UserStore(database).create({
    username: username as NamespaceName,
    email: `${username}@Example.com`,
    passwordHash,
    isAdmin: false,
    limitBytes: 1_000_000,
    address: null,
  });
}

export function actorOf(user: UserRecord): Actor {
  return userActor(user);
}

export async function addNamespace(
  database: Database,
  name: string,
  { owner, members = {} }: { owner: UserRecord; members?: Record<string, Role> },
): Promise<void> {
  const namespaces = new NamespaceStore(database);
  const actor = actorOf(owner);
  const common = { name: name as NamespaceName, displayName: name, kind: 'organization', ownerId: owner.id } as const;
  await namespaces.create({ ...common, limitBytes: 1_000_000, actor });
  const namespace = await namespaces.findVisible(name, owner.id);
  for (const [username, role] of Object.entries(members)) {
    await new MemberStore(database).put({ namespace: namespace!, username, actor }, role);
  }
}

export async function addRepository(database: Database, name: string, visibility: Visibility): Promise<void> {
  const [namespace] = await database.prepared<{ id: string }>(
    'test_namespace',
    'SELECT id FROM namespace WHERE name = $1',
    [name.split('/')[0]],
  );
  await new RepositoryListings(database).create({
    namespaceId: namespace!.id,
    path: pathInNamespace(parseRepositoryName(name)),
    description: '',
    visibility,
    actor: SYSTEM_ACTOR,
  });
}

export interface MadeAccessToken {
  readonly id: string;
  readonly secret: string;
}

export async function addAccessToken(
  database: Database,
  user: UserRecord,
  grants: Grant[] | null = null,
): Promise<MadeAccessToken> {
  const { text } = generateSecretToken('access');
  const { id } = await new AccessTokenStore(database).create({
    userId: user.id,
    name: 'test',
    hash: hashSecretToken(text),
    hint: hintOf(text),
    grants,
    expiresInDays: 90,
    actor: actorOf(user),
  });
  return { id, secret: text };
}

/** Any statement, for states that no store makes. */
export async function sql(database: Database, text: string, ...values: unknown[]): Promise<void> {
  await database.run((db) => db.$executeRawUnsafe(text, ...values));
}
