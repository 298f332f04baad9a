import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createApiApp, loadCookieSecret } from '@stowage/api';
import { createAuthApp } from '@stowage/auth-service';
import type { Database } from '@stowage/metadata';
import { handlerOf, type RequestLogger } from '@stowage/nest-kit';
import { createRegistryApp } from '@stowage/registry';
import { type createMetrics, createOperationsApp, createStaticSite, type ShutdownStack } from '@stowage/service';
import type { StorageDriver } from '@stowage/storage';
import { signingKeyTimesOf, type StowageConfig } from '../config.js';
import type { FrontDoorHandlers } from '../http/front-door.js';

export interface AppsInput {
  readonly config: StowageConfig;
  readonly database: Database;
  readonly storage: StorageDriver;
  readonly logger: RequestLogger;
  readonly stack: ShutdownStack;
  readonly metrics: ReturnType<typeof createMetrics>;
  readonly isStopping: () => boolean;
}

const DASHBOARD = path.dirname(fileURLToPath(import.meta.resolve('@stowage/dashboard/package.json')));

/** Every app over one database and one storage, ready to answer. */
export async function startApps(input: AppsInput): Promise<FrontDoorHandlers> {
  const { config, database, storage, logger, stack } = input;
  const publicUrl = new URL(config.publicUrl.origin);
  const shared = {
    database,
    storage,
    logger,
    publicUrl,
    trustedProxies: config.proxies.trusted,
    privateIssuers: config.issuers.private,
    service: publicUrl.host,
    reviewDelaySeconds: config.gc.reviewDelaySeconds,
    trashRetentionSeconds: config.trash.retentionSeconds,
    signingKeyTimes: signingKeyTimesOf(config),
    usagePage: (namespace: string) => new URL(`/n/${namespace}/usage`, publicUrl).href,
  };
  const cookieSecret = await loadCookieSecret(database);
  const [registry, auth, api, operations, dashboard] = await Promise.all([
    createRegistryApp({
      ...shared,
      uploadTtlSeconds: config.uploads.ttlSeconds,
      sparseManifests: config.manifests.sparse,
      redirectDownloads: config.storage.driver === 's3' && config.storage.redirect,
    }),
    createAuthApp({ ...shared, tokenTtlSeconds: config.tokens.accessTokenTtlSeconds }),
    createApiApp({
      ...shared,
      cookieSecret,
      signInProviders: config.signIn.map((one) => ({ ...one, clientSecret: one.clientSecret.reveal() })),
      signUp: config.signUp.mode,
      limits: config.api.limits,
      corsOrigins: config.api.corsOrigins,
      sendsMail: config.mail !== undefined,
      defaultQuotaBytes: config.quota.defaultBytes,
    }),
    createOperationsApp({ database, storage, metrics: input.metrics, isStopping: input.isStopping }),
    createStaticSite({ folder: path.join(DASHBOARD, 'dist'), isHttps: publicUrl.protocol === 'https:' }),
  ]);
  for (const [name, app] of Object.entries({ registry, auth, api, operations, dashboard })) {
    stack.add(name, () => app.close() as Promise<unknown>);
  }
  return {
    registry: handlerOf(registry),
    auth: handlerOf(auth),
    api: handlerOf(api),
    operations: operations.routing,
    dashboard: dashboard.routing,
  };
}
