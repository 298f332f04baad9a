import { createTestDatabase } from '@stowage/dev-env/testing';
import { Database, JobRunClaims, type NewJobRun, startJobRun } from '@stowage/metadata';
import { migratedTemplate } from '@stowage/metadata/testing';
import { onTestFinished } from 'vitest';
import { type RunKind, RunWorker, type RunWorkerOptions } from '../../src/index.js';
import { aLog, type LogLine } from './a-queue.js';

export interface RunRow {
  readonly id: string;
  readonly state: string;
  readonly asked: string | null;
  readonly done: number;
  readonly total: number | null;
  readonly counters: Record<string, number>;
  readonly cursor: unknown;
  readonly error: string | null;
  readonly cause: string | null;
  readonly attempts: number;
  readonly finished: boolean;
  readonly waits: boolean;
}

export interface SomeRuns {
  readonly database: Database;
  readonly claims: JobRunClaims;
  readonly lines: LogLine[];
  /** Writes and looks often; stops when the test ends. */
  worker(kinds: RunKind[], options?: Partial<RunWorkerOptions>): RunWorker;
  start(run?: Partial<NewJobRun>): Promise<string>;
  row(id: string): Promise<RunRow>;
  logOf(id: string): Promise<string[]>;
  ask(id: string, what: 'pause' | 'cancel'): Promise<void>;
}

/** Runs in a database of their own. */
export async function someRuns(): Promise<SomeRuns> {
  const { connectionString, dispose } = await createTestDatabase({ template: migratedTemplate });
  const database = new Database({ connectionString });
  const claims = new JobRunClaims(database);
  const { logger, lines } = aLog();
  onTestFinished(async () => {
    await database.close();
    await dispose();
  });
  const common = { payload: {}, namespaceId: null, target: 'everything', requestedBy: null };
  return {
    database,
    claims,
    lines,
    worker: (kinds, options = {}) => {
      const worker = new RunWorker({
        claims,
        kinds,
        logger,
        concurrency: 2,
        saveEveryMs: 50,
        pollEveryMs: 50,
        ...options,
      });
      onTestFinished(() => worker.stop());
      worker.start();
      return worker;
    },
    start: async (run) =>
      (await database.statements((tx) => startJobRun(tx, { ...common, kind: 'count-up', ...run }))).id,
    row: async (id) => {
      const [row] = await database.prepared<RunRow & Record<string, unknown>>(
        'test_run',
        `SELECT id, state, asked, done::int, total::int, counters, cursor, error, cause, attempts,
           finished_at IS NOT NULL AS finished, due_at > now() AS waits FROM job_run WHERE id = $1`,
        [id],
      );
      return row as RunRow;
    },
    logOf: async (id) => {
      const rows = await database.prepared<{ message: string }>(
        'test_run_log',
        'SELECT message FROM job_run_log WHERE run_id = $1 ORDER BY id',
        [id],
      );
      return rows.map(({ message }) => message);
    },
    ask: async (id, what) => {
      await database.run((db) => db.jobRun.update({ where: { id }, data: { asked: what } }));
    },
  };
}
