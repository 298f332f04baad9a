import { createTestDatabase } from '@stowage/dev-env/testing';
import { Database, ScheduledTurns } from '@stowage/metadata';
import { migratedTemplate } from '@stowage/metadata/testing';
import pg from 'pg';
import { onTestFinished, vi } from 'vitest';
import { type Job, type JobLogger, JobRunner } from '../../src/index.js';

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly fields: Record<string, unknown>;
  readonly message: string;
}

export function aLog(): { logger: JobLogger; lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at = (level: LogLine['level']) => (fields: object, message: string) => {
    lines.push({ level, fields: { ...fields }, message });
  };
  return { lines, logger: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') } };
}

export interface Queue {
  readonly client: pg.Client;
  readonly lines: LogLine[];
  runner(jobs: Job[], options?: { concurrency?: number }): JobRunner;
  started(jobs: Job[]): Promise<JobRunner>;
  /** What the queue holds. */
  rows(): Promise<{ task_identifier: string; key: string | null; attempts: number; last_error: string | null }[]>;
}

/** A queue on a database of its own; runners are stopped when the test ends. */
export async function aQueue(): Promise<Queue> {
  const { connectionString, dispose } = await createTestDatabase({ template: migratedTemplate });
  const database = new Database({ connectionString });
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { logger, lines } = aLog();
  const turns = new ScheduledTurns(database);
  onTestFinished(async () => {
    await client.end();
    await database.close();
    await dispose();
  });
  const runner: Queue['runner'] = (jobs, { concurrency = 4 } = {}) => {
    const made = new JobRunner({ connectionString, jobs, turns, logger, concurrency });
    onTestFinished(() => made.stop());
    return made;
  };
  return {
    client,
    lines,
    runner,
    started: async (jobs) => {
      const made = runner(jobs);
      await made.start();
      return made;
    },
    rows: async () => (await client.query('SELECT * FROM graphile_worker.jobs ORDER BY id')).rows,
  };
}

/** Waits for what has to happen, however long the machine takes, and fails when it does not. */
export async function eventually(check: () => void | Promise<void>): Promise<void> {
  await vi.waitFor(check, { timeout: 30_000, interval: 50 });
}
