import path from 'node:path';
import type { S3Settings, StorageSettings } from '@stowage/config';
import type { StorageDriver } from '@stowage/storage';
import { FsDriver } from '@stowage/storage-fs';
import { S3Driver } from '@stowage/storage-s3';

export interface StorageOptions {
  readonly storage: StorageSettings;
  readonly data: { readonly directory: string };
}

/** The configured driver, ready for use. The only place that chooses one. */
export async function openStorage({ storage, data }: StorageOptions): Promise<StorageDriver> {
  if (storage.driver === 's3') return openBucket(storage);
  const driver = new FsDriver({ root: path.join(data.directory, 'storage'), readsBack: true });
  await driver.prepare();
  return driver;
}

/** A bucket that can't be reached now is found by the readiness check, and may be back later. */
function openBucket({ bucket, region, endpoint, publicEndpoint, credentials, forcePathStyle }: S3Settings): S3Driver {
  return new S3Driver({
    bucket,
    region,
    endpoint,
    publicEndpoint,
    forcePathStyle,
    credentials: credentials && {
      accessKeyId: credentials.accessKeyId.reveal(),
      secretAccessKey: credentials.secretAccessKey.reveal(),
    },
  });
}
