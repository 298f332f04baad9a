import { aName, anImage, createRepository, pushImageRows } from '@stowage/metadata/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { createToken, openApi, type SignedIn, signUp } from './open-api.js';

const opened = openApi();
let owner: SignedIn;
let org: string;

beforeEach(async () => {
  owner = await signUp(opened);
  org = await anOrganisation(owner);
});

async function anOrganisation({ cookie }: SignedIn): Promise<string> {
  const name = aName('org');
  await opened.ask('POST /namespaces', { cookie, body: { name } });
  return name;
}

const asOwner = (line: string, body?: object) =>
  opened.ask(line, { cookie: owner.cookie, ...(body === undefined ? {} : { body }) });

describe('a new name for a namespace', () => {
  it('is answered with, and the old one leads to it until it is given up (T9)', async () => {
    const name = aName('new');
    await asOwner(`POST /namespaces/${org}/repositories`, { name: 'app' });
    const renamed = await asOwner(`POST /namespaces/${org}/rename`, { name });
    expect([renamed.status, renamed.json]).toMatchObject([200, { name, displayName: name }]);
    expect((await asOwner(`GET /namespaces/${org}`)).json['name']).toBe(name);
    expect((await asOwner(`GET /namespaces/${org}/repositories/app`)).json['namespace']).toBe(name);
    expect((await asOwner(`GET /namespaces/${name}/aliases`)).json['items']).toEqual([
      { name: org, kind: 'namespace' },
    ]);
    expect((await asOwner(`DELETE /namespaces/${name}/aliases/${org}`)).status).toBe(204);
    expect((await asOwner(`DELETE /namespaces/${name}/aliases/${org}`)).status).toBe(404);
    expect((await asOwner(`GET /namespaces/${org}`)).status).toBe(404);
    const again = await asOwner('POST /namespaces', { name: org });
    expect([again.status, again.text]).toEqual([409, expect.stringContaining('was given up')]);
  });

  it('is what an access token with limits is for from then on, also where the path has the old one (T9, 4.5)', async () => {
    await asOwner(`POST /namespaces/${org}/repositories`, { name: 'app' });
    await asOwner(`POST /namespaces/${org}/repositories`, { name: 'tool' });
    const token = await createToken(opened, owner, [{ repository: `${org}/app`, actions: ['pull', 'api'] }]);
    const name = aName('new');
    await asOwner(`POST /namespaces/${org}/rename`, { name });
    const statusOf = async (path: string) => (await opened.ask(`GET /namespaces/${path}`, { token })).status;
    expect([await statusOf(`${org}/repositories/app`), await statusOf(`${name}/repositories/app`)]).toEqual([200, 200]);
    expect([await statusOf(`${org}/repositories/tool`), await statusOf(`${name}/repositories/tool`)]).toEqual([
      403, 403,
    ]);
  });

  it('hides the namespace behind its old name as well as behind the present one', async () => {
    const stranger = await signUp(opened);
    await asOwner(`POST /namespaces/${org}/rename`, { name: aName('new') });
    const seen = async (name: string) => {
      const { status, json } = await opened.ask(`GET /namespaces/${name}`, { cookie: stranger.cookie });
      return JSON.stringify([status, json['title'], json['detail']]).replace(name, 'NAME');
    };
    expect(await seen(org)).toBe(await seen(aName('none')));
  });

  it.each([
    ['of somebody', () => owner.username, 409],
    ['that is reserved', () => 'admin', 400],
    ['that is none', () => 'No Name', 400],
  ])('%s is refused at its field', async (_what, nameOf, status) => {
    const refused = await asOwner(`POST /namespaces/${org}/rename`, { name: nameOf() });
    expect([refused.status, refused.json['errors']]).toMatchObject([status, [{ field: 'name' }]]);
  });

  it('is not for personal namespaces', async () => {
    expect((await asOwner(`POST /namespaces/${owner.username}/rename`, { name: aName() })).status).toBe(409);
  });
});

