import { describeStorageDriver } from '@stowage/storage/testing';
import { afterAll, describe } from 'vitest';
import { startS3Server } from './s3-server.js';
import { Cable, S3Store } from './s3-store.js';

const server = await startS3Server();
afterAll(() => server?.stop());

describe.runIf(server)('against a real server', () => {
  describeStorageDriver('the S3 driver', async () => {
    const store = await S3Store.open(server!);
    const cable = new Cable(server!.endpoint);
    return {
      driver: store.driver({ endpoint: await cable.plugIn() }),
      breakDown: () => cable.cut(),
      dispose: async () => {
        await cable.cut();
        await store.dispose();
      },
    };
  });
});
