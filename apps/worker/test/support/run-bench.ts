import { createTestDatabase } from '@stowage/dev-env/testing';
import { type RunContext, type RunKind, RunWorker } from '@stowage/jobs';
import { Database, JobRunClaims, type JobRunRecord, JobRuns, SYSTEM_ACTOR } from '@stowage/metadata';
import { migratedTemplate } from '@stowage/metadata/testing';
import { silentLogger } from '@stowage/telemetry';
import { expect, onTestFinished, vi } from 'vitest';

export interface RunBench {
  readonly database: Database;
  /** Of the same database, for other processes. */
  readonly connectionString: string;
  /** A worker for these kinds, until the test ends. */
  work(kinds: RunKind[]): void;
  /** The kind with a way to pause the run that is at work: it stops at its next item. */
  pausable(make: (pause: () => Promise<void>) => RunKind): RunKind;
  resume(id: string): Promise<void>;
  reaches(id: string, state: JobRunRecord['state']): Promise<JobRunRecord>;
}

/** Runs as people start, pause and resume them, in a database of their own. */
export async function runBench(): Promise<RunBench> {
  const { connectionString, dispose } = await createTestDatabase({ template: migratedTemplate });
  const database = new Database({ connectionString });
  onTestFinished(async () => {
    await database.close();
    await dispose();
  });
  const runs = new JobRuns(database);
  const wish = async (id: string, kind: 'pause' | 'resume') =>
    expect(await runs.wish(null, id, { kind, actor: SYSTEM_ACTOR })).toBe('done');
  return {
    database,
    connectionString,
    work: (kinds) => {
      const claims = new JobRunClaims(database);
      const worker = new RunWorker({ claims, kinds, logger: silentLogger, concurrency: 1, pollEveryMs: 50 });
      onTestFinished(() => worker.stop());
      worker.start();
    },
    pausable: (make) => {
      let current: Omit<RunContext<unknown>, 'cursor'> | undefined;
      const kind = make(async () => {
        if (!current) throw new Error('no run is at work');
        await wish(current.id, 'pause');
        await current.progress.save(); // which is when a run learns of it
        expect(current.signal.aborted).toBe(true);
      });
      return {
        ...kind,
        perform: async (row, context) => {
          current = context;
          await kind.perform(row, context);
        },
      };
    },
    resume: (id) => wish(id, 'resume'),
    reaches: async (id, state) =>
      vi.waitFor(
        async () => {
          const run = await runs.find(null, id);
          expect(run).toMatchObject({ state });
          return run as JobRunRecord;
        },
        { timeout: 120_000, interval: 50 },
      ),
  };
}
