import { randomUUID } from 'node:crypto';
import type { NamespaceName } from '@stowage/oci';
import { describe, expect, it } from 'vitest';
import { AdministratorSetup } from '../src/identity/administrator-setup.js';
import { SessionStore } from '../src/identity/session-store.js';
import { SettingStore } from '../src/identity/setting-store.js';
import { SigningKeyRotation } from '../src/identity/signing-key-rotation.js';
import { SigningKeyStore } from '../src/identity/signing-key-store.js';
import { UserStore } from '../src/identity/user-store.js';
import { aName, createTenant, createUser } from '../src/testing/index.js';
import { openDatabase } from './open-database.js';

const opened = openDatabase();
const users = () => new UserStore(opened.database);
const sql = (text: string, ...values: unknown[]) => opened.database.prepared(randomUUID(), text, values);

describe('the first administrator', () => {
  const admin = () => ({
    username: aName('adm'),
    email: `${aName()}@example.com`,
    passwordHash: 'x',
    limitBytes: 1,
    address: null,
  });

  it('is made once by twenty callers with the right code, and by none with another (CVE-2026-4404)', async () => {
    const setup = new AdministratorSetup(opened.database);
    await setup.replaceCode('old');
    await setup.replaceCode('new');
    expect(await setup.createAdministrator('wrong', admin())).toBeUndefined();
    expect(await setup.createAdministrator('old', admin())).toBeUndefined();
    const taken = await createUser(opened.database);
    await expect(
      setup.createAdministrator('new', { ...admin(), username: taken.username as NamespaceName }),
    ).rejects.toMatchObject({ name: 'NameTakenError' });
    const made = await Promise.all(Array.from({ length: 20 }, () => setup.createAdministrator('new', admin())));
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await users().hasAdministrator()).toBe(true);
    await setup.replaceCode('again');
    expect(await setup.createAdministrator('again', admin())).toBeUndefined();
  });
});

describe('users', () => {
  it('are found by name and by address in any case', async () => {
    const user = await createUser(opened.database, { email: `${aName()}@Example.com` });
    for (const login of [user.username, user.username.toUpperCase(), user.email, user.email.toUpperCase()]) {
      expect((await users().findByLogin(login))?.id).toBe(user.id);
    }
    expect(await users().findByLogin(`${user.username.slice(0, -1)}_`)).toBeUndefined();
  });

  it('have no name that is taken, by a user or by an organisation', async () => {
    const user = await createUser(opened.database);
    const { namespace } = await createTenant(opened.database);
    await expect(createUser(opened.database, { username: user.username })).rejects.toMatchObject({
      name: 'NameTakenError',
    });
    await expect(createUser(opened.database, { username: namespace.name })).rejects.toMatchObject({
      name: 'NameTakenError',
    });
  });

  it('of one name are made once by ten callers, with nothing left of the others', async () => {
    const username = aName('same');
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () => createUser(opened.database, { username, email: `${aName()}@example.com` })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await opened.database.run((db) => db.namespace.count({ where: { name: username } }))).toBe(1);
  });

  it('who are disabled are not found by their id', async () => {
    const user = await createUser(opened.database);
    expect(await users().findById(user.id)).toMatchObject({ id: user.id });
    await sql('UPDATE app_user SET disabled_at = now() WHERE id = $1', user.id);
    expect(await users().findById(user.id)).toBeUndefined();
    expect(await users().findByLogin(user.username)).toMatchObject({ isDisabled: true });
  });
});

describe('sessions, settings and keys', () => {
  it('a session is kept under the hash of its id, and ends with its time, its user or its deletion', async () => {
    const sessions = new SessionStore(opened.database);
    const user = await createUser(opened.database);
    const open = async (userId: string | null, seconds: number) => {
      const id = randomUUID();
      await sessions.put(id, { userId, data: { n: 1 }, expiresAt: new Date(Date.now() + seconds * 1000) });
      return id;
    };
    const [live, over, deleted] = [await open(user.id, 3600), await open(user.id, -1), await open(null, 3600)];
    expect(await sessions.find(live)).toEqual({ n: 1 });
    expect(await sessions.find(over)).toBeUndefined();
    await sessions.delete(deleted);
    await sessions.delete(deleted);
    expect(await sessions.find(deleted)).toBeUndefined();
    expect(await sql(`SELECT 1 FROM session WHERE position(convert_to($1, 'UTF8') in id) > 0`, live)).toEqual([]);
    await sql('UPDATE app_user SET disabled_at = now() WHERE id = $1', user.id);
    expect(await sessions.find(live)).toBeUndefined();
    expect(await sessions.deleteExpired()).toBe(1);
  });

  it('ten processes that start at once agree on one secret and one signing key', async () => {
    const settings = new SettingStore(opened.database);
    const secrets = await Promise.all(
      Array.from({ length: 10 }, (_, at) => settings.findOrCreate('secret', () => `s${at}`)),
    );
    expect(new Set(secrets).size).toBe(1);
    const keys = new SigningKeyStore(opened.database);
    const generate = async () => {
      const kid = randomUUID();
      return { kid, publicJwk: { kid }, privateJwk: { kid, d: 'secret' } };
    };
    const times = { periodSeconds: 1000, leadSeconds: 90, graceSeconds: 500 };
    const rotation = () => new SigningKeyRotation(opened.database, { ...times, generate });
    await Promise.all(Array.from({ length: 10 }, () => rotation().ensure()));
    expect((await keys.list()).map(({ state }) => state)).toEqual(['next', 'signing']);
    expect((await keys.listPublic())[0]).toEqual({ kid: (await keys.current()).kid, publicJwk: expect.anything() });
  });
});
