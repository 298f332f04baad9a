import { RateLimiter, SessionStore, SignInNetworks } from '@stowage/metadata';
import { describe, expect, it, vi } from 'vitest';
import { aRegistry, eventually } from './support/a-registry.js';

describe('expire-upload-sessions', () => {
  it('ends a session that is idle for its time to live: row, reservation and staged bytes', async () => {
    const registry = await aRegistry();
    await registry.openSession(1000);
    expect(await registry.reservedBytes()).toBe(1000);
    await registry.startWorker(1);
    await eventually(async () => {
      expect(await registry.sessionCount()).toBe(0);
      expect(await registry.stagedTokens()).toEqual([]);
    });
    expect(await registry.reservedBytes()).toBe(0);
  });

  it('ends those that come after its start too, and no younger ones', async () => {
    const registry = await aRegistry();
    await registry.startWorker(4);
    await registry.openSession(1000);
    await registry.database.run(
      (db) => db.$executeRaw`UPDATE upload_session SET touched_at = now() - interval '1 hour'`,
    );
    const { token } = await registry.openSession(10);
    await registry.database.run(
      (db) => db.$executeRaw`UPDATE upload_session SET touched_at = now() + interval '1 hour' WHERE durable_bytes = 10`,
    );
    await eventually(async () => expect(await registry.sessionCount()).toBe(1));
    await eventually(async () => expect(await registry.stagedTokens()).toEqual([token]));
    expect(await registry.reservedBytes()).toBe(10);
  });

  it('leaves a session to its writer, however long ago it was touched', async () => {
    const registry = await aRegistry();
    const idle = await registry.openSession(20);
    const busy = await registry.openSession(10);
    await registry.database.run(
      (db) => db.$executeRaw`
        UPDATE upload_session SET touched_at = now() - interval '1 hour',
          writer_until = CASE durable_bytes WHEN 10 THEN now() + interval '1 hour' END,
          writer = CASE durable_bytes WHEN 10 THEN id END`,
    );
    await registry.startWorker(1);
    await eventually(async () => expect(await registry.stagedTokens()).not.toContain(idle.token));
    expect(await registry.stagedTokens()).toEqual([busy.token]);
    expect(await registry.reservedBytes()).toBe(10);
  });

  it('does nothing twice with two workers', async () => {
    const registry = await aRegistry();
    const opened = await Promise.all(Array.from({ length: 30 }, () => registry.openSession(100)));
    const aborted = vi.spyOn(registry.storage, 'abortUpload');
    await Promise.all([registry.startWorker(1), registry.startWorker(1)]);
    await eventually(async () => expect(await registry.stagedTokens()).toEqual([]));
    const tokens = aborted.mock.calls.map(([{ token }]) => token);
    expect(tokens.toSorted()).toEqual(opened.map(({ token }) => token).toSorted());
    expect(await registry.reservedBytes()).toBe(0);
    const turns = await registry.database.prepared<{ key: string }>(
      'test_turns',
      'SELECT key FROM graphile_worker.jobs WHERE key IS NOT NULL ORDER BY key',
      [],
    );
    expect(turns.map(({ key }) => key)).toEqual([
      'schedule:collect-garbage',
      'schedule:delete-expired-limits',
      'schedule:delete-expired-mail',
      'schedule:delete-expired-sessions',
      'schedule:expire-upload-sessions',
      'schedule:forget-idempotency-keys',
      'schedule:forget-job-runs',
      'schedule:forget-retention-results',
      'schedule:purge-trash',
      'schedule:remove-abandoned-bytes',
      'schedule:rotate-signing-keys',
      'schedule:seal-audit',
      'schedule:start-due-retention',
      'schedule:start-storage-check',
      'schedule:watch-usage',
    ]);
  });
});

describe('remove-abandoned-bytes', () => {
  it('frees old bytes that no session names when the worker starts, and leaves the rest', async () => {
    const registry = await aRegistry();
    const { storage } = registry;
    const abandoned = await storage.beginUpload();
    const named = await registry.openSession(10);
    await registry.age(3601);
    const young = await storage.beginUpload();
    await registry.startWorker(60);
    await eventually(async () => expect(await registry.stagedTokens()).not.toContain(abandoned.token));
    expect(await registry.stagedTokens()).toEqual([named.token, young.token].toSorted());
  });

  it('waits for twice the time that a session lives', async () => {
    const registry = await aRegistry();
    const old = await registry.storage.beginUpload();
    await registry.age(2 * 86_400 + 60);
    const recent = await registry.storage.beginUpload();
    await registry.startWorker(86_400);
    await eventually(async () => expect(await registry.stagedTokens()).toEqual([recent.token]));
    expect(old.token).not.toBe(recent.token);
  });
});

describe('delete-expired-sessions', () => {
  it('deletes the rows of sessions that have ended', async () => {
    const registry = await aRegistry();
    const store = new SessionStore(registry.database);
    await store.put('ended', { userId: registry.user.id, data: {}, expiresAt: new Date(Date.now() - 60_000) });
    await store.put('alive', { userId: registry.user.id, data: { alive: true }, expiresAt: new Date('2100-01-01') });
    await registry.startWorker(60);
    await eventually(async () => {
      const rows = await registry.database.prepared('test_sessions', 'SELECT data FROM session', []);
      expect(rows).toEqual([{ data: { alive: true } }]);
    });
  });
});

describe('delete-expired-limits', () => {
  it('deletes counters whose time is over and networks that nobody has used for long', async () => {
    const registry = await aRegistry();
    const { database, user } = registry;
    await new RateLimiter(database).count([
      { key: 'over', max: 1, windowSeconds: 0 },
      { key: 'open', max: 1, windowSeconds: 3600 },
    ]);
    await new SignInNetworks(database).note(user.id, '192.0.2.1');
    await database.run((db) => db.$executeRaw`UPDATE sign_in_network SET last_at = now() - interval '91 days'`);
    await new SignInNetworks(database).note(user.id, '198.51.100.1');
    await registry.startWorker(60);
    await eventually(async () => {
      const windows = await database.prepared('test_windows', 'SELECT key FROM rate_window', []);
      const networks = await database.prepared('test_networks', 'SELECT network FROM sign_in_network', []);
      expect([windows, networks]).toEqual([[{ key: 'open' }], [{ network: '198.51.100.0/24' }]]);
    });
  });
});

describe('startWorker', () => {
  it('leaves the database and the storage to others when it stops', async () => {
    const registry = await aRegistry();
    const worker = await registry.startWorker(60);
    await worker.stop();
    await worker.stop();
    await expect(registry.database.checkHealth()).resolves.toBeUndefined();
    await expect(registry.storage.checkHealth()).resolves.toBeUndefined();
  });
});
