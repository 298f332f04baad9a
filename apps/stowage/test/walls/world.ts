import { generateSecretToken, hashSecretToken, hintOf } from '@stowage/auth';
import { type Grant, ROLES, type Role } from '@stowage/contracts';
import { AccessTokenStore, MemberStore, UserAdministration, type UserRecord } from '@stowage/metadata';
import {
  actorOf,
  aName,
  anImage,
  createRepository,
  createRobot,
  createTenant,
  createUser,
  pushImageRows,
  type Tenant,
  type TestImage,
} from '@stowage/metadata/testing';
import type { Caller } from './callers.js';
import type { Site } from './open-site.js';

export const PASSWORD = 'correct horse battery';
/** Of that password, at the least cost that argon2 has: hundreds of people sign in here, and what that costs is tested elsewhere. */
const PASSWORD_HASH = '$argon2id$v=19$m=8,t=1,p=1$UHBjBkSTA6+IdkPt9t+kpA$P+a1LJRYGDYtqJD81sQrXEhMWDKa+wxfElNVTI1CHYw';

export interface RobotLogin {
  readonly login: string;
  readonly secret: string;
}

/** A namespace with a private repository, and everybody who may want something of it; people come when they are asked for. */
export interface World {
  readonly site: Site;
  readonly tenant: Tenant;
  /** In the namespace, private. */
  readonly repository: string;
  readonly image: TestImage;
  /** Of the image; no other world has it. */
  readonly tag: string;
  /** The user behind a caller; the owner's for the owner's tokens. */
  person(caller: Caller): Promise<UserRecord>;
  /** The headers that make a request this caller's. */
  credentials(caller: Caller): Promise<Record<string, string>>;
  /** The secret of an access token of the caller's. */
  accessToken(caller: Caller): Promise<string>;
  /** What the robot signs in with. */
  robot(): Promise<RobotLogin>;
}

const REPOSITORY = 'app';

export async function createWorld(site: Site): Promise<World> {
  const { database } = site;
  const tenant = await createTenant(database);
  const image = anImage();
  const tag = aName('t');
  const repository = await createRepository(database, `${tenant.namespace.name}/${REPOSITORY}`);
  await pushImageRows(database, repository, image, { tags: [tag] });
  const people = new Map<string, Promise<UserRecord>>();
  const person = (caller: Caller) => once(people, personKey(caller), () => createPerson(site, tenant, caller));
  const tokens = new Map<string, Promise<string>>();
  const limits = [{ repository: `${tenant.namespace.name}/${REPOSITORY}`, actions: ['pull', 'api'] }] as Grant[];
  const accessToken = (caller: Caller) =>
    once(tokens, caller, async () =>
      createAccessToken(site, await person(caller), caller === 'limited token' ? limits : null),
    );
  const robots = new Map<string, Promise<RobotLogin>>();
  const robot = () => once(robots, 'robot', () => createRobotLogin(site, tenant));
  const sessions = new Map<string, Promise<string>>();
  const credentials = async (caller: Caller): Promise<Record<string, string>> => {
    if (caller === 'anonymous') return {};
    if (caller === 'robot') return { authorization: `Bearer ${(await robot()).secret}` };
    if (caller.includes('token')) return { authorization: `Bearer ${await accessToken(caller)}` };
    return { cookie: await once(sessions, caller, async () => startSession(site, await person(caller), caller)) };
  };
  return { site, tenant, repository: REPOSITORY, image, tag, person, credentials, accessToken, robot };
}

function once<T>(known: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const made = known.get(key) ?? make();
  known.set(key, made);
  return made;
}

/** A role's person is one, with a session or with a token. */
function personKey(caller: Caller): string {
  return caller.includes('token') ? 'owner' : caller;
}

async function createPerson(site: Site, tenant: Tenant, caller: Caller): Promise<UserRecord> {
  const { database } = site;
  const user = await createUser(database, { passwordHash: PASSWORD_HASH, isAdmin: caller === 'administrator' });
  const role: Role | undefined = ROLES.find((each) => each === personKey(caller));
  const { namespace, actor } = tenant;
  const member = { namespace, username: user.username, actor };
  if (role ?? caller === 'disabled owner') await new MemberStore(database).put(member, role ?? 'owner');
  return user;
}

async function createAccessToken({ database }: Site, user: UserRecord, grants: Grant[] | null): Promise<string> {
  const { text } = generateSecretToken('access');
  await new AccessTokenStore(database).create({
    userId: user.id,
    name: 'wall',
    hash: hashSecretToken(text),
    hint: hintOf(text),
    grants,
    expiresInDays: 1,
    actor: actorOf(user),
  });
  return text;
}

/** Of a robot that may do everything in the namespace. */
async function createRobotLogin({ database }: Site, tenant: Tenant): Promise<RobotLogin> {
  const { text } = generateSecretToken('robot');
  const grants = [
    { repository: `${tenant.namespace.name}/*`, actions: ['pull' as const, 'push' as const, 'delete' as const] },
  ];
  const { login } = await createRobot(database, tenant, { hash: hashSecretToken(text), grants });
  return { login, secret: text };
}

/** The one who is disabled signs in before that happens, so that the session is what has to stop. */
async function startSession(site: Site, user: UserRecord, caller: Caller): Promise<string> {
  const answer = await site.send({
    method: 'POST',
    path: '/api/v1/session',
    body: { login: user.username, password: PASSWORD },
  });
  const cookie = [answer.headers['set-cookie'] ?? []].flat().map(String).at(-1)?.split(';')[0];
  if (answer.status !== 200 || cookie === undefined) throw new Error(`sign-in failed: ${answer.text}`);
  if (caller === 'disabled owner') {
    const administrator = await createUser(site.database, { isAdmin: true });
    await new UserAdministration(site.database).change(user.username, { disabled: true }, actorOf(administrator));
  }
  return cookie;
}
