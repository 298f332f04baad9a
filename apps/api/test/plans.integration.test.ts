import { managedNamespaceSchema, pageOf, planSchema } from '@stowage/contracts';
import { aName } from '@stowage/metadata/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { openApi, type SignedIn, signUp } from './open-api.js';

const opened = openApi();
const GIB = 2 ** 30;
let administrator: SignedIn;

beforeAll(async () => {
  administrator = await signUp(opened);
  await opened.database.run((db) => db.user.update({ where: { id: administrator.id }, data: { isAdmin: true } }));
});

const ask = (line: string, body?: object) =>
  opened.ask(line, { cookie: administrator.cookie, ...(body ? { body } : {}) });
const quota = async (name: string, body: object) => ask(`PUT /admin/namespaces/${name}/quota`, body);

async function aPlan(limits: object): Promise<string> {
  const name = aName('plan');
  const made = await ask('POST /admin/plans', { name, limits });
  expect(made.status, made.text).toBe(201);
  expect(planSchema.parse(made.json)).toMatchObject({ name, isDefault: false, namespaceCount: 0 });
  return name;
}

describe('plans, for administrators', () => {
  it('begin with one that leaves storage to the configuration', async () => {
    const { items } = pageOf(planSchema).parse((await ask('GET /admin/plans')).json);
    expect(items).toEqual([
      expect.objectContaining({
        name: 'standard',
        isDefault: true,
        isStorageConfigured: true,
        limits: { storageBytes: 1e9, privateRepositories: null, members: null, robots: null, layerBytes: null },
      }),
    ]);
  });

  it('are made, changed and deleted; what is not named is not limited, and stays as it is', async () => {
    const name = await aPlan({ members: 3 });
    const changed = await ask(`PATCH /admin/plans/${name}`, { limits: { storageBytes: GIB } });
    expect(planSchema.parse(changed.json).limits).toEqual({
      storageBytes: GIB,
      privateRepositories: null,
      members: 3,
      robots: null,
      layerBytes: null,
    });
    expect((await ask('POST /admin/plans', { name, limits: {} })).json['errors']).toEqual([
      { field: 'name', message: 'there is a plan of this name already' },
    ]);
    const { username } = await signUp(opened);
    expect((await quota(username, { plan: name })).json).toMatchObject({ plan: name, limitBytes: GIB });
    expect((await ask(`DELETE /admin/plans/${name}`)).status).toBe(409);
    expect((await quota(username, { plan: 'standard' })).json).toMatchObject({ plan: 'standard', limitBytes: 1e9 });
    expect((await ask(`DELETE /admin/plans/${name}`)).status).toBe(204);
    expect((await ask(`DELETE /admin/plans/${name}`)).status).toBe(404);
    expect((await ask('DELETE /admin/plans/standard')).status).toBe(409);
  });

  it.each([
    [{ limits: { members: 0 } }],
    [{ limits: { storageBytes: 1.5 } }],
    [{ limits: { pulls: 1 } }],
    [{ isDefault: false }],
    [{}],
    [{ name: 'Not A Name' }],
  ])('refuse %j', async (body) => {
    expect((await ask('PATCH /admin/plans/standard', body)).status).toBe(400);
  });
});

describe('the limits of a namespace', () => {
  it('take the storage alone, as they always have', async () => {
    const { username } = await signUp(opened);
    const answer = managedNamespaceSchema.parse((await quota(username, { storageLimitBytes: 5 })).json);
    expect(answer).toMatchObject({ limitBytes: 5, ownLimits: ['storageBytes'], plan: 'standard' });
    const unlimited = managedNamespaceSchema.parse((await quota(username, { storageLimitBytes: null })).json);
    expect(unlimited).toMatchObject({ limitBytes: null, limits: { storageBytes: null } });
  });

  it.each([
    [{}],
    [{ storageLimitBytes: -1 }],
    [{ storageLimitBytes: 1, limits: { storageBytes: 2 } }],
    [{ limits: { members: 'many' } }],
    [{ limits: { tokens: 1 } }],
  ])('refuse %j', async (body) => {
    expect((await quota((await signUp(opened)).username, body)).status).toBe(400);
  });

  it('are those of nobody: 404, and 409 for a plan that is not there', async () => {
    expect((await quota('no-such-namespace', { storageLimitBytes: 1 })).status).toBe(404);
    expect((await quota((await signUp(opened)).username, { plan: 'no-such-plan' })).status).toBe(409);
  });

  it('stop whoever adds to them, with limit, use and where to look; a role still changes (Q7)', async () => {
    const owner = await signUp(opened);
    const { username, cookie } = owner;
    await quota(username, { limits: { members: 1, robots: 0, privateRepositories: 0 } });
    const refused = async (line: string, body: object, words: string) => {
      const answer = await opened.ask(line.replace('{ns}', username), { cookie, body });
      expect(answer.status, answer.text).toBe(409);
      expect(String(answer.json['detail'])).toContain(`${username} has ${words}`);
      expect(String(answer.json['detail'])).toContain(`/${username}`);
    };
    const other = await signUp(opened);
    await refused(`PUT /namespaces/{ns}/members/${other.username}`, { role: 'reader' }, '1 of 1 members');
    const grants = [{ repository: `${username}/*`, actions: ['pull'] }];
    await refused('POST /namespaces/{ns}/robots', { name: 'ci', grants }, '0 of 0 robots');
    await refused(
      'POST /namespaces/{ns}/repositories',
      { name: 'app', visibility: 'private' },
      '0 of 0 private repositories',
    );
    expect(
      (
        await opened.ask(`POST /namespaces/${username}/repositories`, {
          cookie,
          body: { name: 'app', visibility: 'public' },
        })
      ).status,
    ).toBe(201);
    await refused('PATCH /namespaces/{ns}/repositories/app', { visibility: 'private' }, '0 of 0 private repositories');
    const invitation = await opened.ask(`POST /namespaces/${username}/invitations`, {
      cookie,
      body: { role: 'reader' },
    });
    const code = String(invitation.json['link']).split(/[#/=]/).at(-1);
    const accepted = await opened.ask(`POST /invitations/${code}/accept`, { cookie: other.cookie });
    expect(accepted.status, accepted.text).toBe(409);
    await quota(username, { limits: { members: 2 } });
    expect((await opened.ask(`POST /invitations/${code}/accept`, { cookie: other.cookie })).status).toBe(200);
  });
});
