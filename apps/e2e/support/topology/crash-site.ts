import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { reportSkip } from '../clients.js';
import type { Stowage } from '../stowage.js';
import { DatabaseView } from './database-view.js';
import { Replicas } from './replicas.js';
import { createBucket, listKeys, type S3Server, s3Environment, startS3Server } from './s3-server.js';

const BUCKET = 'stowage';

export interface CrashSite {
  /** False where the storage can't be had; the skip has been reported. */
  readonly isAvailable: boolean;
  /** Of the proxy, with a registry behind it that nothing is wrong with. */
  readonly url: string;
  /** Starts one more registry with fail points armed, works with it, and waits until SIGKILL has ended it. */
  crashAt(failPoints: string, work: (url: string) => Promise<unknown>): Promise<void>;
  /** A registry of its own that was not there before; the answer is its URL. */
  restart(): Promise<string>;
  endLeases(): Promise<void>;
  expectBooksToFit(namespace: string): Promise<void>;
  /** What a client was told is there has to be there at the end, after all the crashes. */
  acknowledge(check: (url: string) => Promise<void>): void;
  /** Runs the checks, and holds what storage has against what the rows name (I2, I7). */
  expectNothingLost(): Promise<void>;
}

/** Replicas for a suite that kills registries; Postgres, the token service and the proxy live on. */
export function useCrashSite(storage: 'filesystem' | 's3'): CrashSite {
  let isAvailable = true;
  const checks: ((url: string) => Promise<void>)[] = [];
  let s3: S3Server | undefined;
  let replicas: Replicas;
  let database: DatabaseView;
  let survivor: Stowage | undefined;
  let crashes = 0;

  beforeAll(async () => {
    if (storage === 's3') {
      const started = await startS3Server();
      isAvailable = typeof started !== 'string';
      if (typeof started === 'string') return reportSkip('crashes on S3', started);
      s3 = started;
      await createBucket(s3, BUCKET);
    }
    replicas = await Replicas.start({ registries: 1, auths: 1, env: s3 ? s3Environment(s3, BUCKET) : {} });
    database = new DatabaseView(replicas.connectionString);
  });

  afterAll(async () => {
    await database?.close();
    await replicas?.stop();
    await s3?.stop();
  });

  const storedObjects = async (): Promise<string[]> =>
    s3 ? listKeys(s3, BUCKET, 'blobs/') : filesBelow(path.join(replicas.dataDir, 'storage'), 'blobs');

  return {
    get isAvailable() {
      return isAvailable;
    },
    get url() {
      return replicas.url;
    },
    crashAt: async (failPoints, work) => {
      const doomed = await replicas.launch('registry', { STOWAGE_FAILPOINTS: failPoints });
      await work(doomed.url).catch((error: unknown) => {
        if (doomed.isRunning && !isConnectionError(error)) throw error;
      });
      expect(await doomed.died()).toBe('SIGKILL');
      crashes += 1;
    },
    restart: async () => {
      if (survivor) await survivor.stop();
      survivor = await replicas.launch('registry');
      return survivor.url;
    },
    endLeases: () => database.endLeases(),
    expectBooksToFit: async (namespace) => {
      const { used, reserved, recountedUsed, recountedReserved } = await database.accountsOf(namespace);
      expect({ used, reserved }).toEqual({ used: recountedUsed, reserved: recountedReserved });
    },
    acknowledge: (check) => void checks.push(check),
    expectNothingLost: async () => {
      for (const check of checks) await check(replicas.url);
      const [stored, named] = [new Set(await storedObjects()), await database.objects()];
      expect(named.filter((key) => !stored.has(key))).toEqual([]);
      // A crash between an object and its row leaves the object; a sweep finds it. One at most for each crash.
      expect(stored.size - named.length).toBeLessThanOrEqual(crashes);
      if (survivor) await survivor.stop();
    },
  };
}

/** `fetch` wraps what happened to the connection. */
function isConnectionError(error: unknown): boolean {
  return error instanceof TypeError && (error.message === 'fetch failed' || error.message === 'terminated');
}

function filesBelow(root: string, folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}
