import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AccessTokenStore } from '../src/identity/access-token-store.js';
import { RefreshTokenStore } from '../src/identity/refresh-token-store.js';
import { actorOf, createUser } from '../src/testing/index.js';
import { openDatabase } from './open-database.js';

const opened = openDatabase();
const tokens = () => new AccessTokenStore(opened.database);
const sql = (text: string, ...values: unknown[]) => opened.database.prepared(randomUUID(), text, values);

async function createToken(options: { expiresInDays?: number | null } = {}) {
  const user = await createUser(opened.database);
  const hash = randomBytes(32);
  const grants = [{ repository: 'acme/*', actions: ['pull' as const] }];
  const record = await tokens().create({
    userId: user.id,
    name: 'ci',
    hash,
    hint: 'stw_pat_abcd',
    grants,
    expiresInDays: options.expiresInDays === undefined ? 1 : options.expiresInDays,
    actor: actorOf(user),
  });
  return { user, hash, record, grants };
}

describe('access tokens', () => {
  it('are found by their hash with grants and owner, and by no other', async () => {
    const { user, hash, record, grants } = await createToken();
    expect(await tokens().findUsable(hash)).toMatchObject({
      id: record.id,
      grants,
      user: { id: user.id, username: user.username },
    });
    expect(await tokens().findUsable(randomBytes(32))).toBeUndefined();
  });

  it("end by the database's clock (I13)", async () => {
    const { hash, record } = await createToken();
    const moved = (interval: string) =>
      sql(`UPDATE access_token SET expires_at = now() + $1::interval WHERE id = $2`, interval, record.id);
    await moved('1 second');
    expect(await tokens().findUsable(hash)).toBeDefined();
    await moved('0 seconds');
    expect(await tokens().findUsable(hash)).toBeUndefined();
    expect(await tokens().findLimits(record.id)).toBeUndefined();
  });

  it('never end when they were made so', async () => {
    const { hash, record } = await createToken({ expiresInDays: null });
    expect(record.expiresAt).toBeNull();
    expect(await tokens().findUsable(hash)).toBeDefined();
  });

  it('of a disabled user are none', async () => {
    const { hash, user } = await createToken();
    await sql('UPDATE app_user SET disabled_at = now() WHERE id = $1', user.id);
    expect(await tokens().findUsable(hash)).toBeUndefined();
  });

  it('are deleted by their owner only, with their refresh tokens', async () => {
    const { hash, user, record } = await createToken();
    const stranger = await createUser(opened.database);
    const refresh = new RefreshTokenStore(opened.database);
    const refreshHash = randomBytes(32);
    const actor = { ...actorOf(user), id: user.id };
    await refresh.create({ hash: refreshHash, accessTokenId: record.id, service: 's', clientId: 'c', actor });
    const used = (service: string) => refresh.use(refreshHash, service, '192.0.2.9');
    expect(await used('s')).toMatchObject({ accessTokenId: record.id });
    expect(await used('other')).toBeUndefined();
    expect(await refresh.list(user.id)).toMatchObject([
      { client: 'c', accessToken: 'ci', lastUsedAddress: '192.0.2.9' },
    ]);
    expect(await refresh.list(stranger.id)).toEqual([]);
    expect(await tokens().delete(record.id, stranger.id, actorOf(stranger))).toBe(false);
    expect(await tokens().delete(record.id, user.id, actorOf(user))).toBe(true);
    expect(await tokens().findUsable(hash)).toBeUndefined();
    expect(await used('s')).toBeUndefined();
    expect(await refresh.list(user.id)).toEqual([]);
  });

  it('never change their owner (CVE-2026-105445)', async () => {
    const { record } = await createToken();
    const other = await createUser(opened.database);
    await expect(sql('UPDATE access_token SET user_id = $1 WHERE id = $2', other.id, record.id)).rejects.toThrow(
      'owner of a credential',
    );
  });

  it.each([1, 2])('are all listed by pages of %i, also those made in the same millisecond', async (limit) => {
    const { user } = await createToken();
    const data = Array.from({ length: 5 }, () => ({
      id: randomUUID(),
      userId: user.id,
      name: 'x',
      hash: randomBytes(32),
      hint: 'h',
      createdAt: new Date(),
    }));
    await opened.database.run((db) => db.accessToken.createMany({ data }));
    await sql(
      `UPDATE access_token SET created_at = date_trunc('second', now()) + random() * interval '900 microseconds' WHERE user_id = $1`,
      user.id,
    );
    const seen: string[] = [];
    let after: Parameters<AccessTokenStore['list']>[1]['after'] = null;
    for (;;) {
      const page = await tokens().list(user.id, { after, limit });
      seen.push(...page.map(({ id }) => id));
      after = page.at(-1)?.position ?? null;
      if (!after) break;
    }
    expect(seen).toHaveLength(6);
    expect(new Set(seen).size).toBe(6);
  });

  it('are touched once a minute at most, and at once from somewhere else', async () => {
    const { record } = await createToken();
    const touched = async () =>
      (
        await sql(
          'SELECT last_used_at::text AS at, last_used_address AS "from" FROM access_token WHERE id = $1',
          record.id,
        )
      )[0];
    await tokens().touch(record.id, '192.0.2.1');
    const first = await touched();
    expect(first).toEqual({ at: expect.any(String), from: '192.0.2.1' });
    await tokens().touch(record.id, '192.0.2.1');
    expect(await touched()).toEqual(first);
    await sql(`UPDATE access_token SET last_used_at = now() - interval '2 seconds' WHERE id = $1`, record.id);
    await tokens().touch(record.id, '192.0.2.2');
    expect(await touched()).toMatchObject({ from: '192.0.2.2' });
  });

  it('are known by their owner after their end, for the records', async () => {
    const { user, hash, record } = await createToken();
    await sql(`UPDATE access_token SET expires_at = now() - interval '1 day' WHERE id = $1`, record.id);
    expect(await tokens().findUsable(hash)).toBeUndefined();
    expect(await tokens().findOwner(hash)).toEqual({ username: user.username, isDisabled: false });
    expect(await tokens().findOwner(randomBytes(32))).toBeUndefined();
  });
});
