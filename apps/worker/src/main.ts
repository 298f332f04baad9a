import { uploadSettings } from '@stowage/config';
import { runApp } from '@stowage/service';
import { startWorker } from './start-worker.js';

await runApp({
  name: 'worker',
  sections: { uploads: uploadSettings },
  start: async ({ config, database, connectionString, storage, logger, stack }) => {
    const uploadTtlSeconds = config.uploads.ttlSeconds;
    const worker = await startWorker({ database, connectionString, storage, logger, uploadTtlSeconds });
    stack.add('worker', () => worker.stop());
    return undefined;
  },
});
