import { signingKeyTimes } from '@stowage/auth';
import { gcSettings, mailSettings, signingKeySettings, trashSettings, uploadSettings } from '@stowage/config';
import { runApp } from '@stowage/service';
import { openMail } from './open-mail.js';
import { startWorker } from './start-worker.js';

await runApp({
  name: 'worker',
  sections: {
    uploads: uploadSettings,
    gc: gcSettings,
    trash: trashSettings,
    signingKeys: signingKeySettings,
    mail: mailSettings,
  },
  start: async ({ config, database, connectionString, storage, logger, publicUrl, stack, metrics }) => {
    const uploadTtlSeconds = config.uploads.ttlSeconds;
    const worker = await startWorker({
      database,
      connectionString,
      storage,
      logger,
      metrics,
      uploadTtlSeconds,
      reviewDelaySeconds: config.gc.reviewDelaySeconds,
      trashRetentionSeconds: config.trash.retentionSeconds,
      signingKeyTimes: signingKeyTimes({ periodSeconds: config.signingKeys.periodSeconds, uploadTtlSeconds }),
      mail: await openMail(database, publicUrl, config.mail),
      collectionSeconds: config.gc.intervalSeconds,
      collectors: config.gc.collectors,
    });
    stack.add('worker', () => worker.stop());
    return undefined;
  },
});
