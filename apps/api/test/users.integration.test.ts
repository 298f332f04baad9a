import { pageOf, managedUserSchema } from '@stowage/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { openApi, type SignedIn, signUp } from './open-api.js';

const opened = openApi();
const USERS = '/admin/users';

async function makeAdministrator(username: string): Promise<void> {
  await opened.database.run((db) => db.user.update({ where: { username }, data: { isAdmin: true } }));
}

describe('users, for administrators', () => {
  let administrator: SignedIn;
  let person: SignedIn;

  beforeEach(async () => {
    await opened.database.run((db) => db.user.updateMany({ data: { isAdmin: false } }));
    [administrator, person] = [await signUp(opened), await signUp(opened)];
    await makeAdministrator(administrator.username);
  });

  const patch = async (username: string, body: object, cookie = administrator.cookie) =>
    opened.ask(`PATCH ${USERS}/${username}`, { cookie, body });
  const auditOf = async (target: string) =>
    opened.database.run(async (db) => {
      const rows = await db.auditEvent.findMany({ where: { target }, orderBy: { id: 'asc' } });
      return rows.filter(({ action }) => action.startsWith('user.') && action !== 'user.create');
    });

  it('are nobody else’s business', async () => {
    for (const line of [`GET ${USERS}`, `PATCH ${USERS}/${person.username}`]) {
      const body = line.startsWith('PATCH') ? { body: { isAdmin: true } } : {};
      expect((await opened.ask(line, body)).status).toBe(401);
      expect((await opened.ask(line, { cookie: person.cookie, ...body })).status).toBe(403);
    }
  });

  it('are found by a part of the name or the address, page by page', async () => {
    const find = async (search: string, more = '') =>
      pageOf(managedUserSchema).parse(
        (await opened.ask(`GET ${USERS}?search=${search}${more}`, { cookie: administrator.cookie })).json,
      );
    expect((await find(person.username.slice(1))).items.map(({ username }) => username)).toEqual([person.username]);
    expect((await find(person.username.toUpperCase())).items).toHaveLength(1);
    expect((await find('%25')).items).toEqual([]);
    const first = await find('', '&limit=1');
    const second = await find('', `&limit=1&cursor=${first.nextCursor}`);
    expect(second.items[0]!.username > first.items[0]!.username).toBe(true);
  });

  it('are disabled: their session ends, and comes back when they are enabled', async () => {
    expect((await opened.ask('GET /session', { cookie: person.cookie })).status).toBe(200);
    const disabled = await patch(person.username, { disabled: true });
    expect(disabled).toMatchObject({ status: 200, json: { disabledAt: expect.any(String) } });
    expect((await opened.ask('GET /session', { cookie: person.cookie })).status).toBe(401);
    await patch(person.username, { disabled: true });
    expect(await patch(person.username, { disabled: false })).toMatchObject({ json: { disabledAt: null } });
    expect((await opened.ask('GET /session', { cookie: person.cookie })).status).toBe(200);
    expect((await auditOf(person.username)).map(({ action, actorName }) => [action, actorName])).toEqual([
      ['user.disable', administrator.username],
      ['user.enable', administrator.username],
    ]);
  });

  it('become administrators and stop to be, but one always remains', async () => {
    expect((await patch(administrator.username, { isAdmin: false })).status).toBe(409);
    expect((await patch(administrator.username, { disabled: true })).status).toBe(409);
    expect((await patch(person.username, { isAdmin: true })).status).toBe(200);
    const outcomes = await Promise.all([
      patch(administrator.username, { isAdmin: false }),
      patch(person.username, { isAdmin: false }, person.cookie),
    ]);
    const statuses = outcomes.map(({ status }) => status).toSorted((a, b) => a - b);
    expect(statuses[0]).toBe(200);
    expect([403, 409]).toContain(statuses[1]); // refused, or asked by who was no administrator any more
    expect(await opened.database.run((db) => db.user.count({ where: { isAdmin: true } }))).toBe(1);
  });

  it.each([{}, { disabled: 'yes' }, { username: 'x' }, { isAdmin: true, role: 'owner' }])(
    'are not changed by %j',
    async (body) => {
      expect((await patch(person.username, body)).status).toBe(400);
      expect(await auditOf(person.username)).toEqual([]);
    },
  );

  it('that nobody knows are 404', async () => {
    expect((await patch('nobody-here', { disabled: true })).status).toBe(404);
  });
});
