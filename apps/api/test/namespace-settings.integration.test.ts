import { describe, expect, it } from 'vitest';
import { aName } from '@stowage/metadata/testing';
import { openApi, PASSWORD, signUp } from './open-api.js';

const opened = openApi();

describe('the settings of a namespace', () => {
  it('are given and changed one by one; unknown ones are refused', async () => {
    const { cookie, username } = await signUp(opened);
    const change = (body: object) => opened.ask(`PATCH /namespaces/${username}`, { cookie, body });
    expect((await opened.ask(`GET /namespaces/${username}`, { cookie })).json).toMatchObject({
      defaultVisibility: 'private',
      createsOnPush: true,
    });
    expect((await change({ createsOnPush: false })).json).toMatchObject({
      displayName: username,
      defaultVisibility: 'private',
      createsOnPush: false,
    });
    expect((await change({ defaultVisibility: 'public' })).json).toMatchObject({ createsOnPush: false });
    for (const body of [{ defaultVisibility: 'secret' }, { limitBytes: 1 }, { displayName: ' ' }, { name: 'other' }]) {
      expect((await change(body)).status).toBe(400);
    }
  });

  it('give a new repository its visibility unless it names one', async () => {
    const { cookie, username } = await signUp(opened);
    await opened.ask(`PATCH /namespaces/${username}`, { cookie, body: { defaultVisibility: 'internal' } });
    const create = async (body: object) =>
      (await opened.ask(`POST /namespaces/${username}/repositories`, { cookie, body })).json['visibility'];
    expect(await create({ name: 'plain' })).toBe('internal');
    expect(await create({ name: 'own', visibility: 'private' })).toBe('private');
  });
});

describe('a name that was given up', () => {
  it('is refused to an account and to an organisation with the date (T13)', async () => {
    const { cookie } = await signUp(opened);
    const name = aName('gone');
    await opened.ask('POST /namespaces', { cookie, body: { name } });
    await opened.database.run((db) => db.namespace.delete({ where: { name } }));
    const email = `${name}@example.com`;
    const message = /^this name was given up and is kept free until \d{4}-\d\d-\d\d$/;
    const organisation = await opened.ask('POST /namespaces', { cookie, body: { name } });
    expect(organisation.status).toBe(409);
    expect(organisation.json['errors']).toEqual([{ field: 'name', message: expect.stringMatching(message) as string }]);
    const account = await opened.ask('POST /accounts', { body: { username: name, email, password: PASSWORD } });
    expect(account.status).toBe(409);
    expect(account.json['errors']).toEqual([{ field: 'username', message: expect.stringMatching(message) as string }]);
  });
});
