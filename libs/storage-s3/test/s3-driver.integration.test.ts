import { findTestS3 } from '@stowage/dev-env/testing';
import { describeStorageDriver } from '@stowage/storage/testing';
import { afterEach, beforeEach, describe } from 'vitest';
import { Cable, S3Store } from '../src/testing/index.js';
import { continuedUploadCases } from './cases/continued-uploads.js';
import { leftoverCases } from './cases/leftovers.js';
import { policyCases } from './cases/policy.js';
import { serviceCases } from './cases/service.js';

const server = await findTestS3();

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

  describe('what only S3 has', () => {
    let store: S3Store;
    beforeEach(async () => {
      store = await S3Store.open(server!);
    });
    afterEach(() => store.dispose());

    describe('an upload', () => {
      continuedUploadCases(() => store);
    });
    describe('leftovers', () => {
      leftoverCases(() => store);
    });
    describe('a service', () => {
      serviceCases(() => store);
    });
    describe('the policy of the README', () => {
      policyCases(() => store);
    });
  });
});