describe('a transfer', () => {
  let other: SignedIn;
  let target: string;

  beforeEach(async () => {
    other = await signUp(opened);
    target = await anOrganisation(other);
    const repository = await createRepository(opened.database, `${org}/team/app`);
    await pushImageRows(opened.database, repository, anImage(), { tags: ['v1'] });
  });

  const app = () => `${org}/repositories/team%2Fapp`;
  const offers = async (name: string, { cookie }: SignedIn) =>
    (await opened.ask(`GET /namespaces/${name}/transfers`, { cookie })).json['items'] as { id: string }[];

  it('needs an owner of each side, and leaves the old name leading to the new one (T10)', async () => {
    expect((await asOwner(`POST /namespaces/${app()}/transfer`, { to: target })).status).toBe(204);
    const [offer] = await offers(target, other);
    expect(await offers(org, owner)).toEqual([offer]);
    expect(offer).toMatchObject({ repository: `${org}/team/app`, from: org, to: target, requestedBy: owner.username });
    const accept = (name: string, { cookie }: SignedIn) =>
      opened.ask(`POST /namespaces/${name}/transfers/${offer!.id}/accept`, { cookie });
    expect((await accept(org, owner)).status).toBe(404);
    expect((await accept(target, owner)).status).toBe(404);
    expect((await accept(target, other)).json).toEqual({ namespace: target, name: 'team/app' });
    expect((await asOwner(`GET /namespaces/${app()}`)).status).toBe(404);
    const moved = await opened.ask(`GET /namespaces/${app()}`, { cookie: other.cookie });
    expect(moved.json).toMatchObject({ namespace: target, name: 'team/app', tagCount: 1 });
    const taken = await asOwner(`POST /namespaces/${org}/repositories`, { name: 'team/app' });
    expect(taken.status).toBe(409);
    const alias = encodeURIComponent(`${org}/team/app`);
    expect((await asOwner(`DELETE /namespaces/${org}/aliases/${alias}`)).status).toBe(204);
    expect((await asOwner(`POST /namespaces/${org}/repositories`, { name: 'team/app' })).status).toBe(201);
  });

  it('ends what an access token was limited to: the repository has another name now (4.5)', async () => {
    // Somebody on both sides, so that the token alone decides.
    await opened.ask(`PUT /namespaces/${target}/members/${owner.username}`, {
      cookie: other.cookie,
      body: { role: 'owner' },
    });
    const grants = [{ repository: `${org}/team/app`, actions: ['pull', 'api'] }];
    const token = await createToken(opened, owner, grants);
    const statusOf = async (path: string) => (await opened.ask(`GET /namespaces/${path}`, { token })).status;
    expect(await statusOf(app())).toBe(200);
    await asOwner(`POST /namespaces/${app()}/transfer`, { to: target });
    const [offer] = await offers(target, owner);
    await asOwner(`POST /namespaces/${target}/transfers/${offer!.id}/accept`);
    expect([await statusOf(app()), await statusOf(`${target}/repositories/team%2Fapp`)]).toEqual([403, 403]);
  });

  it('says how much room is missing', async () => {
    await asOwner(`POST /namespaces/${app()}/transfer`, { to: target });
    const [offer] = await offers(target, other);
    await opened.database.run((db) =>
      db.namespaceUsage.updateMany({ where: { namespace: { name: target } }, data: { limitBytes: 10 } }),
    );
    const refused = await opened.ask(`POST /namespaces/${target}/transfers/${offer!.id}/accept`, {
      cookie: other.cookie,
    });
    expect([refused.status, refused.json['detail']]).toEqual([
      409,
      expect.stringMatching(/0 bytes of 10 bytes are used/),
    ]);
    expect(await offers(target, other)).toHaveLength(1);
  });

  it('says which layer is too large for the namespace, as an upload there does (Q8)', async () => {
    await asOwner(`POST /namespaces/${app()}/transfer`, { to: target });
    const [offer] = await offers(target, other);
    await opened.database.run((db) =>
      db.namespaceUsage.updateMany({ where: { namespace: { name: target } }, data: { layerLimitBytes: 10 } }),
    );
    const refused = await opened.ask(`POST /namespaces/${target}/transfers/${offer!.id}/accept`, {
      cookie: other.cookie,
    });
    expect([refused.status, refused.json['detail']]).toEqual([
      409,
      expect.stringMatching(/may have 10 bytes, this one has \d+ bytes or more.*ask an administrator for more: http/),
    ]);
    expect(await offers(target, other)).toHaveLength(1);
  });

  it('can be declined, and goes to a namespace that there is', async () => {
    for (const to of [org, aName('none')]) {
      const refused = await asOwner(`POST /namespaces/${app()}/transfer`, { to });
      expect([refused.status, refused.json['errors']]).toMatchObject([409, [{ field: 'to' }]]);
    }
    await asOwner(`POST /namespaces/${app()}/transfer`, { to: target });
    const [offer] = await offers(target, other);
    const decline = () => opened.ask(`DELETE /namespaces/${target}/transfers/${offer!.id}`, { cookie: other.cookie });
    expect([(await decline()).status, (await decline()).status]).toEqual([204, 404]);
    expect(await offers(org, owner)).toEqual([]);
  });
});
