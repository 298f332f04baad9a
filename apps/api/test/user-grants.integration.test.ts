import { aName, createRepository } from '@stowage/metadata/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { openApi, type SignedIn, signUp } from './open-api.js';

const opened = openApi();
let owner: SignedIn;
let guest: SignedIn;
let org: string;

beforeAll(async () => {
  [owner, guest] = [await signUp(opened), await signUp(opened)];
  org = aName('org');
  await opened.ask('POST /namespaces', { cookie: owner.cookie, body: { name: org } });
  for (const path of ['team/app', 'other']) await createRepository(opened.database, `${org}/${path}`);
});

const put = (grants: unknown, username = guest.username) =>
  opened.ask(`PUT /namespaces/${org}/grants/${username}`, { cookie: owner.cookie, body: { grants } });
const see = async (path: string) =>
  (await opened.ask(`GET /namespaces/${org}/repositories/${path}`, { cookie: guest.cookie })).status;

describe('rights of a person on single repositories', () => {
  it('open these and nothing else, and end when they are taken away (T3)', async () => {
    expect(await see('team%2Fapp')).toBe(404);
    const grants = [{ repository: `${org}/team/*`, actions: ['pull', 'push'] }];
    expect((await put(grants)).status).toBe(204);
    expect([await see('team%2Fapp'), await see('other')]).toEqual([200, 404]);
    const listed = await opened.ask(`GET /namespaces/${org}/grants`, { cookie: owner.cookie });
    expect(listed.json).toEqual({ items: [{ username: guest.username, grants }], nextCursor: null });
    const readers = await opened.ask(`GET /namespaces/${org}/repositories/team%2Fapp/access`, { cookie: owner.cookie });
    expect(readers.json['items']).toEqual(
      [
        { username: owner.username, role: 'owner', grants: [] },
        { username: guest.username, role: null, grants },
      ].toSorted((one, other) => (one.username < other.username ? -1 : 1)),
    );
    expect((await put([])).status).toBe(204);
    expect(await see('team%2Fapp')).toBe(404);
    const rows = await opened.database.run((db) =>
      db.auditEvent.findMany({ where: { target: `${org}/${guest.username}` }, orderBy: { id: 'asc' } }),
    );
    const words = [`${org}/team/* pull+push`];
    expect(rows.map(({ action, detail }) => [action, detail])).toEqual([
      ['grant.put', { before: { grants: [] }, after: { grants: words } }],
      ['grant.put', { before: { grants: words }, after: { grants: [] } }],
    ]);
  });

  it('are of this namespace, for somebody who is there', async () => {
    const foreign = await put([{ repository: 'elsewhere/app', actions: ['pull'] }]);
    expect([foreign.status, foreign.json['errors']]).toMatchObject([400, [{ field: 'grants' }]]);
    expect((await put([], aName('nobody'))).status).toBe(404);
    expect((await put([{ repository: `${org}/app`, actions: ['api'] }])).status).toBe(400);
  });
});
