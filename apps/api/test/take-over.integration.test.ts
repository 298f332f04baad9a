import { aName } from '@stowage/metadata/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { mailTo } from './mail-of.js';
import { openApi, type SignedIn, signUp } from './open-api.js';

const opened = openApi();

describe('a namespace that is taken over (T11)', () => {
  let administrator: SignedIn;
  let owner: SignedIn;
  let namespace: string;
  beforeEach(async () => {
    [administrator, owner] = [await signUp(opened), await signUp(opened)];
    await opened.database.run((db) => db.user.update({ where: { id: administrator.id }, data: { isAdmin: true } }));
    namespace = aName('org');
    await opened.ask('POST /namespaces', { cookie: owner.cookie, body: { name: namespace } });
  });

  const takeOver = (username: string, name = namespace) =>
    opened.ask(`PUT /admin/namespaces/${name}/owners/${username}`, { cookie: administrator.cookie });

  it('has one owner more, who may do what owners do; its log and all its owners are told once', async () => {
    expect((await takeOver(administrator.username)).status).toBe(204);
    expect((await takeOver(administrator.username)).status).toBe(204);
    const members = await opened.ask(`GET /namespaces/${namespace}/members`, { cookie: administrator.cookie });
    expect(members.json['items']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ username: owner.username, role: 'owner' }),
        expect.objectContaining({ username: administrator.username, role: 'owner' }),
      ]),
    );
    const log = await opened.ask(`GET /namespaces/${namespace}/audit-events?action=namespace.take-over`, {
      cookie: owner.cookie,
    });
    expect(log.json['items']).toEqual([
      expect.objectContaining({
        actor: administrator.username,
        target: `${namespace}/${administrator.username}`,
        detail: { before: null, after: { role: 'owner' } },
      }),
    ]);
    for (const { username } of [owner, administrator]) {
      const letters = await mailTo(opened, `${username}@example.com`);
      expect(letters.filter(({ template }) => template === 'namespace-taken-over')).toHaveLength(1);
    }
  });

  it('is never somebody’s own, nor given to nobody', async () => {
    const before = await opened.database.run((db) => db.member.count());
    expect((await takeOver(administrator.username, owner.username)).status).toBe(409);
    expect((await takeOver('nobody-here')).status).toBe(404);
    expect((await takeOver(administrator.username, 'nothing-here')).status).toBe(404);
    await opened.database.run((db) => db.user.update({ where: { id: owner.id }, data: { disabledAt: new Date() } }));
    const gone = await signUp(opened);
    await opened.database.run((db) => db.user.update({ where: { id: gone.id }, data: { disabledAt: new Date() } }));
    expect((await takeOver(gone.username)).status).toBe(404);
    expect(await opened.database.run((db) => db.member.count())).toBe(before + 1);
  });
});

describe('settings that two people change (X1)', () => {
  it('are not overwritten by who saw them as they were before', async () => {
    const { cookie } = await signUp(opened);
    const name = aName('org');
    await opened.ask('POST /namespaces', { cookie, body: { name } });
    await opened.ask(`POST /namespaces/${name}/repositories`, { cookie, body: { name: 'app' } });
    for (const [path, mine, theirs] of [
      [`/namespaces/${name}`, { displayName: 'Mine' }, { displayName: 'Theirs' }],
      [`/namespaces/${name}/repositories/app`, { description: 'mine' }, { description: 'theirs' }],
    ] as const) {
      const etag = String((await opened.ask(`GET ${path}`, { cookie })).headers['etag']);
      const change = (body: object) => opened.ask(`PATCH ${path}`, { cookie, body, headers: { 'if-match': etag } });
      const answers = await Promise.all([change(mine), change(theirs)]);
      expect([path, answers.map(({ status }) => status).toSorted((one, other) => one - other)]).toEqual([
        path,
        [200, 412],
      ]);
      const changed = answers.find(({ status }) => status === 200);
      const now = await opened.ask(`GET ${path}`, { cookie });
      expect([now.headers['etag'], now.json]).toEqual([changed?.headers['etag'], changed?.json]);
    }
  });
});
