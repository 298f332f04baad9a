import { startJobRun } from '@stowage/metadata';
import { expect, it } from 'vitest';
import { aRegistry, eventually } from './support/a-registry.js';

it('metrics tell what waits and what has failed, of all workers and never by tenant', async () => {
  const registry = await aRegistry();
  await registry.startWorker(60);
  // No worker knows the kind: it waits.
  const run = { kind: 'of-another-version', payload: {}, namespaceId: null, target: 'all', requestedBy: null };
  await registry.database.statements((tx) => startJobRun(tx, run));
  const failed = await registry.database.statements((tx) => startJobRun(tx, run));
  await registry.database.run((db) => db.jobRun.update({ where: { id: failed.id }, data: { state: 'failed' } }));
  await eventually(async () => {
    const metrics = await registry.metrics.metrics();
    expect(metrics).toMatch(/^stowage_jobs_failed 1$/m);
    expect(metrics).toMatch(/^stowage_jobs_waiting 1$/m);
    expect(metrics).toMatch(/^stowage_jobs_running 0$/m);
    expect(metrics).toMatch(/^stowage_jobs_oldest_wait_seconds \d/m);
    expect(metrics).not.toMatch(/^stowage_jobs_\w+\{/m);
  });
});
