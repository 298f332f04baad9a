import { beforeAll, describe, expect, it } from 'vitest';
import { openApi, type SignedIn, signUp } from './open-api.js';

const opened = openApi();
let administrator: SignedIn;
let owner: SignedIn;
const REGISTRY = '/admin/read-only-modes/registry';
const message = 'The disk is being exchanged';

beforeAll(async () => {
  [administrator, owner] = [await signUp(opened), await signUp(opened)];
  const { username } = administrator;
  await opened.database.run((db) => db.user.update({ where: { username }, data: { isAdmin: true } }));
});

const put = async (line: string, body: unknown = { message }) =>
  opened.ask(`PUT ${line}`, { cookie: administrator.cookie, body });
const end = async (line: string) => (await opened.ask(`DELETE ${line}`, { cookie: administrator.cookie })).status;
const told = async ({ cookie }: SignedIn) => (await opened.ask('GET /read-only-modes', { cookie })).json['items'];

describe('read-only mode', () => {
  it('of the registry is told to everybody, is changed and ended, each with one audit row', async () => {
    expect((await put(REGISTRY)).json).toMatchObject({ namespace: null, message, setBy: administrator.username });
    expect((await put(REGISTRY, { message: 'Almost there' })).json).toMatchObject({ message: 'Almost there' });
    expect((await put(REGISTRY, { message: 'Almost there' })).status).toBe(200);
    expect(await told(owner)).toMatchObject([{ namespace: null, message: 'Almost there' }]);
    expect([await end(REGISTRY), await end(REGISTRY)]).toEqual([204, 409]);
    expect(await told(owner)).toEqual([]);
    const rows = await opened.database.run((db) =>
      db.auditEvent.findMany({ where: { action: { startsWith: 'read-only.' } }, orderBy: { id: 'asc' } }),
    );
    expect(rows.map(({ action, target, detail }) => [action, target, detail])).toEqual([
      ['read-only.begin', 'registry', { before: null, after: { message } }],
      ['read-only.change', 'registry', { before: { message }, after: { message: 'Almost there' } }],
      ['read-only.end', 'registry', { before: { message: 'Almost there' }, after: null }],
    ]);
  });

  it('of a namespace is told to its members alone', async () => {
    const line = `/admin/namespaces/${owner.username}/read-only-mode`;
    expect((await put(line)).json).toMatchObject({ namespace: owner.username, message });
    expect(await told(owner)).toMatchObject([{ namespace: owner.username }]);
    expect(await told(await signUp(opened))).toEqual([]);
    const all = await opened.ask('GET /admin/read-only-modes', { cookie: administrator.cookie });
    expect(all.json['items']).toMatchObject([{ namespace: owner.username }]);
    expect(await end(line)).toBe(204);
    expect((await put('/admin/namespaces/nobody-has-this/read-only-mode')).status).toBe(404);
  });

  it.each([{ message: '' }, { message: 'a\nb' }, { message: 'x'.repeat(301) }, { message, until: 'tomorrow' }, {}])(
    'is not begun with %j',
    async (body) => {
      expect((await put(REGISTRY, body)).status).toBe(400);
    },
  );

  it('is for administrators', async () => {
    expect((await opened.ask(`PUT ${REGISTRY}`, { cookie: owner.cookie, body: { message } })).status).toBe(403);
    const line = `/admin/namespaces/${owner.username}/read-only-mode`;
    expect((await opened.ask(`PUT ${line}`, { cookie: owner.cookie, body: { message } })).status).toBe(403);
  });
});
