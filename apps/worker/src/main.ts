import { signingKeyTimes } from '@stowage/auth';
import { gcSettings, signingKeySettings, uploadSettings } from '@stowage/config';
import { runApp } from '@stowage/service';
import { startWorker } from './start-worker.js';

await runApp({
  name: 'worker',
  sections: { uploads: uploadSettings, gc: gcSettings, signingKeys: signingKeySettings },
  start: async ({ config, database, connectionString, storage, logger, stack }) => {
    const uploadTtlSeconds = config.uploads.ttlSeconds;
    const worker = await startWorker({
      database,
      connectionString,
      storage,
      logger,
      uploadTtlSeconds,
      reviewDelaySeconds: config.gc.reviewDelaySeconds,
      signingKeyTimes: signingKeyTimes({ periodSeconds: config.signingKeys.periodSeconds, uploadTtlSeconds }),
      collectionSeconds: config.gc.intervalSeconds,
    });
    stack.add('worker', () => worker.stop());
    return undefined;
  },
});
