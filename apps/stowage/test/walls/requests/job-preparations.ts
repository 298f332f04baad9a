import { prepareQueue } from '@stowage/jobs';
import { ReadOnlyModes, startJobRun, SYSTEM_ACTOR } from '@stowage/metadata';
import { silentLogger } from '@stowage/telemetry';
import type { World } from '../world.js';
import type { Preparations } from './prepared-request.js';

async function aRun({ site, tenant }: World) {
  const run = { kind: 'bulk-delete', payload: {}, namespaceId: tenant.namespace.id, target: 'app', requestedBy: null };
  return { params: { id: (await site.database.statements((tx) => startJobRun(tx, run))).id } };
}

async function aScheduledJob({ site }: World) {
  await prepareQueue(site.connectionString, silentLogger);
  const name = 'collect-garbage';
  const row = { name, everySeconds: 5, changesContent: true };
  await site.database.run((db) => db.scheduledJob.upsert({ where: { name }, create: row, update: { pausedAt: null } }));
  return { params: { name } };
}

export const jobPreparations: Preparations = {
  getJobRun: aRun,
  changeJobRun: aRun,
  getRegistryJobRun: aRun,
  changeRegistryJobRun: aRun,
  changeScheduledJob: aScheduledJob,
  runScheduledJob: aScheduledJob,
  endRegistryReadOnlyMode: async ({ site }) => {
    await new ReadOnlyModes(site.database).begin(null, 'moving', SYSTEM_ACTOR);
    return {};
  },
  endNamespaceReadOnlyMode: async ({ site, tenant }) => {
    await new ReadOnlyModes(site.database).begin(tenant.namespace, 'moving', SYSTEM_ACTOR);
    return {};
  },
};
