import { type Database, type JobsOverview, jobsOverview } from '@stowage/metadata';
import { Gauge, type Registry } from 'prom-client';

const GAUGES: readonly { readonly field: keyof JobsOverview; readonly name: string; readonly help: string }[] = [
  { field: 'failed', name: 'failed', help: 'Runs and scheduled jobs that have failed and that nobody has seen to' },
  { field: 'running', name: 'running', help: 'Runs at work, on any worker' },
  { field: 'waiting', name: 'waiting', help: 'Runs that wait for their first or their next attempt' },
  { field: 'paused', name: 'paused', help: 'Runs that somebody has paused' },
  { field: 'oldestWaitSeconds', name: 'oldest_wait_seconds', help: 'How long the run that waits longest has been due' },
];

/** The jobs of all workers, asked for when the metrics are. */
export function registerJobMetrics(registry: Registry, database: Database): void {
  let asking: Promise<JobsOverview> | undefined;
  // Metrics are collected at once: they share one question.
  const ask = () =>
    (asking ??= jobsOverview(database).finally(() => {
      asking = undefined;
    }));
  for (const { field, name, help } of GAUGES) {
    new Gauge({
      name: `stowage_jobs_${name}`,
      help,
      registers: [registry],
      async collect() {
        this.set((await ask())[field]);
      },
    });
  }
}
