import { sessionSchema } from '@stowage/contracts';
import { aName } from '@stowage/metadata/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { createToken, openApi, PASSWORD, type SignedIn, signUp } from './open-api.js';

const opened = openApi();
let person: SignedIn;
beforeEach(async () => {
  person = await signUp(opened);
});
const asPerson = (line: string, body?: object) =>
  opened.ask(line, { cookie: person.cookie, ...(body === undefined ? {} : { body }) });

describe('another username (T11)', () => {
  const rename = (username: string) => asPerson('POST /account/username', { username });

  it('leaves sessions and tokens as they are, and the old name leads to the namespace', async () => {
    const username = aName('new');
    await asPerson(`POST /namespaces/${person.username}/repositories`, { name: 'app' });
    const token = await createToken(opened, person, [{ repository: `${person.username}/*`, actions: ['pull', 'api'] }]);
    const renamed = await rename(username);
    expect([renamed.status, sessionSchema.parse(renamed.json).user]).toMatchObject([200, { id: person.id, username }]);
    expect((await asPerson('GET /session')).json['user']).toMatchObject({ username });
    for (const name of [person.username, username]) {
      const { status, json } = await opened.ask(`GET /namespaces/${name}/repositories/app`, { token });
      expect([status, json['namespace']]).toEqual([200, username]);
    }
    const signIn = async (login: string) =>
      (await opened.ask('POST /session', { body: { login, password: PASSWORD } })).status;
    expect([await signIn(username), await signIn(person.username)]).toEqual([200, 401]);
  });

  it('is nobody’s, and no reserved word', async () => {
    const other = await signUp(opened);
    const fields = async (username: string) => {
      const { status, json } = await rename(username);
      return [status, (json['errors'] as { field: string }[])[0]?.field];
    };
    expect(await fields(other.username)).toEqual([409, 'username']);
    expect(await fields('admin')).toEqual([400, 'username']);
    expect((await asPerson('GET /session')).json['user']).toMatchObject({ username: person.username });
  });

  it('says where an old name can be given up when there are too many', async () => {
    for (let at = 0; at < 5; at += 1) expect((await rename(aName('more'))).status).toBe(200);
    const refused = await rename(aName('more'));
    expect([refused.status, refused.text]).toEqual([409, expect.stringContaining('Give one up first')]);
  });
});

describe('an organisation made of an account (T11)', () => {
  it('keeps its name; the person’s tokens may do there what the chosen role allows and no more', async () => {
    const owner = await signUp(opened);
    await asPerson(`POST /namespaces/${person.username}/repositories`, { name: 'app' });
    const token = await createToken(opened, person, [
      { repository: `${person.username}/*`, actions: ['pull', 'delete', 'api'] },
    ]);
    const username = aName('person');
    const body = { username, owners: [owner.username], role: 'reader' };
    const converted = await asPerson('POST /account/organization', body);
    expect([converted.status, sessionSchema.parse(converted.json).user]).toMatchObject([200, { username }]);
    const seen = await opened.ask(`GET /namespaces/${person.username}`, { cookie: owner.cookie });
    expect(seen.json).toMatchObject({ kind: 'organization', role: 'owner' });
    expect((await asPerson(`GET /namespaces/${username}`)).json).toMatchObject({ kind: 'personal', role: 'owner' });
    const path = `/namespaces/${person.username}/repositories/app`;
    expect((await opened.ask(`GET ${path}`, { token })).status).toBe(200);
    expect((await opened.ask(`DELETE ${path}`, { token })).status).toBe(403);
  });

  it('names the field that can’t be so', async () => {
    const owner = await signUp(opened);
    const refused = async (username: string, owners: string[]) => {
      const { status, json } = await asPerson('POST /account/organization', { username, owners, role: null });
      return [status, (json['errors'] as { field: string }[])[0]?.field];
    };
    expect(await refused(person.username, [owner.username])).toEqual([400, 'username']);
    expect(await refused(owner.username, [owner.username])).toEqual([409, 'username']);
    expect(await refused(aName('new'), [person.username])).toEqual([400, 'owners']);
    expect(await refused(aName('new'), [aName('missing')])).toEqual([400, 'owners']);
    expect(await refused(aName('new'), [])).toEqual([400, 'owners']);
    expect((await asPerson(`GET /namespaces/${person.username}`)).json).toMatchObject({ kind: 'personal' });
  });
});

it.each([
  ['POST /account/username', () => ({ username: aName('new') })],
  ['POST /account/organization', () => ({ username: aName('new'), owners: [aName('owner')], role: null })],
])('%s asks for a proof when the sign-in is long ago', async (line, body) => {
  await opened.database.run(
    (db) => db.$executeRaw`
      UPDATE session SET confirmed_at = now() - interval '11 minutes' WHERE user_id = ${person.id}::uuid`,
  );
  expect(await asPerson(line, body())).toMatchObject({ status: 403, json: { reason: 'confirmation-needed' } });
});
