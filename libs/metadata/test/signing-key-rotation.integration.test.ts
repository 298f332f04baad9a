import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { SYSTEM_ACTOR } from '../src/actor.js';
import { SigningKeyRotation } from '../src/identity/signing-key-rotation.js';
import { SigningKeyStore } from '../src/identity/signing-key-store.js';
import { openDatabase } from './open-database.js';

const opened = openDatabase();
const TIMES = { periodSeconds: 1000, leadSeconds: 90, graceSeconds: 500 };
const generate = async () => {
  const kid = randomUUID();
  return { kid, publicJwk: { kid }, privateJwk: { kid, d: 'secret' } };
};
const keys = () => new SigningKeyStore(opened.database);
const rotation = () => new SigningKeyRotation(opened.database, { ...TIMES, generate });

/** Everything happened that much earlier. */
async function pass(seconds: number): Promise<void> {
  await opened.database.run(
    (db) => db.$executeRaw`
      UPDATE signing_key SET created_at = created_at - make_interval(secs => ${seconds}),
        signs_from = signs_from - make_interval(secs => ${seconds}),
        verifies_until = verifies_until - make_interval(secs => ${seconds})`,
  );
}

async function states(): Promise<Record<string, string>> {
  return Object.fromEntries((await keys().list()).map(({ kid, state }) => [kid, state]));
}

async function keyThatIs(state: string): Promise<string> {
  const found = (await keys().list()).find((key) => key.state === state);
  if (!found) throw new Error(`no key is ${state}`);
  return found.kid;
}

const auditOf = async (action: string) => opened.database.run((db) => db.auditEvent.count({ where: { action } }));

beforeEach(async () => {
  await opened.database.run((db) => db.signingKey.deleteMany());
  await rotation().ensure();
});

describe('signing keys', () => {
  it('follow one another: published, signing, verifying, gone', async () => {
    const [first, second] = [await keyThatIs('signing'), await keyThatIs('next')];
    expect((await keys().listPublic()).map(({ kid }) => kid)).toEqual([first, second]);
    await pass(999);
    await rotation().ensure();
    expect(await states()).toEqual({ [first]: 'signing', [second]: 'next' });
    await pass(2);
    await rotation().ensure();
    expect(await states()).toMatchObject({ [first]: 'verifying', [second]: 'signing' });
    expect((await keys().current()).kid).toBe(second);
    const third = await keyThatIs('next');
    await pass(501);
    await rotation().ensure();
    expect(await states()).toEqual({ [second]: 'signing', [third]: 'next' });
    expect(await opened.database.run((db) => db.signingKey.count())).toBe(2);
  });

  it('verify for the grace after their successor has begun, however late the next look is', async () => {
    const first = await keyThatIs('signing');
    await pass(1400);
    expect((await keys().listPublic()).map(({ kid }) => kid)).toContain(first);
    await pass(101);
    expect((await keys().listPublic()).map(({ kid }) => kid)).not.toContain(first);
  });

  it('are rotated at once when the next one is known everywhere, and one is published after it', async () => {
    const [first, second] = [await keyThatIs('signing'), await keyThatIs('next')];
    await pass(90);
    const audited = await auditOf('signing-key.rotate');
    expect(await rotation().rotate(SYSTEM_ACTOR)).toBe(second);
    expect(await states()).toMatchObject({ [first]: 'verifying', [second]: 'signing' });
    expect(await keyThatIs('next')).not.toBe(second);
    expect(await auditOf('signing-key.rotate')).toBe(audited + 1);
  });

  it('wait to be rotated until verifiers know the next one', async () => {
    const [first, second] = [await keyThatIs('signing'), await keyThatIs('next')];
    await rotation().rotate(SYSTEM_ACTOR);
    expect(await states()).toEqual({ [first]: 'signing', [second]: 'next' });
    await pass(91);
    expect(await states()).toMatchObject({ [first]: 'verifying', [second]: 'signing' });
  });

  it('that are removed verify nothing at once; the next one signs, and never an older one', async () => {
    const first = await keyThatIs('signing');
    await pass(90);
    await rotation().rotate(SYSTEM_ACTOR);
    const [leaked, next] = [await keyThatIs('signing'), await keyThatIs('next')];
    expect(await rotation().remove(leaked, SYSTEM_ACTOR)).toBe(true);
    expect(await states()).toMatchObject({ [first]: 'verifying', [next]: 'signing' });
    expect((await keys().listPublic()).map(({ kid }) => kid)).not.toContain(leaked);
    expect((await keys().current()).kid).toBe(next);
    expect(await keyThatIs('next')).toBeDefined();
    expect(await rotation().remove(leaked, SYSTEM_ACTOR)).toBe(false);
    expect(await rotation().remove('never', SYSTEM_ACTOR)).toBe(false);
  });

  it('before they sign are replaced when they are removed', async () => {
    const [first, next] = [await keyThatIs('signing'), await keyThatIs('next')];
    await rotation().remove(next, SYSTEM_ACTOR);
    expect((await keys().current()).kid).toBe(first);
    expect(await keyThatIs('next')).not.toBe(next);
  });

  it('are rotated and removed by many at once, and one signs and one is next in the end', async () => {
    const [first] = [await keyThatIs('signing')];
    await Promise.all([
      ...Array.from({ length: 5 }, () => rotation().ensure()),
      ...Array.from({ length: 3 }, () => rotation().rotate(SYSTEM_ACTOR)),
      rotation().remove(first, SYSTEM_ACTOR),
    ]);
    await rotation().ensure();
    const found = Object.values(await states());
    expect(found.filter((state) => state === 'signing')).toHaveLength(1);
    expect(found.filter((state) => state === 'next')).toHaveLength(1);
  });
});
