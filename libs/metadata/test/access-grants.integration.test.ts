import type { AccessGrant } from '@stowage/contracts';
import { parseRepositoryName } from '@stowage/oci';
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BlobStore } from '../src/registry/blob-store.js';
import { CatalogStore } from '../src/registry/catalog-store.js';
import { RepositoryListings } from '../src/browsing/repository-listing.js';
import { UploadSessionStore } from '../src/registry/upload-session-store.js';
import { ForeignGrantError, GrantStore, replaceGrants } from '../src/tenancy/grant-store.js';
import { MemberStore } from '../src/tenancy/member-store.js';
import { NamespaceStore } from '../src/tenancy/namespace-store.js';
import { StandingStore } from '../src/tenancy/standing-store.js';
import {
  addMember,
  anImage,
  chargedTo,
  createRepository,
  createTenant,
  createUser,
  pushImageRows,
  REVIEW_DELAY,
  type Tenant,
  userRef,
} from '../src/testing/index.js';
import { openDatabase } from './open-database.js';

const opened = openDatabase();
type User = { readonly id: string; readonly username: string };

const give = (tenant: Tenant, user: User, grants: AccessGrant[]) =>
  opened.database.transaction((tx) =>
    replaceGrants(tx, { namespace: tenant.namespace, subject: userRef(user) }, grants),
  );
const held = ({ namespace }: Tenant, user: User) =>
  new GrantStore(opened.database).list({ namespace, subject: userRef(user) });

/** A tenant with `app`, `team/app`, `team/sub/app` and `teams/app`, all private, and somebody from outside. */
async function aTenant() {
  const tenant = await createTenant(opened.database);
  const at = (path: string) => parseRepositoryName(`${tenant.namespace.name}/${path}`);
  const paths = ['app', 'team/app', 'team/sub/app', 'teams/app'];
  for (const path of paths) await createRepository(opened.database, at(path));
  const user = await createUser(opened.database);
  const grant = (path: string, ...actions: AccessGrant['actions']) => ({
    repository: `${tenant.namespace.name}/${path}`,
    actions,
  });
  return { tenant, at, paths, user, grant };
}

