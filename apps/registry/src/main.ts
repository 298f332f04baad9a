import 'reflect-metadata';
import { gcSettings, manifestSettings, trashSettings, uploadSettings } from '@stowage/config';
import { handlerOf } from '@stowage/nest-kit';
import { runApp } from '@stowage/service';
import { createRegistryApp } from './create-registry-app.js';

await runApp({
  name: 'registry',
  sections: { uploads: uploadSettings, gc: gcSettings, trash: trashSettings, manifests: manifestSettings },
  start: async ({ config, database, storage, logger, publicUrl, stack }) => {
    const app = await createRegistryApp({
      database,
      storage,
      logger,
      publicUrl,
      trustedProxies: config.proxies.trusted,
      service: publicUrl.host,
      uploadTtlSeconds: config.uploads.ttlSeconds,
      reviewDelaySeconds: config.gc.reviewDelaySeconds,
      trashRetentionSeconds: config.trash.retentionSeconds,
      sparseManifests: config.manifests.sparse,
      redirectDownloads: config.storage.driver === 's3' && config.storage.redirect,
      usagePage: (namespace) => new URL(`/n/${namespace}/usage`, publicUrl).href,
    });
    stack.add('registry', () => app.close());
    return handlerOf(app);
  },
});
