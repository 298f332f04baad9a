import { administratorEnvironment } from '../administrator.js';
import { reportSkip } from '../clients.js';
import { Replicas } from './replicas.js';
import { createBucket, s3Environment, startS3Server } from './s3-server.js';
import { SHARED_URL_VARIABLE, STARTER_VARIABLE } from './shared-url.js';
import { StowageStarter } from './stowage-starter.js';

/**
 * With `STOWAGE_E2E_TOPOLOGY=replicas`, suites run against two registries and two token services behind a proxy; with
 * `STOWAGE_E2E_STORAGE=s3`, on a real S3 server. Without, those that share one Stowage get it when the first of them asks.
 * The workers inherit where it is; both projects of a run have the same.
 */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env[SHARED_URL_VARIABLE] !== undefined || process.env[STARTER_VARIABLE] !== undefined) return undefined;
  return process.env['STOWAGE_E2E_TOPOLOGY'] === 'replicas' ? startReplicas() : offerStowage();
}

async function offerStowage(): Promise<() => Promise<void>> {
  const starter = await StowageStarter.listen();
  process.env[STARTER_VARIABLE] = starter.url;
  return async () => {
    delete process.env[STARTER_VARIABLE];
    await starter.stop();
  };
}

async function startReplicas(): Promise<() => Promise<void>> {
  const s3 = process.env['STOWAGE_E2E_STORAGE'] === 's3' ? await startS3Server() : undefined;
  if (typeof s3 === 'string') {
    reportSkip('S3', `${s3}; the replicas keep their blobs in a folder instead`);
  } else if (s3) {
    await createBucket(s3, 'stowage');
  }
  const env = {
    ...administratorEnvironment,
    STOWAGE_SPARSE_MANIFESTS: process.env['STOWAGE_SPARSE_MANIFESTS'] ?? 'false',
    ...(typeof s3 === 'object' ? s3Environment(s3, 'stowage') : {}),
  };
  const replicas = await Replicas.start({ registries: 2, auths: 2, env });
  process.env[SHARED_URL_VARIABLE] = replicas.url;
  return async () => {
    delete process.env[SHARED_URL_VARIABLE];
    await replicas.stop();
    if (typeof s3 === 'object') await s3.stop();
  };
}