describe('grants of a namespace', () => {
  it('are replaced as a whole and read back by pattern, with their actions in order', async () => {
    const { tenant, user, grant } = await aTenant();
    await give(tenant, user, [grant('old', 'pull')]);
    await give(tenant, user, [grant('team/*', 'push', 'pull'), grant('*', 'delete')]);
    expect(await held(tenant, user)).toEqual([grant('*', 'delete'), grant('team/*', 'pull', 'push')]);
    await give(tenant, user, []);
    expect(await held(tenant, user)).toEqual([]);
  });

  it('never name what is outside the namespace, and then nothing is changed', async () => {
    const { tenant, user, grant } = await aTenant();
    await give(tenant, user, [grant('app', 'pull')]);
    const { name } = tenant.namespace;
    for (const repository of ['evil/app', 'evil/*', `${name}x/app`, `x/${name}/app`]) {
      const grants = [grant('app', 'push'), { repository, actions: ['pull' as const] }];
      await expect(give(tenant, user, grants)).rejects.toThrow(ForeignGrantError);
    }
    expect(await held(tenant, user)).toEqual([grant('app', 'pull')]);
  });

  it.each(['team/', '/app', 'te*m', 'a/*/b', '**', ''])('are refused by the database for the path %j', async (path) => {
    const { tenant, user } = await aTenant();
    await expect(
      give(tenant, user, [{ repository: `${tenant.namespace.name}/${path}`, actions: ['pull'] }]),
    ).rejects.toThrow();
  });

  it('stand beside the role in the standing of exactly the names that they hold', async () => {
    const { tenant, at, user, grant } = await aTenant();
    await give(tenant, user, [grant('team/*', 'pull'), grant('team/app', 'push'), grant('new', 'push')]);
    const names = ['app', 'team/app', 'team/sub/app', 'team', 'teams/app', 'new', 'team/none'].map(at);
    const standings = await new StandingStore(opened.database).list(names, userRef(user));
    expect(standings.map(({ grants }) => grants)).toEqual([
      [],
      [grant('team/*', 'pull'), grant('team/app', 'push')],
      [grant('team/*', 'pull')],
      [],
      [],
      [grant('new', 'push')],
      [grant('team/*', 'pull')],
    ]);
    const asRobot = await new StandingStore(opened.database).list(names, { kind: 'robot', id: user.id });
    expect(asRobot.flatMap(({ grants }) => grants)).toEqual([]);
  });

  it('are nothing while their user is disabled', async () => {
    const { tenant, at, user, grant } = await aTenant();
    await give(tenant, user, [grant('*', 'pull')]);
    await opened.database.run((db) => db.user.update({ where: { id: user.id }, data: { disabledAt: new Date() } }));
    const [standing] = await new StandingStore(opened.database).list([at('app')], userRef(user));
    expect(standing).toMatchObject({ role: null, grants: [] });
  });

  it('show their user the repositories that they let pull, and the namespace as a shell', async () => {
    const { tenant, at, user, grant } = await aTenant();
    await give(tenant, user, [grant('team/*', 'pull'), grant('app', 'push')]);
    const listings = new RepositoryListings(opened.database);
    const page = { namespace: tenant.namespace.name, limit: 10 };
    expect((await listings.list(user.id, page)).map(({ path }) => path)).toEqual(['team/app', 'team/sub/app']);
    expect(await listings.identify(user.id, at('app'))).toBeUndefined();
    expect(await listings.find(user.id, at('team/app'))).toMatchObject({
      role: null,
      grants: [grant('team/*', 'pull')],
    });
    const namespaces = new NamespaceStore(opened.database);
    const shell = { name: tenant.namespace.name, role: null, repositoryCount: 2, memberCount: 0 };
    expect(await namespaces.findVisible(tenant.namespace.name, user.id)).toMatchObject(shell);
    expect(await namespaces.listOfMember(user.id, { last: '', limit: 10 })).toMatchObject(
      [shell, { name: user.username }].sort((a, b) => (a.name < b.name ? -1 : 1)),
    );
    expect(await namespaces.findVisible(tenant.namespace.name, (await createUser(opened.database)).id)).toBeUndefined();
  });

  it.each<[string, string[]]>([
    ['*', ['app', 'team/app', 'team/sub/app', 'teams/app']],
    ['team/*', ['team/app', 'team/sub/app']],
    ['team/sub/app', ['team/sub/app']],
    ['none', []],
  ])('for %s are in the catalog as what they let pull, page by page', async (path, expected) => {
    const { tenant, at, user, grant } = await aTenant();
    await give(tenant, user, [grant(path, 'pull'), grant('app2', 'push')]);
    const catalog = new CatalogStore(opened.database);
    const seen: string[] = [];
    for (let last = ''; ; last = seen.at(-1)!) {
      const page = await catalog.list(userRef(user), { last, limit: 2 });
      seen.push(...page);
      if (page.length < 2) break;
    }
    const { name } = tenant.namespace;
    expect(seen.filter((found) => found.startsWith(`${name}/`))).toEqual(expected.map(at));
  });

  it('make a repository that they let pull a source of mounts', async () => {
    const { tenant, at, user, grant } = await aTenant();
    const image = anImage();
    const repository = await createRepository(opened.database, at('app'));
    await pushImageRows(opened.database, repository, image);
    const blobs = new BlobStore(opened.database, REVIEW_DELAY);
    const sources = () => blobs.listReadableSources(image.blobs[0]!.digest, userRef(user));
    expect(await sources()).toEqual([]);
    await give(tenant, user, [grant('app', 'pull')]);
    expect(await sources()).toEqual([at('app')]);
  });
});

describe('whoever goes', () => {
  it('takes along the grants in a namespace when leaving it, and those there alone', async () => {
    const { tenant, grant } = await aTenant();
    const elsewhere = await aTenant();
    const member = await addMember(opened.database, tenant, 'reader');
    await give(tenant, member, [grant('*', 'push')]);
    await give(elsewhere.tenant, member, [elsewhere.grant('*', 'push')]);
    await new MemberStore(opened.database).remove({ ...tenant, username: member.username });
    expect(await held(tenant, member)).toEqual([]);
    expect(await held(elsewhere.tenant, member)).toHaveLength(1);
  });

  it('takes along every grant and upload, whose reservation comes back, when the account ends', async () => {
    const { tenant, at, user, grant } = await aTenant();
    await give(tenant, user, [grant('*', 'push')]);
    const sessions = new UploadSessionStore(opened.database, REVIEW_DELAY);
    const repository = await createRepository(opened.database, at('app'));
    const open = async (principal = userRef(user)) => {
      const session = await sessions.create({ repository, principal, storageToken: randomUUID() });
      await sessions.advance((await sessions.claim(session, 0))!, { offset: 50, storageToken: 't', keepClaim: false });
      return session;
    };
    await open();
    await open();
    const other = await open(userRef(tenant.owner));
    expect(await chargedTo(opened.database, tenant.namespace.id)).toEqual({ used: 0, reserved: 150 });
    await opened.database.run((db) => db.user.delete({ where: { id: user.id } }));
    expect(await held(tenant, user)).toEqual([]);
    expect(await chargedTo(opened.database, tenant.namespace.id)).toEqual({ used: 0, reserved: 50 });
    const left = await opened.database.run((db) =>
      db.uploadSession.findMany({ where: { repositoryId: repository.id } }),
    );
    expect(left.map(({ id }) => id)).toEqual([other.id]);
  });
});
