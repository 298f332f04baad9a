import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { createTestDatabase } from '@stowage/dev-env/testing';
import { signingKeyTimes } from '@stowage/auth';
import {
  Database,
  migrate,
  NamespaceStore,
  type RepositoryRecord,
  RepositoryStore,
  SYSTEM_ACTOR,
  UploadSessionStore,
  type UserRecord,
  UserStore,
} from '@stowage/metadata';
import { type NamespaceName, parseRepositoryName } from '@stowage/oci';
import type { UploadState } from '@stowage/storage';
import { FsDriver } from '@stowage/storage-fs';
import { silentLogger } from '@stowage/telemetry';
import { Registry as Metrics } from 'prom-client';
import { onTestFinished, vi } from 'vitest';
import { startWorker, type Worker } from '../../src/index.js';

const MIGRATIONS = new URL('../../../../prisma/migrations', import.meta.url).pathname;

/** Looks for garbage all the time, and finds it as soon as it is queued. */
const collection = { reviewDelaySeconds: 0, trashRetentionSeconds: 0, collectionSeconds: 1, collectors: 2 };
const times = signingKeyTimes({ periodSeconds: 2_592_000, uploadTtlSeconds: 86_400 });

export interface Registry {
  readonly database: Database;
  readonly storage: FsDriver;
  /** What the worker that was started last counts. */
  readonly metrics: Metrics;
  readonly sessions: UploadSessionStore;
  readonly user: UserRecord;
  /** Stops when the test ends. */
  startWorker(uploadTtlSeconds: number): Promise<Worker>;
  /** An open session with these bytes staged and reserved. */
  openSession(bytes: number): Promise<UploadState>;
  sessionCount(): Promise<number>;
  reservedBytes(): Promise<number>;
  stagedTokens(): Promise<string[]>;
  /** Makes everything that is staged now look as old as this. */
  age(seconds: number): Promise<void>;
}

/** A migrated database with one user and one repository, and a folder for bytes. */
export async function aRegistry(): Promise<Registry> {
  const { connectionString, dispose } = await createTestDatabase();
  const root = await mkdtemp(path.join(os.tmpdir(), 'stowage-worker-'));
  await migrate(connectionString, MIGRATIONS);
  const database = new Database({ connectionString });
  onTestFinished(async () => {
    await database.close();
    await dispose();
    await rm(root, { recursive: true, force: true });
  });
  let metrics = new Metrics();
  const storage = new FsDriver({ root });
  await storage.prepare();
  const sessions = new UploadSessionStore(database, { seconds: 0 });
  const user = await addUser(database);
  const repository = (await new RepositoryStore(database).findOrCreate(
    parseRepositoryName('alice/app'),
    SYSTEM_ACTOR,
  )) as RepositoryRecord;
  return {
    database,
    get metrics() {
      return metrics;
    },
    storage,
    sessions,
    user,
    startWorker: async (uploadTtlSeconds) => {
      metrics = new Metrics();
      const worker = await startWorker({
        database,
        connectionString,
        storage,
        logger: silentLogger,
        uploadTtlSeconds,
        signingKeyTimes: times,
        mail: undefined,
        ...collection,
        metrics,
      });
      onTestFinished(() => worker.stop());
      return worker;
    },
    openSession: async (bytes) => {
      const state = await storage.appendUpload(await storage.beginUpload(), Readable.from([Buffer.alloc(bytes, 1)]));
      const session = await sessions.create({
        repository,
        principal: { kind: 'user', id: user.id },
        storageToken: state.token,
      });
      const claimed = await sessions.claim(session, 0);
      await sessions.advance(claimed!, { offset: state.offset, storageToken: state.token, keepClaim: false });
      return state;
    },
    sessionCount: () => database.run((db) => db.uploadSession.count()),
    reservedBytes: async () => (await new NamespaceStore(database).usage(repository.namespaceId)).reservedBytes,
    stagedTokens: async () => {
      const tokens: string[] = [];
      for await (const { token } of storage.listUploads(new Date('2100-01-01'))) tokens.push(token);
      return tokens.toSorted();
    },
    age: async (seconds) => {
      const then = new Date(Date.now() - seconds * 1000);
      for (const file of await readdir(root, { recursive: true })) await utimes(path.join(root, file), then, then);
    },
  };
}

async function addUser(database: Database): Promise<UserRecord> {
  const username = 'alice' as NamespaceName;
  const common = {
    email: 'alice@example.com',
    passwordHash: '-',
    isAdmin: false,
    limitBytes: 1_000_000,
    address: null,
  };
  return new UserStore(database).create({ username, ...common });
}

/** Waits for what a job has to do, however long the machine takes, and fails when it does not. */
export async function eventually(check: () => Promise<void>): Promise<void> {
  await vi.waitFor(check, { timeout: 30_000, interval: 100 });
}
