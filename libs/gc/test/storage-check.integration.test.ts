import { findTestS3 } from '@stowage/dev-env/testing';
import { describe } from 'vitest';
import { storageOnFiles, storageOnS3 } from './support/real-storage.js';
import { storageCheckCases } from './support/storage-check-cases.js';

const server = await findTestS3();

describe('the check of a storage on files', () => {
  storageCheckCases(storageOnFiles);
});

describe.runIf(server)('the check of a storage on a real S3 server', () => {
  storageCheckCases(() => storageOnS3(server!));
});
